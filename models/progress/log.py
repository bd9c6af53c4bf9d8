"""Writing to the progress log: a statement is added, and corrected by a new one that names it.

A row is never edited. The caller opens the transaction (store.database.writing) and adds the act's audit event to it;
where the rows may be cleared already, it does so within `ledger.scope_changes`. What happens to a row afterwards is in
clearing.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, text
from sqlmodel import Session, col

from models.plan.schema import Commitment, Plan
from models.progress.drafts import columns_of, commitment_ids
from models.progress.entry import Entry, percent_of
from models.store.audit import person_id_of
from models.store.base import table_of
from models.store.tables import CommitmentRow, Evidence, Progress

REFS_AT_ONCE = 500
"""How many refs one query names: databases limit the parameters of a statement."""


def rows_by_ref(session: Session, refs: Iterable[str | None]) -> dict[str, tuple[int, Commitment]]:
    """The rows of the log under these refs: key and commitment by ref."""
    named = sorted(set(filter(None, refs)))
    query = select(*map(col, (Progress.ref, Progress.id, CommitmentRow.initiative, CommitmentRow.party))).join(
        CommitmentRow, col(CommitmentRow.id) == Progress.commitment_id
    )
    parts = (named[start : start + REFS_AT_ONCE] for start in range(0, len(named), REFS_AT_ONCE))
    rows = (row for part in parts for row in session.execute(query.where(col(Progress.ref).in_(part))))
    return {ref: (row, (initiative, party)) for ref, row, initiative, party in rows}


def wrong_replacement(entry: Entry, earlier: Mapping[str, tuple[int, Commitment]]) -> list[str]:
    """Return the errors of the ref that the entry replaces."""
    if entry.replaces is None:
        return []
    if entry.replaces not in earlier:
        return [f"no earlier row has the ref {entry.replaces}"]
    if earlier[entry.replaces][1] != (entry.initiative, entry.party):
        return [f"{entry.replaces} is a row of another commitment"]
    return []


def add_rows(session: Session, entries: Sequence[Entry], *, plan: Plan) -> range:
    """Insert checked entries with their evidence; returns their keys, in order."""
    ids = _reserve_ids(session, len(entries))
    refs = {entry.ref: row for entry, row in zip(entries, ids, strict=True) if entry.ref}
    earlier = {entry.replaces for entry in entries} - refs.keys()
    refs |= {ref: row for ref, (row, _) in rows_by_ref(session, earlier).items()}
    commitments = commitment_ids(session)
    emails = {email for entry in entries for email in (entry.author, entry.cleared_by) if email}
    people = {email: person_id_of(session, email) for email in sorted(emails)}
    rows = [
        _row(entry, row_id, plan=plan)
        | {
            "commitment_id": commitments[entry.initiative, entry.party],
            "author_id": people[entry.author],
            "cleared_by": people.get(entry.cleared_by or ""),
            "replaces_id": refs[entry.replaces] if entry.replaces else None,
        }
        for entry, row_id in zip(entries, ids, strict=True)
    ]
    session.execute(insert(table_of(Progress)), rows)
    _add_evidence(session, entries, ids)
    return ids


def _reserve_ids(session: Session, count: int) -> range:
    """The next keys of the log, so that rows added together can refer to each other; the caller has the write lock."""
    last = session.execute(select(func.max(col(Progress.id)))).scalar() or 0
    if count and session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT setval(pg_get_serial_sequence('progress', 'id'), :last)"), {"last": last + count})
    return range(last + 1, last + 1 + count)


_HEAD = ("kind", "valid_on", "on_behalf_of", "entered_at", "submitted_at", "cleared_at", "returned_at", "withdrawn_at")


def _row(entry: Entry, row_id: int, *, plan: Plan) -> dict[str, Any]:
    return (
        columns_of(entry)
        | {name: getattr(entry, name) for name in _HEAD}
        | {
            "id": row_id,
            "ref": entry.ref or uuid4().hex,
            "percent": percent_of(entry, plan.initiative[entry.initiative]),
        }
    )


def _add_evidence(session: Session, entries: Sequence[Entry], ids: range) -> None:
    items = [
        {"progress_id": row_id, **item.columns}
        for entry, row_id in zip(entries, ids, strict=True)
        for item in entry.evidence
    ]
    if items:
        session.execute(insert(table_of(Evidence)), items)
