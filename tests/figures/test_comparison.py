"""Two states of the plan compared: every difference both ways, and a bridge that adds up."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from models.core.vocabulary import Grouping, Status
from models.figures.comparison import ScopeEvent, compare_states
from models.figures.rollup import assess, roll_up
from models.plan.canonical import from_document
from models.plan.schema import Exit
from models.progress.statement import Statement
from reports.parts.comparison_words import bridge_lines, comparison_title, differences, in_lines
from tests.kit import plans
from tests.kit.builders import changed, tiny_plan

DAY = date(2027, 6, 30)
PERCENTS = {Status.NOT_STARTED: 0, Status.COMPLETED: 100}


@st.composite
def states(draw):
    """Two assessed states: two editions, two days, any statements in each."""
    sides = []
    for document in draw(plans.editions()):
        plan = from_document(document)
        latest = {
            commitment: Statement(1, status, PERCENTS.get(status, 40), DAY)
            for commitment in plan.commitments()
            if (status := draw(st.sampled_from([None, *Status])))
        }
        sides.append(assess(plan, latest, as_of=draw(plans.days)))
    return sides


@settings(max_examples=25)
@given(states())
def test_the_bridge_adds_up_and_ends_where_the_rollups_do(sides):
    before, after = sides
    result = compare_states(before, after, {})
    (start,), (end,) = (roll_up(side, Grouping.PLAN) for side in sides)

    for bridge in (result.completed, result.in_scope):
        assert bridge.start + bridge.completed + bridge.added - bridge.withdrawn - bridge.reversed == bridge.end
    assert (result.completed.start, result.completed.end) == (start.completed, end.completed)
    assert (result.in_scope.start, result.in_scope.end) == (start.in_scope, end.in_scope)


@settings(max_examples=25)
@given(states())
def test_backwards_every_difference_is_turned_round(sides):
    before, after = sides
    there, back = compare_states(before, after, {}), compare_states(after, before, {})

    assert set(there.newly_completed) == set(back.reversed)
    assert set(there.reversed) == set(back.newly_completed)
    assert {(row.initiative, row.party, row.before, row.after) for row in there.statuses} == {
        (row.initiative, row.party, row.after, row.before) for row in back.statuses
    }
    assert {(row.initiative, row.days) for row in there.slips} == {(row.initiative, -row.days) for row in back.slips}


@settings(max_examples=25)
@given(states())
def test_a_state_differs_in_nothing_from_itself(sides):
    result = compare_states(sides[0], sides[0], {})

    assert result.is_empty
    assert comparison_title(result) == "No differences"
    assert differences(result) == {}


def statements(**parties):
    return {("I02", party): Statement(1, status, PERCENTS.get(status, 40), DAY) for party, status in parties.items()}


def test_every_difference_is_told_in_a_sentence():
    plan = tiny_plan()
    moved = changed(plan, "I03", due=date(2031, 3, 1), due_by_state={})
    withdrawn = Exit(on=DAY, reason="No longer needed", decided_at="AWGIPC-80")
    moved = changed(moved, "I01", withdrawn=withdrawn)
    before = assess(plan, statements(KH=Status.ONGOING), as_of=DAY)
    after = assess(moved, statements(KH=Status.COMPLETED, BN=Status.SUSPENDED), as_of=DAY)

    lines = list(in_lines(compare_states(before, after, {"I03": ("More time", "AWGIPC-80")})))

    assert "  I02/KH from “ongoing, 40 %” to “completed”" in lines
    assert "  I02/BN from “no report” to “suspended, 40 %”" in lines
    assert "  I01 withdrawn: No longer needed (from 30 Jun 2027)" in lines
    assert any(line.startswith("  I03 ") and line.endswith(": More time (decided at AWGIPC-80)") for line in lines)


def test_the_bridge_stands_as_a_sum():
    plan = tiny_plan()
    initiative = plan.initiative["I02"]
    done = {commitment: Statement(1, Status.COMPLETED, 100, DAY) for commitment in initiative.commitments}
    result = compare_states(assess(plan, {}, as_of=DAY), assess(plan, done, as_of=DAY), {})

    assert [(line.name, line.completed) for line in bridge_lines(result)] == [
        ("At the start", "0"),
        ("+ completed", "1"),
        ("+ added", "0"),
        ("− withdrawn", "0"),
        ("− reversed", "0"),
        ("= at the end", "1"),
    ]


def test_a_party_that_leaves_the_count_while_its_initiative_stays_is_told():
    plan = tiny_plan()
    result = compare_states(
        assess(plan, {}, as_of=DAY), assess(plan, statements(KH=Status.NOT_APPLICABLE), as_of=DAY), {}
    )

    assert [(row.initiative, row.party, row.event) for row in result.scope] == [
        ("I02", "KH", ScopeEvent.NOT_APPLICABLE)
    ]
    assert not result.is_empty


def test_what_is_not_in_force_on_the_earlier_day_is_not_called_withdrawn():
    plan = changed(tiny_plan(), "I02", in_force_from=date(2027, 1, 1))
    result = compare_states(assess(plan, {}, as_of=DAY), assess(plan, {}, as_of=date(2026, 6, 30)), {})

    assert ("I02", ScopeEvent.NOT_IN_FORCE) in [(row.initiative, row.event) for row in result.scope]


def test_leaving_because_nothing_applies_is_told_apart_from_withdrawal():
    plan = tiny_plan()
    away = {key: Statement(1, Status.NOT_APPLICABLE, 0, DAY) for key in plan.initiative["I02"].commitments}
    result = compare_states(assess(plan, {}, as_of=DAY), assess(plan, away, as_of=DAY), {})

    assert [(row.initiative, row.event) for row in result.scope] == [("I02", ScopeEvent.NOT_APPLICABLE)]
