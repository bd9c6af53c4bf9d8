"""What a filled-in form changes, cell by cell; what it was refused for; and the choice where both sides changed."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from models.core.errors import Refused
from models.core.vocabulary import ASEAN
from models.plan.schema import Plan
from models.reporting.form import FIELDS
from models.reporting.form_cells import shown
from models.reporting.form_difference import CellChange, CellKey, Decision, Verdict
from pages.shared.apology import as_text
from pages.shared.markup import flowing, tag
from pages.shared.tables import Column, table
from reports.parts.naming import party_name, wording_tag

CHANGES = (Column("Initiative"), Column("Field"), Column("In the form"), Column("Now"), Column("Was exported"))
PROBLEMS = (Column("Cell"), Column("What is wrong"), Column("What to do"))
FORM, PRESENT = "form", "present"
SHORT = 60
"""So much of a text tells a choice from the other; the whole stands in the table."""


def refused(refusal: Refused) -> str:
    """Every cell that cannot be read, with its remedy."""
    rows = [
        [escape(one.path or f"line {one.line}"), flowing(one.what), flowing(one.remedy)] for one in refusal.problems
    ]
    told = '<p class="t-lead">Nothing was taken. Mend this in the file, save it, and choose it again.</p>'
    return told + table("What keeps the form from being read", PROBLEMS, rows)


def difference(found: Sequence[CellChange], plan: Plan) -> str:
    """Every cell that is taken or has to be decided, in the order of the form."""
    return table("What the form changes", CHANGES, [_row(one, plan) for one in found])


def _row(one: CellChange, plan: Plan) -> list[str]:
    conflict = tag(one.verdict.label) if one.verdict is Verdict.CONFLICT else ""
    field = f"<span>{escape(FIELDS[one.field])}{conflict}</span>"  # one part, also where a row is drawn as a card
    texts = (shown(one.field, text) for text in (one.edited, one.now, one.exported))
    return [_named(one, plan), field, *map(_or_nothing, texts)]


def _named(one: CellChange, plan: Plan) -> str:
    key, party = one.commitment
    initiative = plan.initiative[key]
    whose = "" if party == ASEAN else f", {escape(party_name(plan, party))}"
    return f"<b>{escape(key)}</b> {escape(initiative.title)}{whose}{tag(wording_tag(initiative))}"


def _or_nothing(text: str) -> str:
    return f'<span class="t-said">{flowing(text)}</span>' if text else '<span class="t-when">nothing</span>'


def conflicts(found: Sequence[CellChange]) -> tuple[CellChange, ...]:
    """The cells changed on both sides."""
    return tuple(one for one in found if one.verdict is Verdict.CONFLICT)


def choose(found: Sequence[CellChange], stem: str) -> Mapping[CellKey, Decision]:
    """Ask which of the two stays, conflict by conflict; gives what is chosen so far."""
    decided: dict[CellKey, Decision] = {}
    for one in conflicts(found):
        chosen = st.radio(
            f"{FIELDS[one.field]} of {'/'.join(one.commitment)} was changed on both sides",
            [FORM, PRESENT],
            index=None,
            format_func=_choices(one).__getitem__,
            key=f"{stem}-{'-'.join(one.commitment)}-{one.field}",
        )
        if chosen:
            decided[one.key] = Decision(form=chosen == FORM, seen=one.now)
    return decided


def _choices(one: CellChange) -> Mapping[str, str]:
    return {FORM: f"Take the form: {_short(one, one.edited)}", PRESENT: f"Keep what is there: {_short(one, one.now)}"}


def _short(one: CellChange, text: str) -> str:
    told = " ".join(shown(one.field, text).split()) or "nothing"
    # A label is Markdown: what people wrote is shown letter by letter.
    return as_text(told if len(told) <= SHORT else f"{told[:SHORT]}…")
