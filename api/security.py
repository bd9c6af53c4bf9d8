"""The headers that tell a browser what this server's pages may do.

The policy is the tightest under which Streamlit's widgets, Plotly, tables, uploads and downloads all work. It names no
other host: the product works without the internet, and nothing on a page can send what it shows elsewhere.
"""

from collections.abc import Iterable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOSNIFF = {"X-Content-Type-Options": "nosniff"}
_FIXED = _NOSNIFF | {
    # The address holds the filters: other sites need not see them.
    "Referrer-Policy": "same-origin",
    # Sent as well, for browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Only our pages may write to the clipboard, for "Copy citation".
    "Permissions-Policy": "camera=(), clipboard-write=(self), display-capture=(), fullscreen=(self), geolocation=(), "
    "microphone=(), payment=(), usb=()",
}


# A year, the least that browsers take for serious. Other names of the domain are not ours to decide on.
_HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def security_headers(script_hashes: Iterable[str], *, is_https: bool) -> dict[str, str]:
    """The headers of every answer; of inline scripts only those with these hashes run.

    Where people come by HTTPS, their browsers never come by HTTP again.
    """
    https_only = _HTTPS_ONLY if is_https else {}
    return _FIXED | https_only | {"Content-Security-Policy": content_security_policy(script_hashes)}


def content_security_policy(script_hashes: Iterable[str]) -> str:
    """What a page may load, and from where: from this server only, and no script evaluated from text."""
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *script_hashes)),
        # Streamlit and Plotly write their styles at run time.
        "style-src": "'self' 'unsafe-inline'",
        # Plotly draws its downloads as data:, Streamlit shows uploads as blob:.
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self' blob:",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


# For content that no browser shows as a page only nosniff matters. The rest are half a kilobyte on each of the
# seventy scripts of a first visit: a third of a second on a slow line.
_NEVER_A_PAGE = ("text/javascript", "text/css", "font/")


class SecurityHeaders:
    """Adds headers to every answer, except those that the answer has set itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the headers of what comes back."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                bare = answer.get("Content-Type", "").startswith(_NEVER_A_PAGE)
                for name, value in (_NOSNIFF if bare else self.headers).items():
                    answer.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, complete)
