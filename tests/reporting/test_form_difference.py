"""The three-way difference: exported, edited, now."""

from hypothesis import given
from hypothesis import strategies as st

from models.progress.statement import StatementFields
from models.reporting.form import FormRow, cells_of
from models.reporting.form_take import (
    CellChange,
    ConflictDecision,
    Verdict,
    added,
    merged,
    row_changes,
    taken,
    undecided,
    verdict,
)

words = st.sampled_from(["", "a", "b", "c"])


def oracle(exported, edited, now):
    """Read as people would: did the form change it, did somebody else, and is it the same by now?"""
    mine, theirs = edited != exported, now != exported
    if not mine or edited == now:
        return Verdict.UNCHANGED
    return Verdict.CONFLICT if theirs else Verdict.TAKEN


@given(words, words, words)
def test_it_is_what_people_would_say_of_two_who_changed_one_cell(exported, edited, now):
    assert oracle(exported, edited, now) is verdict(exported, edited, now)


@given(words, words)
def test_reading_the_same_form_twice_changes_nothing_the_second_time(exported, edited):
    assert verdict(exported, edited, edited) is Verdict.UNCHANGED


def test_evidence_is_only_added():
    assert added("", "a\nb", "b\na") is Verdict.UNCHANGED
    assert added("b", "", "a") is Verdict.UNCHANGED
    assert added("", "a\nc", "a") is Verdict.TAKEN


def row(edited, exported=None):
    blank = cells_of(StatementFields())
    return FormRow(("I02", "KH"), blank | edited, 0, blank | (exported or {}), 3)


def changes(edited, exported=None, now=None):
    line = row(edited, exported)
    return row_changes(line, line.exported, cells_of(StatementFields()) | (now or {}))


def test_only_cells_that_were_edited_and_differ_are_stated():
    (one,) = changes({"narrative": "New.", "obstacles": "Same."}, {"obstacles": "Same."}, {"obstacles": "Other."})

    assert CellChange(("I02", "KH"), "narrative", "", "New.", "", Verdict.TAKEN) == one


def test_a_conflict_is_decided_for_the_value_that_was_shown():
    cells = changes({"narrative": "Mine."}, None, {"narrative": "Theirs."})
    key = cells[0].key

    assert cells == undecided(cells, {})
    assert cells == undecided(cells, {key: ConflictDecision(form=True, saved="Older.")})
    seen = ConflictDecision(form=True, saved="Theirs.")
    assert [] == undecided(cells, {key: seen})
    assert {"narrative": "Mine."} == taken(cells, {key: seen})
    assert {} == taken(cells, {key: ConflictDecision(form=False, saved="Theirs.")})


def test_a_step_left_over_goes_with_nothing_that_is_over():
    before = StatementFields(status="ongoing", percent=50)
    written = merged(before, {"status": "Completed", "percent": "50 draft circulated", "narrative": "Done."})

    assert StatementFields(status="completed", narrative="Done.") == written
