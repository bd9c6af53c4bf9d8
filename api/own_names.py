"""Under which names this server answers: the one it is set to, those of the own machine, and addresses in digits.

A page of another site may have its name lead to this machine for a moment, and its script then speaks to this server as
if it were its own (DNS rebinding). The name in the request tells: it is that site's. Digits cannot be led elsewhere.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain"})
NOT_OURS = "This server does not answer under this name. Its operator sets the name with PUBLIC_URL.\n"
POLICY_VIOLATION = 1008
"""The code with which a WebSocket is closed."""


def is_own_name(host: str, public_url: str | None) -> bool:
    """Whether the Host of a request names this server; the port does not matter."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.netloc != host or "@" in host:
        return False
    name = name.rstrip(".")
    return name in LOCAL_NAMES | {urlsplit(public_url or "").hostname} or _is_in_digits(name)


def _is_in_digits(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class OwnNames:
    """Answers under its own names, and refuses any other before anything is done."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self.app = app
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what asks for this server by its name."""
        app = self.app
        if scope["type"] != "lifespan" and not is_own_name(Headers(scope=scope).get("Host", ""), self.public_url):
            app = WebSocketClose(POLICY_VIOLATION) if scope["type"] == "websocket" else PlainTextResponse(NOT_OURS, 400)
        await app(scope, receive, send)
