"""The denominator ledger: every event that changed what is counted, as known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.progress.latest import EVERY_ROW
from models.store.tables import Edition, LedgerEntry


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
