"""Files of evidence have limited room on a draft and in a cycle; what is discarded gives its room back."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from models.core.errors import UpdateRefused
from models.core.text import MEGABYTE
from models.meetings.cycles import open_cycle
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.progress import evidence_quota
from models.progress.drafts import (
    attach_file,
    commitment_id,
    discard,
    draft_evidence,
    keep_file,
    remove_evidence,
    save_field,
)
from models.progress.evidence_quota import used_by_user, used_text
from models.progress.submit import submit_drafts
from models.store.backup import back_up
from models.store.database import LOG_BYTES, reading, writing
from models.store.reporting_tables import EvidenceFile
from tests.kit.builders import NOW, rows_of
from tests.kit.reporters import CAMBODIA, CAMBODIA_ROLE, MEETING, add_user, reporting_plan

TRAINING = ("I03", "KH")


@pytest.fixture(autouse=True)
def _small_quotas(monkeypatch):
    monkeypatch.setattr(evidence_quota, "DRAFT_MEGABYTES", 2)
    monkeypatch.setattr(evidence_quota, "PERSON_MEGABYTES", 3)


def pdf(megabytes):
    return b"%PDF-1.7 " + os.urandom(int(megabytes * MEGABYTE) - 9)


def used(engine, user):
    with reading(engine) as session:
        return used_by_user(Context.at(session, user, NOW))


def test_a_draft_holds_no_more_than_its_room(engine, do, cambodia):
    do(attach_file, cambodia, CAMBODIA, "a.pdf", pdf(1.2))
    with pytest.raises(UpdateRefused) as refused:
        do(attach_file, cambodia, CAMBODIA, "b.pdf", pdf(0.9))

    assert "The file has 921 kB, and the draft has 2 of 2 MB used. Remove a file" in str(refused.value)
    assert ["a.pdf"] == [file.name for file in rows_of(engine, EvidenceFile)]
    do(attach_file, cambodia, CAMBODIA, "c.pdf", pdf(0.8))


def test_a_person_adds_no_more_than_the_room_of_a_cycle_whoever_the_drafts_are_for(engine, do, cambodia):
    do(attach_file, cambodia, CAMBODIA, "a.pdf", pdf(2))
    with pytest.raises(UpdateRefused, match=r"has 1\.1 MB, and you have 2 of 3 MB used in this cycle\. Remove a file"):
        do(attach_file, cambodia, TRAINING, "b.pdf", pdf(1.1))

    colleague = add_user(engine, "second@example.org", CAMBODIA_ROLE)
    do(attach_file, colleague, TRAINING, "b.pdf", pdf(1.1))


def test_the_room_of_a_person_is_summed_without_reading_the_files(engine, cambodia):
    ran = []

    @event.listens_for(engine, "before_cursor_execute")
    def _keep(_connection, _cursor, statement, parameters, *_more):
        if "evidence_file" in statement:
            ran.append((statement, parameters))

    used(engine, cambodia)
    ((statement, parameters),) = ran
    with engine.connect() as connection:
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)

    assert "USING COVERING INDEX ix_evidence_file_uploaded_by_uploaded_at_size" in plan.detail


def test_a_new_cycle_has_its_own_room(engine, do, cambodia):
    do(attach_file, cambodia, CAMBODIA, "a.pdf", pdf(1))
    next_meeting = MEETING.model_copy(update={"key": "AWGIPC-83", "number": 83, "start": date(2027, 11, 1)})
    plan = reporting_plan().model_copy(update={"meetings": (next_meeting,)})
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, plan, NOW + timedelta(seconds=1)), next_meeting.key)
    assert MEGABYTE == used(engine, cambodia)
    with reading(engine) as session:
        assert 0 == used_by_user(Context.at(session, cambodia, NOW + timedelta(minutes=1)))


def test_what_is_removed_or_discarded_gives_its_room_back_and_what_was_submitted_does_not(engine, do, cambodia):
    do(attach_file, cambodia, CAMBODIA, "kept.pdf", pdf(1))
    do(save_field, cambodia, CAMBODIA, "status", "ongoing")
    do(save_field, cambodia, CAMBODIA, "percent", 50)
    do(save_field, cambodia, CAMBODIA, "narrative", "Comments came in.")
    do(submit_drafts, cambodia, [CAMBODIA])
    do(attach_file, cambodia, TRAINING, "removed.pdf", pdf(1))
    with reading(engine) as session:
        row_id = commitment_id(session, TRAINING)
        (item,) = draft_evidence(session, [row_id])[row_id]
    do(remove_evidence, cambodia, TRAINING, item.id)
    do(attach_file, cambodia, TRAINING, "discarded.pdf", pdf(2))
    do(discard, cambodia, TRAINING)

    assert ["kept.pdf"] == [file.name for file in rows_of(engine, EvidenceFile)]
    assert MEGABYTE == used(engine, cambodia)


def test_the_pages_of_discarded_files_are_used_again_and_take_no_room_in_a_backup(engine, do, cambodia, tmp_path):
    def size():
        with reading(engine) as session:
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return Path(engine.url.database).stat().st_size

    empty = size()
    for _ in range(3):
        do(attach_file, cambodia, CAMBODIA, "a.pdf", pdf(2))
        do(discard, cambodia, CAMBODIA)
    copies = [tmp_path / "copy.db", tmp_path / "second.db"]
    for copy in copies:
        back_up(engine, copy)

    assert size() < empty + 3 * MEGABYTE
    assert copies[0].stat().st_size < empty + MEGABYTE / 10
    assert copies[0].read_bytes() == copies[1].read_bytes()
    assert copies == sorted(tmp_path.glob("*.db*"))


def test_the_log_of_the_database_is_cut_back_after_many_files(engine, do, cambodia, monkeypatch):
    monkeypatch.setattr(evidence_quota, "PERSON_MEGABYTES", 50)
    with writing(engine) as session:
        for _ in range(3):
            keep_file(Context.at(session, cambodia, NOW), "a.pdf", pdf(9))
    log = Path(f"{engine.url.database}-wal")
    assert log.stat().st_size > 27 * MEGABYTE
    for status in ("ongoing", "suspended", "ongoing"):
        do(save_field, cambodia, CAMBODIA, "status", status)

    assert log.stat().st_size <= LOG_BYTES


def test_room_is_shown_in_whole_megabytes_rounded_up():
    assert ["0 of 50 MB used", "1 of 50 MB used", "12 of 50 MB used"] == [
        used_text(size, 50) for size in (0, 1, 12 * MEGABYTE - 1)
    ]
