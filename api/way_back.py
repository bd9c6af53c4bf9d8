"""The page to which a person returns after signing in; always one of ours."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request

from models.people.sign_in_mail import NEXT

Pages = Collection[str]
"""The addresses of our pages: a closed list, so that nobody is ever sent elsewhere."""


def way_back(request: Request, pages: Pages) -> str:
    """The page that the sign-in address names; "" (the first page) for any other text."""
    page = request.query_params.get(NEXT, "")
    return page if page in pages else ""


def page_left(request: Request, pages: Pages) -> str:
    """The page of ours from which the request was sent; "" for any other."""
    left = urlsplit(request.headers.get("Referer", "")).path.strip("/")
    return left if left in pages else ""
