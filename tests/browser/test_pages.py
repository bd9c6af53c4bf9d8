"""Every page, opened by its own address on a server nobody has visited through the menu."""

import re

import pytest

from models.people.permissions import PUBLIC
from pages.menu_pages import pages_for
from tests.browser.barriers import barriers_everywhere
from tests.reports.formats.conftest import SCRIPTS

VISITORS_SEE = pages_for(PUBLIC)
every_page = pytest.mark.parametrize("entry", VISITORS_SEE, ids=lambda entry: entry.path)
every_database = pytest.mark.parametrize("database", ["empty", "demonstration"])


@pytest.fixture(name="address")
def _address(database, request):
    return request.getfixturevalue(database)


@every_page
@every_database
def test_a_deep_link_shows_its_page_and_breaks_no_rule_of_the_browser(entry, address, visit):
    user = visit(returning=True)
    page = user.open(f"{address}/{entry.url_path}")
    assert page.locator("h1").count() == 1
    assert entry.title in page.title()
    assert page.locator("[data-testid='stException']").count() == 0
    assert user.complaints == []


@every_page
@every_database
def test_everybody_can_read_it_on_a_desk_in_both_themes_and_on_a_phone(entry, address, visit):
    # axe runs as a script of its own, which the content security policy refuses.
    user = visit(bypass_csp=True, returning=True)
    user.open(f"{address}/{entry.url_path}")
    assert barriers_everywhere(user) == []


def test_the_squares_say_in_words_what_they_show(demonstration, visit):
    tree = visit(returning=True).open(demonstration).locator("body").aria_snapshot()
    squares = re.findall(r'link "(I\d\d) [^"]*: ([^"]+)"', tree)
    assert [key for key, _ in squares[:43]] == [f"I{number:02}" for number in range(1, 44)]
    assert "I13 Patent work-sharing through ASPEC: overdue, working title" in tree


def test_the_matrix_says_in_words_what_each_state_reported(demonstration, visit):
    tree = visit(returning=True).open(f"{demonstration}/member-states").locator("body").aria_snapshot()
    (row,) = re.findall(r'row "(I01 Digital services[^"]*)"', tree)
    assert row.count("valid on") == 11
    assert re.search(r"Viet Nam: (ongoing, \d+ %|completed), valid on \d+ \w+ \d{4} \d+ of 11$", row)


DRAWN_WITH = dict.fromkeys(SCRIPTS, "Noto Sans CJK SC") | {
    "Vietnamese": "Noto Sans",
    "Thai": "Noto Sans Thai",
    "Lao": "Noto Sans Lao",
    "Khmer": "Noto Sans Khmer",
    "Burmese": "Noto Sans Myanmar",
    "Tamil": "Noto Sans Tamil",
    "Jawi": "Noto Sans Arabic",
}
WITH_WORDS = """words => {
    const line = document.createElement("p");
    line.id = "script";
    line.textContent = words;
    document.querySelector("h1").replaceChildren(line);
}"""


@pytest.mark.parametrize("script", DRAWN_WITH)
def test_each_script_of_the_region_is_drawn_with_fonts_that_come_with_the_page(script, empty, visit):
    """The tests' machine has no such fonts; a reader's own, where there are some, draw Chinese, Japanese and Korean."""
    user = visit(returning=True)
    page = user.open(empty)
    letters = "".join(SCRIPTS[script].split())
    page.evaluate(WITH_WORDS, letters)
    page.wait_for_function(
        "words => document.fonts.load('1rem ' + getComputedStyle(document.body).fontFamily, words)"
        ".then(faces => faces.length > 0)",
        arg=letters,
    )
    user.settle()
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    line = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#script"})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": line})["fonts"]

    assert [(DRAWN_WITH[script], True)] == [(font["familyName"], font["isCustomFont"]) for font in fonts]
