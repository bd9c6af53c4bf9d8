"""Writing to the progress log: a statement is added, and corrected by a new one that names it.

A row is never edited. The caller opens the transaction (store.database.writing) and adds the act's audit event to it;
where the rows may be cleared already, it does so within `ledger.scope_changes`. What happens to a row afterwards is in
clearing.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.plan.editions import InitiativeAt, initiatives_as_known
from models.plan.schema import Commitment
from models.progress.drafts import columns_of, commitment_ids
from models.progress.entry import Entry, percent_of
from models.progress.statement import EvidenceItem
from models.store.audit import person_id_of
from models.store.base import table_of
from models.store.seals import KEYS_AT_ONCE
from models.store.statement_columns import StatementColumns
from models.store.tables import CommitmentRow, Evidence, Person, Progress


def rows_by_ref(session: Session, refs: Iterable[str | None]) -> dict[str, tuple[int, Commitment]]:
    """The rows of the log under these refs: key and commitment by ref."""
    named = sorted(set(filter(None, refs)))
    query = select(*map(col, (Progress.ref, Progress.id, CommitmentRow.initiative, CommitmentRow.party))).join(
        CommitmentRow, col(CommitmentRow.id) == Progress.commitment_id
    )
    parts = (named[start : start + KEYS_AT_ONCE] for start in range(0, len(named), KEYS_AT_ONCE))
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


def rows_in_log(session: Session, entries: Mapping[int, Entry]) -> dict[int, int]:
    """Return the entries that are in the log already, each with the key of its row.

    Commitment, author, dates, content, evidence and the row it corrects are the same. Its ref, and whether it was
    cleared, returned or withdrawn since, make no difference.
    """
    if not entries:
        return {}
    moments = [entry.entered_at for entry in entries.values()]
    replaced = aliased(Progress)
    columns = (Progress.id, CommitmentRow.initiative, CommitmentRow.party, Person.email, replaced.ref)
    query = (
        select(*map(col, columns), *(getattr(Progress, name) for name in SAME_COLUMNS))
        .outerjoin(replaced, col(replaced.id) == Progress.replaces_id)
        .join(CommitmentRow, col(CommitmentRow.id) == Progress.commitment_id)
        .join(Person, col(Person.id) == Progress.author_id)
        .where(col(Progress.entered_at).between(min(moments), max(moments)))
    )
    rows: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row_id, *facts in session.execute(query):
        rows[tuple(facts)].append(row_id)
    initiative_at = initiatives_as_known(session)
    alike = {number: rows.get(_facts(entry, initiative_at), []) for number, entry in entries.items()}
    evidence = _evidence_of(session, list(chain.from_iterable(alike.values())))
    return {
        number: row_id
        for number, row_ids in alike.items()
        for row_id in row_ids
        if {_link(item) for item in entries[number].evidence} == evidence[row_id]
    }


SAME_COLUMNS = ("kind", "valid_on", "on_behalf_of", "entered_at", "submitted_at", *StatementColumns.model_fields)
"""The columns in which two rows are the same statement, beside commitment, author and evidence."""


def _facts(entry: Entry, initiative_at: InitiativeAt) -> tuple[Any, ...]:
    row = _row(entry, 0, initiative_at)
    return (entry.initiative, entry.party, entry.author, entry.replaces, *(row.get(name) for name in SAME_COLUMNS))


def _evidence_of(session: Session, rows: Sequence[int]) -> defaultdict[int, set[tuple[str | None, ...]]]:
    evidence: defaultdict[int, set[tuple[str | None, ...]]] = defaultdict(set)
    for start in range(0, len(rows), KEYS_AT_ONCE):
        query = select(Evidence).where(col(Evidence.progress_id).in_(rows[start : start + KEYS_AT_ONCE]))
        for item in session.execute(query).scalars():
            evidence[item.progress_id].add(_link(item))
    return evidence


def _link(item: Evidence | EvidenceItem) -> tuple[str | None, ...]:
    return item.title, item.url, item.document


def add_rows(session: Session, entries: Sequence[Entry]) -> range:
    """Insert checked entries with their evidence; returns their keys, in order.

    Where deliverables give the percent, it is computed under the edition known when the row was entered.
    """
    ids = _reserve_ids(session, Progress, len(entries))
    refs = {entry.ref: row for entry, row in zip(entries, ids, strict=True) if entry.ref}
    earlier = {entry.replaces for entry in entries} - refs.keys()
    refs |= {ref: row for ref, (row, _) in rows_by_ref(session, earlier).items()}
    commitments = commitment_ids(session)
    emails = {email for entry in entries for email in (entry.author, entry.cleared_by) if email}
    people = {email: person_id_of(session, email) for email in sorted(emails)}
    initiative_at = initiatives_as_known(session)
    rows = [
        _row(entry, row_id, initiative_at)
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


def _reserve_ids(session: Session, table: type[Progress | Evidence], count: int) -> range:
    """The next keys, so that rows added together can refer to each other; the caller has the write lock."""
    last = session.execute(select(func.max(col(table.id)))).scalar() or 0
    if count and session.get_bind().dialect.name == "postgresql":
        advance = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        session.execute(advance, {"table": str(table.__tablename__), "last": last + count})
    return range(last + 1, last + 1 + count)


_HEAD = ("kind", "valid_on", "on_behalf_of", "entered_at", "submitted_at", "cleared_at", "returned_at", "withdrawn_at")


def _row(entry: Entry, row_id: int, initiative_at: InitiativeAt) -> dict[str, Any]:
    initiative = initiative_at(entry.initiative, entry.entered_at)
    return (
        columns_of(entry)
        | {name: getattr(entry, name) for name in _HEAD}
        | {
            "id": row_id,
            "ref": entry.ref or uuid4().hex,
            "percent": percent_of(entry, initiative) if initiative else entry.percent,
        }
    )


def _add_evidence(session: Session, entries: Sequence[Entry], ids: range) -> None:
    items = [
        {"progress_id": row_id, **item.columns}
        for entry, row_id in zip(entries, ids, strict=True)
        for item in entry.evidence
    ]
    keys = _reserve_ids(session, Evidence, len(items))
    if items:
        numbered = [{"id": key, **item} for key, item in zip(keys, items, strict=True)]
        session.execute(insert(table_of(Evidence)), numbered)
