"""Where somebody goes once signed in: back to the page they asked for, which is one of ours or none."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request

from models.people.sign_in_mail import NEXT

Pages = Collection[str]
"""The addresses of our pages: a closed list, so that nobody is ever sent elsewhere."""


def way_back(request: Request, pages: Pages) -> str:
    """The page that the address of signing in names; the first page for any other word."""
    page = request.query_params.get(NEXT, "")
    return page if page in pages else ""


def page_left(request: Request, pages: Pages) -> str:
    """The page of ours from which the browser comes."""
    left = urlsplit(request.headers.get("Referer", "")).path.strip("/")
    return left if left in pages else ""
