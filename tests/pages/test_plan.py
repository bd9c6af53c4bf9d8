"""Plan: the wording of titles, which editions, what changed the count, and the method."""

import re

import pytest

from models.demo.demo import LEFT
from pages.plan import text
from tests.pages.opening import html_of, open_page, text_of, title_of

PAGE = "plan/page.py"


@pytest.mark.usefixtures("empty")
def test_it_counts_the_titles_by_wording():
    page = open_page(PAGE)

    assert title_of(page) == "39 of 43 titles are working titles, 4 are paraphrases"
    assert "(3-3-3-3-2) is assumed" in text_of(page)
    assert "Nothing has changed what is counted since the first edition" in text_of(page)


@pytest.mark.usefixtures("empty")
def test_every_title_is_shown_with_its_sources():
    html = "".join(html_of(open_page(PAGE)))

    assert html.count("t-quote") >= 39
    assert html.count("logisticsnews.ph</a>") >= 4


@pytest.mark.usefixtures("adopted")
def test_once_every_title_is_official_nothing_is_left_to_explain():
    page = open_page(PAGE)

    assert not page.exception
    assert title_of(page) == "All 43 titles are official text"
    assert not {text.BASIS, text.ASSUMED, text.OLDER_TEXT} & set(re.findall(r">([^<>]+)</", "".join(html_of(page))))
    assert all(html_of(page))


@pytest.mark.usefixtures("reported")
def test_every_edition_lists_what_it_changed():
    words = text_of(open_page(PAGE))

    assert "3 editions loaded" in words
    assert "initiative I17, due date: 31 Oct 2027 → 30 Jun 2028" in words
    assert "initiative I10, no longer assumed: due date" in words


@pytest.mark.usefixtures("reported")
def test_the_ledger_names_the_reason():
    words = text_of(open_page(PAGE))

    assert "1 event changed what is counted" in words
    assert LEFT in words


@pytest.mark.usefixtures("reported")
def test_an_earlier_view_knows_the_editions_of_its_day():
    assert "1 edition loaded" in text_of(open_page(PAGE, at="AWGIPC-79"))


@pytest.mark.usefixtures("empty")
def test_the_method_is_printed_with_its_version():
    words = text_of(open_page(PAGE))

    assert "Method, version 1" in words
    assert "Progress is 20 points or more behind what is expected." in words
