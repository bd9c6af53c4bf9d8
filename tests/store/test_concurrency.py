"""Many writers on one SQLite file lose and double nothing, and a writer that is killed takes nothing with it."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from models.core.errors import DatabaseError
from models.store import database
from models.store.database import open_engine, reading, writing
from models.store.tables import AuditEvent, DataVersion, Progress
from tests.kit.builders import entry, faults_of, write

pytestmark = pytest.mark.usefixtures("tiny")

ROOT = Path(__file__).parent.parent.parent
KILLS = 4
WAITING = 20
"""More than an engine has connections."""

ACKNOWLEDGED_BEFORE_A_KILL = 15


@contextmanager
def writer(engine, name, count=0):
    """A process that records updates and prints each ref once it is written."""
    command = [sys.executable, "-m", "tests.store.writer", str(engine.url), name, str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def refs(engine):
    with reading(engine) as session:
        return session.exec(select(Progress.ref).order_by(col(Progress.id))).all()


def writes_and_events(engine):
    with reading(engine) as session:
        events = session.exec(select(func.count()).select_from(AuditEvent)).one()
        return session.get_one(DataVersion, 1).value, events


def test_threads_that_write_at_once_lose_and_double_nothing(engine):
    expected = [f"t{number}" for number in range(60)]

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda ref: write(engine, entry(ref=ref)), expected))

    assert sorted(expected) == sorted(refs(engine))
    assert (61, 61) == writes_and_events(engine)
    assert [] == faults_of(engine)


def test_processes_that_write_at_once_lose_and_double_nothing(engine):
    with writer(engine, "a", 25) as first, writer(engine, "b", 25) as second:
        errors = [process.communicate(timeout=60)[1] for process in (first, second)]

    assert ["", ""] == errors
    assert [f"a-{n}" for n in range(25)] == [ref for ref in refs(engine) if ref.startswith("a")]
    assert [f"b-{n}" for n in range(25)] == [ref for ref in refs(engine) if ref.startswith("b")]
    assert (51, 51) == writes_and_events(engine)


def test_keys_follow_the_order_of_the_acts(engine):
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: write(engine, entry(ref=f"t{number}")), range(24)))

    with reading(engine) as session:
        recorded = session.exec(
            select(AuditEvent.subject).where(AuditEvent.action == "record").order_by(col(AuditEvent.id))
        ).all()
    assert [f"progress {number}" for number in range(1, 25)] == recorded


def test_writers_killed_one_after_the_other_lose_nothing_that_was_confirmed(engine):
    acknowledged = []
    for number in range(KILLS):
        with writer(engine, f"k{number}") as process:
            acknowledged += [process.stdout.readline().strip() for _ in range(ACKNOWLEDGED_BEFORE_A_KILL)]
            process.kill()
            acknowledged += process.stdout.read().split()

    kept = refs(engine)
    assert KILLS * ACKNOWLEDGED_BEFORE_A_KILL <= len(acknowledged)
    assert [] == [ref for ref in acknowledged if ref not in kept]
    # What a writer was at when it was killed may stand whole, or not at all.
    assert 0 <= len(kept) - len(acknowledged) <= KILLS
    assert (len(kept) + 1, len(kept) + 1) == writes_and_events(engine)
    assert [] == faults_of(engine)


@pytest.fixture(name="impatient")
def _impatient(engine, monkeypatch):
    """The same database, where nobody waits for long."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    impatient = open_engine(str(engine.url))
    yield impatient
    impatient.dispose()


def test_whoever_waits_too_long_for_another_writer_is_informed(impatient):
    with writing(impatient), pytest.raises(DatabaseError, match="The database is busy: .* try again"):
        write(impatient, entry(ref="t1"))

    write(impatient, entry(ref="t2"))
    assert refs(impatient) == ["t2"]


def test_whoever_waits_too_long_for_another_program_is_informed(impatient):
    with closing(sqlite3.connect(impatient.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="The database is busy"):
            write(impatient, entry(ref="t1"))

    assert refs(impatient) == []


def test_many_who_wait_to_write_keep_nobody_from_reading(engine):
    barrier = threading.Barrier(WAITING + 1)

    def wait_and_write(number):
        barrier.wait()
        write(engine, entry(ref=f"t{number}"))

    with ThreadPoolExecutor(WAITING) as pool, writing(engine):
        for number in range(WAITING):
            pool.submit(wait_and_write, number)
        barrier.wait()
        assert refs(engine) == []
    assert len(refs(engine)) == WAITING
