"""Migrations make exactly the tables the program works with, once."""

import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from models.core.vocabulary import LedgerEventKind
from models.progress.ledger import event_words
from models.store import triggers
from models.store.base import Base
from models.store.database import is_current, migrate, open_engine
from tests.store.filled import migrate_to


@pytest.fixture(name="empty")
def _empty(tmp_path):
    """A database without any table."""
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


def schema(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()


def version(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT value FROM data_version")).scalar_one()


def test_from_nothing_the_migrations_make_the_tables_of_the_program(empty):
    migrate(empty)

    assert {*Base.metadata.tables, "alembic_version"} == set(inspect(empty).get_table_names())


def test_from_nothing_the_migrations_leave_nothing_to_migrate(empty):
    migrate(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, Base.metadata)


def test_from_nothing_the_migrations_put_every_constraint_of_the_tables_in_place(empty):
    """Autogeneration compares no CHECK constraints, so they are compared here."""
    migrate(empty)

    migrated = {
        table: {constraint["name"] for constraint in inspect(empty).get_check_constraints(table)} for table in checked()
    }

    assert checked() == migrated


def checked():
    """The CHECK constraints of every table by name, as the program has them."""
    return {
        table.name: {
            str(constraint.name) for constraint in table.constraints if isinstance(constraint, CheckConstraint)
        }
        for table in Base.metadata.tables.values()
    }


def test_migrating_twice_does_nothing(empty):
    migrate(empty)
    before = schema(empty), version(empty)

    migrate(empty)

    assert before == (schema(empty), version(empty))


def test_a_database_is_current_once_it_is_migrated(empty):
    with empty.connect() as connection:
        assert not is_current(connection)

    migrate(empty)

    with empty.connect() as connection:
        assert is_current(connection)
        assert [] == triggers.missing(connection)


def test_a_new_database_counts_no_write(empty):
    migrate(empty)

    assert 0 == version(empty)


def test_a_migration_that_fails_leaves_nothing_behind(empty, monkeypatch):
    def fail(_connection):
        raise RuntimeError

    monkeypatch.setattr(triggers, "install", fail)
    with pytest.raises(RuntimeError):
        migrate(empty)

    assert [] == schema(empty)


def test_a_database_of_an_earlier_version_keeps_its_rows_and_regains_its_triggers(empty):
    migrate_to(empty, "0001")
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO commitment (initiative, party) VALUES ('I01', 'ASEAN')"))

    migrate(empty)

    with empty.connect() as connection:
        assert [("I01", "ASEAN")] == connection.execute(text("SELECT initiative, party FROM commitment")).all()
        assert [] == triggers.missing(connection)


PHRASES = {
    "not applicable": ("not_applicable", None),
    "withdrawn": ("withdrawn", None),
    "in_force_from changed": ("in_force_from_changed", None),
    "official text adopted: 1 slot filled; N stays 3": (
        "adopted",
        {"filled": 1, "new": [], "not_needed": [], "counted": [3, 3]},
    ),
    "official text adopted: 40 slots filled, 3 new (I44, I45, I46), 1 placeholder no longer needed (I05);"
    " N goes from 43 to 45": (
        "adopted",
        {"filled": 40, "new": ["I44", "I45", "I46"], "not_needed": ["I05"], "counted": [43, 45]},
    ),
}


def test_the_phrases_of_older_ledgers_become_codes_that_read_as_before(empty):
    migrate_to(empty, "0005")
    columns = "id, recorded_at, initiative, event, effective_on, reason"
    with empty.begin() as connection:
        for number, phrase in enumerate(PHRASES, start=1):
            values = f"{number}, '2027-01-01 00:00:00.000000', 'I01', '{phrase}', '2027-01-01', 'As decided'"
            connection.execute(text(f"INSERT INTO ledger ({columns}) VALUES ({values})"))
    migrate(empty)

    with empty.connect() as connection:
        rows = connection.execute(text("SELECT event, after FROM ledger ORDER BY id")).all()
        assert triggers.missing(connection) == []
    assert [(event, after and json.loads(after)) for event, after in rows] == list(PHRASES.values())
    assert [event_words(LedgerEventKind(event), None, after) for event, after in rows] == list(PHRASES)
