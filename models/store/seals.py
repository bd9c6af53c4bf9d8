"""The seal of a transaction: a hash of each row that it wrote, chained to the seal before it.

Whoever changes the database by other means than an act of the dashboard leaves a row that differs from its hash, a row
without one, or a hash without its row; whoever changes the hashes breaks the chain.

Sealed are all tables that a figure, a reader or a right depends on. Drafts are not, nor the files of drafts: a file is
sealed with the first statement in the log that names it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from models.store.clock import wall_clock

SEALED: Mapping[str, str] = {
    "person": "person {}",
    "edition": "edition {}",
    "commitment": "commitment {}",
    "progress": "row {} of the log",
    "evidence": "evidence {}",
    "evidence_file": "evidence file {}",
    "ledger": "row {} of the ledger",
    "audit_event": "event {} of the audit trail",
    "setting": "the setting {}",
    "role_grant": "role {}",
    "sign_in_link": "sign-in link {}",
    "web_session": "session {}",
    "cycle": "cycle {}",
    "snapshot": "snapshot {}",
    "reopening": "reopening {}",
    "decision": "decision {}",
}
"""The tables whose rows are sealed, and what one of their rows is called."""

OF_DRAFTS_FIRST = "evidence_file"
"""The table whose rows belong to drafts until a row of the log names them."""

LOOKED_AFTER = "reminders_looked_after"
"""The setting that says in which hour a server last saw to reminders; no act writes it, and it decides nothing else."""

RowKeys = dict[str, set[Any]]
"""The rows that a transaction wrote: their keys, by table."""

_WRITTEN = "rows written"
KEYS_AT_ONCE = 500
"""How many rows one query names: databases limit the parameters of a statement."""
_IN_ONE = 10_000
"""How many rows one seal holds at most, so that a reader of seals needs little memory."""


def key_column(table: str) -> str:
    """Return the column by which a row of the table is named."""
    return "key" if table == "setting" else "id"


def is_sealed(table: str, key: object) -> bool:
    """Whether a row of the table has to have a seal."""
    return table in SEALED and (table, key) != ("setting", LOOKED_AFTER)


def row_hash(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the columns that are not NULL, by name: a column added later changes no hash."""
    facts = {name: value for name, value in row.items() if value is not None}
    return hashlib.sha256(orjson.dumps(facts, default=_plain, option=_CANONICAL)).hexdigest()


_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def _plain(value: object) -> str:
    if isinstance(value, datetime):  # PostgreSQL gives moments in the zone of its session
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return hashlib.sha256(bytes(value)).hexdigest()  # type: ignore[call-overload]  # the content of a file


def rows_in(connection: Connection, table: str, keys: Collection[Any] | None = None) -> Iterator[Mapping[str, Any]]:
    """Yield rows as the database holds them, with the columns it has; every row if no keys are given.

    Not by the classes of the tables: a migration reads them before later columns exist, and a value that is not of its
    column's type must be read too.
    """
    query = sa.select(sa.text("*")).select_from(sa.table(table))
    column: sa.ColumnClause[Any] = sa.column(key_column(table))
    named = iter(keys or ())
    parts = iter(lambda: list(islice(named, KEYS_AT_ONCE)), []) if keys is not None else [None]
    at_once = 1 if table == OF_DRAFTS_FIRST else 1000  # a file may have 10 MB
    for part in parts:
        rows = connection.execute(
            query if part is None else query.where(column.in_(part)), execution_options={"yield_per": at_once}
        )
        names = tuple(rows.keys())
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def hashes(connection: Connection, table: str, keys: Collection[Any] | None = None) -> Iterator[tuple[Any, str]]:
    """Yield key and hash of rows; every row if no keys are given."""
    column = key_column(table)
    for row in rows_in(connection, table, keys):
        yield row[column], row_hash(row)


def chained(previous: str, wrote: str) -> str:
    """Return the hash of a seal from that of the seal before it."""
    return hashlib.sha256(f"{previous}\n{wrote}".encode()).hexdigest()


def watch(session: Session) -> None:
    """Note every row that the session writes from now on."""
    session.info[_WRITTEN] = {}
    event.listen(session, "after_flush", _note_objects)
    event.listen(session, "do_orm_execute", _note_statement)


def seal(session: Session) -> None:
    """Seal what the session wrote; the last step of a transaction. Raises RuntimeError for rows written without an act.

    Such a row would be a fault of the program: nothing would say who wrote it, when and why.
    """
    if not session.in_transaction():  # it was rolled back
        return
    session.flush()
    written: RowKeys = session.info[_WRITTEN]
    if not written:
        return
    if "audit_event" not in written:
        message = f"rows of {', '.join(sorted(written))} were written without an act: call record_act"
        raise RuntimeError(message)
    connection = session.connection()
    evidence = rows_in(connection, "evidence", written.get("evidence", ()))
    files = {row["file_id"] for row in evidence if row["file_id"] is not None}
    seal_rows(connection, written | ({OF_DRAFTS_FIRST: files} if files else {}))


def seal_rows(connection: Connection, written: Mapping[str, Collection[Any]]) -> None:
    """Add seals for rows as they are now; a row that is gone has none as its hash."""
    rows = ((table, key, hash_) for table, keys in written.items() for key, hash_ in _now(connection, table, keys))
    while part := list(islice(rows, _IN_ONE)):
        wrote: dict[str, dict[str, str | None]] = {}
        for table, key, hash_ in part:
            wrote.setdefault(table, {})[str(key)] = hash_
        _add_seal(connection, orjson.dumps(wrote).decode())


def seal_everything(connection: Connection, tables: Iterable[str], *, action: str, subject: str) -> None:
    """Seal every row of the tables, by an event of its own; for migrations. An empty database stays as it is.

    A migration that fills columns of rows that exist, or changes their values, calls this for their tables. It
    seals rows as they are: what was changed before by other means passes for right from now on.
    """
    keys = {table: _keys(connection, table) for table in tables}
    if not any(keys.values()):
        return
    connection.execute(
        sa.text("INSERT INTO audit_event (at, action, subject) VALUES (:at, :action, :subject)").bindparams(
            sa.bindparam("at", wall_clock(), type_=sa.DateTime(timezone=True)), action=action, subject=subject
        )
    )
    connection.execute(sa.text("UPDATE data_version SET value = value + 1"))
    events = set(_keys(connection, "audit_event")[-1:]).union(keys.get("audit_event", ()))
    seal_rows(connection, {**keys, "audit_event": events})


def _keys(connection: Connection, table: str) -> list[Any]:
    column: sa.ColumnClause[Any] = sa.column(key_column(table))
    query = sa.select(column).select_from(sa.table(table)).order_by(column)
    if table == OF_DRAFTS_FIRST:
        query = query.where(column.in_(sa.text("SELECT file_id FROM evidence")))
    return [key for key in connection.execute(query).scalars() if is_sealed(table, key)]


def _now(connection: Connection, table: str, keys: Collection[Any]) -> Iterator[tuple[Any, str | None]]:
    present = dict(hashes(connection, table, sorted(keys)))
    return ((key, present.get(key)) for key in sorted(keys))


def _add_seal(connection: Connection, wrote: str) -> None:
    previous = connection.execute(sa.text("SELECT seal FROM data_version")).scalar_one() or ""
    values = {"wrote": wrote, "sha256": chained(previous, wrote)}
    connection.execute(sa.text("INSERT INTO seal (wrote, sha256) VALUES (:wrote, :sha256)"), values)
    connection.execute(sa.text("UPDATE data_version SET seal = :sha256"), values)


def _note(session: Any, table: str, keys: Iterable[Any]) -> None:
    sealed = {key for key in keys if table != OF_DRAFTS_FIRST and is_sealed(table, key)}
    if sealed:
        session.info[_WRITTEN].setdefault(table, set()).update(sealed)


def _note_objects(session: Session, _flush: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *changed, *session.deleted):
        state = sa.inspect(row)
        _note(session, str(state.mapper.local_table.name), state.mapper.primary_key_from_instance(row)[:1])


def _note_statement(state: ORMExecuteState) -> None:
    """Note the rows of a statement on many rows: those it is given, or those that its condition finds."""
    statement = state.statement
    if not isinstance(statement, sa.Insert | sa.Update | sa.Delete):
        return
    table = str(statement.table.description)
    if table not in SEALED or table == OF_DRAFTS_FIRST:
        return
    column = statement.table.columns[key_column(table)]
    if isinstance(statement, sa.Insert):
        given = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
        if not all(column.name in row for row in given):
            message = f"rows of {table} are inserted without their keys, so that they cannot be sealed"
            raise RuntimeError(message)
        keys = [row[column.name] for row in given]
    else:
        condition = sa.true() if statement.whereclause is None else statement.whereclause
        keys = list(state.session.execute(sa.select(column).where(condition)).scalars())
    _note(state.session, table, keys)
