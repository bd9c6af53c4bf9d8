"""A form that came back: cell by cell against what it held when it was exported and what is saved now, and taken.

It becomes drafts of whoever filled it in, or is recorded as the statement of a body or state. A row is taken whole or
not at all: one with a wrong cell, or with an undecided conflict, is refused by itself. The difference is computed again
in the same transaction, so that nobody overwrites what they have not read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from models.core.errors import FieldError, FormRefused, Problem, UpdateRefused
from models.core.text import counted, listed, moment
from models.core.vocabulary import Kind, Word
from models.people.context import Context
from models.people.permissions import Action
from models.plan.editions import list_editions
from models.plan.schema import Commitment, Plan, name_of
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
from models.progress.entry import draft_errors, labelled
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.progress.statement import REPORTED_PERCENT, EvidenceItem, StatementFields
from models.reporting.form import ADDED, FIELDS, NOTHING, Form, FormRow, attached, cells_of, shown, value_of
from models.store.reporting_tables import Draft, DraftEvidence

GIVEN_BY_STATUS = ("percent", "deliverables_done")
"""What only goes with something under way: a step left over from before is dropped, as on the page."""

Cells = Mapping[str, str]
CellKey = tuple[Commitment, str]
"""One cell of a form: its commitment and its field."""


class Verdict(Word):
    """What becomes of a cell."""

    UNCHANGED = "unchanged", "Unchanged"
    TAKEN = "taken", "Taken from the form"
    CONFLICT = "conflict", "Changed on both sides"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One edited cell: its three texts, and what becomes of it; `origin` says where the text of now is saved."""

    commitment: Commitment
    field: str
    exported: str
    edited: str
    now: str
    verdict: Verdict
    origin: str = ""

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
    """What somebody is writing on a commitment, or was sent back; `newest` is the row of the last statement.

    `origin` says where it is saved: your own draft, saved 30 Jun 2027, 09:00 (Asia/Jakarta).
    """

    written: StatementFields
    newest: int
    nothing: bool = False
    evidence: tuple[EvidenceItem, ...] = ()
    origin: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """The same, cell by cell, with the evidence that a form may add to."""
        documents = "\n".join(item.document for item in self.evidence if item.document)
        links = "\n".join(item.url for item in self.evidence if item.url)
        return cells_of(self.written, nothing=self.nothing) | {"documents": documents, "links": links}


@dataclass(frozen=True, slots=True)
class FormCheck:
    """What becomes of a form: its changes, why rows are refused, and what is missing before the others are submitted.

    Rows with a conflict are not among the refused ones while it can be decided.
    """

    changes: tuple[CellChange, ...]
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FormResult:
    """What came of a form: on how many commitments, how many cells were taken, and why the `refused` ones were not."""

    commitments: int
    cells: int
    problems: tuple[Problem, ...] = ()
    refused: frozenset[Commitment] = frozenset()

    @property
    def sentence(self) -> str:
        """5 cells of 2 commitments were taken from the form."""
        if not self.cells:
            return "No cell was taken: nothing in the form differs from what is saved here"
        lines = len({(problem.path.partition("!")[0], problem.line) for problem in self.problems})
        refused = f"; {counted(lines, 'line')} of it {'was' if lines == 1 else 'were'} refused" if lines else ""
        cells = counted(self.cells, "cell was", "cells were")
        return f"{cells} taken from the form, on {counted(self.commitments, 'commitment')}{refused}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that counts, what is saved on its commitment, its changes, and why it is refused."""

    row: FormRow
    state: CommitmentState
    changes: tuple[CellChange, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is taken of one row: its cells by field."""

    row: FormRow
    state: CommitmentState
    cells: Cells


def shown_change(change: CellChange) -> str:
    """I02/KH Status: “Ongoing”, was nothing."""
    texts = [" ".join(shown(change.field, text).split()) for text in (change.edited, change.exported, change.now)]
    edited, exported, now = (f"“{text}”" if text else "nothing" for text in texts)
    both = f", and {now} in {change.origin}" if change.verdict is Verdict.CONFLICT else ""
    return f"{name_of(change.commitment)} {FIELDS[change.field].label}: {edited}, was {exported}{both}"


def check_form(context: Context, form: Form, *, action: Action) -> FormCheck:
    """Return what becomes of each row; `action` is what the user wants to do with the form.

    Raises NotPermitted where no row is the user's; a single one that is not is refused, and nothing on it is shown.
    """
    problems, missing, changes = list(form.problems), list[Problem](), list[CellChange]()
    for line in _lines(context, form, action):
        cells = {change.field: change.edited for change in line.changes}
        lacks = _missing(context, form, _Taken(line.row, line.state, cells), action) if cells else []
        # What is recorded is submitted at once, so that nothing may be missing.
        refused = [*line.problems, *(lacks if action is Action.RECORD_ON_BEHALF else [])]
        problems += refused
        if not refused:
            missing += lacks
            changes += line.changes
    return FormCheck(tuple(changes), tuple(sorted(problems)), tuple(sorted(missing)))


def take_drafts(context: Context, form: Form, *, decided: Mapping[CellKey, ConflictDecision]) -> FormResult:
    """Put what was filled in into the user's drafts, where it waits to be submitted.

    Raises FormRefused with every problem where no row can be taken.
    """
    lines, result = _decided(context, form, decided, Action.DRAFT)
    for line in lines:
        _draft(context, line)
    if lines:
        after = {name_of(line.row.commitment): sorted(line.cells) for line in lines}
        context.record("take form", f"form of {listed(form.speakers)}", after=after)
    return result


def record_form(
    context: Context, form: Form, content: bytes, *, decided: Mapping[CellKey, ConflictDecision], valid_on: date
) -> FormResult:
    """Record what was filled in as the statement of those who filled it in, with the form itself as the evidence.

    Raises FormRefused as `take_drafts` does.
    """
    lines, result = _decided(context, form, decided, Action.RECORD_ON_BEHALF)
    if not lines:
        return result
    file_id, name = keep_file(context, form.name, content)
    problems: list[Problem] = []
    for line in lines:
        row = line.row
        received = Received(
            speaker=_speaker(form, row, context.plan),
            commitment=row.commitment,
            fields=_fields(line),
            valid_on=valid_on,
            came_with=f"Progress form {name}, line {row.line}",
            file_id=file_id,
            also=tuple(_new_evidence(line)),
        )
        try:
            record_on_behalf(context, received)
        except UpdateRefused as refusal:
            problems += [_about_row(form, row, error) for error in refusal.errors]
    if problems:
        raise FormRefused(problems)
    return result


def commitment_state(
    context: Context, commitment: Commitment, *, drafts: bool, known: int | None = None
) -> CommitmentState:
    """What is saved on it: the draft, where drafts may be read, or what was sent back.

    `known` is the last statement that a form knew: one submitted later takes the place of a blank, so that it is not
    overlooked.
    """
    session, zone = context.session, context.plan.settings.time_zone
    row_id = commitment_id(session, commitment)
    newest = newest_row(session, row_id)
    key = newest.id or 0 if newest else 0
    draft = session.get(Draft, row_id) if drafts else None
    if draft:
        items, written = draft_evidence(session, [row_id])[row_id], written_in(draft)
        whose = "your own draft" if draft.saved_by == context.user.person_id else "the draft of another person"
        origin = f"{whose}, saved {moment(draft.saved_at, zone)}"
        return CommitmentState(written, key, written.is_empty and not items, items, origin)
    returned = newest is not None and newest.kind == Kind.UPDATE and newest.returned_at is not None
    if newest and (returned or (known is not None and key > known)):
        items = statement_evidence(session, [key])[key]
        submitted = f" {moment(newest.submitted_at, zone)}" if newest.submitted_at else ""
        origin = f"the statement submitted{submitted}"
        return CommitmentState(written_in(newest), key, newest.kind == Kind.NIL, items, origin)
    return CommitmentState(StatementFields(), key)


def database_mark(session: Session) -> str:
    """The mark of this database, which never changes: a hash of its first edition and when that was loaded."""
    first = list_editions(session)[0]
    return sha256(f"{first.sha256} {first.loaded_at.isoformat()}".encode()).hexdigest()[:16]


def _lines(context: Context, form: Form, action: Action) -> Iterator[_Line]:
    """Each row that counts against what is saved on its commitment.

    A row that somebody sent counts whole, whatever drafts it was exported from: only what was submitted since the
    export is held against it.
    """
    if form.facts["database"] != database_mark(context.session):
        what = "this form was exported from another database"
        raise FormRefused([Problem(form.name, 1, what, "take a new form here, and copy what you wrote into it")])
    mine = action is Action.DRAFT
    rows = [row for row in form.rows if (row.edited if mine else row.is_filled)]
    own = [row for row in rows if context.may(action, row.commitment)]
    if rows and not own:
        context.require(action, rows[0].commitment)
    for row in rows:
        if row not in own:
            what = f"{name_of(row.commitment)}: you have no role that reports on it"
            problem = Problem(form.name, row.line, what, "leave the line out, or ask the secretariat", row.place)
            yield _Line(row, CommitmentState(StatementFields(), 0), problems=(problem,))
            continue
        state = commitment_state(context, row.commitment, drafts=mine, known=row.newest)
        sent_from = state.cells if state.newest == row.newest else cells_of(StatementFields())
        changes = tuple(row_changes(row, row.exported if mine else sent_from, state.cells, state.origin))
        yield _Line(row, state, changes, tuple(_would_lose(form, row, state, changes)) if mine else ())


def row_changes(row: FormRow, exported: Cells, now: Cells, origin: str = "") -> list[CellChange]:
    """The edited cells of a row that are not saved already; `origin` says where the cells of now are saved."""
    changes = []
    for field in FIELDS:
        texts = exported[field], row.cells[field], now[field]
        what = added(*texts) if field in ADDED else verdict(*texts)
        if what is not Verdict.UNCHANGED:
            changes.append(CellChange(row.commitment, field, *texts, what, origin))
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
    context: Context, form: Form, decided: Mapping[CellKey, ConflictDecision], action: Action
) -> tuple[list[_Taken], FormResult]:
    """The rows of which something is taken; raises FormRefused where there are problems and no such row."""
    problems, refused, lines = list(form.problems), set[Commitment](), []
    for line in _lines(context, form, action):
        wrong = [*line.problems, *_conflicts(form, line, decided)]
        cells = {} if wrong else taken(line.changes, decided)
        row = _Taken(line.row, line.state, cells)
        if cells and action is Action.RECORD_ON_BEHALF:
            wrong = _missing(context, form, row, action)
        if wrong:
            problems += wrong
            refused.add(line.row.commitment)
        elif cells:
            lines.append(row)
    if problems and not lines:
        raise FormRefused(problems)
    cell_count = sum(len(row.cells) for row in lines)
    return lines, FormResult(len(lines), cell_count, tuple(sorted(problems)), frozenset(refused))


def _conflicts(form: Form, line: _Line, decided: Mapping[CellKey, ConflictDecision]) -> list[Problem]:
    return [
        form.problem(line.row, change.field, f"differs from {change.origin}", "say which of the two is kept")
        for change in undecided(line.changes, decided)
    ]


def _missing(context: Context, form: Form, line: _Taken, action: Action) -> list[Problem]:
    """What prevents the submission of a row, once its cells are taken."""
    if line.cells.get("status") == NOTHING:
        return []
    key, party = line.row.commitment
    evidence: Sequence[EvidenceItem] = [*line.state.evidence, *_new_evidence(line)]
    written = merged(line.state.written, line.cells)
    if action is Action.RECORD_ON_BEHALF:
        written = StatementFields.model_validate(_fields(line))
        evidence = [*evidence, EvidenceItem(document=form.name)]  # the form itself is kept as evidence
    errors = draft_errors(written, evidence, context.plan.initiative[key], party)
    return [_about_row(form, line.row, labelled(error)) for error in errors]


def _about_row(form: Form, row: FormRow, error: FieldError) -> Problem:
    return Problem(form.name, row.line, f"{name_of(row.commitment)}: {error.message}", error.remedy, row.place)


def _speaker(form: Form, row: FormRow, plan: Plan) -> str:
    return next((key for key in form.speakers if row.commitment in spoken_for(key, plan)), "")


def merged(saved: StatementFields, cells: Cells) -> StatementFields:
    """What the draft says once the cells are taken, field by field in the order of the card."""
    written = saved
    for field in FIELDS:
        fixed = field in GIVEN_BY_STATUS and written.status not in {None, *REPORTED_PERCENT}
        if field in cells and field not in ADDED and not fixed:
            written = written.with_field(field, value_of(field, cells[field]), previous=None)
    return written


def _draft(context: Context, line: _Taken) -> None:
    """One commitment's draft with the cells taken; emptied by them, it is gone."""
    commitment = line.row.commitment
    if line.cells.get("status") == NOTHING:
        discard(context, commitment)
        report_nothing(context, [commitment])
        return
    draft = open_draft(context, commitment)
    written = merged(line.state.written, line.cells)
    put(context, draft, written)
    for item in _new_evidence(line):
        context.session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.columns))
    context.session.flush()
    if written.is_empty and not draft_evidence(context.session, [draft.commitment_id]):
        context.session.delete(draft)


def _would_lose(form: Form, row: FormRow, state: CommitmentState, changes: Collection[CellChange]) -> Iterator[Problem]:
    """The problem of nothing to report on a commitment with a draft that the form did not know."""
    if not any((change.field, change.edited) == ("status", NOTHING) for change in changes):
        return
    unknown = {name for name, text in state.cells.items() if text and text != row.exported[name]}
    if unknown - {"status"} or any(item.file_id for item in state.evidence):
        what = f"“{NOTHING}” would delete {state.origin}"
        yield form.problem(row, "status", what, "discard that draft first, or empty the line of the form")


def _new_evidence(line: _Taken) -> list[EvidenceItem]:
    items = ((field, item) for field in ADDED for item in attached(field, line.cells.get(field, "")))
    return [item for field, item in items if (item.document or item.url) not in line.state.cells[field].split("\n")]


def _fields(line: _Taken) -> dict[str, Any]:
    """What the line says, in its sender's words alone: of what was submitted since it was exported, nothing.

    A line that only names evidence says no status, and its sender reads so; it is no nil report.
    """
    if line.cells.get("status") == NOTHING:
        return {}
    known = line.state.written if line.state.newest == line.row.newest else StatementFields()
    fields = {name: value for name, value in merged(known, line.cells).content.items() if value is not None}
    return fields or {"status": None}
