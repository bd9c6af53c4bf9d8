"""What a browser may say by its WebSocket: only what a page of ours needs.

Streamlit also obeys messages that clear everybody's cache or install files on the server. They are left unread. A file
that a button makes is made for the page that showed the button and for no other, and remembered as its user's.
"""

import logging
from collections.abc import MutableMapping
from typing import Any

from google.protobuf.message import DecodeError
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from api.downloads import Downloads
from api.request_user import user_now
from api.uploads import MOST_FILES
from models.people.permissions import PUBLIC, User

log = logging.getLogger(__name__)

NEEDED = frozenset({"rerun_script", "stop_script", "file_urls_request", "backend_operation_request"})
"""The kinds of message that pages send: a field or button used, Stop, and files up and down."""
FILE_OF_A_BUTTON = "deferred_file"
"""The one operation among those that Streamlit offers."""


class Messages:
    """Reads what comes by the WebSockets of pages before Streamlit does."""

    def __init__(self, app: ASGIApp, downloads: Downloads) -> None:
        self.app = app
        self.downloads = downloads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stand between the browser and Streamlit for as long as the page is open."""
        if scope["type"] == "websocket":
            page = OpenPage(HTTPConnection(scope), receive, send, self.downloads)
            await self.app(scope, page.receive, page.send)
        else:
            await self.app(scope, receive, send)


class OpenPage:
    """One open page: the requests for files that are not answered yet, and whose they are."""

    def __init__(self, connection: HTTPConnection, receive: Receive, send: Send, downloads: Downloads) -> None:
        self._connection = connection
        self._receive = receive
        self._send = send
        self._downloads = downloads
        self._requested: dict[str, User] = {}

    async def receive(self) -> Message:
        """The next message that Streamlit is to read."""
        while True:
            event = await self._receive()
            content = event.get("bytes") or b""
            # What is longer Streamlit refuses without reading it.
            if not content or len(content) > get_max_widget_state_size_bytes() or await self._is_needed(content):
                return event

    async def send(self, event: MutableMapping[str, Any]) -> None:
        """Pass on what Streamlit says, and remember for whom a file was made."""
        if self._requested and event.get("bytes"):
            self._note_file(event["bytes"])
        await self._send(event)

    async def _is_needed(self, content: bytes) -> bool:
        message = BackMsg()
        try:
            message.ParseFromString(content)
        except DecodeError:  # no message at all: Streamlit ends the connection
            return True
        kind = message.WhichOneof("type")
        needed = kind in NEEDED
        if kind == "file_urls_request":
            needed = len(message.file_urls_request.file_names) <= MOST_FILES
        elif kind == "backend_operation_request":
            needed = await self._is_own_file(message.backend_operation_request)
        if not needed:
            log.info("message refused: %s", kind)
        return needed

    async def _is_own_file(self, request: BackendOperationRequest) -> bool:
        if request.WhichOneof("payload") != FILE_OF_A_BUTTON:
            return False
        if session_shown(request.deferred_file.file_id) != request.session_id:
            return False
        self._requested[request.request_id] = await user_now(self._connection)
        return True

    def _note_file(self, content: bytes) -> None:
        answer = ForwardMsg.FromString(content)
        if answer.WhichOneof("type") == "backend_operation_response":
            response = answer.backend_operation_response
            user = self._requested.pop(response.request_id, PUBLIC)
            if response.deferred_file.url:
                self._downloads.made_for(response.deferred_file.url.rpartition("/")[2], user)


def session_shown(file: str) -> str | None:
    """The session of Streamlit whose page shows the button of a file; Streamlit keeps that to itself."""
    button = get_instance().media_file_mgr._deferred_callables.get(file)  # noqa: SLF001  # tests/api/test_messages.py
    return button["session_id"] if button else None
