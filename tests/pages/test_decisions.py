"""Decisions and action points on the page: recorded, closed, and refused without losing what was typed."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from models.core.vocabulary import DecisionKind
from models.meetings.decisions import Agreed, decisions, record_decision
from models.people import context
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.store.database import migrate, open_engine, reading, writing
from pages.shared import who
from tests.kit.builders import NOW, load
from tests.kit.reporters import MEETING, SECRETARIAT_HAT, add_reader, reporting_plan
from tests.pages.opening import SECONDS, text_of

PLAN = reporting_plan()


@pytest.fixture(name="engine", autouse=True)
def _engine(tmp_path, monkeypatch):
    """A database of its own, read by an officer."""
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(context, "current_moment", lambda _session: NOW)
    st.cache_data.clear()
    engine = open_engine(url)
    migrate(engine)
    load(engine, PLAN)
    reader = add_reader(engine, "officer@example.org", SECRETARIAT_HAT)
    monkeypatch.setattr(who, "resolve", lambda *_: reader)
    yield engine
    engine.dispose()


def script():
    from models.meetings.decisions import decisions
    from pages.meetings.decisions import draw_decisions
    from pages.shared.who import asking

    with asking() as one:
        plan, found = one.plan, decisions(one.session, one.plan, known_at=one.now)
    draw_decisions(plan, found)


def opened():
    return AppTest.from_function(script, default_timeout=SECONDS).run()


def told(page):
    return " ".join(text_of(page).split())


def stands(engine):
    with reading(engine) as session:
        return decisions(session, PLAN, known_at=NOW)


def agreed(engine, text="Share the model law.", **fields):
    with writing(engine) as session:
        made = Agreed("AWGIPC-80", DecisionKind.ACTION_POINT, text, **fields)
        return record_decision(Context(session, OPERATOR, PLAN, NOW), made)


def test_one_is_recorded_as_it_was_filled_in(engine):
    page = opened()
    assert "Matters arising: nothing recorded yet" in told(page)

    page.selectbox(key="decision-kind").set_value("action_point")
    page.text_area(key="decision-text").set_value("Share the model law.")
    page.multiselect(key="decision-initiatives").set_value(["I03"])
    page.selectbox(key="decision-owner").set_value("TMTF")
    page.selectbox(key="decision-due").set_value(MEETING.key)
    page.button(key="decision-it").click().run()

    (found,) = stands(engine)
    assert (found.meeting, found.kind, found.initiatives) == ("AWGIPC-80", DecisionKind.ACTION_POINT, ("I03",))
    assert (found.owner, found.due_meeting) == ("TMTF", MEETING.key)
    assert page.success[0].value.startswith("It was recorded")
    assert page.text_area(key="decision-text").value == ""
    assert "Matters arising: 1 open" in told(page)
    assert "AWGIPC 80 Action point Share the model law. I03 TMTF AWGIPC 82" in told(page)


def test_a_refusal_keeps_what_was_typed(engine):
    page = opened()
    page.text_area(key="decision-text").set_value("Share the model law.")
    page.multiselect(key="decision-initiatives").set_value(["I03"])
    page.selectbox(key="decision-due").set_value("AWGIPC-80")
    page.button(key="decision-it").click().run()

    assert "AWGIPC 80 is not after AWGIPC 80" in page.error[0].value
    assert page.text_area(key="decision-text").value == "Share the model law."
    assert page.multiselect(key="decision-initiatives").value == ["I03"]
    assert stands(engine) == ()


def test_one_is_closed_with_evidence_and_stands_below(engine):
    number, other = agreed(engine), agreed(engine, "Meet again.")
    page = opened()
    page.selectbox(key="decision-close-which").set_value(number)
    page.button(key="decision-close-it").click().run()
    assert "Name the evidence" in page.error[0].value

    page.text_area(key="decision-close-evidence").set_value("Summary Record, para 12")
    page.button(key="decision-close-it").click().run()

    assert [one.id for one in stands(engine) if one.is_open] == [other]
    assert page.text_area(key="decision-close-evidence").value == ""
    assert "1 closed" in told(page)
    assert "30 Jun 2027 Summary Record, para 12" in told(page)


def test_what_is_typed_is_text_and_never_markup(engine):
    agreed(engine, "<script>alert(1)</script> & **bold**")
    page = opened()

    assert "<script>alert(1)</script> & **bold**" in told(page)
    assert not any("<script>" in block.proto.body for block in page.main.get("html"))


def test_one_whose_meeting_was_held_says_so(engine, monkeypatch):
    agreed(engine, due_meeting=MEETING.key)
    assert "was held" not in told(opened())

    monkeypatch.setattr(context, "current_moment", lambda _session: NOW.replace(month=9))
    assert "AWGIPC 82 was held" in told(opened())


def test_an_open_tab_does_nothing_for_somebody_who_is_signed_out(engine, monkeypatch):
    page = opened()
    page.text_area(key="decision-text").set_value("Share the model law.")
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    page.button(key="decision-it").click().run()

    assert stands(engine) == ()
    assert "not signed in" in page.error[0].value
    assert page.text_area(key="decision-text").value == "Share the model law."
