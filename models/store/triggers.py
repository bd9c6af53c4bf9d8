"""Triggers that make the log append-only in the database itself, whatever program writes to it.

An altered table loses its triggers silently in SQLite, so they are installed again after every migration.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

from models.store.base import Base
from models.store.tables import APPEND_ONLY, SET_ONCE

_REFUSAL = "rows of {table} are never changed or deleted"


def append_only_tables() -> list[Table]:
    """The tables whose rows only ever get added."""
    return [table for cls in APPEND_ONLY if isinstance(table := Base.metadata.tables[str(cls.__tablename__)], Table)]


def _changed(table: Table, differs: str) -> str:
    """The condition under which an update is refused: a fixed column changed, or a set-once one that was set."""
    fixed = [f"NEW.{c.name} {differs} OLD.{c.name}" for c in table.columns if c.name not in SET_ONCE]
    once = [
        f"(OLD.{c.name} IS NOT NULL AND NEW.{c.name} {differs} OLD.{c.name})"
        for c in table.columns
        if c.name in SET_ONCE
    ]
    return " OR ".join(fixed + once)


def _sqlite(table: Table) -> Iterator[tuple[str, str]]:
    name = table.name
    refuse = f"SELECT RAISE(ABORT, '{_REFUSAL.format(table=name)}')"
    conditions = {
        "update": f"BEFORE UPDATE ON {name} WHEN {_changed(table, 'IS NOT')}",
        "delete": f"BEFORE DELETE ON {name}",
        # INSERT OR REPLACE deletes without firing delete triggers unless recursive_triggers is on.
        "replace": f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE id = NEW.id)",  # noqa: S608  # our own table's name
    }
    for act, condition in conditions.items():
        trigger = f"{name}_no_{act}"
        yield trigger, f"CREATE TRIGGER {trigger} {condition} BEGIN {refuse}; END"


def _postgresql(table: Table) -> Iterator[tuple[str, str]]:
    name = table.name
    conditions = {
        "update": f"BEFORE UPDATE ON {name} FOR EACH ROW WHEN ({_changed(table, 'IS DISTINCT FROM')})",
        "delete": f"BEFORE DELETE ON {name} FOR EACH ROW",
        "truncate": f"BEFORE TRUNCATE ON {name} FOR EACH STATEMENT",
    }
    for act, condition in conditions.items():
        trigger = f"{name}_no_{act}"
        yield trigger, f"CREATE TRIGGER {trigger} {condition} EXECUTE FUNCTION refuse_change()"


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$
"""


def _wanted(connection: Connection) -> dict[str, tuple[Table, str]]:
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    return {name: (table, ddl) for table in append_only_tables() for name, ddl in make(table)}


def install(connection: Connection) -> None:
    """Put every trigger in place, replacing what stands under its name."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_POSTGRESQL_FUNCTION))
    for name, (table, ddl) in _wanted(connection).items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table.name}")))
        connection.exec_driver_sql(ddl)


def missing(connection: Connection) -> list[str]:
    """The triggers that should stand and do not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    present = set(connection.execute(text(query)).scalars())
    return [name for name in _wanted(connection) if name not in present]
