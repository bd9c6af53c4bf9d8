"""What stands on a commitment at the moment a form comes back, and how the form differs from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlmodel import Session

from models.core.errors import FormRefused, Problem
from models.core.vocabulary import Kind
from models.people.permissions import Action, Reader, require
from models.plan.editions import list_editions
from models.plan.schema import Commitment, Plan
from models.progress.draft_fields import Written
from models.progress.drafts_read import (
    EvidenceItem,
    commitment_id,
    draft_evidence,
    newest_row,
    statement_evidence,
    written_in,
)
from models.reporting.form import FilledForm, FilledRow
from models.reporting.form_cells import cells_of
from models.reporting.form_difference import CellChange, row_changes
from models.store.reporting_tables import Draft
from models.store.tables import Progress


@dataclass(frozen=True, slots=True)
class Present:
    """What somebody is writing on a commitment, or was sent back; `newest` is the row of the last statement."""

    written: Written
    newest: int
    nothing: bool = False
    evidence: tuple[EvidenceItem, ...] = ()

    @property
    def cells(self) -> dict[str, str]:
        """The same, cell by cell, with the evidence that a form may add to."""
        documents = "\n".join(one.attached.document for one in self.evidence if one.attached.document)
        links = "\n".join(one.attached.url for one in self.evidence if one.attached.url)
        return cells_of(self.written, nothing=self.nothing) | {"documents": documents, "links": links}


def present(session: Session, commitment: Commitment, *, drafts: bool, seen: int | None = None) -> Present:
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
        return Present(written, key, written.is_empty and not items, items)
    if newest and (_is_returned(newest) or (seen is not None and key > seen)):
        return Present(written_in(newest), key, newest.kind == Kind.NIL, statement_evidence(session, [key])[key])
    return Present(Written(), key)


def _is_returned(row: Progress) -> bool:
    return row.kind == Kind.UPDATE and row.returned_at is not None


def form_changes(
    session: Session, reader: Reader, form: FilledForm, *, action: Action, plan: Plan
) -> tuple[CellChange, ...]:
    """Every edited cell against what stands now; `action` is what the reader wants to do with the form.

    Raises NotPermitted where an edited line is not the reader's, before anything on it is told.
    """
    if form.head.database != database_mark(session):
        what = "this form was exported from another database"
        raise FormRefused([Problem(form.name, 1, what, "take a new form here, and copy what you wrote into it")])
    return tuple(_changes(session, reader, form, action, plan))


def _changes(session: Session, reader: Reader, form: FilledForm, action: Action, plan: Plan) -> Iterator[CellChange]:
    mine = action is Action.DRAFT
    for row in form.rows:
        if row.edited if mine else row.is_filled:
            require(reader, action, plan=plan, commitment=row.commitment)
            now = present(session, row.commitment, drafts=mine, seen=row.newest)
            yield from row_changes(row if mine else _as_said(row, now), now.cells)


def _as_said(row: FilledRow, now: Present) -> FilledRow:
    """The line as the words of whoever sent it: all of it counts, whatever drafts it was exported from.

    Only what was submitted since the export stands against it.
    """
    known = now.cells if now.newest == row.newest else cells_of(Written())
    return replace(row, exported=known)


def database_mark(session: Session) -> str:
    """What tells this database from another: when and with which plan it began, which never changes."""
    first = list_editions(session)[0]
    return sha256(f"{first.sha256} {first.loaded_at.isoformat()}".encode()).hexdigest()[:16]
