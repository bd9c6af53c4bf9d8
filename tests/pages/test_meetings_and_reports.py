"""Meetings and reports: what each user finds there, compares and builds."""

import pytest

from models.core.errors import NotFound, NotPermitted
from models.core.vocabulary import Role
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.tokens import Credentials
from models.people.visibility_rules import Display
from pages.meetings import report, text
from pages.shared import who
from reports.formats import Format
from tests.pages.opening import open_page, text_of, title_of

PAGE = "meetings/page.py"
DELEGATE = User(2, (RoleAssignment(Role.OBSERVER),))


@pytest.fixture
def delegate(monkeypatch):
    monkeypatch.setattr(who, "resolve", lambda *_: DELEGATE)


def options(page, key):
    return page.selectbox(key=key).options


@pytest.mark.usefixtures("empty")
def test_with_nothing_circulated_there_is_a_calendar_and_no_report_to_build():
    page = open_page(PAGE)

    assert " meets on " in title_of(page)
    assert title_of(page).endswith("; no meeting has taken note of a report yet")
    assert "No snapshot yet" in text_of(page)
    assert not page.selectbox


@pytest.mark.usefixtures("reported")
def test_visitors_find_what_was_noted_and_the_public_report():
    page = open_page(PAGE)

    assert len(options(page, "report-source")) == 6
    assert all(option.startswith("as noted at AWGIPC ") for option in options(page, "report-source"))
    assert options(page, "report-display") == ["Public"]
    assert not any("Cambodia" in option for option in options(page, "report-scope"))
    assert text.ON_DATE not in options(page, "compare-from")


@pytest.mark.usefixtures("reported", "delegate")
def test_a_delegate_finds_the_papers_too():
    page = open_page(PAGE)

    assert len(options(page, "report-source")) == 12
    assert options(page, "report-display") == ["Meeting", "Public"]
    assert "Cambodia" in options(page, "report-scope")


@pytest.mark.usefixtures("reported", "officer")
def test_the_secretariat_builds_a_draft_as_well():
    page = open_page(PAGE)

    assert text.DRAFT in options(page, "report-source")
    assert options(page, "report-display") == ["Secretariat", "Meeting", "Public"]


@pytest.mark.usefixtures("reported")
def test_the_last_two_meetings_are_compared_and_the_bridge_adds_up():
    words = " ".join(text_of(open_page(PAGE)).split())

    assert "Completed from 4 of 43 to 8 of 43" in words
    assert "At the start 4 43 + completed 4 0 + entered 0 0 − left 0 0 − reopened 0 0 = at the end 8 43" in words
    assert "I17 Upgraded ASEAN Framework Agreement on IP Cooperation working title : 243 days later" in words


@pytest.mark.usefixtures("reported", "delegate")
def test_the_newest_snapshot_is_compared_with_what_its_report_is_compared_with():
    """Not with the paper of the same meeting, which is the snapshot before it."""
    page = open_page(PAGE)

    assert (page.selectbox(key="compare-from").value, page.selectbox(key="compare-to").value) == ("10", "12")


@pytest.mark.usefixtures("reported", "delegate")
def test_a_meeting_is_compared_with_a_day_as_known_now():
    page = open_page(PAGE)
    page.selectbox(key="compare-to").set_value("day").run()

    assert page.date_input(key="compare-to-day").value is not None
    assert "start + completed + entered" in text_of(page)


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize("display", [Display.SECRETARIAT, Display.MEETING])
def test_a_visitor_who_asks_for_more_than_the_public_report_is_refused(monkeypatch, display):
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)

    with pytest.raises(NotPermitted):
        report.built(Format.JSON, 12, "all", display, Credentials(None))


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize(("number", "refusal"), [(11, NotFound), (99, NotFound), (report.NOW, NotPermitted)])
def test_a_visitor_who_asks_for_what_was_not_noted_is_refused(monkeypatch, number, refusal):
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)

    with pytest.raises(refusal):
        report.built(Format.JSON, number, "all", Display.PUBLIC, Credentials(None))


@pytest.mark.usefixtures("reported", "officer")
def test_the_secretariat_keeps_what_meetings_left_to_do():
    assert "Matters arising" in text_of(open_page(PAGE))


@pytest.mark.usefixtures("reported", "delegate")
def test_nobody_else_reads_of_it_here():
    assert "Matters arising" not in text_of(open_page(PAGE))
