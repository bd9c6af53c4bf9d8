"""Triggers that make the log append-only in the database itself, whatever program writes to it.

An altered table loses its triggers silently in SQLite, so they are installed again after every migration.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, PrimaryKeyConstraint, Table, UniqueConstraint, text

from models.store import people_tables, reporting_tables  # noqa: F401  # registers their tables
from models.store.base import Base, table_of
from models.store.meeting_tables import CLOSING, DecisionRow, Reopening, SnapshotRow
from models.store.tables import SET_ONCE as SET_ONCE_IN_LOG
from models.store.tables import AuditEvent, CommitmentRow, Edition, Evidence, LedgerEntry, Progress, Seal

APPEND_ONLY: tuple[type[Base], ...] = (
    Edition,
    CommitmentRow,
    Progress,
    Evidence,
    LedgerEntry,
    AuditEvent,
    SnapshotRow,
    Reopening,
    DecisionRow,
    Seal,
)
"""The tables whose rows the database itself refuses to change or delete."""

SET_ONCE = SET_ONCE_IN_LOG | CLOSING
"""Their columns that are NULL at first and written once."""

_REFUSAL = "rows of {table} are never changed or deleted"


def append_only_tables() -> list[Table]:
    """Return the tables whose rows are only added."""
    return [table_of(cls) for cls in APPEND_ONLY]


def _changed(table: Table) -> str:
    """The condition that refuses an update: a fixed column changes, or a set-once column that was set."""
    fixed = [f"NEW.{c.name} IS NOT OLD.{c.name}" for c in table.columns if c.name not in SET_ONCE]
    once = [
        f"(OLD.{c.name} IS NOT NULL AND NEW.{c.name} IS NOT OLD.{c.name})" for c in table.columns if c.name in SET_ONCE
    ]
    return " OR ".join(fixed + once)


def _replaces(table: Table) -> str:
    """The condition that refuses a new row: it would replace another row, by any of its keys."""
    unique = PrimaryKeyConstraint | UniqueConstraint
    keys = [constraint.columns for constraint in table.constraints if isinstance(constraint, unique)]
    same = [" AND ".join(f"{column.name} = NEW.{column.name}" for column in key) for key in keys]
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table.name} WHERE {condition})" for condition in sorted(same))  # noqa: S608  # our own names


def _sqlite(table: Table) -> Iterator[tuple[str, str]]:
    name = table.name
    refuse = f"SELECT RAISE(ABORT, '{_REFUSAL.format(table=name)}')"
    conditions = {
        "update": f"BEFORE UPDATE ON {name} WHEN {_changed(table)}",
        "delete": f"BEFORE DELETE ON {name}",
        # INSERT OR REPLACE deletes without firing delete triggers unless recursive_triggers is on.
        "replace": f"BEFORE INSERT ON {name} WHEN {_replaces(table)}",
    }
    for operation, condition in conditions.items():
        trigger = f"{name}_no_{operation}"
        yield trigger, f"CREATE TRIGGER {trigger} {condition} BEGIN {refuse}; END"


def _postgresql(table: Table) -> Iterator[tuple[str, str]]:
    name = table.name
    conditions = {
        "update": f"BEFORE UPDATE ON {name} FOR EACH ROW WHEN ({_changed_in_postgresql(table)})",
        "delete": f"BEFORE DELETE ON {name} FOR EACH ROW",
        "truncate": f"BEFORE TRUNCATE ON {name} FOR EACH STATEMENT",
    }
    for operation, condition in conditions.items():
        trigger = f"{name}_no_{operation}"
        yield trigger, f"CREATE TRIGGER {trigger} {condition} EXECUTE FUNCTION refuse_change()"


def _changed_in_postgresql(table: Table) -> str:
    """The same condition as PostgreSQL shows it, so that the texts can be compared: varchar is compared as text."""

    def differs(column: Column[Any]) -> str:
        cast = "::text" if column.type.compile().startswith("VARCHAR") else ""
        return f"new.{column.name}{cast} IS DISTINCT FROM old.{column.name}{cast}"

    fixed = [differs(column) for column in table.columns if column.name not in SET_ONCE]
    once = [f"old.{c.name} IS NOT NULL AND {differs(c)}" for c in table.columns if c.name in SET_ONCE]
    return " OR ".join(fixed + once)


_POSTGRESQL_FUNCTION = "\nBEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END "


def _expected(connection: Connection) -> dict[str, tuple[Table, str]]:
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    return {name: (table, ddl) for table in append_only_tables() for name, ddl in make(table)}


def install(connection: Connection) -> None:
    """Install every trigger, replacing a trigger of the same name."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        head = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        connection.execute(text(f"{head} AS $${_POSTGRESQL_FUNCTION}$$"))
    for name, (table, ddl) in _expected(connection).items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table.name}")))
        connection.exec_driver_sql(ddl)


def missing(connection: Connection) -> list[str]:
    """Return the names of the triggers that are missing or differ from those here, and of their function."""
    installed = {ddl for _, _, ddl in _installed(connection)}
    names = [name for name, (_, ddl) in _expected(connection).items() if ddl not in installed]
    if connection.dialect.name == "sqlite":
        return names
    bodies = connection.execute(text(_BODY_IN_POSTGRESQL)).scalars().all()
    return names + (["refuse_change"] if bodies != [_POSTGRESQL_FUNCTION] else [])


def unknown(connection: Connection) -> list[str]:
    """Return what nobody here installed and could change what is written, such as “trigger x on progress”."""
    expected = {(table.name, name) for name, (table, _) in _expected(connection).items()}
    others = [
        f"trigger {name} on {table}" for table, name, _ in _installed(connection) if (table, name) not in expected
    ]
    if connection.dialect.name == "sqlite":
        return others
    rules = "SELECT rulename, tablename FROM pg_rules WHERE schemaname = current_schema() ORDER BY 1, 2"
    return others + [f"rule {name} on {table}" for name, table in connection.execute(text(rules))]


def _installed(connection: Connection) -> list[tuple[str, str, str]]:
    """Table, name and text of each trigger; of one that PostgreSQL does not fire, no text."""
    query = _OF_SQLITE if connection.dialect.name == "sqlite" else _OF_POSTGRESQL
    return [(table, name, ddl) for table, name, ddl in connection.execute(text(query))]


_OF_SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1, 2"
_OF_POSTGRESQL = """
SELECT relname, tgname, CASE tgenabled WHEN 'O' THEN pg_get_triggerdef(pg_trigger.oid, true) ELSE '' END
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY 1, 2
"""
_BODY_IN_POSTGRESQL = """
SELECT prosrc FROM pg_proc WHERE proname = 'refuse_change' AND pronamespace = current_schema()::regnamespace
"""
