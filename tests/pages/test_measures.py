"""Measures: the tree, its filters, the timeline."""

import re

import pytest

from tests.pages.opening import html_of, open_page, text_of, title_of

PAGE = "measures/page.py"


def flowing(page):
    return re.sub(r"\s+", " ", text_of(page))


@pytest.mark.usefixtures("empty")
def test_an_empty_log_shows_the_tree_without_figures():
    page = open_page(PAGE)

    assert title_of(page) == "No report yet on any of 43 initiatives"
    assert "".join(html_of(page)).count("<details") == 14
    assert "%" not in text_of(page).replace("0%", "")
    assert "The next meeting is AWGIPC" in text_of(page)


@pytest.mark.usefixtures("reported")
def test_the_rows_of_an_activity_end_in_its_sums():
    assert re.search(r"Progress : sum of p [\d.,]+ / 3 = [\d.]+, rounded down to \d+ %", flowing(open_page(PAGE)))


@pytest.mark.usefixtures("reported")
def test_a_theme_filters_every_figure():
    page = open_page(PAGE, theme="area-enforcement")
    kept = re.search(r"Filtered to (\d+) of 43 initiatives", text_of(page))

    assert kept
    assert re.match(rf"\d+ of {kept[1]} initiatives completed", title_of(page))


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize("query", [{"theme": "nonsense"}, {"right": "<b>x"}, {"show": "map"}])
def test_a_filter_that_is_not_known_is_answered_with_a_sentence(query):
    page = open_page(PAGE, **query)
    (value,) = query.values()

    assert f"“{value}” is not known here" in text_of(page)
    assert "of 43 initiatives completed" in title_of(page)


@pytest.mark.usefixtures("reported")
def test_two_filters_that_share_nothing_get_a_sentence():
    page = open_page(PAGE, theme="area-youth", right="patents")

    assert title_of(page) == "No initiative matches this selection"


@pytest.mark.usefixtures("reported")
def test_the_timeline_has_words_and_a_table_beside_it():
    page = open_page(PAGE, show="timeline")

    assert "35 of 43 due dates are assumed, 2 moved" in text_of(page)
    assert len(set(re.findall(r"<b>(I\d\d)</b>", "".join(html_of(page))))) == 43
    assert not page.run().exception
