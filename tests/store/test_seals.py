"""Each transaction seals what it wrote: no row is forgotten, and none is written without an act."""

import json
import tracemalloc
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, text, update
from sqlmodel import col

from models.admin.seal_check import seal_faults
from models.store.audit import record_act
from models.store.database import open_engine, reading, writing
from models.store.seals import chained, row_hash, seal_everything
from models.store.tables import AuditEvent, CommitmentRow, Person, Progress, Seal, Setting
from tests.kit.builders import NOW, entry, faults_of, rows_of, write

pytestmark = pytest.mark.usefixtures("tiny")


def act(session):
    record_act(session, action="test", subject="test", now=NOW)


@pytest.fixture(name="people")
def _people(engine):
    """Three people, 1 to 3, a to c."""
    with writing(engine) as session:
        session.add_all(Person(email=f"{name}@example.org", name="A. Name") for name in "abc")
        act(session)


def last_seal(engine):
    return json.loads(rows_of(engine, Seal)[-1].wrote)


def test_a_seal_has_the_rows_of_its_transaction_and_follows_the_one_before(engine):
    write(engine, entry(ref="a"))
    write(engine, entry(ref="b", evidence=({"document": "A record"},)))

    expected = {"progress": ["2"], "evidence": ["1"], "audit_event": ["3"]}
    assert expected == {table: list(rows) for table, rows in last_seal(engine).items()}
    seals = rows_of(engine, Seal)
    assert [seal.sha256 for seal in seals] == [
        chained(before, seal.wrote) for before, seal in zip(["", *(seal.sha256 for seal in seals)], seals, strict=False)
    ]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "written",
    [
        lambda session: session.add(Person(email="new@example.org")),
        lambda session: session.merge(Setting(key="visitors_see", value="latest")),
        lambda session: session.delete(session.get_one(Person, 1)),
        lambda session: session.execute(update(Person).values(name="Changed")),
        lambda session: session.execute(delete(Person)),
    ],
    ids=["added", "merged", "deleted", "many changed", "many deleted"],
)
def test_rows_that_are_written_without_an_act_are_refused_and_stay_as_they_were(engine, written):
    before = rows_of(engine, Person), rows_of(engine, Setting)

    with pytest.raises(RuntimeError, match="were written without an act: call record_act"), writing(engine) as session:
        written(session)
    assert before == (rows_of(engine, Person), rows_of(engine, Setting))


@pytest.mark.usefixtures("people")
def test_an_object_that_is_set_to_what_it_was_is_not_written(engine):
    before = rows_of(engine, Seal)
    with writing(engine) as session:
        session.get_one(Person, 1).name = "A. Name"

    assert before == rows_of(engine, Seal)


def test_what_is_rolled_back_needs_no_act(engine):
    with writing(engine) as session:
        session.add(Person(email="new@example.org"))
        session.flush()
        session.rollback()

    assert [] == rows_of(engine, Person)


def test_rows_inserted_together_without_their_keys_are_refused(engine):
    with pytest.raises(RuntimeError, match="inserted without their keys"), writing(engine) as session:
        session.execute(insert(CommitmentRow), [{"initiative": "I99", "party": "KH"}])


@pytest.mark.usefixtures("people")
def test_a_statement_on_many_rows_is_sealed_row_by_row(engine):
    with writing(engine) as session:
        session.execute(update(Person).where(col(Person.email) != "b@example.org").values(name="Changed"))
        act(session)
    assert {"1", "3"} == set(last_seal(engine)["person"])

    with writing(engine) as session:
        session.execute(delete(Person).where(col(Person.name) == "Changed"))
        act(session)
    assert {"1": None, "3": None} == last_seal(engine)["person"]
    assert [] == faults_of(engine)


def test_two_servers_on_one_file_keep_one_chain(engine):
    other = open_engine(str(engine.url))
    for number in range(6):
        write(other if number % 2 else engine, entry(ref=f"r{number}"))
    other.dispose()

    assert [] == faults_of(engine)


def test_many_rows_are_sealed_in_parts(engine, monkeypatch):
    monkeypatch.setattr("models.store.seals._IN_ONE", 3)
    before = len(rows_of(engine, Seal))
    with writing(engine) as session:
        session.add_all(Person(email=f"{number}@example.org") for number in range(8))
        act(session)

    assert before + 3 == len(rows_of(engine, Seal))
    assert [] == faults_of(engine)


def test_a_column_that_a_later_release_adds_changes_no_hash(engine):
    write(engine, entry())
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE progress ADD COLUMN said_later VARCHAR"))

    assert [] == faults_of(engine)


@pytest.mark.usefixtures("people")
def test_a_later_migration_that_fills_rows_seals_them_by_an_event_of_its_own(engine):
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        connection.execute(text("UPDATE person SET name = 'Filled in'"))
        seal_everything(connection, ["person"], action="upgrade", subject="0099")

    assert [] == faults_of(engine)
    assert ("upgrade", "0099") == (rows_of(engine, AuditEvent)[-1].action, rows_of(engine, AuditEvent)[-1].subject)


def test_a_row_as_it_was_before_a_later_act_does_not_pass_for_it(engine):
    (row,) = write(engine, entry())
    with writing(engine) as session:
        session.get_one(Progress, row).cleared_at = NOW
        act(session)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update"))
        connection.execute(text("UPDATE progress SET cleared_at = NULL"))

    assert f"row {row} of the log was changed outside the dashboard; restore a backup" in faults_of(engine)


def test_the_hash_is_of_names_and_values_whatever_their_order():
    row = {"id": 1, "name": "A", "at": NOW, "none": None}

    assert row_hash(row) == row_hash(dict(reversed(row.items())))
    assert row_hash(row) == row_hash({name: value for name, value in row.items() if value is not None})
    assert row_hash(row) != row_hash(row | {"name": "1", "id": "A"})
    assert row_hash(row) != row_hash(row | {"at": NOW + timedelta(microseconds=1)})
    assert row_hash({"content": b"A"}) != row_hash({"content": b"B"})


def test_verifying_a_hundred_thousand_rows_takes_little_memory(engine):
    with writing(engine) as session:
        session.execute(
            insert(Person), [{"id": number, "email": f"{number}@example.org"} for number in range(1, 100_001)]
        )
        act(session)
    tracemalloc.start()
    with reading(engine) as session:
        found = list(seal_faults(session))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [] == found
    assert most < 60_000_000
