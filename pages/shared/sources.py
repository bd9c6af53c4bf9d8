"""What a fact rests on: its sources as links named by their site."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import htpy as h
from htpy import Node

from pages.shared.links import outside_link


def sources(urls: Sequence[str]) -> Node:
    """Source: asean.org · mondaq.com; nothing for no source."""
    if not urls:
        return None
    links = [[" · " if position else None, outside_link(url, site(url))] for position, url in enumerate(urls)]
    return h.span(".t-sources")["Source: " if len(urls) == 1 else "Sources: ", links]


def site(url: str) -> str:
    """The site of an address: asean.org."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
