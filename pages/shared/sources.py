"""What a fact rests on: its sources as links named by their site."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from pages.shared.links import outside_link


def sources(urls: Sequence[str]) -> str:
    """Source: asean.org · mondaq.com; nothing for no source."""
    if not urls:
        return ""
    word = "Source" if len(urls) == 1 else "Sources"
    return f'<span class="t-sources">{word}: {" · ".join(outside_link(url, site(url)) for url in urls)}</span>'


def site(url: str) -> str:
    """The site an address stands on: asean.org."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
