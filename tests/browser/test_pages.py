"""Every page, opened by its own address on a server nobody has visited through the menu."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.menu_pages import PAGES

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)
every_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path)
every_database = pytest.mark.parametrize("database", ["empty", "demonstration"])


@pytest.fixture(name="address")
def _address(database, request):
    return request.getfixturevalue(database)


@every_page
@every_database
def test_a_deep_link_shows_its_page_and_breaks_no_rule_of_the_browser(entry, address, visit):
    reader = visit()
    page = reader.open(f"{address}/{entry.url_path}")
    assert page.locator("h1").count() == 1
    assert entry.title in page.title()
    assert page.locator("[data-testid='stException']").count() == 0
    assert reader.complaints == []


@every_page
@every_database
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_everybody_can_read_it(entry, address, theme, width, visit):
    # axe runs as a script of its own, which the content security policy refuses.
    page = visit(width=width, theme=theme, bypass_csp=True).open(f"{address}/{entry.url_path}")
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found] == []


@every_page
@every_database
def test_a_phone_scrolls_downwards_only(entry, address, visit):
    page = visit(width=390).open(f"{address}/{entry.url_path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # Streamlit scrolls an inner element, in which a page could hide what is too wide.
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
