"""Member states: the matrix, and one state."""

import re

import pytest

from tests.pages.opening import html_of, open_page, text_of, title_of

PAGE = "member_states/page.py"


@pytest.mark.usefixtures("empty")
def test_an_empty_log_shows_who_is_to_report():
    page = open_page(PAGE)

    assert title_of(page) == "143 national commitments: no report yet"
    assert text_of(page).count(": no report") >= 143
    assert "joined 26 Oct 2025" in text_of(page)


@pytest.mark.usefixtures("reported")
def test_the_columns_are_in_alphabetical_order():
    heads = re.findall(r'member-states\?state=([A-Z]{2})"', "".join(html_of(open_page(PAGE))))

    assert heads[:11] == ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"]


@pytest.mark.usefixtures("reported")
def test_a_state_is_described_as_implementer_and_as_champion():
    page = open_page(PAGE, state="PH")
    text = text_of(page)

    assert title_of(page).startswith("Philippines: ")
    assert "As implementer" in text
    assert "4 initiatives" in text
    assert "counts once in each champion's row" in text
    assert "Intellectual Property Office of the Philippines (IPOPHL)" in text


@pytest.mark.usefixtures("reported", "officer")
def test_a_link_keeps_the_view():
    links = re.findall(r'href="(\./[^"]*)"', "".join(html_of(open_page(PAGE, at="AWGIPC-82", basis="reported"))))

    assert links
    assert all("at=AWGIPC-82" in link and "basis=reported" in link for link in links)


@pytest.mark.usefixtures("reported")
def test_an_unknown_state_is_answered_with_a_sentence():
    page = open_page(PAGE, state="XX")

    assert "“XX” is not known here (Member state); “All member states” is shown instead." in text_of(page)
    assert title_of(page).startswith("National commitments")
