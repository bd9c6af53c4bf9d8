"""The page of one initiative."""

import re

import pytest

from tests.pages.opening import html_of, open_page, text_of

PAGE = "viewer/initiative.py"


@pytest.mark.usefixtures("empty")
def test_it_tells_what_is_assumed_and_whose_words_the_title_is():
    text = re.sub(r"\s+", " ", text_of(open_page(PAGE, initiative="I08")))

    assert "working title" in text
    assert "31 Dec 2030 assumed" in text
    assert "No report yet" in text
    assert "“modernising laws and processes to keep pace with technological change”" in text


@pytest.mark.usefixtures("reported")
def test_it_explains_a_state_s_figure_from_its_statements():
    page = open_page(PAGE, initiative="I08", state="KH")

    assert re.search(r"On \d+ \w+ \d{4} Cambodia reported “[^”]+”, valid on", text_of(page))
    opened = [block for block in html_of(page) if "<details" in block and " open>" in block]
    assert len(opened) == 1
    assert re.findall(r" open><summary>(\w+)", opened[0]) == ["Cambodia"]


@pytest.mark.usefixtures("reported")
def test_no_person_is_named():
    assert "@" not in text_of(open_page(PAGE, initiative="I08"))


@pytest.mark.usefixtures("reported")
def test_a_key_that_does_not_exist_is_answered_with_a_sentence():
    page = open_page(PAGE, initiative="<b>I99")

    assert "There is no initiative “<b>I99” in this edition of the plan." in text_of(page)
    assert "&lt;b&gt;I99" in "".join(html_of(page))
