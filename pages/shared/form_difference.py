"""What a filled-in form changes, cell by cell; what was refused in it; and the choice where both sides changed."""

from collections.abc import Mapping, Sequence

import htpy as h
import streamlit as st
from htpy import Element, Node

from models.core.errors import Problem
from models.plan.schema import Plan
from models.reporting.form import FIELDS, NotTaken, shown
from models.reporting.form_take import CellChange, CellKey, ConflictDecision, Verdict
from pages.shared import text
from pages.shared.markup import flowing, lead, note, tag
from pages.shared.plain_text import as_label, as_labels
from pages.shared.tables import table
from reports.parts.naming import of_party, wording_tag

CHANGES = ("Initiative", "Field", "In the form", "Now", "When downloaded")
PROBLEMS = ("Cell", "What is wrong", "What to do")
NOT_TAKEN = ("Place", "What it is", "Words")
FORM, PRESENT = "form", "present"
SHORT = 60
"""So many characters distinguish a choice from the other; the whole text is in the table."""


def refused(problems: Sequence[Problem], *, whole: bool) -> Node:
    """Every cell that cannot be read, with its remedy; `whole` means that no other line can be taken."""
    return [
        lead(text.FORM_REFUSED if whole else text.LINES_REFUSED),
        table("Cells of the form that cannot be read", PROBLEMS, list(map(_problem, problems))),
    ]


def not_taken(remarks: Sequence[NotTaken]) -> Node:
    """What is written outside the cells to fill in, with its place."""
    rows: list[list[Node]] = [[remark.place, remark.what, flowing(remark.words)] for remark in remarks]
    return [note(text.NOT_TAKEN), table("Not taken from the form", NOT_TAKEN, rows)] if rows else None


def missing(problems: Sequence[Problem]) -> Node:
    """What the drafts still need before they can be submitted."""
    rows = list(map(_problem, problems))
    return [note(text.STILL_MISSING), table("Missing before it can be submitted", PROBLEMS, rows)] if rows else None


def _problem(problem: Problem) -> list[Node]:
    return [problem.path or f"line {problem.line}", flowing(problem.what), flowing(problem.remedy)]


def difference(changes: Sequence[CellChange], plan: Plan) -> Element:
    """Every cell that is taken or has to be decided, in the order of the form."""
    return table("What the form changes", CHANGES, [_row(change, plan) for change in changes])


def _row(change: CellChange, plan: Plan) -> list[Node]:
    key, party = change.commitment
    initiative = plan.initiative[key]
    conflict = tag(change.verdict.label) if change.verdict is Verdict.CONFLICT else None
    return [
        [h.b[key], f" {initiative.title}{of_party(plan, party)}", tag(wording_tag(initiative))],
        h.span[FIELDS[change.field].label, conflict],  # one part, also where a row is drawn as a card
        *(_cell(change, value) for value in (change.edited, change.now, change.exported)),
    ]


def _cell(change: CellChange, value: str) -> Element:
    words = shown(change.field, value)
    return h.span(".t-said")[flowing(words)] if words else h.span(".t-when")[text.EMPTY_CELL]


def conflicts(changes: Sequence[CellChange]) -> tuple[CellChange, ...]:
    """The cells changed on both sides."""
    return tuple(change for change in changes if change.verdict is Verdict.CONFLICT)


def choose(changes: Sequence[CellChange], stem: str) -> Mapping[CellKey, ConflictDecision]:
    """Ask which of the two is kept, conflict by conflict; returns what is chosen so far."""
    decided: dict[CellKey, ConflictDecision] = {}
    for change in conflicts(changes):
        names = {
            FORM: f"Use the form: {_short(change, change.edited)}",
            PRESENT: f"Keep what is saved: {_short(change, change.now)}",
        }
        chosen = st.radio(
            as_label(f"{FIELDS[change.field].label} of {'/'.join(change.commitment)} differs from {change.origin}"),
            list(names),
            index=None,
            format_func=as_labels(names).__getitem__,
            key=f"{stem}-{'-'.join(change.commitment)}-{change.field}",
        )
        if chosen:
            decided[change.key] = ConflictDecision(form=chosen == FORM, saved=change.now)
    return decided


def _short(change: CellChange, value: str) -> str:
    words = " ".join(shown(change.field, value).split()) or text.EMPTY_CELL
    return words if len(words) <= SHORT else f"{words[:SHORT]}…"
