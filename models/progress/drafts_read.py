"""What is being written on commitments, and the statements it begins from."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.errors import NotFound
from models.core.vocabulary import Basis, Kind, Status
from models.plan.days import day_of
from models.plan.schema import Commitment, Plan
from models.progress.draft_fields import Written
from models.progress.latest import View, latest_statements
from models.progress.statement import REPORTED_PERCENT
from models.progress.submission import Attached
from models.store.base import table_of
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile
from models.store.tables import CommitmentRow, Evidence, Progress

DRAFTS = (table_of(Draft), table_of(DraftEvidence))


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One item of evidence as its author sees it; `size` is that of a file."""

    id: int
    attached: Attached
    size: int | None = None


def commitment_id(session: Session, commitment: Commitment) -> int:
    """The key of the commitment's row."""
    initiative, party = commitment
    query = select(col(CommitmentRow.id)).where(
        col(CommitmentRow.initiative) == initiative, col(CommitmentRow.party) == party
    )
    found: int | None = session.execute(query).scalar()
    if found is None:
        raise NotFound(f"There is no commitment {initiative} of {party}.")
    return found


def commitment_ids(session: Session) -> dict[Commitment, int]:
    """The keys of all commitments."""
    rows = session.execute(select(*map(col, (CommitmentRow.initiative, CommitmentRow.party, CommitmentRow.id))))
    return {(initiative, party): row_id for initiative, party, row_id in rows}


def written_in(row: Draft | Progress) -> Written:
    """What a draft or a statement says; the percent is left out where status or deliverables give it."""
    done = tuple(json.loads(row.deliverables_done)) if row.deliverables_done else None
    fields = {field: getattr(row, field) for field in Written.model_fields}
    given = Status(row.status) in REPORTED_PERCENT if row.status else True
    percent = row.percent if given and done is None else None
    return Written.model_validate(fields | {"deliverables_done": done, "percent": percent})


def newest_row(session: Session, commitment_row: int) -> Progress | None:
    """The statement or nil report submitted last, whatever became of it; where a new draft begins."""
    query = select(Progress).where(
        col(Progress.commitment_id) == commitment_row,
        col(Progress.kind).in_([Kind.UPDATE, Kind.NIL]),
        col(Progress.submitted_at).is_not(None),
        col(Progress.withdrawn_at).is_(None),
    )
    return session.execute(query.order_by(col(Progress.id).desc()).limit(1)).scalar()


def said_last(session: Session, commitment: Commitment, *, plan: Plan, now: datetime) -> Written | None:
    """What the party said last, cleared or not; a draft is compared with it."""
    latest = latest_statements(session, View(day_of(now, plan), now, Basis.REPORTED)).get(commitment)
    row = session.get(Progress, latest.row) if latest else None
    return written_in(row) if row else None


def mark_of_drafts(session: Session) -> str:
    """A mark of all that is being written: another one as soon as any draft, or its evidence, says something else.

    Drafts move no data version, so whatever shows them is kept under this mark as well.
    """
    rows = (session.execute(select(table).order_by(*table.primary_key)).all() for table in DRAFTS)
    return hashlib.sha256(repr([list(map(tuple, one)) for one in rows]).encode()).hexdigest()


def draft_evidence(session: Session, commitments: Collection[int]) -> Mapping[int, tuple[EvidenceItem, ...]]:
    """The evidence of drafts, by the key of their commitment, in the order it was added."""
    return _evidence(session, DraftEvidence, "commitment_id", commitments)


def statement_evidence(session: Session, rows: Collection[int]) -> Mapping[int, tuple[EvidenceItem, ...]]:
    """The evidence of statements, by their row in the log."""
    return _evidence(session, Evidence, "progress_id", rows)


def _evidence(
    session: Session, table: type[DraftEvidence] | type[Evidence], owner: str, keys: Collection[int]
) -> Mapping[int, tuple[EvidenceItem, ...]]:
    of: dict[int, tuple[EvidenceItem, ...]] = defaultdict(tuple)
    if keys:
        owned = getattr(table, owner)
        query = (
            select(table, col(EvidenceFile.size))
            .join(EvidenceFile, col(EvidenceFile.id) == col(table.file_id), isouter=True)
            .where(col(owned).in_(keys))
            .order_by(col(table.id))
        )
        for row, size in session.execute(query):
            values = {name: getattr(row, name) for name in Attached.model_fields}
            of[getattr(row, owner)] += (EvidenceItem(row.id, Attached.model_validate(values), size),)
    return of
