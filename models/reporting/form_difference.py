"""A form that came back, cell by cell against two others: what it held when it went out, and what stands now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlmodel import Session

from models.core.errors import FormRefused, Problem
from models.core.vocabulary import Kind, Word
from models.people.context import Context
from models.people.permissions import Action
from models.plan.editions import list_editions
from models.plan.schema import Commitment
from models.progress.drafts import commitment_id, draft_evidence, newest_row, statement_evidence, written_in
from models.progress.statement import REPORTED_PERCENT, EvidenceItem, StatementFields
from models.reporting.form import ADDED, FIELDS, NOTHING, FilledForm, FilledRow
from models.reporting.form_cells import cells_of, shown, value_of
from models.store.reporting_tables import Draft
from models.store.tables import Progress

GIVEN_BY_STATUS = ("percent", "deliverables_done")
"""What only goes with something under way: a step left over from before is dropped, as on the page."""

CellKey = tuple[Commitment, str]
"""One cell of a form: its commitment and its field."""


class Verdict(Word):
    """What becomes of a cell."""

    UNCHANGED = "unchanged", "Unchanged"
    TAKEN = "taken", "Taken from the form"
    CONFLICT = "conflict", "Changed on both sides"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One edited cell: where it stands, its three texts, and what becomes of it."""

    commitment: Commitment
    field: str
    at: str
    exported: str
    edited: str
    now: str
    verdict: Verdict

    @property
    def key(self) -> CellKey:
        """Which cell it is."""
        return self.commitment, self.field


def shown_change(one: CellChange) -> str:
    """I02/KH Status: “Ongoing”, was nothing."""
    edited, exported, now = (_quoted(one.field, text) for text in (one.edited, one.exported, one.now))
    both = f", and {now} by somebody else" if one.verdict is Verdict.CONFLICT else ""
    return f"{'/'.join(one.commitment)} {FIELDS[one.field]}: {edited}, was {exported}{both}"


def _quoted(field: str, text: str) -> str:
    return f"“{' '.join(shown(field, text).split())}”" if text else "nothing"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody chose for a cell changed on both sides, and what stood there when they chose."""

    form: bool
    seen: str


def verdict(exported: str, edited: str, now: str) -> Verdict:
    """What was not edited, or stands there already, changes nothing; what only the form changed is taken."""
    if edited in {exported, now}:
        return Verdict.UNCHANGED
    return Verdict.TAKEN if exported == now else Verdict.CONFLICT


def added(edited: str, now: str) -> Verdict:
    """Evidence is only added, so that two who add something never contradict each other."""
    return Verdict.UNCHANGED if set(edited.split("\n")) <= {*now.split("\n"), ""} else Verdict.TAKEN


def row_changes(row: FilledRow, now: Mapping[str, str]) -> Iterator[CellChange]:
    """The edited cells of a row that are not there already."""
    for field in row.edited:
        cell, exported = row.cells[field], row.exported[field]
        found = added(cell.text, now[field]) if field in ADDED else verdict(exported, cell.text, now[field])
        if found is not Verdict.UNCHANGED:
            yield CellChange(row.commitment, field, cell.at, exported, cell.text, now[field], found)


def undecided(found: Iterable[CellChange], decided: Mapping[CellKey, Decision]) -> list[CellChange]:
    """The conflicts nobody decided, and those where something else stands by now."""
    conflicts = (one for one in found if one.verdict is Verdict.CONFLICT)
    return [one for one in conflicts if one.key not in decided or decided[one.key].seen != one.now]


def taken(found: Iterable[CellChange], decided: Mapping[CellKey, Decision]) -> dict[Commitment, dict[str, str]]:
    """What is taken from the form, by commitment and field."""
    cells: dict[Commitment, dict[str, str]] = {}
    for one in found:
        if one.verdict is Verdict.TAKEN or decided[one.key].form:
            cells.setdefault(one.commitment, {})[one.field] = one.edited
    return cells


def says_nothing(cells: Mapping[str, str]) -> bool:
    """Whether what is taken marks the commitment as having nothing to report."""
    return cells.get("status") == NOTHING


def merged(commitment_state: StatementFields, cells: Mapping[str, str]) -> StatementFields:
    """What the draft says once the cells are taken, field by field in the order of the card."""
    written = commitment_state
    for field in FIELDS:
        fixed = field in GIVEN_BY_STATUS and written.status not in {None, *REPORTED_PERCENT}
        if field in cells and field not in ADDED and not fixed:
            written = written.with_field(field, value_of(field, cells[field]), previous=None)
    return written


def contradiction(row: FilledRow) -> tuple[str, str, str] | None:
    """The cell of an edited row that cannot stand beside its status, what is wrong, and what to do."""
    told = {field: cell.text for field, cell in row.cells.items()}
    filled = [field for field, text in told.items() if text and field != "status"]
    if told["status"] == NOTHING and filled:
        what = f"stands beside “{NOTHING}”"
        return filled[0], what, "empty the cell, or choose another status"
    status = value_of("status", told["status"])
    if "percent" in row.edited and told["percent"] and status and status not in REPORTED_PERCENT:
        return "percent", f"does not go with “{told['status']}”", "empty the cell, or choose Ongoing or Suspended"
    return None


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
        documents = "\n".join(one.document for one in self.evidence if one.document)
        links = "\n".join(one.url for one in self.evidence if one.url)
        return cells_of(self.written, nothing=self.nothing) | {"documents": documents, "links": links}


def commitment_state(
    session: Session, commitment: Commitment, *, drafts: bool, seen: int | None = None
) -> CommitmentState:
    """What stands on it: the draft, where drafts may be seen, or what was sent back.

    `seen` is the last statement that a form knew: one submitted since then stands in the place of a blank, so that it
    is not overlooked.
    """
    row_id = commitment_id(session, commitment)
    newest = newest_row(session, row_id)
    key = newest.id or 0 if newest else 0
    draft = session.get(Draft, row_id) if drafts else None
    if draft:
        items, written = draft_evidence(session, [row_id])[row_id], written_in(draft)
        return CommitmentState(written, key, written.is_empty and not items, items)
    if newest and (_is_returned(newest) or (seen is not None and key > seen)):
        return CommitmentState(
            written_in(newest), key, newest.kind == Kind.NIL, statement_evidence(session, [key])[key]
        )
    return CommitmentState(StatementFields(), key)


def _is_returned(row: Progress) -> bool:
    return row.kind == Kind.UPDATE and row.returned_at is not None


def form_changes(context: Context, form: FilledForm, *, action: Action) -> tuple[CellChange, ...]:
    """Every edited cell against what stands now; `action` is what the user wants to do with the form.

    Raises NotPermitted where an edited line is not the reader's, before anything on it is told.
    """
    if form.head.database != database_mark(context.session):
        what = "this form was exported from another database"
        raise FormRefused([Problem(form.name, 1, what, "take a new form here, and copy what you wrote into it")])
    return tuple(_changes(context, form, action))


def _changes(context: Context, form: FilledForm, action: Action) -> Iterator[CellChange]:
    mine = action is Action.DRAFT
    for row in form.rows:
        if row.edited if mine else row.is_filled:
            context.require(action, row.commitment)
            now = commitment_state(context.session, row.commitment, drafts=mine, seen=row.newest)
            yield from row_changes(row if mine else _as_said(row, now), now.cells)


def _as_said(row: FilledRow, now: CommitmentState) -> FilledRow:
    """The line as the words of whoever sent it: all of it counts, whatever drafts it was exported from.

    Only what was submitted since the export stands against it.
    """
    known = now.cells if now.newest == row.newest else cells_of(StatementFields())
    return replace(row, exported=known)


def database_mark(session: Session) -> str:
    """What tells this database from another: when and with which plan it began, which never changes."""
    first = list_editions(session)[0]
    return sha256(f"{first.sha256} {first.loaded_at.isoformat()}".encode()).hexdigest()[:16]
