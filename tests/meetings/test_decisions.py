"""Decisions and action points: recorded as agreed, closed once with evidence or a reason, each act in the audit."""

import json
from dataclasses import replace
from functools import partial
from typing import get_type_hints

import pytest
from sqlmodel import col, select

from models.core.errors import DecisionRefused, NotFound
from models.core.text import PublicText, RestrictedText
from models.core.vocabulary import DecisionKind
from models.meetings.decisions import LONGEST, Agreed, close_decision, decisions, record_decision
from models.people.context import Context
from models.people.visibility_rules import Detail, Display, shows
from models.store.database import reading, writing
from models.store.meeting_tables import DecisionRow
from models.store.tables import AuditEvent
from tests.kit.builders import NOW, act, load, officer
from tests.kit.reporters import MEETING, reporting_plan

PLAN = reporting_plan()
HELD = "AWGIPC-80"
AGREED = Agreed(
    HELD, DecisionKind.ACTION_POINT, RestrictedText(" Share the model law. "), ("I03", "I01"), "TMTF", MEETING.key
)


do = partial(act, plan=PLAN)


@pytest.fixture(name="engine")
def _engine(engine):
    load(engine, PLAN)
    return engine


def stands(engine, now=NOW):
    with reading(engine) as session:
        return decisions(session, PLAN, known_at=now)


def events(engine):
    with reading(engine) as session:
        return [
            (one.action, one.subject, json.loads(one.after or "null"), one.reason)
            for one in session.exec(select(AuditEvent).where(col(AuditEvent.subject).like("decision%")))
        ]


def test_what_was_agreed_stands_open_in_the_plan_s_order(engine):
    number = do(engine, record_decision, AGREED)

    (found,) = stands(engine)
    assert (found.id, found.text, found.initiatives) == (number, "Share the model law.", ("I01", "I03"))
    assert (found.meeting, found.owner, found.due_meeting, found.is_open) == (HELD, "TMTF", MEETING.key, True)
    ((action, subject, after, _),) = events(engine)
    assert (action, subject, after["initiatives"]) == ("record decision", f"decision {number}", ["I01", "I03"])


def test_what_is_agreed_and_closed_with_is_typed_for_those_who_may_read_it():
    readable = PublicText if shows(Display.PUBLIC, Detail.DECISIONS) else RestrictedText
    typed = [get_type_hints(Agreed)["text"], *(get_type_hints(close_decision)[name] for name in ("evidence", "reason"))]

    assert typed == [readable] * 3


def test_one_about_the_whole_plan_needs_neither_owner_nor_due_meeting(engine):
    do(engine, record_decision, Agreed(HELD, DecisionKind.DECISION, RestrictedText("Meet twice a year.")))

    (found,) = stands(engine)
    assert (found.initiatives, found.owner, found.due_meeting) == ((), None, None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": " \n"}, "The text is empty; write down"),
        ({"text": "x" * (LONGEST + 1)}, "has 4,001 characters; shorten it to 4,000"),
        ({"text": "a\x00b"}, "contains a character that is not allowed"),
        ({"initiatives": ("I01", "I99")}, "no initiative I99; use keys such as I01"),
        ({"owner": "XX"}, "XX is neither a body nor a member state; use one of AWGIPC, TMTF, BN"),
        ({"meeting": "AWGIPC-99"}, "AWGIPC-99 is not in the plan's calendar"),
        ({"meeting": ""}, "The meeting is not in the plan's calendar"),
        ({"meeting": MEETING.key, "due_meeting": None}, "AWGIPC 82 begins on 26 Jul 2027; record what it agrees once"),
        ({"due_meeting": "AWGIPC-99"}, "AWGIPC-99 is not in the plan's calendar; choose the meeting by which"),
        ({"due_meeting": HELD}, "AWGIPC 80 is not after AWGIPC 80; choose a later meeting"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(engine, changed, sentence):
    with pytest.raises(DecisionRefused, match=sentence):
        do(engine, record_decision, replace(AGREED, **changed))

    assert (stands(engine), events(engine)) == ((), [])


def test_every_fault_is_named_at_once(engine):
    with pytest.raises(DecisionRefused) as told:
        do(engine, record_decision, replace(AGREED, text=RestrictedText(""), owner="XX", due_meeting=HELD))

    assert len(str(told.value).splitlines()) == 3


@pytest.mark.parametrize(
    "with_", [{"evidence": "Summary Record, para 12"}, {"reason": "Superseded."}, {"evidence": "A", "reason": "B"}]
)
def test_it_is_closed_with_evidence_or_a_reason(engine, with_):
    number = do(engine, record_decision, AGREED)
    do(engine, close_decision, number, **with_)

    (found,) = stands(engine)
    assert (found.closed_on, found.is_open) == (NOW.date(), False)
    assert (found.closing_evidence, found.closing_reason) == (with_.get("evidence"), with_.get("reason"))
    shown = {"evidence": with_["evidence"]} if "evidence" in with_ else None
    assert events(engine)[1:] == [("close decision", f"decision {number}", shown, with_.get("reason"))]


@pytest.mark.parametrize(
    ("with_", "sentence"),
    [
        ({}, "Name the evidence that it was carried out, or say why"),
        ({"evidence": "  ", "reason": "\n"}, "Name the evidence that it was carried out, or say why"),
        ({"reason": "x" * (LONGEST + 1)}, "The reason has 4,001 characters"),
    ],
)
def test_it_is_not_closed_without_either(engine, with_, sentence):
    number = do(engine, record_decision, AGREED)

    with pytest.raises(DecisionRefused, match=sentence):
        do(engine, close_decision, number, **with_)
    assert stands(engine)[0].is_open
    assert len(events(engine)) == 1


def test_it_is_closed_once(engine):
    number = do(engine, record_decision, AGREED)
    do(engine, close_decision, number, reason="Superseded.")

    with pytest.raises(DecisionRefused, match="closed already, on 30 Jun 2027"):
        do(engine, close_decision, number, evidence="Something else")
    assert stands(engine)[0].closing_reason == "Superseded."


def test_one_that_does_not_exist_is_not_closed(engine):
    with pytest.raises(NotFound, match="no decision or action point 7"):
        do(engine, close_decision, 7, reason="So.")


def test_as_known_before_it_was_closed_it_is_open(engine):
    number = do(engine, record_decision, AGREED)
    with writing(engine) as session:
        later = NOW.replace(month=8)
        close_decision(Context(session, officer(session), PLAN, later), number, reason=RestrictedText("Done."))

    assert [one.is_open for one in stands(engine)] == [True]
    assert [one.is_open for one in stands(engine, later)] == [False]
    with reading(engine) as session:
        assert session.exec(select(DecisionRow.closed_by)).one() is not None
