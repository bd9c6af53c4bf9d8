"""The log is append-only in the database itself, whatever program writes to it and whatever pragmas it forgot."""

import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.store import triggers
from models.store.database import migrate
from models.store.tables import SET_ONCE
from tests.store.filled import CONTRADICTIONS, GROWING, MOMENT, columns, filled_database, insertion

FIXED = [(table, column) for table in GROWING for column in columns(table) if column not in triggers.SET_ONCE]


@pytest.fixture(name="engine")
def _engine():
    with filled_database() as engine:
        yield engine


@pytest.fixture(name="connection")
def _connection(engine):
    """A connection of a program that knows nothing of ours: no pragma is set."""
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        yield connection


def refused(table, kind=sqlite3.IntegrityError):
    return pytest.raises(kind, match=f"rows of {table} are never changed or deleted")


def test_the_tables_that_only_grow_are_these():
    assert GROWING == [table.name for table in triggers.append_only_tables()]


@pytest.mark.parametrize(("table", "column"), FIXED)
def test_a_fixed_column_cannot_be_changed(connection, table, column):
    with refused(table):
        connection.execute(f"UPDATE {table} SET {column} = coalesce({column}, 0) || '1'")


@pytest.mark.parametrize("table", GROWING)
def test_a_row_cannot_be_deleted(connection, table):
    with refused(table):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", GROWING)
def test_a_row_cannot_be_replaced_under_its_key(connection, table):
    with refused(table):
        connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", ["commitment", "progress"])
def test_a_row_cannot_be_replaced_under_what_else_is_unique_of_it(connection, table):
    others = ", ".join(name for name in columns(table) if name != "id")

    with refused(table):
        connection.execute(f"INSERT OR REPLACE INTO {table} (id, {others}) SELECT id + 100, {others} FROM {table}")


@pytest.mark.parametrize("table", GROWING)
def test_a_row_cannot_be_changed_by_an_upsert(connection, table):
    with refused(table):
        connection.execute(
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET id = id + 100"
        )


def test_our_own_connections_are_refused_as_well(engine):
    with engine.connect() as ours, refused("progress", IntegrityError):
        ours.execute(text("UPDATE progress SET percent = 99"))


@pytest.mark.parametrize("column", sorted(SET_ONCE))
def test_a_column_that_is_set_once_takes_one_value_and_keeps_it(connection, column):
    row = "ref = 'r3'" if column == "submitted_at" else "ref = 'r2'"
    first = MOMENT if column.endswith("_at") else 1 if column.endswith("_by") else "Because."
    connection.execute(f"UPDATE progress SET {column} = ? WHERE {row}", (first,))

    for second in ("NULL", f"{column} || '1'"):
        with refused("progress"):
            connection.execute(f"UPDATE progress SET {column} = {second} WHERE {row}")
    assert (first,) == connection.execute(f"SELECT {column} FROM progress WHERE {row}").fetchone()


def test_a_decision_is_closed_once(connection):
    close = "UPDATE decision SET closed_at = ?, closing_reason = ?"
    connection.execute(close, (MOMENT.replace("2027", "2028"), "It is done."))

    with refused("decision"):
        connection.execute(close, (MOMENT.replace("2027", "2029"), "It is done again."))


def test_a_decision_is_not_closed_without_evidence_or_a_reason(connection):
    with pytest.raises(sqlite3.IntegrityError, match="closed_with_evidence_or_reason"):
        connection.execute("UPDATE decision SET closed_at = ?", (MOMENT.replace("2027", "2028"),))


def test_setting_a_moment_may_not_change_anything_beside_it(connection):
    with refused("progress"):
        connection.execute(f"UPDATE progress SET cleared_at = '{MOMENT}', percent = 99 WHERE ref = 'r2'")


def test_a_trigger_that_was_dropped_is_missing_until_the_next_migration(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update"))
    with engine.connect() as connection:
        assert ["progress_no_update"] == triggers.missing(connection)

    migrate(engine)

    with engine.connect() as connection:
        assert [] == triggers.missing(connection)


def test_a_trigger_that_was_replaced_by_a_harmless_one_is_put_right_by_the_next_migration(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER edition_no_delete"))
        connection.execute(text("CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition BEGIN SELECT 1; END"))
    with engine.connect() as connection:
        assert ["edition_no_delete"] == triggers.missing(connection)

    migrate(engine)

    with engine.connect() as connection:
        assert [] == triggers.missing(connection)


def test_a_trigger_that_is_not_ours_is_named_and_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TRIGGER quiet AFTER INSERT ON setting BEGIN DELETE FROM setting; END"))

    migrate(engine)

    with engine.connect() as connection:
        assert ["trigger quiet on setting"] == triggers.unknown(connection)


@pytest.mark.parametrize(("constraint", "wrong"), CONTRADICTIONS)
def test_a_row_that_contradicts_itself_is_refused(connection, constraint, wrong):
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: ck_progress_{constraint}$"):
        connection.execute(insertion("progress", **wrong))


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"status": "'completed'", "percent": "100"},
        {"status": "'not_started'", "percent": "0"},
        {"status": "'suspended'", "percent": "99"},
        {"status": "'not_applicable'", "percent": "NULL"},
        {"kind": "'nil'", "status": "NULL", "percent": "NULL"},
        {"submitted_at": "entered_at", "cleared_at": "entered_at", "withdrawn_at": "entered_at"},
        {"cleared_at": "NULL", "returned_at": "submitted_at"},
        {"replaces_id": "1"},
    ],
)
def test_a_row_that_agrees_with_itself_is_taken(connection, right):
    connection.execute(insertion("progress", **right))

    assert (4,) == connection.execute("SELECT count(*) FROM progress").fetchone()


def test_evidence_that_points_nowhere_is_refused(connection):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed: ck_evidence_"):
        connection.execute(insertion("evidence", url="NULL", document="NULL"))


def test_the_data_version_has_one_row(connection):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed: ck_data_version_one_row"):
        connection.execute("INSERT INTO data_version (id, value) VALUES (2, 0)")


def test_our_connections_refuse_a_row_that_names_one_that_is_not_there(engine):
    with engine.connect() as ours, pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        ours.execute(text(insertion("progress", commitment_id="999")))


def test_the_triggers_read_as_in_databases_and_backups_at_the_present_version():
    # `verify` compares the text, and a backup at the present version is checked as it is: a change needs a migration.
    ddl = [ddl for table in triggers.append_only_tables() for _, ddl in triggers._sqlite(table)]  # noqa: SLF001

    assert sha256("\n".join(ddl).encode()).hexdigest().startswith("9b83db975efa1225")
