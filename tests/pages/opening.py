"""Open a page as a user does, and read what it says."""

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element
from streamlit.util import calc_hash

MENU = Path(__file__).parent.parent.parent / "pages" / "menu.py"
SECONDS = 60


def open_page(path: str = "overview/page.py", **query: str) -> AppTest:
    """The page after its first run; `path` as the menu names it."""
    page = AppTest.from_file(str(MENU), default_timeout=SECONDS)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    if path != "overview/page.py":
        # Streamlit's test forgets the address when it changes pages.
        page.switch_page(path)
        for name, value in query.items():
            page.query_params[name] = value
        page.run()
    return page


def open_address(url_path: str) -> AppTest:
    """The page at an address, or the notice of a locked page."""
    return moved_to(AppTest.from_file(str(MENU), default_timeout=SECONDS).run(), url_path)


def moved_to(page: AppTest, url_path: str, **query: str) -> AppTest:
    """The same tab at another address; Streamlit's test finds pages by their scripts alone, so not the locked ones."""
    page._page_hash = calc_hash(url_path)  # noqa: SLF001
    page.query_params.clear()
    page.query_params.update(query)
    return page.run()


def html_of(page: AppTest) -> list[str]:
    """The HTML blocks of the page, in order; the stylesheet is not among them."""
    return [block.proto.body for block in page.main.get("html")]


def text_of(page: AppTest) -> str:
    """The text of the page, with what only screen readers say."""
    texts = _values(page, "title", "caption", "code", "markdown", "error")
    hovered = [title for block in html_of(page) for title in re.findall(r'title="([^"]*)"', block)]
    return " ".join([*texts, *hovered, *(unescape(re.sub(r"<[^>]+>", " ", block)) for block in html_of(page))])


def title_of(page: AppTest) -> str:
    """The page's heading as it is read: what would be markup in it is escaped."""
    return re.sub(r"\\(.)", r"\1", page.title[0].value)


def said(page: AppTest) -> str:
    """What the last button led to."""
    return " ".join(_values(page, "success", "error", "code")).replace("\\", "")


def _values(page: AppTest, *kinds: str) -> list[str]:
    """What the elements of some kinds say."""
    elements = [element for kind in kinds for element in page.get(kind)]
    return [str(element.value) for element in elements if isinstance(element, Element)]
