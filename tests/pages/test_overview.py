"""Overview: what it says of the demonstration, and what it withholds before anything is reported."""

import re

import pytest

from models.core.vocabulary import Role
from models.demo.content import AMENDMENTS
from models.people.permissions import RoleAssignment, User
from pages.shared import who
from tests.pages.opening import html_of, open_page, text_of


@pytest.mark.usefixtures("empty")
def test_visitors_read_that_nothing_was_noted_and_get_all_43():
    page = open_page()

    assert page.title[0].value == "The Working Group has not taken note of a report yet"
    assert "Visitors see figures once the Working Group has taken note of them." in text_of(page)
    assert "await a first report" not in text_of(page)
    assert "".join(html_of(page)).count('class="t-square t-no_report" href') == 43


@pytest.mark.usefixtures("empty", "officer")
def test_an_empty_log_says_what_is_awaited_and_shows_all_43():
    page = open_page()

    assert page.title[0].value == "No progress has been reported yet"
    assert "173 commitments in 43 initiatives await a first report." in text_of(page)
    assert "No report yet on any of the 43" in text_of(page)
    assert "".join(html_of(page)).count('class="t-square t-no_report" href') == 43


@pytest.mark.usefixtures("reported")
def test_the_heading_is_a_finding():
    page = open_page()

    heading = re.match(r"(\d+) of 43 initiatives need attention", page.title[0].value)
    assert heading is not None
    assert 0 < int(heading[1]) < 43


@pytest.mark.usefixtures("reported")
def test_each_square_names_its_initiative_health_and_wording():
    assert re.search(r"I13 Patent work-sharing through ASPEC: [a-z ,]+, working title", text_of(open_page()))


@pytest.mark.usefixtures("reported")
def test_an_assumed_date_makes_nobody_late():
    squares = re.findall(r'title="(I\d\d [^"]*)"', "".join(html_of(open_page())))
    dated = {key for amendment in AMENDMENTS for key in amendment.due}
    on_assumed_dates = [title for title in squares if title[:3] not in dated]

    assert len(on_assumed_dates) == 43 - len(dated)
    assert not [title for title in on_assumed_dates if ": overdue" in title or ": at risk" in title]
    assert [title for title in on_assumed_dates if "assumed date" in title]


@pytest.mark.usefixtures("reported")
def test_the_progress_shows_its_sum():
    text = text_of(open_page())
    ((total, count, floor),) = re.findall(r"sum of p ([\d.,]+) / (\d+) = [\d.,]+, rounded down to (\d+) %", text)

    assert float(total.replace(",", "")) // int(count) == int(floor)
    assert f"{floor} % progress" in re.sub(r"\s+", " ", text)


@pytest.mark.usefixtures("reported")
def test_as_reported_at_a_meeting_is_shown_as_it_was():
    now, then = text_of(open_page()), text_of(open_page(at="AWGIPC-80"))

    assert "as noted at AWGIPC 80, 12 Nov 2026, revision 1, snapshot " in then
    assert "as of 30 Nov 2027" in now
    assert "Since AWGIPC 79" in then


@pytest.mark.usefixtures("reported")
def test_the_choice_of_time_goes_into_the_address():
    page = open_page()
    page.segmented_control(key="view-kind").set_value("meeting").run()

    assert page.query_params["at"] == "AWGIPC-83-noted-1"
    page.selectbox(key="view-meeting").set_value("AWGIPC-81-noted-1").run()
    assert page.query_params["at"] == "AWGIPC-81-noted-1"
    page.segmented_control(key="view-kind").set_value("latest").run()
    assert "at" not in page.query_params


@pytest.mark.usefixtures("reported")
def test_the_choice_of_basis_is_there_for_those_who_may_see_what_waits(monkeypatch):
    assert "choice-basis" not in open_page().session_state

    monkeypatch.setattr(who, "resolve", lambda *_: User(1, (RoleAssignment(Role.SECRETARIAT),)))
    assert "choice-basis" in open_page().session_state


@pytest.mark.usefixtures("reported", "officer")
def test_the_basis_goes_into_the_address_and_stays_in_links():
    page = open_page()
    page.segmented_control(key="choice-basis").set_value("reported").run()

    assert page.query_params["basis"] == "reported"
    assert "./initiative?initiative=I01&amp;basis=reported" in "".join(html_of(page))
