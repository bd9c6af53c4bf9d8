"""Reporting holds: fifty writers at once lose and double nothing, and a writer killed at any moment leaves wholes."""

import random
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from sqlmodel import col, func, select

from models.plan.cache_key import data_version
from models.progress.drafts import commitment_id
from models.store.database import reading
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile
from models.store.tables import AuditEvent, Evidence, Progress
from tests.kit.builders import load
from tests.kit.commands import invoke
from tests.kit.reporters import add_user
from tests.kit.serving import ROOT
from tests.reporting.reporter import COMMITMENTS, PLAN, Stands, address, assignment, digest, stands_after, steps

PROCESSES, WRITERS_OF_EACH, UPDATES_OF_EACH = 2, 25, 40
KILLS, SEED = 5, 20260101
MOST_STEPS_BEFORE_A_KILL = 30
AN_ACT_S = 0.02


@pytest.fixture(name="add_writers")
def _add_writers(engine):
    """The plan of the dashboard, and so many people with one commitment each."""

    def add_writers(number):
        load(engine, PLAN)
        for writer in range(number):
            add_user(engine, address(writer), assignment(writer), plan=PLAN)

    return add_writers


@contextmanager
def reporting(engine, first, writers, wanted=0, done=0):
    """A process in which they report."""
    numbers = map(str, (first, writers, wanted, done))
    command = [sys.executable, "-m", "tests.reporting.reporter", str(engine.url), *numbers]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def stands(engine, writer):
    """What stands of a writer, read from the tables."""
    with reading(engine) as session:
        key = commitment_id(session, COMMITMENTS[writer])
        statements = session.exec(
            select(Progress.narrative, EvidenceFile.content)
            .join(Evidence, col(Evidence.progress_id) == col(Progress.id), isouter=True)
            .join(EvidenceFile, col(EvidenceFile.id) == col(Evidence.file_id), isouter=True)
            .where(Progress.commitment_id == key, col(Progress.submitted_at).is_not(None))
            .order_by(col(Progress.id))
        ).all()
        draft = session.exec(
            select(Draft.status, Draft.narrative, EvidenceFile.content)
            .join(DraftEvidence, col(DraftEvidence.commitment_id) == col(Draft.commitment_id), isouter=True)
            .join(EvidenceFile, col(EvidenceFile.id) == col(DraftEvidence.file_id), isouter=True)
            .where(Draft.commitment_id == key)
        ).all()
    said = tuple((words, digest(file)) for words, file in statements)
    assert len(draft) <= 1, "a draft with more than one file"
    return Stands(said, next(((status, words, digest(file)) for status, words, file in draft), None))


def verify(engine):
    """What `manage.py verify` prints."""
    return invoke("--database", str(engine.url), "verify").output


def steps_of(updates):
    """How many steps so many updates take."""
    return next(number for number, (update, _) in enumerate(steps()) if update == updates)


def test_fifty_who_report_at_once_lose_and_double_nothing(engine, add_writers):
    writers, wanted = PROCESSES * WRITERS_OF_EACH, steps_of(UPDATES_OF_EACH)
    add_writers(writers)
    with reading(engine) as session:
        before = data_version(session)
    running = [reporting(engine, one * WRITERS_OF_EACH, WRITERS_OF_EACH, wanted) for one in range(PROCESSES)]
    with running[0] as first, running[1] as second:
        errors = [process.communicate(timeout=300)[1] for process in (first, second)]

    assert errors == ["", ""]
    assert [stands(engine, writer) for writer in range(writers)] == [stands_after(n, wanted) for n in range(writers)]
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(Progress)).one() == writers * UPDATES_OF_EACH == 2_000
        submitted = session.exec(select(AuditEvent.subject).where(AuditEvent.action == "submit")).all()
        assert len(submitted) == data_version(session) - before == 2_000
    assert verify(engine).startswith("whole: ")


def test_who_is_killed_while_reporting_leaves_what_was_acknowledged_and_nothing_by_halves(engine, add_writers):
    chance, done = random.Random(SEED), 0  # noqa: S311  # the same moments each time
    add_writers(1)
    for _ in range(KILLS):
        with reporting(engine, 0, 1, done=done) as process:
            for _ in range(chance.randint(1, MOST_STEPS_BEFORE_A_KILL)):
                done = int(process.stdout.readline())
            time.sleep(chance.uniform(0, AN_ACT_S))
            process.kill()
            done = int([str(done), *process.stdout.read().split()][-1])
        found = stands(engine, 0)
        # What the writer was at when it was killed stands whole, or not at all.
        done = next(number for number in (done + 1, done) if found == stands_after(0, number))
        assert verify(engine).startswith("whole: ")

    assert done > KILLS
