"""Links: within the product each keeps the reader's day and basis, so that a view stays what it was."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.vocabulary import Basis
from models.plan.schema import Initiative
from models.progress.statement import EvidenceItem
from pages.shared.markup import tag
from reports.parts.naming import wording_tag

KEPT = ("at", "basis")
"""The parameters that every link within the product keeps."""

WEB = ("http://", "https://")
"""The only addresses outside that become links: a narrative may hold any text."""


def kept(query: ViewQuery) -> dict[str, str]:
    """The part of an address that names the view; empty for the view everybody gets first."""
    time = {} if query.is_latest else {"at": query.at}
    basis = {} if query.view.basis is Basis.CLEARED else {"basis": query.view.basis.value}
    return time | basis


def address(url_path: str, query: ViewQuery, more: Mapping[str, str] | None = None) -> str:
    """The address of a page in the same view."""
    words = urlencode(dict(more or {}) | kept(query))
    return f"./{url_path}?{words}" if words else f"./{url_path}"


def initiative_address(initiative: str, query: ViewQuery, party: str | None = None) -> str:
    """The page of an initiative, opened at one party's statements if given."""
    return address("initiative", query, {"initiative": initiative} | ({"state": party} if party else {}))


def link(url: str, content: Node, *, title: str = "") -> Element:
    """A link within the product."""
    return h.a(href=url, title=title or None)[content]


def outside_link(url: str, name: str) -> Node:
    """A link out of the product, in a new tab that knows nothing of ours; plain text unless it is a web address."""
    return h.a(href=url, target="_blank", rel="noopener noreferrer")[name] if url.startswith(WEB) else name


def evidence_link(item: EvidenceItem) -> Node:
    """Title and document of an item of evidence, or its address, linked to the file or the page on the web."""
    name = ", ".join(filter(None, (item.title, item.document))) or item.url or "file"
    if item.file is not None:
        return link(f"./api/evidence/{item.file}", name)
    return outside_link(item.url, name) if item.url else name


def named(initiative: Initiative, query: ViewQuery, party: str | None = None) -> Node:
    """Key and title as a link, with the words that must go with the title."""
    url = initiative_address(initiative.key, query, party)
    return [link(url, [h.b[initiative.key], f" {initiative.title}"]), tag(wording_tag(initiative))]


def sources(urls: Sequence[str]) -> Node:
    """Source: asean.org · mondaq.com; nothing for no source."""
    if not urls:
        return None
    links = [[" · " if position else None, outside_link(url, site(url))] for position, url in enumerate(urls)]
    return h.span(".t-sources")["Source: " if len(urls) == 1 else "Sources: ", links]


def site(url: str) -> str:
    """The site of an address: asean.org."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
