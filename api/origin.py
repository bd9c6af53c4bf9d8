"""Whether a request that changes something comes from a page of ours: another site may make a browser send one too."""

from urllib.parse import urlsplit

from starlette.requests import Request
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
    origin = urlsplit(request.headers.get("Origin", ""))
    expected = urlsplit(public_url).netloc if public_url else request.headers.get("Host")
    return origin.netloc != "" and origin.netloc == expected


class OnlyFromHere:
    """Passes on what comes from a page of ours, and gives anything else the answer for it."""

    def __init__(self, app: ASGIApp, *, public_url: str | None, otherwise: ASGIApp) -> None:
        self.app = app
        self.public_url = public_url
        self.otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the answer."""
        app = self.app if is_from_here(Request(scope), self.public_url) else self.otherwise
        await app(scope, receive, send)
