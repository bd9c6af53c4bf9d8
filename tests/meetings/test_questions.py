"""The questions the chair may wish to ask: each rule where it speaks, and where it must not."""

from datetime import date
from fractions import Fraction

import pytest

from models.core.vocabulary import Status
from models.figures.rollup import assess
from models.meetings.questions import Question, QuestionRule, UpdateInCycle, questions
from models.plan.schema import Deliverable
from models.progress.statement import Statement
from tests.kit.builders import changed, tiny_plan

CYCLES = ("AWGIPC-80", "AWGIPC-81", "AWGIPC-82", "AWGIPC-83")
DAY = date(2027, 3, 1)
KEY = ("I02", "KH")
AUTHOR, OFFICER = 1, 2


def said(row, percent, cycle=None, **changed):
    """An ongoing update, cleared by an officer, with an obstacle, evidence and a narrative of its own."""
    facts = {
        "row": row,
        "cycle": cycle,
        "status": Status.ONGOING,
        "percent": percent,
        "narrative": f"Statement {row}.",
        "obstacles": "Few staff.",
        "evidence": (f"document {row}",),
        "author": AUTHOR,
        "cleared_by": OFFICER,
    }
    return UpdateInCycle(**(facts | changed))


def asked(*history, plan=None, due_dates=None, latest=None, cycles=()):
    """What is asked about Cambodia's commitment after it said these things."""
    now = assess(plan or tiny_plan(), latest or {}, as_of=DAY)
    found = questions(now, {KEY: history}, cycles=cycles, due_dates=due_dates or {})
    return [(one.rule, one.sentence, one.rows) for one in found if one.commitment == KEY]


def rules(*history, **named):
    return [rule for rule, _, _ in asked(*history, **named)]


def test_nothing_is_asked_where_nothing_was_said():
    assert asked() == []


def test_nothing_is_asked_of_progress_with_new_evidence():
    history = said(1, 10, "AWGIPC-80"), said(2, 25, "AWGIPC-81"), said(3, 50, "AWGIPC-82")

    assert asked(*history, cycles=CYCLES) == []


def test_ongoing_for_three_cycles_without_movement():
    still = [said(row, 40, cycle) for row, cycle in enumerate(CYCLES[1:], start=1)]

    assert asked(*still, cycles=CYCLES) == [
        (
            QuestionRule.NO_MOVEMENT,
            "Ongoing at 40 % at the end of each of the last three cycles.",
            (1, 2, 3),
        )
    ]


def test_silence_is_no_movement_either():
    assert asked(said(1, 40, "AWGIPC-80"), cycles=CYCLES) == [
        (QuestionRule.NO_MOVEMENT, "Ongoing at 40 % at the end of each of the last three cycles.", (1,))
    ]


@pytest.mark.parametrize(
    "history",
    [
        pytest.param([said(1, 40, "AWGIPC-81"), said(2, 40, "AWGIPC-82")], id="two cycles, the open one is silent"),
        pytest.param(
            [said(1, 30, "AWGIPC-81"), said(2, 40, "AWGIPC-82"), said(3, 40, "AWGIPC-83")], id="it moved in the first"
        ),
        pytest.param(
            [said(row, 40, cycle, status=Status.SUSPENDED) for row, cycle in enumerate(CYCLES)], id="suspended"
        ),
    ],
)
def test_movement_or_too_short_a_time_asks_nothing(history):
    assert QuestionRule.NO_MOVEMENT not in rules(*history, cycles=CYCLES)


def test_the_open_cycle_counts_only_once_something_was_said_in_it():
    before = [said(1, 40, "AWGIPC-80")]

    assert rules(*before, cycles=CYCLES) == [QuestionRule.NO_MOVEMENT]
    assert rules(*before, said(2, 50, "AWGIPC-83"), cycles=CYCLES) == []


def test_what_was_said_before_the_first_cycle_stood_in_it():
    assert rules(said(1, 40, None), cycles=CYCLES) == [QuestionRule.NO_MOVEMENT]


def twice(earlier, later):
    """The same words in two cycles, or twice in one."""
    return (
        said(row, 40 + row, cycle, narrative="Work goes on.") for row, cycle in enumerate((earlier, later), start=1)
    )


def test_the_same_narrative_as_in_the_cycle_before():
    assert asked(*twice(CYCLES[2], CYCLES[3]), cycles=CYCLES) == [
        (QuestionRule.SAME_WORDS, "The narrative is the same as in the cycle before.", (1, 2))
    ]


@pytest.mark.parametrize("earlier", [CYCLES[3], CYCLES[1]], ids=["in the same cycle", "with a silent cycle between"])
def test_the_same_narrative_elsewhere_asks_nothing(earlier):
    assert rules(*twice(earlier, CYCLES[3]), cycles=CYCLES) == []


def test_percent_down_with_no_obstacle():
    assert asked(said(1, 50), said(2, 25, obstacles=" ")) == [
        (QuestionRule.DOWN_UNEXPLAINED, "Went from 50 % to 25 %, and names no obstacle.", (1, 2))
    ]


def test_percent_down_with_an_obstacle_asks_nothing():
    assert rules(said(1, 50), said(2, 25)) == []


def test_percent_up_with_no_new_evidence():
    assert asked(said(1, 25, evidence=("a",)), said(2, 50, evidence=("a",))) == [
        (QuestionRule.UP_UNEVIDENCED, "Went from 25 % to 50 %, with no new evidence.", (1, 2))
    ]


def test_percent_up_with_new_evidence_asks_nothing():
    assert rules(said(1, 25, evidence=("a",)), said(2, 50, evidence=("a", "b"))) == []


def test_a_due_date_moved_more_than_twice():
    dates = [date(2027, 12, 31), date(2028, 6, 30), date(2028, 6, 30), date(2028, 12, 31), date(2029, 6, 30)]

    assert asked(due_dates={"I02": dates}) == [
        (
            QuestionRule.DATE_MOVED,
            "The due date was moved 3 times, first from 31 Dec 2027, now to 30 Jun 2029.",
            (),
        )
    ]


def test_a_due_date_moved_twice_asks_nothing():
    assert rules(due_dates={"I02": [date(2027, 12, 31), date(2028, 6, 30), date(2028, 12, 31)]}) == []


def with_deliverable(due):
    item = Deliverable(key="D1", title="A study", due=due, weight=Fraction(1))
    later = Deliverable(key="D2", title="A guide", due=date(2030, 1, 1), weight=Fraction(9))
    return changed(tiny_plan(), "I02", deliverables=(item, later))


def statement(percent, status=Status.ONGOING, done=()):
    return {KEY: Statement(row=7, status=status, percent=percent, valid_on=DAY, deliverables_done=done)}


def test_on_schedule_with_an_overdue_deliverable():
    found = asked(plan=with_deliverable(date(2027, 2, 1)), latest=statement(20))

    assert found == [
        (
            QuestionRule.DELIVERABLE_OVERDUE,
            "On schedule, but D1 was due 1 Feb 2027 and is not marked done.",
            (7,),
        )
    ]


@pytest.mark.parametrize(
    ("due", "percent", "done"), [(DAY, 20, ()), (date(2027, 2, 1), 20, ("D1",))], ids=["due today", "done"]
)
def test_a_deliverable_in_time_asks_nothing(due, percent, done):
    assert rules(plan=with_deliverable(due), latest=statement(percent, done=done)) == []


def test_suspended_past_its_due_date():
    plan = changed(tiny_plan(), "I02", due=date(2027, 2, 28))

    assert asked(plan=plan, latest=statement(40, Status.SUSPENDED)) == [
        (QuestionRule.SUSPENDED_PAST_DUE, "Suspended, and past its due date of 28 Feb 2027.", (7,))
    ]


def test_suspended_on_its_due_date_asks_nothing():
    plan = changed(tiny_plan(), "I02", due=DAY)

    assert rules(plan=plan, latest=statement(40, Status.SUSPENDED)) == []


@pytest.mark.parametrize(("body", "where"), [(None, ""), ("TMTF", ", on behalf of TMTF")])
def test_cleared_by_its_own_author(body, where):
    assert asked(said(1, 40, cleared_by=AUTHOR, on_behalf_of=body)) == [
        (QuestionRule.OWN_CLEARANCE, f"Cleared by the person who wrote it{where}.", (1,))
    ]


def test_only_the_last_clearance_is_asked_about():
    assert rules(said(1, 40, cleared_by=AUTHOR), said(2, 45)) == []


def test_questions_come_in_the_plan_s_order_then_in_that_of_the_rules():
    both = [said(1, 50, cleared_by=AUTHOR), said(2, 25, obstacles="", cleared_by=AUTHOR)]
    now = assess(tiny_plan(), {}, as_of=DAY)
    found = questions(now, {("I03", "KH"): both, KEY: both}, cycles=(), due_dates={})

    assert [(one.commitment, one.rule) for one in found] == [
        (commitment, rule)
        for commitment in (KEY, ("I03", "KH"))
        for rule in (QuestionRule.DOWN_UNEXPLAINED, QuestionRule.OWN_CLEARANCE)
    ]
    assert all(isinstance(one, Question) for one in found)
