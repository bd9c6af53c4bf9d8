"""The ledger's rows that come from the log: a cleared "not applicable" takes a commitment out of everything."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models.core.vocabulary import Kind, Status
from models.plan.schema import Commitment
from models.progress.statement import Entry
from models.store.tables import LedgerEntry

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
