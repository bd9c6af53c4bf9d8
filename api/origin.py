"""Whether a request that changes something comes from our own pages: another site may make a browser send one too."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SAME_ORIGIN = {"same-origin", "none"}
"""The values of Sec-Fetch-Site for a request from our own pages, or one that the user typed."""


def is_same_origin(request: Request, public_url: str | None) -> bool:
    """Whether the browser names our own site as the sender; False where it names none.

    Browsers send Sec-Fetch-Site only over HTTPS and to their own machine; over plain HTTP they send Origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in SAME_ORIGIN
    try:
        origin = urlsplit(request.headers.get("Origin", "")).netloc
    except ValueError:  # such as an address whose bracket is never closed
        return False
    expected = urlsplit(public_url).netloc if public_url else request.headers.get("Host")
    return origin != "" and origin == expected


class SameOriginOnly:
    """Passes on requests from our own pages, and answers all others with what `otherwise` makes.

    Made for each request: what compresses an answer changes its headers in place, and a second use of it fails.
    """

    def __init__(self, app: ASGIApp, *, public_url: str | None, otherwise: Callable[[Request], Response]) -> None:
        self.app = app
        self.public_url = public_url
        self.otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the answer."""
        request = Request(scope)
        app = self.app if is_same_origin(request, self.public_url) else self.otherwise(request)
        await app(scope, receive, send)
