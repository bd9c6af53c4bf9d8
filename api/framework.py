"""The addresses of Streamlit itself, and who may use each.

Streamlit answers at addresses that no page of ours needs, and at some for everybody where only few need them. The list
is complete, and a test compares it with the addresses of the installed Streamlit: a new one is decided on here first.
"""

from collections.abc import Mapping
from enum import Enum, auto

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from api.downloads import Downloads
from api.request_user import user_now
from api.uploads import Uploads
from models.core.settings import ServerSettings
from models.people.permissions import Audience, User, belongs


class Use(Enum):
    """Who may use an address of Streamlit."""

    EVERYBODY = auto()
    UPLOADERS = auto()  # those who report, and the secretariat
    ITS_USER = auto()  # a file made for somebody: that user, with the roles of that moment
    THROUGH_PROVIDER = auto()  # everybody, where an identity provider is set
    OPERATOR = auto()  # everybody, where the operator of the server has switched it on
    NOBODY = auto()


UPLOAD = "/_stcore/upload_file/{session_id}/{file_id}"
MEDIA = "/media/{file_id:path}"

PATHS: Mapping[str, Use] = {
    "/_stcore/health": Use.EVERYBODY,
    "/_stcore/host-config": Use.EVERYBODY,
    "/_stcore/stream": Use.EVERYBODY,  # the WebSocket of every page; api/messages.py reads what comes by it
    "/_stcore/metrics": Use.NOBODY,
    "/_stcore/script-health-check": Use.NOBODY,
    "/_stcore/agent/interact": Use.OPERATOR,
    "/_stcore/agent/openapi.json": Use.OPERATOR,
    "/_stcore/agent/mcp": Use.OPERATOR,
    "/_stcore/bidi-components/{path:path}": Use.NOBODY,
    "/component/{path:path}": Use.NOBODY,
    UPLOAD: Use.UPLOADERS,
    MEDIA: Use.ITS_USER,
    "/auth/login": Use.THROUGH_PROVIDER,
    "/auth/logout": Use.THROUGH_PROVIDER,
    "/oauth2callback": Use.THROUGH_PROVIDER,
    "/app/static/{path:path}": Use.EVERYBODY,
    "": Use.EVERYBODY,  # the starting page and Streamlit's own scripts, for whatever is left
}
"""Every address of Streamlit, as its routes write them."""

RESERVED = ("/_stcore/", "/component/", "/media/")
"""Where Streamlit keeps its addresses; what is below these and not in the list does not exist."""

_PATTERNS = [(compile_path(path)[0], path) for path in PATHS if path]
CLOSED = "There is nothing at this address.\n"
NOT_YOURS = "This file does not exist, or it was made for somebody else. Make it again on its page.\n"
NOT_AN_UPLOADER = "Files are uploaded by those who report and by the secretariat. Sign in first.\n"
TOO_MUCH = "This page holds as many uploaded files as it may. Reload it, and upload them again one by one.\n"


def address_of(path: str) -> str | None:
    """The address of Streamlit that a path belongs to, as PATHS writes it; None for one that does not exist."""
    for pattern, address in _PATTERNS:
        if pattern.match(path):
            return address
    return None if path.startswith(RESERVED) else ""


class Framework:
    """Passes on to Streamlit what its user may ask of it, and answers everything else."""

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, uploads: Uploads, downloads: Downloads) -> None:
        self.app = app
        self.has_provider = settings.provider is not None
        self.uploads = uploads
        self.downloads = downloads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the answer."""
        address = address_of(scope["path"]) if scope["type"] == "http" else ""
        use = Use.NOBODY if address is None else PATHS[address]
        if use is Use.UPLOADERS and scope["method"] == "PUT":
            await self._upload(scope, receive, send)
        else:
            answer = await self._refusal(use, scope) or self.app
            await answer(scope, receive, send)

    async def _refusal(self, use: Use, scope: Scope) -> Response | None:
        if use is Use.ITS_USER:
            file = scope["path"].rpartition("/")[2]
            if file not in self.downloads or self.downloads.may_have(file, await user_now(Request(scope))):
                return None
            return PlainTextResponse(NOT_YOURS, 404)
        if use is Use.UPLOADERS:
            return None if may_upload(await user_now(Request(scope))) else PlainTextResponse(NOT_AN_UPLOADER, 403)
        is_open = {
            Use.EVERYBODY: True,
            Use.THROUGH_PROVIDER: self.has_provider,
            Use.OPERATOR: bool(config.get_option("server.enableAgentApi")),
        }.get(use, False)
        return None if is_open else PlainTextResponse(CLOSED, 404)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing of what is sent is read before it is known who sends it, and whether there is room."""
        refusal = await self._refusal(Use.UPLOADERS, scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        session = scope["path"].split("/")[3]
        with self.uploads.arriving(session) as has_room:
            answer = self.app if has_room else PlainTextResponse(TOO_MUCH, 413)
            await answer(scope, receive, send)


def may_upload(user: User) -> bool:
    """Whether any page of the user takes files."""
    return belongs(user, Audience.REPORTER) or belongs(user, Audience.SECRETARIAT)
