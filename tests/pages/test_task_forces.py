"""Task forces: one table in the seeds' order."""

import re

import pytest

from tests.pages.opening import html_of, open_page, text_of, title_of

PAGE = "task_forces/page.py"
IN_ORDER = ["AWGIPC", "TMTF", "PTF", "IDTF", "ANIEE", "DTTF", "TISC"]


@pytest.mark.usefixtures("empty")
def test_an_empty_log_says_what_is_awaited():
    page = open_page(PAGE)

    assert title_of(page) == "No body has reported yet: 173 commitments await a first report"
    assert re.findall(r'"rowheader"><b>(\w+)</b>', "".join(html_of(page))) == IN_ORDER


@pytest.mark.usefixtures("reported")
def test_an_officer_has_a_day_and_a_source_and_a_lead_is_assumed():
    text = text_of(open_page(PAGE))

    assert "Chair: Cambodia, as of 27 Oct 2025" in text
    assert "mondaq.com" in text
    assert "Leads (assumed)" in text


@pytest.mark.usefixtures("reported")
def test_initiatives_without_a_task_force_are_counted():
    assert "24 initiatives have no task force and are led by AWGIPC; 3 of them have a champion." in text_of(
        open_page(PAGE)
    )


@pytest.mark.usefixtures("reported")
def test_bodies_of_the_earlier_plan_are_folded_away():
    blocks = [block for block in html_of(open_page(PAGE)) if "2 historical bodies" in block]

    assert blocks[0].startswith("<details")
    assert " open" not in blocks[0].partition(">")[0]
