"""Triggers that make the log append-only in the database itself, whatever program writes to it.

An altered table loses its triggers silently in SQLite, so they are installed again after every migration.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, PrimaryKeyConstraint, Table, UniqueConstraint, text

from models.store import people_tables, reporting_tables  # noqa: F401  # registers their tables
from models.store.base import Base, table_of
from models.store.meeting_tables import CLOSING, DecisionRow, Reopening, SnapshotRow
from models.store.tables import SET_ONCE as SET_ONCE_IN_LOG
from models.store.tables import AuditEvent, CommitmentRow, Edition, Evidence, LedgerEntry, Progress

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
)
"""The tables whose rows the database itself refuses to change or delete."""

SET_ONCE = SET_ONCE_IN_LOG | CLOSING
"""Their columns that are NULL at first and written once."""

_REFUSAL = "rows of {table} are never changed or deleted"


def append_only_tables() -> list[Table]:
    """Return the tables whose rows are only added."""
    return [table_of(cls) for cls in APPEND_ONLY]


def _changed(table: Table, differs: str) -> str:
    """The condition that refuses an update: a fixed column changes, or a set-once column that was set."""
    fixed = [f"NEW.{c.name} {differs} OLD.{c.name}" for c in table.columns if c.name not in SET_ONCE]
    once = [
        f"(OLD.{c.name} IS NOT NULL AND NEW.{c.name} {differs} OLD.{c.name})"
        for c in table.columns
        if c.name in SET_ONCE
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
        "update": f"BEFORE UPDATE ON {name} WHEN {_changed(table, 'IS NOT')}",
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
        "update": f"BEFORE UPDATE ON {name} FOR EACH ROW WHEN ({_changed(table, 'IS DISTINCT FROM')})",
        "delete": f"BEFORE DELETE ON {name} FOR EACH ROW",
        "truncate": f"BEFORE TRUNCATE ON {name} FOR EACH STATEMENT",
    }
    for operation, condition in conditions.items():
        trigger = f"{name}_no_{operation}"
        yield trigger, f"CREATE TRIGGER {trigger} {condition} EXECUTE FUNCTION refuse_change()"


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$
"""


def _expected(connection: Connection) -> dict[str, tuple[Table, str]]:
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    return {name: (table, ddl) for table in append_only_tables() for name, ddl in make(table)}


def install(connection: Connection) -> None:
    """Install every trigger, replacing a trigger of the same name."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_POSTGRESQL_FUNCTION))
    for name, (table, ddl) in _expected(connection).items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table.name}")))
        connection.exec_driver_sql(ddl)


def missing(connection: Connection) -> list[str]:
    """Return the names of the triggers that are missing or differ from those here."""
    expected = _expected(connection)
    if connection.dialect.name == "sqlite":
        installed = set(connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())
        return [name for name, (_, ddl) in expected.items() if ddl not in installed]
    # PostgreSQL keeps no text to compare with, only the parsed form.
    names = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
    installed = set(connection.execute(names).scalars())
    return [name for name in expected if name not in installed]
