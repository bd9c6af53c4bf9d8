"""Taking a progress form in: as drafts of whoever filled it in, or recorded as the statement of a body or state.

All of it or nothing. The difference is computed again in the same transaction, so that nobody overwrites what they
have not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.core.errors import FormRefused, Problem, UpdateRefused
from models.core.text import counted, listed
from models.people.context import Context
from models.people.permissions import Action
from models.plan.schema import Commitment, Plan
from models.progress.draft_evidence import keep_file
from models.progress.drafts import discard, draft_evidence, name_of, open_draft, put, report_nothing
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.progress.statement import EvidenceItem, StatementFields
from models.reporting.form import ADDED, FIELDS, FilledForm, FilledRow
from models.reporting.form_cells import attached
from models.reporting.form_difference import (
    CellChange,
    CellKey,
    CommitmentState,
    Decision,
    commitment_state,
    form_changes,
    merged,
    says_nothing,
    taken,
    undecided,
)
from models.store.reporting_tables import DraftEvidence

Cells = Mapping[str, str]
DECIDE = "say which of the two stays"


@dataclass(frozen=True, slots=True)
class FormResult:
    """What came of a form: on how many commitments, and how many cells were taken."""

    commitments: int
    cells: int

    @property
    def told(self) -> str:
        """5 cells of 2 commitments were taken from the form."""
        if not self.cells:
            return "nothing in the form differs from what stands here"
        cells = counted(self.cells, "cell was", "cells were")
        return f"{cells} taken from the form, on {counted(self.commitments, 'commitment')}"


def take_drafts(context: Context, form: FilledForm, *, decided: Mapping[CellKey, Decision]) -> FormResult:
    """Put what was filled in into the reader's drafts, where it waits to be submitted."""
    found = form_changes(context, form, action=Action.DRAFT)
    cells = _decided(form, found, decided)
    for row in form.rows:
        if row.commitment in cells:
            _draft(context, row, cells[row.commitment])
    if cells:
        told = {"/".join(one): sorted(fields) for one, fields in cells.items()}
        subject = f"form of {listed(form.head.speakers)}"
        context.record("take form", subject, after=told)
    return _count(cells)


def record_form(
    context: Context, form: FilledForm, content: bytes, *, decided: Mapping[CellKey, Decision], valid_on: date
) -> FormResult:
    """Record what was filled in as said by those who filled it in, with the form itself as the evidence."""
    found = form_changes(context, form, action=Action.RECORD_ON_BEHALF)
    cells = _decided(form, found, decided)
    if not cells:
        return _count(cells)
    file_id, name = keep_file(context, form.name, content)
    problems: list[Problem] = []
    for row in form.rows:
        if row.commitment in cells:
            said = _received(
                context.session,
                form,
                row,
                cells[row.commitment],
                plan=context.plan,
                file_id=file_id,
                valid_on=valid_on,
                name=name,
            )
            problems += _record(context, form, said, row.line)
    if problems:
        raise FormRefused(problems)
    return _count(cells)


def _decided(
    form: FilledForm, found: tuple[CellChange, ...], decided: Mapping[CellKey, Decision]
) -> dict[Commitment, dict[str, str]]:
    open_ones = undecided(found, decided)
    if open_ones:
        lines = {row.commitment: row.line for row in form.rows}
        raise FormRefused(_conflict(form, one, lines[one.commitment]) for one in open_ones)
    return taken(found, decided)


def _conflict(form: FilledForm, one: CellChange, line: int) -> Problem:
    what = f"{FIELDS[one.field]}: changed here and by somebody else since the form was exported"
    return Problem(form.name, line, what, DECIDE, f"Progress!{one.at}")


def _count(cells: Mapping[Commitment, Cells]) -> FormResult:
    return FormResult(len(cells), sum(map(len, cells.values())))


def _draft(context: Context, row: FilledRow, cells: Cells) -> None:
    """One commitment's draft with the cells taken; emptied by them, it is gone."""
    commitment = row.commitment
    here = commitment_state(context.session, commitment, drafts=True, seen=row.newest)
    if says_nothing(cells):
        _refuse_to_lose(here, row)
        discard(context, commitment)
        report_nothing(context, [commitment])
        return
    draft = open_draft(context, commitment)
    written = merged(here.written, cells)
    put(context, draft, written)
    for item in _added(cells, here.cells):
        context.session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.columns))
    context.session.flush()
    if written.is_empty and not draft_evidence(context.session, [draft.commitment_id]):
        context.session.delete(draft)


def _refuse_to_lose(here: CommitmentState, row: FilledRow) -> None:
    """Nothing to report takes no draft away that the form did not know."""
    unknown = [name for name, text in here.cells.items() if text and text != row.exported.get(name, "")]
    if set(unknown) - {"status"} or any(item.file_id for item in here.evidence):
        name = "/".join(row.commitment)
        raise UpdateRefused(
            f"{name}: the form says there is nothing to report, and a draft is being written on it here."
            " Discard that draft first, or empty the line of the form."
        )


def _added(cells: Cells, present_cells: Cells) -> list[EvidenceItem]:
    """The evidence that is not there already."""
    there = {field: present_cells[field].split("\n") for field in ADDED}
    items = ((field, item) for field in ADDED for item in attached(field, cells.get(field, "")))
    return [item for field, item in items if (item.document or item.url) not in there[field]]


def _received(
    session: Session,
    form: FilledForm,
    row: FilledRow,
    cells: Cells,
    *,
    plan: Plan,
    file_id: int | None,
    valid_on: date,
    name: str,
) -> Received:
    """Whose words a line is, on what, and what it says."""
    here = commitment_state(session, row.commitment, drafts=False, seen=row.newest)
    return Received(
        speaker=next((one for one in form.head.speakers if row.commitment in spoken_for(one, plan)), ""),
        commitment=row.commitment,
        fields=_fields(here, row, cells),
        valid_on=valid_on,
        came_with=f"Progress form {name}, line {row.line}",
        file_id=file_id,
        also=tuple(_added(cells, here.cells)),
    )


def _fields(here: CommitmentState, row: FilledRow, cells: Cells) -> dict[str, Any]:
    """What the line says, in its sender's words alone: of what was submitted since it was exported, nothing.

    A line that only names evidence says no status, and is told so; it is no nil report.
    """
    if says_nothing(cells):
        return {}
    known = here.written if here.newest == row.newest else StatementFields()
    return {name: value for name, value in merged(known, cells).content.items() if value is not None} or {
        "status": None
    }


def _record(context: Context, form: FilledForm, received: Received, line: int) -> list[Problem]:
    """Record one line; what speaks against it is told with its line."""
    try:
        record_on_behalf(context, received)
    except UpdateRefused as refusal:
        name = name_of(received.commitment)
        return [Problem(form.name, line, f"{name}: {error.message}", error.remedy) for error in refusal.errors]
    return []
