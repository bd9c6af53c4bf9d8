"""Writing to the progress log: a statement is recorded, and corrected by a new one that names it.

A row is never edited. The caller opens the transaction (store.database.writing); each act adds its audit event to it.
What happens to a row afterwards stands in acts/review.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models.core.errors import UpdateRefused
from models.plan.schema import Commitment, Plan
from models.progress.drafts import columns_of
from models.progress.entry import Entry, errors_of, percent_of
from models.progress.ledger import add_applicability
from models.store.audit import person_id_of, record_act
from models.store.base import table_of
from models.store.ids import reserve_ids
from models.store.tables import CommitmentRow, Evidence, Progress


def record(session: Session, entry: Entry, *, plan: Plan, now: datetime) -> int:
    """Write one row, with whatever moments of its life the entry carries already; returns its key in the log.

    Raises UpdateRefused with everything that speaks against it.
    """
    against = [f"{field}: {what}; {remedy}" for field, what, remedy in errors_of(entry, plan, now=now)]
    against += [
        f"replaces: {what}; name an earlier row of this commitment"
        for what in wrong_replacement(entry, rows_by_ref(session, {entry.replaces}))
    ]
    if against:
        raise UpdateRefused("\n".join(against))
    row_id = add_rows(session, [entry], plan=plan).start
    author = person_id_of(session, entry.author)
    record_act(session, action="record", subject=f"progress {row_id}", now=now, person_id=author)
    return row_id


def replace(session: Session, row: Progress, entry: Entry, *, plan: Plan, now: datetime) -> int:
    """Write a correction of a row: a new one, which counts in its place once it is eligible itself."""
    return record(session, entry.model_copy(update={"replaces": row.ref}), plan=plan, now=now)


def rows_by_ref(session: Session, refs: Iterable[str | None]) -> dict[str, tuple[int, Commitment]]:
    """The rows of the log under these refs: key and commitment by ref."""
    named = set(filter(None, refs))
    if not named:
        return {}
    query = select(*map(col, (Progress.ref, Progress.id, CommitmentRow.initiative, CommitmentRow.party))).join(
        CommitmentRow, col(CommitmentRow.id) == Progress.commitment_id
    )
    rows = session.execute(query.where(col(Progress.ref).in_(named)) if len(named) == 1 else query)
    return {ref: (row, (initiative, party)) for ref, row, initiative, party in rows if ref in named}


def wrong_replacement(entry: Entry, earlier: Mapping[str, tuple[int, Commitment]]) -> list[str]:
    """What speaks against the row that the entry replaces."""
    if entry.replaces is None:
        return []
    if entry.replaces not in earlier:
        return [f"no earlier row has the ref {entry.replaces}"]
    if earlier[entry.replaces][1] != (entry.initiative, entry.party):
        return [f"{entry.replaces} is a row of another commitment"]
    return []


def add_rows(session: Session, entries: Sequence[Entry], *, plan: Plan) -> range:
    """Insert rows that were found right, with their evidence and ledger rows; returns their keys, in order."""
    ids = reserve_ids(session, Progress, len(entries))
    refs = {entry.ref: row for entry, row in zip(entries, ids, strict=True) if entry.ref}
    earlier = {entry.replaces for entry in entries} - refs.keys()
    refs |= {ref: row for ref, (row, _) in rows_by_ref(session, earlier).items()}
    commitments = _commitment_ids(session)
    people = {email: person_id_of(session, email) for email in sorted(_people(entries))}
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
    add_applicability(session, entries, ids)
    return ids


def _people(entries: Sequence[Entry]) -> set[str]:
    return {email for entry in entries for email in (entry.author, entry.cleared_by) if email}


def _commitment_ids(session: Session) -> dict[Commitment, int]:
    rows = session.execute(select(*map(col, (CommitmentRow.initiative, CommitmentRow.party, CommitmentRow.id))))
    return {(initiative, party): row_id for initiative, party, row_id in rows}


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
