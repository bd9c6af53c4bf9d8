"""Addresses within the product: every link keeps the reader's day and basis, so that a view stays what it was."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from models.access.view_choice import Asked
from models.core.vocabulary import Basis

KEPT = ("at", "basis")
"""What travels from page to page."""

WEB = ("http://", "https://")
"""The only addresses outside that become links: a narrative may hold any text."""


def kept(asked: Asked) -> dict[str, str]:
    """The part of an address that stands for the view; empty for what everybody sees first."""
    at = {} if asked.is_latest else {"at": asked.at}
    basis = {} if asked.view.basis is Basis.CLEARED else {"basis": asked.view.basis.value}
    return at | basis


def address(url_path: str, asked: Asked, more: Mapping[str, str] | None = None) -> str:
    """The address of a page in the same view."""
    query = urlencode(dict(more or {}) | kept(asked))
    return f"./{url_path}?{query}" if query else f"./{url_path}"


def initiative_address(initiative: str, asked: Asked, party: str | None = None) -> str:
    """Where an initiative stands, opened at one party's statements if given."""
    return address("initiative", asked, {"initiative": initiative} | ({"state": party} if party else {}))


def link(url: str, content: str, *, title: str = "") -> str:
    """A link within the product; `content` is HTML."""
    hover = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(url)}"{hover}>{content}</a>'


def outside_link(url: str, name: str) -> str:
    """A link out of the product, in a new tab that knows nothing of ours; plain text unless it is a web address."""
    if not url.startswith(WEB):
        return escape(name)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(name)}</a>'
