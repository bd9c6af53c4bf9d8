"""Cycles: opened and changed with the buttons of the page, by the secretariat alone."""

from datetime import UTC, datetime

import pytest

from models.access.visibility import visitors_see
from models.core.vocabulary import VisitorsSee
from models.meetings.snapshot import Paper
from models.meetings.snapshots import snapshot
from models.people import context
from models.people.permissions import PUBLIC
from models.progress.cycles import list_cycles
from models.store.database import reading
from pages.shared import who
from tests.kit.reporters import CAMBODIA_ROLE, MEETING, add_user, reporting_plan
from tests.pages.opening import open_page, text_of, title_of

pytestmark = pytest.mark.usefixtures("officer_engine")

PAGE = "meeting/page.py"
HELD = datetime(2027, 8, 2, tzinfo=UTC)


def cycles(engine):
    with reading(engine) as session:
        return [(one.meeting.key, one.opens_days, one.due_days) for one in list_cycles(session, reporting_plan())]


def test_the_next_cycle_is_opened_and_its_days_changed(engine):
    page = open_page(PAGE)
    assert title_of(page) == "No reporting cycle is open"

    page.number_input(key="open-due").set_value(7)
    page.button(key="open-it").click().run()

    assert cycles(engine) == [(MEETING.key, 56, 7)]
    assert title_of(page) == "AWGIPC 82: reports are due 19 Jul 2027"

    page.number_input(key="change-due").set_value(10)
    page.button(key="change-it").click().run()

    assert cycles(engine) == [(MEETING.key, 56, 10)]
    assert title_of(page) == "AWGIPC 82: reports are due 16 Jul 2027"


def test_days_that_cannot_be_are_refused_and_stay_as_typed(engine):
    page = open_page(PAGE)
    page.number_input(key="open-due").set_value(90)
    page.button(key="open-it").click().run()

    assert cycles(engine) == []
    assert "opens before its reports are due" in page.error[0].value
    assert page.number_input(key="open-due").value == 90


@pytest.mark.usefixtures("engine")
def test_every_meeting_stands_with_its_cycle():
    open_page(PAGE).button(key="open-it").click().run()
    page_text = " ".join(text_of(open_page(PAGE)).split())

    assert "AWGIPC 82 26 Jul 2027 to 29 Jul 2027 open 30 Jun 2027 12 Jul 2027 – –" in page_text
    assert "AWGIPC 80 provisional 2 Mar 2026 to 4 Mar 2026 not opened" in page_text


def test_a_cycle_is_circulated_noted_and_opened_again(engine, monkeypatch):
    open_page(PAGE).button(key="open-it").click().run()
    page = open_page(PAGE)
    page.text_input(key="paper-agenda_item").set_value("5")
    page.text_area(key="paper-invited").set_value("thank the host.\n\nagree on a date.")
    page.button(key="circulate-it").click().run()

    assert "snapshot 1, as of 30 Jun 2027" in page.success[0].value
    with reading(engine) as session:
        assert snapshot(session, 1).paper == Paper(agenda_item="5", invited=("thank the host.", "agree on a date."))

    page.button(key="note-it").click().run()
    assert "begins on 26 Jul 2027" in page.error[0].value

    monkeypatch.setattr(context, "current_moment", lambda _session: HELD)
    page.button(key="note-it").click().run()
    assert "snapshot 2, as of 29 Jul 2027" in page.success[0].value

    page.button(key="reopen-it").click().run()
    assert "Say in a sentence why" in page.error[0].value
    page.text_input(key="reopen-reason").set_value("A wrong figure.")
    page.button(key="reopen-it").click().run()
    assert "is open again" in page.success[0].value
    assert "Opened again as revision 2." in text_of(page)


@pytest.mark.usefixtures("engine")
def test_what_is_missing_stands_before_the_paper_goes_out():
    open_page(PAGE).button(key="open-it").click().run()

    page_text = " ".join(text_of(open_page(PAGE)).split())

    assert "reports owed and not received" in page_text
    assert "which the official text would replace" in page_text


def test_the_secretariat_sets_what_visitors_see(engine):
    page = open_page(PAGE)
    page.radio(key="visitors-see").set_value("latest").run()

    with reading(engine) as session:
        assert visitors_see(session) is VisitorsSee.LATEST
    assert open_page(PAGE).radio(key="visitors-see").value == "latest"


def test_an_open_tab_does_nothing_for_somebody_who_is_signed_out(engine, monkeypatch):
    page = open_page(PAGE)
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    page.button(key="open-it").click().run()

    assert cycles(engine) == []


def test_nobody_else_has_the_page(engine, monkeypatch):
    user = add_user(engine, "kh@example.org", CAMBODIA_ROLE)
    monkeypatch.setattr(who, "resolve", lambda *_: user)

    with pytest.raises(ValueError, match="Known pages"):
        open_page(PAGE)
