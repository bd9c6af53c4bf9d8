"""A form that came back: cell by cell against what it held when it was exported and what is saved now, and taken.

It becomes drafts of whoever filled it in, or is recorded as the statement of a body or state: all of it or nothing. The
difference is computed again in the same transaction, so that nobody overwrites what they have not read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from models.core.errors import FormRefused, Problem, UpdateRefused
from models.core.text import counted, listed
from models.core.vocabulary import Kind, Word
from models.people.context import Context
from models.people.permissions import Action
from models.plan.editions import list_editions
from models.plan.schema import Commitment, name_of
from models.progress.drafts import (
    commitment_id,
    discard,
    draft_evidence,
    keep_file,
    newest_row,
    open_draft,
    put,
    report_nothing,
    statement_evidence,
    written_in,
)
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.progress.statement import REPORTED_PERCENT, EvidenceItem, StatementFields
from models.reporting.form import ADDED, FIELDS, NOTHING, Form, FormRow, attached, cells_of, shown, value_of
from models.store.reporting_tables import Draft, DraftEvidence

GIVEN_BY_STATUS = ("percent", "deliverables_done")
"""What only goes with something under way: a step left over from before is dropped, as on the page."""

Cells = Mapping[str, str]
CellKey = tuple[Commitment, str]
"""One cell of a form: its commitment and its field."""

BOTH_CHANGED = "changed here and by somebody else since the form was exported", "say which of the two stays"


class Verdict(Word):
    """What becomes of a cell."""

    UNCHANGED = "unchanged", "Unchanged"
    TAKEN = "taken", "Taken from the form"
    CONFLICT = "conflict", "Changed on both sides"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One edited cell: its three texts, and what becomes of it."""

    commitment: Commitment
    field: str
    exported: str
    edited: str
    now: str
    verdict: Verdict

    @property
    def key(self) -> CellKey:
        """Which cell it is."""
        return self.commitment, self.field


@dataclass(frozen=True, slots=True)
class ConflictDecision:
    """What somebody chose for a cell changed on both sides, and what was saved when they chose."""

    form: bool
    saved: str


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """What somebody is writing on a commitment, or was sent back; `newest` is the row of the last statement."""

    written: StatementFields
    newest: int
    nothing: bool = False
    evidence: tuple[EvidenceItem, ...] = ()

    @property
    def cells(self) -> dict[str, str]:
        """The same, cell by cell, with the evidence that a form may add to."""
        documents = "\n".join(item.document for item in self.evidence if item.document)
        links = "\n".join(item.url for item in self.evidence if item.url)
        return cells_of(self.written, nothing=self.nothing) | {"documents": documents, "links": links}


@dataclass(frozen=True, slots=True)
class FormResult:
    """What came of a form: on how many commitments, and how many cells were taken."""

    commitments: int
    cells: int

    @property
    def sentence(self) -> str:
        """5 cells of 2 commitments were taken from the form."""
        if not self.cells:
            return "Nothing in the form differs from what is saved here"
        cells = counted(self.cells, "cell was", "cells were")
        return f"{cells} taken from the form, on {counted(self.commitments, 'commitment')}"


def shown_change(change: CellChange) -> str:
    """I02/KH Status: “Ongoing”, was nothing."""
    texts = [" ".join(shown(change.field, text).split()) for text in (change.edited, change.exported, change.now)]
    edited, exported, now = (f"“{text}”" if text else "nothing" for text in texts)
    both = f", and {now} by somebody else" if change.verdict is Verdict.CONFLICT else ""
    return f"{name_of(change.commitment)} {FIELDS[change.field].label}: {edited}, was {exported}{both}"


def form_changes(context: Context, form: Form, *, action: Action) -> tuple[CellChange, ...]:
    """Every edited cell against what is saved now; `action` is what the user wants to do with the form.

    Raises NotPermitted where an edited line is not the user's, before anything on it is shown.
    """
    return tuple(change for _, _, changes in _differences(context, form, action) for change in changes)


def take_drafts(context: Context, form: Form, *, decided: Mapping[CellKey, ConflictDecision]) -> FormResult:
    """Put what was filled in into the user's drafts, where it waits to be submitted."""
    lines = _decided(form, _differences(context, form, Action.DRAFT), decided)
    for row, state, cells in lines:
        _draft(context, row, state, cells)
    if lines:
        after = {name_of(row.commitment): sorted(cells) for row, _, cells in lines}
        context.record("take form", f"form of {listed(form.speakers)}", after=after)
    return _count(lines)


def record_form(
    context: Context, form: Form, content: bytes, *, decided: Mapping[CellKey, ConflictDecision], valid_on: date
) -> FormResult:
    """Record what was filled in as the statement of those who filled it in, with the form itself as the evidence."""
    lines = _decided(form, _differences(context, form, Action.RECORD_ON_BEHALF), decided)
    if not lines:
        return _count(lines)
    file_id, name = keep_file(context, form.name, content)
    problems: list[Problem] = []
    for row, state, cells in lines:
        received = Received(
            speaker=next((key for key in form.speakers if row.commitment in spoken_for(key, context.plan)), ""),
            commitment=row.commitment,
            fields=_fields(row, state, cells),
            valid_on=valid_on,
            came_with=f"Progress form {name}, line {row.line}",
            file_id=file_id,
            also=tuple(_new_evidence(cells, state.cells)),
        )
        try:
            record_on_behalf(context, received)
        except UpdateRefused as refusal:
            whose = name_of(row.commitment)
            problems += [
                Problem(form.name, row.line, f"{whose}: {error.message}", error.remedy) for error in refusal.errors
            ]
    if problems:
        raise FormRefused(problems)
    return _count(lines)


def commitment_state(
    session: Session, commitment: Commitment, *, drafts: bool, known: int | None = None
) -> CommitmentState:
    """What is saved on it: the draft, where drafts may be read, or what was sent back.

    `known` is the last statement that a form knew: one submitted later takes the place of a blank, so that it is not
    overlooked.
    """
    row_id = commitment_id(session, commitment)
    newest = newest_row(session, row_id)
    key = newest.id or 0 if newest else 0
    draft = session.get(Draft, row_id) if drafts else None
    if draft:
        items, written = draft_evidence(session, [row_id])[row_id], written_in(draft)
        return CommitmentState(written, key, written.is_empty and not items, items)
    returned = newest is not None and newest.kind == Kind.UPDATE and newest.returned_at is not None
    if newest and (returned or (known is not None and key > known)):
        items = statement_evidence(session, [key])[key]
        return CommitmentState(written_in(newest), key, newest.kind == Kind.NIL, items)
    return CommitmentState(StatementFields(), key)


def database_mark(session: Session) -> str:
    """The mark of this database, which never changes: a hash of its first edition and when that was loaded."""
    first = list_editions(session)[0]
    return sha256(f"{first.sha256} {first.loaded_at.isoformat()}".encode()).hexdigest()[:16]


def _differences(
    context: Context, form: Form, action: Action
) -> Iterator[tuple[FormRow, CommitmentState, list[CellChange]]]:
    """Each line that counts, what is saved on its commitment, and its changes.

    A line that somebody sent counts whole, whatever drafts it was exported from: only what was submitted since the
    export is held against it.
    """
    if form.facts["database"] != database_mark(context.session):
        what = "this form was exported from another database"
        raise FormRefused([Problem(form.name, 1, what, "take a new form here, and copy what you wrote into it")])
    mine = action is Action.DRAFT
    for row in form.rows:
        if row.edited if mine else row.is_filled:
            context.require(action, row.commitment)
            state = commitment_state(context.session, row.commitment, drafts=mine, known=row.newest)
            sent_from = state.cells if state.newest == row.newest else cells_of(StatementFields())
            yield row, state, row_changes(row, row.exported if mine else sent_from, state.cells)


def row_changes(row: FormRow, exported: Cells, now: Cells) -> list[CellChange]:
    """The edited cells of a row that are not saved already."""
    changes = []
    for field in FIELDS:
        texts = exported[field], row.cells[field], now[field]
        what = added(*texts) if field in ADDED else verdict(*texts)
        if what is not Verdict.UNCHANGED:
            changes.append(CellChange(row.commitment, field, *texts, what))
    return changes


def verdict(exported: str, edited: str, now: str) -> Verdict:
    """What was not edited, or is saved already, changes nothing; what only the form changed is taken."""
    if edited in {exported, now}:
        return Verdict.UNCHANGED
    return Verdict.TAKEN if exported == now else Verdict.CONFLICT


def added(exported: str, edited: str, now: str) -> Verdict:
    """Evidence is only added, so that two who add something never contradict each other."""
    known = edited == exported or set(edited.split("\n")) <= {*now.split("\n"), ""}
    return Verdict.UNCHANGED if known else Verdict.TAKEN


def undecided(changes: Iterable[CellChange], decided: Mapping[CellKey, ConflictDecision]) -> list[CellChange]:
    """The conflicts nobody decided, and those where something else is saved by now."""
    conflicts = (change for change in changes if change.verdict is Verdict.CONFLICT)
    return [change for change in conflicts if change.key not in decided or decided[change.key].saved != change.now]


def taken(changes: Iterable[CellChange], decided: Mapping[CellKey, ConflictDecision]) -> dict[str, str]:
    """What is taken from a line of the form, by field."""
    return {
        change.field: change.edited for change in changes if change.verdict is Verdict.TAKEN or decided[change.key].form
    }


def _decided(
    form: Form,
    differences: Iterable[tuple[FormRow, CommitmentState, list[CellChange]]],
    decided: Mapping[CellKey, ConflictDecision],
) -> list[tuple[FormRow, CommitmentState, Cells]]:
    """The lines of which something is taken; raises FormRefused while a conflict is open."""
    lines = list(differences)
    problems = [
        form.problem(row, change.field, *BOTH_CHANGED)
        for row, _, changes in lines
        for change in undecided(changes, decided)
    ]
    if problems:
        raise FormRefused(problems)
    return [(row, state, cells) for row, state, changes in lines if (cells := taken(changes, decided))]


def _count(lines: list[tuple[FormRow, CommitmentState, Cells]]) -> FormResult:
    return FormResult(len(lines), sum(len(cells) for _, _, cells in lines))


def merged(saved: StatementFields, cells: Cells) -> StatementFields:
    """What the draft says once the cells are taken, field by field in the order of the card."""
    written = saved
    for field in FIELDS:
        fixed = field in GIVEN_BY_STATUS and written.status not in {None, *REPORTED_PERCENT}
        if field in cells and field not in ADDED and not fixed:
            written = written.with_field(field, value_of(field, cells[field]), previous=None)
    return written


def _draft(context: Context, row: FormRow, state: CommitmentState, cells: Cells) -> None:
    """One commitment's draft with the cells taken; emptied by them, it is gone."""
    if cells.get("status") == NOTHING:
        _refuse_to_lose(row, state)
        discard(context, row.commitment)
        report_nothing(context, [row.commitment])
        return
    draft = open_draft(context, row.commitment)
    written = merged(state.written, cells)
    put(context, draft, written)
    for item in _new_evidence(cells, state.cells):
        context.session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.columns))
    context.session.flush()
    if written.is_empty and not draft_evidence(context.session, [draft.commitment_id]):
        context.session.delete(draft)


def _refuse_to_lose(row: FormRow, state: CommitmentState) -> None:
    """Nothing to report takes no draft away that the form did not know."""
    unknown = {name for name, text in state.cells.items() if text and text != row.exported[name]}
    if unknown - {"status"} or any(item.file_id for item in state.evidence):
        raise UpdateRefused(
            f"{name_of(row.commitment)}: the form says there is nothing to report, and a draft is being written on it"
            " here. Discard that draft first, or empty the line of the form."
        )


def _new_evidence(cells: Cells, saved: Cells) -> list[EvidenceItem]:
    items = ((field, item) for field in ADDED for item in attached(field, cells.get(field, "")))
    return [item for field, item in items if (item.document or item.url) not in saved[field].split("\n")]


def _fields(row: FormRow, state: CommitmentState, cells: Cells) -> dict[str, Any]:
    """What the line says, in its sender's words alone: of what was submitted since it was exported, nothing.

    A line that only names evidence says no status, and its sender reads so; it is no nil report.
    """
    if cells.get("status") == NOTHING:
        return {}
    known = state.written if state.newest == row.newest else StatementFields()
    fields = {name: value for name, value in merged(known, cells).content.items() if value is not None}
    return fields or {"status": None}
