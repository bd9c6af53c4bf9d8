"""Open a page as a user does, and read what it says."""

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

MENU = Path(__file__).parent.parent.parent / "pages" / "menu.py"
SECONDS = 60


def open_page(path="overview/page.py", **query):
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


def open_address(url_path):
    """The page at an address, or the notice of a locked page."""
    return moved_to(AppTest.from_file(str(MENU), default_timeout=SECONDS).run(), url_path)


def moved_to(page, url_path, **query):
    """The same tab at another address; Streamlit's test finds pages by their scripts alone, so not the locked ones."""
    page._page_hash = calc_hash(url_path)  # noqa: SLF001
    page.query_params.clear()
    page.query_params.update(query)
    return page.run()


def html_of(page):
    """The HTML blocks of the page, in order; the stylesheet is not among them."""
    return [block.proto.body for block in page.main.get("html")]


def text_of(page):
    """The text of the page, with what only screen readers say."""
    texts = [element.value for kind in ("title", "caption", "code", "markdown", "error") for element in page.get(kind)]
    hovered = [title for block in html_of(page) for title in re.findall(r'title="([^"]*)"', block)]
    return " ".join([*texts, *hovered, *(unescape(re.sub(r"<[^>]+>", " ", block)) for block in html_of(page))])


def title_of(page):
    """The page's heading as it is read: what would be markup in it is escaped."""
    return re.sub(r"\\(.)", r"\1", page.title[0].value)


def said(page):
    """What the last button led to."""
    return " ".join(one.value for kind in ("success", "error", "code") for one in page.get(kind)).replace("\\", "")
