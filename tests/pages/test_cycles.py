"""Cycles: opened and changed with the buttons of the page, by the secretariat alone."""

import pytest
import streamlit as st

from models.reads.cycles import list_cycles
from models.rules.permissions import PUBLIC
from models.store.database import migrate, open_engine, reading
from pages.shared import who
from tests.builders import NOW, load
from tests.pages.opening import open_page, text_of, title_of
from tests.reporters import CAMBODIA_HAT, MEETING, SECRETARIAT_HAT, add_reader, reporting_plan

PAGE = "secretariat/cycles.py"


@pytest.fixture(name="engine")
def _engine(tmp_path, monkeypatch):
    """A database of its own in which no cycle is open, read by an officer."""
    url = f"sqlite:///{tmp_path / 'cycles.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(who, "current_moment", lambda _session: NOW)
    st.cache_data.clear()
    engine = open_engine(url)
    migrate(engine)
    load(engine, reporting_plan())
    reader = add_reader(engine, "officer@example.org", SECRETARIAT_HAT)
    monkeypatch.setattr(who, "resolve", lambda *_: reader)
    yield engine
    engine.dispose()


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
    told = " ".join(text_of(open_page(PAGE)).split())

    assert "AWGIPC 82 26 Jul 2027 to 29 Jul 2027 open 30 Jun 2027 12 Jul 2027 –" in told
    assert "AWGIPC 80 provisional 2 Mar 2026 to 4 Mar 2026 not opened" in told


def test_an_open_tab_does_nothing_for_somebody_who_is_signed_out(engine, monkeypatch):
    page = open_page(PAGE)
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    page.button(key="open-it").click().run()

    assert cycles(engine) == []


def test_nobody_else_has_the_page(engine, monkeypatch):
    reader = add_reader(engine, "kh@example.org", CAMBODIA_HAT)
    monkeypatch.setattr(who, "resolve", lambda *_: reader)

    with pytest.raises(ValueError, match="Known pages"):
        open_page(PAGE)
