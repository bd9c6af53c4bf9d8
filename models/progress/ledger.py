"""The ledger: every event that changed what is counted, with its reason, as written and as read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models.core.vocabulary import Kind, Status
from models.plan.schema import Commitment
from models.progress.entry import Entry
from models.progress.latest import EVERY_ROW
from models.store.tables import Edition, LedgerEntry

NOT_APPLICABLE = "not applicable"
APPLICABLE_AGAIN = "applicable again"
IMPORTED = "cleared as the party reported it; its words stand in the log"
"""The reason where none was given at clearing: the ledger is for everybody, and what a party says is not."""


def add_applicability(session: Session, entries: Sequence[Entry], ids: range) -> None:
    """Add a ledger row for each cleared update that takes its commitment out, or brings it back in."""
    pairs = [
        (entry.cleared_at, row_id, entry)
        for entry, row_id in zip(entries, ids, strict=True)
        if entry.cleared_at and entry.kind is Kind.UPDATE
    ]
    out = not_applicable_commitments(session)
    rows = []
    for cleared_at, row_id, entry in sorted(pairs, key=lambda pair: pair[:2]):
        commitment = (entry.initiative, entry.party)
        leaves = entry.status is Status.NOT_APPLICABLE
        if leaves != (commitment in out):
            rows.append(_ledger_row(entry, row_id, cleared_at, leaves=leaves))
        (out.add if leaves else out.discard)(commitment)
    if rows:
        session.execute(insert(LedgerEntry), rows)


def _ledger_row(entry: Entry, row_id: int, recorded_at: datetime, *, leaves: bool) -> dict[str, object]:
    return {
        "recorded_at": recorded_at,
        "progress_id": row_id,
        "initiative": entry.initiative,
        "party": entry.party,
        "event": NOT_APPLICABLE if leaves else APPLICABLE_AGAIN,
        "effective_on": entry.valid_on,
        "reason": IMPORTED,
    }


def not_applicable_commitments(session: Session) -> set[Commitment]:
    """The commitments that the ledger has as not applicable."""
    query = (
        select(*map(col, (LedgerEntry.initiative, LedgerEntry.party, LedgerEntry.event)))
        .where(col(LedgerEntry.event).in_([NOT_APPLICABLE, APPLICABLE_AGAIN]))
        .order_by(col(LedgerEntry.id))
    )
    events = {(initiative, party or ""): event for initiative, party, event in session.execute(query)}
    return {commitment for commitment, event in events.items() if event == NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One event: what became of which initiative or commitment, from which day, why, and who decided."""

    recorded_at: datetime
    edition: str | None
    initiative: str
    party: str | None
    event: str
    effective_on: date
    before: str | None
    after: str | None
    reason: str
    decided_at: str | None


COLUMNS = (
    LedgerEntry.recorded_at,
    Edition.version,
    LedgerEntry.initiative,
    LedgerEntry.party,
    LedgerEntry.event,
    LedgerEntry.effective_on,
    LedgerEntry.before,
    LedgerEntry.after,
    LedgerEntry.reason,
    LedgerEntry.decided_at,
)


def ledger(session: Session, known_at: datetime, *, rows_until: int = EVERY_ROW) -> tuple[LedgerLine, ...]:
    """The events recorded up to the moment, in the order of recording; `edition` is none where the log caused one.

    What a row of the log after `rows_until` caused is left out.
    """
    query = (
        select(*map(col, COLUMNS))
        .outerjoin(Edition, col(Edition.id) == col(LedgerEntry.edition_id))
        .where(
            col(LedgerEntry.recorded_at) <= known_at,
            col(LedgerEntry.progress_id).is_(None) | (col(LedgerEntry.progress_id) <= rows_until),
        )
        .order_by(col(LedgerEntry.recorded_at), col(LedgerEntry.id))
    )
    return tuple(LedgerLine(*row) for row in session.execute(query))
