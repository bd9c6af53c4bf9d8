"""The page to which a person returns after signing in, with its filters; always one of ours.

The addresses of signing in name the page, so that a mailed link leads to it in any browser. A cookie remembers it for
ways of signing in whose addresses are not ours to write: an identity provider, or a link that the secretariat gives.
"""

from collections.abc import Collection
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.requests import Request

from models.people.sign_in_mail import NEXT

Pages = Collection[str]
"""The addresses of our pages: a closed list, so that nobody is ever sent elsewhere."""

PAGE_COOKIE = "aiprap_left"
"""The cookie with the page that somebody left to sign in."""
LONGEST = 1_000


def ours(address: str, pages: Pages) -> str:
    """An address as one of our pages with its filters, in our own spelling; the first page for any other word."""
    page, _, query = address.partition("?")
    if page not in pages or len(address) > LONGEST:
        return ""
    filters = urlencode(parse_qsl(query))
    return f"{page}?{filters}" if filters else page


def page_named(request: Request, pages: Pages) -> str:
    """The page that the address of signing in names."""
    return ours(request.query_params.get(NEXT, ""), pages)


def page_remembered(request: Request, pages: Pages) -> str:
    """The page that the cookie names."""
    return ours(unquote(request.cookies.get(PAGE_COOKIE, "")), pages)


def page_left(request: Request, pages: Pages) -> str:
    """The page of ours from which the browser comes."""
    try:
        left = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # such as an address whose bracket is never closed
        return ""
    return ours(f"{left.path.strip('/')}?{left.query}", pages)


def reminder(page: str, seconds: int, *, secure: bool) -> str:
    """The header that lets the browser remember a page; with 0 seconds it forgets."""
    header = f"{PAGE_COOKIE}={quote(page, safe='')}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return header + "; Secure" * secure
