"""Decisions and action points on the page: recorded, closed, and refused without losing what was typed."""

import pytest
from streamlit.testing.v1 import AppTest

from models.core.vocabulary import DecisionKind
from models.meetings.decisions import Agreed, decisions, record_decision
from models.people import context
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.store.database import reading, writing
from pages.shared import who
from tests.kit.builders import NOW
from tests.kit.reporters import MEETING, reporting_plan
from tests.pages.opening import SECONDS, text_of

pytestmark = pytest.mark.usefixtures("officer_engine")

PLAN = reporting_plan()


def script():
    from models.meetings.decisions import decisions
    from pages.meetings.decisions import draw_decisions
    from pages.shared.who import asking

    with asking() as context:
        plan, recorded = context.plan, decisions(context.session, context.plan, known_at=context.now)
    draw_decisions(plan, recorded)


def opened():
    return AppTest.from_function(script, default_timeout=SECONDS).run()


def words_of(page):
    return " ".join(text_of(page).split())


def recorded(engine):
    with reading(engine) as session:
        return decisions(session, PLAN, known_at=NOW)


def record(engine, text="Share the model law.", **fields):
    with writing(engine) as session:
        agreed = Agreed("AWGIPC-80", DecisionKind.ACTION_POINT, text, **fields)
        return record_decision(Context(session, OPERATOR, PLAN, NOW), agreed)


def test_a_decision_is_recorded_as_it_was_filled_in(engine):
    page = opened()
    assert "Matters arising: nothing recorded yet" in words_of(page)

    page.selectbox(key="decision-kind").set_value("action_point")
    page.text_area(key="decision-text").set_value("Share the model law.")
    page.multiselect(key="decision-initiatives").set_value(["I03"])
    page.selectbox(key="decision-owner").set_value("TMTF")
    page.selectbox(key="decision-due").set_value(MEETING.key)
    page.button(key="decision-it").click().run()

    (decision,) = recorded(engine)
    assert (decision.meeting, decision.kind, decision.initiatives) == ("AWGIPC-80", DecisionKind.ACTION_POINT, ("I03",))
    assert (decision.owner, decision.due_meeting) == ("TMTF", MEETING.key)
    assert page.success[0].value.startswith("Recorded")
    assert page.text_area(key="decision-text").value == ""
    assert "Matters arising: 1 open" in words_of(page)
    assert "AWGIPC 80 Action point Share the model law. I03 TMTF AWGIPC 82" in words_of(page)


def test_a_refusal_keeps_what_was_typed(engine):
    page = opened()
    page.text_area(key="decision-text").set_value("Share the model law.")
    page.multiselect(key="decision-initiatives").set_value(["I03"])
    page.selectbox(key="decision-due").set_value("AWGIPC-80")
    page.button(key="decision-it").click().run()

    assert "AWGIPC 80 is not after AWGIPC 80" in page.error[0].value
    assert page.text_area(key="decision-text").value == "Share the model law."
    assert page.multiselect(key="decision-initiatives").value == ["I03"]
    assert recorded(engine) == ()


def test_a_decision_is_closed_with_evidence_and_listed_below(engine):
    number, other = record(engine), record(engine, "Meet again.")
    page = opened()
    page.selectbox(key="decision-close-which").set_value(number)
    page.button(key="decision-close-it").click().run()
    assert "Name the evidence" in page.error[0].value

    page.text_area(key="decision-close-evidence").set_value("Summary Record, para 12")
    page.button(key="decision-close-it").click().run()

    assert [decision.id for decision in recorded(engine) if decision.is_open] == [other]
    assert page.text_area(key="decision-close-evidence").value == ""
    assert "1 closed" in words_of(page)
    assert "30 Jun 2027 Summary Record, para 12" in words_of(page)


def test_what_is_typed_is_text_and_never_markup(engine):
    record(engine, "<script>alert(1)</script> & **bold**")
    page = opened()

    assert "<script>alert(1)</script> & **bold**" in words_of(page)
    assert not any("<script>" in block.proto.body for block in page.main.get("html"))


def test_a_decision_whose_meeting_was_held_says_so(engine, monkeypatch):
    record(engine, due_meeting=MEETING.key)
    assert "was held" not in words_of(opened())

    monkeypatch.setattr(context, "current_moment", lambda _session: NOW.replace(month=9))
    assert "AWGIPC 82 was held" in words_of(opened())


def test_an_open_tab_does_nothing_for_somebody_who_is_signed_out(engine, monkeypatch):
    page = opened()
    page.text_area(key="decision-text").set_value("Share the model law.")
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    page.button(key="decision-it").click().run()

    assert recorded(engine) == ()
    assert "not signed in" in page.error[0].value
    assert page.text_area(key="decision-text").value == "Share the model law."
