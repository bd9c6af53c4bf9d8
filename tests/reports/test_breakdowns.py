"""What is described of measures, states, bodies, dates and words."""

from datetime import date

import pytest

from models.amendments.diff import PlanChange
from models.core.vocabulary import Status, Wording
from models.figures.participation import Participation
from models.figures.rollup import assess
from reports.parts.bodies import bodies_title, body_lines, without_task_force
from reports.parts.edition_words import in_words
from reports.parts.member_state import commitment_lines, state_lines, state_title
from reports.parts.participation import participation_matrix, participation_title
from reports.parts.timeline import timeline
from reports.parts.tree import tree
from reports.parts.wording import explanation, wording_title
from tests.kit.builders import changed, statement, tiny_plan

DAY = date(2027, 6, 30)


def participation_of(latest=None, waiting=(), plan=None, day=DAY):
    latest = latest or {}
    return Participation(assess(plan or tiny_plan(), latest, as_of=day), latest, frozenset(waiting))


def cells(participation, key):
    matrix = participation_matrix(participation)
    row = next(row for row in matrix.rows if row.key == key)
    return dict(zip([column.key for column in matrix.columns], row.cells, strict=True)), row


def test_a_tree_withholds_what_the_dates_alone_would_say():
    late = tree(participation_of(day=date(2030, 12, 31)).now)
    lines = [late.trunks[0].line, *(branch.line for branch in late.trunks[0].branches)]

    assert {(line.due, line.expected, line.reached) for line in lines} == {("–", "–", "–")}
    assert late.title == "No report yet on any of 3 initiatives"


def test_a_tree_counts_the_states_that_have_reported():
    leaves = [
        leaf
        for branch in tree(participation_of({("I02", "KH"): statement()}).now).trunks[0].branches
        for leaf in branch.leaves
    ]

    assert {leaf.standing.key: leaf.reported for leaf in leaves}["I02"].startswith("1 of ")
    assert {leaf.standing.key: leaf.reported for leaf in leaves}["I01"] == "no report"


def test_a_cell_tells_status_silence_and_absence_apart():
    plan = changed(tiny_plan(), "I02", states=("BN", "KH"))
    by_state, row = cells(participation_of({("I02", "KH"): statement(status=Status.NOT_APPLICABLE)}, plan=plan), "I02")

    assert by_state["KH"].status is Status.NOT_APPLICABLE
    assert (by_state["BN"].status, by_state["BN"].takes_part) == (None, True)
    assert not by_state["TL"].takes_part
    assert row.count == "0 of 1"


def test_what_is_only_submitted_is_hollow_and_says_so():
    by_state, _ = cells(participation_of({("I02", "KH"): statement()}, [("I02", "KH")]), "I02")

    assert by_state["KH"].submitted_only
    assert by_state["KH"].sentence == "Cambodia: ongoing, 40 %, valid on 1 Feb 2027, not yet cleared"


def test_the_state_that_joined_last_is_named_with_its_day():
    notes = {column.key: column.note for column in participation_matrix(participation_of()).columns}

    assert notes == {"BN": "", "KH": "", "TL": "joined 26 Oct 2025"}


def test_the_matrix_is_headed_by_its_finding():
    assert participation_title(participation_of()).endswith("national commitments: no report yet")
    assert "1 of " in participation_title(participation_of({("I02", "KH"): statement(100, Status.COMPLETED)}))


def test_a_state_has_two_lines_and_a_list_of_its_own():
    participation = participation_of({("I02", "KH"): statement()})
    cambodia = next(one for one in state_lines(participation.now) if one.state.key == "KH")
    lines = {line.initiative.key: line for line in commitment_lines(participation, cambodia, {7: "Work goes on."})}

    assert state_title(cambodia).startswith("Cambodia: 0 of ")
    assert cambodia.champion.in_scope == str(sum("KH" in one.champions for one in tiny_plan().initiatives))
    assert (lines["I02"].statement, lines["I02"].narrative) == ("ongoing, 40 %", "Work goes on.")


def test_bodies_keep_their_order_and_the_silent_ones_are_counted():
    lines = body_lines(participation_of().now)

    assert [line.body.key for line in lines] == [one.key for one in tiny_plan().bodies if one.status == "active"]
    assert bodies_title(lines, participation_of().now).startswith("No body has reported yet")
    assert without_task_force(lines) == "1 initiative has no task force and is led by AWGIPC; it has no champion."


def test_the_timeline_is_drawn_before_anything_is_reported():
    dated = timeline(participation_of().now)

    assert [span.key for group in dated.groups for span in group.spans] == ["I01", "I02", "I03"]
    assert not dated.has_reports


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            PlanChange("initiative", "I10", "due", "2027-12-31", "2027-06-30"),
            "initiative I10, due date: 31 Dec 2027 → 30 Jun 2027",
        ),
        (
            PlanChange("initiative", "I10", "assumed", ["title", "due"], ["title"]),
            "initiative I10, no longer assumed: due date",
        ),
        (PlanChange("initiative", "I10", "champions", [], ["PH", "SG"]), "initiative I10, champions: nothing → PH, SG"),
        (PlanChange("partner", "JPO", "missing"), "partner JPO removed"),
        (PlanChange("initiative", "I44", "added"), "initiative I44 added"),
    ],
)
def test_a_change_is_put_in_words(change, sentence):
    assert in_words(change) == sentence


def test_official_text_needs_no_explanation():
    plan = tiny_plan()
    official = plan.model_copy(
        update={
            "initiatives": tuple(
                one.model_copy(update={"wording": Wording.OFFICIAL, "assumed": ()}) for one in plan.initiatives
            ),
            "activities": tuple(one.model_copy(update={"assumed": ()}) for one in plan.activities),
        }
    )

    assert wording_title(official) == "All 3 titles are official text"
    assert explanation(official) == ()
