"""Whether a request that changes something comes from a page of ours: another site may make a browser send one too."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = {"same-origin", "none"}
"""What a browser says of a request from our own pages, or typed by its user."""


def is_from_here(request: Request, public_url: str | None) -> bool:
    """Believe what the browser says; one that says nothing is not believed.

    Browsers name the site only over HTTPS and on the own machine; over plain HTTP the origin names it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    try:
        origin = urlsplit(request.headers.get("Origin", "")).netloc
    except ValueError:  # such as an address whose bracket is never closed
        return False
    expected = urlsplit(public_url).netloc if public_url else request.headers.get("Host")
    return origin != "" and origin == expected


class OnlyFromHere:
    """Passes on what comes from a page of ours, and gives anything else an answer made for it.

    Made for each request: what compresses an answer changes its headers in place, and a second use of it fails.
    """

    def __init__(self, app: ASGIApp, *, public_url: str | None, otherwise: Callable[[Request], Response]) -> None:
        self.app = app
        self.public_url = public_url
        self.otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the answer."""
        request = Request(scope)
        app = self.app if is_from_here(request, self.public_url) else self.otherwise(request)
        await app(scope, receive, send)
