"""Backups that nobody asks for: whole, kept by their age, and one before the tables change."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from models.admin.verify import faults
from models.core.errors import DatabaseError
from models.store.backup import scratch_copy
from models.store.database import migrate, open_engine, reading, writing
from models.store.kept_backups import (
    keep_backup,
    keep_backup_before_upgrade,
    keep_daily_backup,
    kept_backups,
    worth_keeping,
)
from models.store.server_secret import server_secret
from tests.kit.builders import load, tiny_plan
from tests.store.filled import migrate_to

START = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture(name="folder")
def _folder(engine):
    return Path(engine.url.database).parent / "backups"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write_something(engine, number):
    with writing(engine) as session:
        session.execute(text(f"INSERT INTO setting (key, value) VALUES ('n{number}', '')"))


def test_it_is_whole_and_named_by_its_moment(engine, folder):
    load(engine, tiny_plan())
    made = keep_backup(engine, now=START)

    assert made is not None
    assert ["fresh-20261122T060000Z.db"] == names(folder)
    with scratch_copy(made) as copy, reading(copy) as session:
        assert [] == faults(session)
    (kept,) = kept_backups(engine)
    assert (made, START, made.stat().st_size) == (kept.path, kept.made_at, kept.size)


def test_the_secret_of_the_server_is_in_no_backup(engine):
    server_secret(str(engine.url), "cookie")
    secret = (Path(engine.url.database).parent / "secret-key.txt").read_bytes().strip()

    assert len(secret) >= 32
    kept = keep_backup(engine, now=START)
    assert kept is not None
    assert secret not in kept.read_bytes()


def test_of_a_day_before_yesterday_the_last_one_stays(engine):
    hours = [0, 1, 2, 60, 61]
    for number in hours:
        write_something(engine, number)
        keep_backup(engine, now=START + timedelta(hours=number))

    assert [61, 60, 2] == [(one.made_at - START) // timedelta(hours=1) for one in kept_backups(engine)]


def kept_of(*moments, now):
    """What is kept of backups made at these moments, as texts."""
    made = [datetime.fromisoformat(f"{one}Z") for one in moments]
    return [f"{one:%Y-%m-%dT%H:%M}" for one in sorted(worth_keeping(made, now=datetime.fromisoformat(f"{now}Z")))]


AGES = {
    "all of the last two days": (
        ["2027-06-28T12:01", "2027-06-28T12:02", "2027-06-29T08:00", "2027-06-29T08:01", "2027-06-30T12:00"],
        ["2027-06-28T12:01", "2027-06-28T12:02", "2027-06-29T08:00", "2027-06-29T08:01", "2027-06-30T12:00"],
    ),
    "then the last of each day": (
        ["2027-06-01T00:00", "2027-06-01T23:59", "2027-06-28T11:00", "2027-06-28T11:59", "2027-06-30T12:00"],
        ["2027-06-01T23:59", "2027-06-28T11:59", "2027-06-30T12:00"],
    ),
    "after thirty days the last of each week, from Monday": (
        ["2027-05-03T06:00", "2027-05-09T06:00", "2027-05-10T06:00", "2027-05-11T06:00"],
        ["2027-05-09T06:00", "2027-05-11T06:00"],
    ),
    "after thirteen weeks the last of each month": (
        ["2027-02-01T06:00", "2027-02-27T06:00", "2027-02-27T07:00", "2027-03-20T06:00", "2027-03-30T06:00"],
        ["2027-02-27T07:00", "2027-03-30T06:00"],
    ),
    "the last of a month though it is the only one": (["2026-07-01T06:00"], ["2026-07-01T06:00"]),
    "after a year none": (["2026-06-30T11:59", "2026-06-30T12:01"], ["2026-06-30T12:01"]),
    "what a clock that ran ahead has made": (["2027-07-05T06:00"], ["2027-07-05T06:00"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize("case", AGES)
def test_backups_are_kept_by_their_age(case):
    made, kept = AGES[case]

    assert kept == kept_of(*made, now="2027-06-30T12:00")


def test_two_years_of_a_server_that_starts_each_hour_leave_a_bounded_number_and_no_gap():
    """Day by day, each time deleting: what is kept later was never deleted before."""
    standing: set[datetime] = set()
    for hour in range(0, 2 * 365 * 24, 6):
        now = START + timedelta(hours=hour)
        standing = worth_keeping({*standing, now}, now=now)

    ages = sorted((now - one).days for one in standing)
    assert len(standing) <= 8 + 30 + 9 + 12
    assert set(range(30)) <= {*ages}
    assert 8 <= sum(30 <= age < 91 for age in ages) <= 9 + 2
    assert 8 <= sum(age >= 91 for age in ages) <= 10


def test_restarts_in_which_nothing_was_written_push_no_older_one_out(engine):
    keep_backup(engine, now=START)
    write_something(engine, 1)
    for minute in range(1, 5):
        keep_backup(engine, now=START + timedelta(minutes=minute))

    assert [START + timedelta(minutes=4), START] == [backup.made_at for backup in kept_backups(engine)]


def test_one_a_day_is_enough(engine):
    keep_backup(engine, now=START)

    assert keep_daily_backup(engine, now=START + timedelta(hours=23)) is None
    assert keep_daily_backup(engine, now=START + timedelta(hours=24)) is not None


def test_files_of_others_are_left_alone(engine, folder):
    folder.mkdir()
    others = ["fresh-2-20200101T000000Z.db", "fresh-notes.txt", "other-20200101T000000Z.db"]
    for name in others:
        (folder / name).write_text("mine")
    for number in range(2):
        write_something(engine, number)
        keep_backup(engine, now=START + timedelta(days=400 * number))

    assert [*others, "fresh-20271227T060000Z.db"] == sorted(names(folder), key=[*others, *names(folder)].index)


def test_what_a_killed_process_left_half_done_is_cleared_away_later(engine, folder):
    folder.mkdir()
    half_done = folder / "fresh-20261121T060000Z.db.unchecked.partial"
    half_done.write_text("half")
    keep_backup(engine, now=START - timedelta(hours=1))
    assert half_done.exists()
    keep_backup(engine, now=START + timedelta(hours=1))
    assert not half_done.exists()


def test_a_copy_of_a_damaged_database_is_not_kept_and_pushes_nothing_out(engine, folder):
    keep_backup(engine, now=START)
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'edition'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    engine.dispose()
    content = bytearray(Path(engine.url.database).read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    Path(engine.url.database).write_bytes(content)

    with pytest.raises(DatabaseError, match="was not whole and was not kept"):
        keep_backup(engine, now=START + timedelta(days=1))
    assert ["fresh-20261122T060000Z.db"] == names(folder)


def test_a_copy_that_breaks_off_leaves_nothing_behind(engine, folder, monkeypatch):
    def break_off(_source, target):
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("models.store.backup._copy", break_off)

    with pytest.raises(DatabaseError, match="no backup could be kept in .*: No space left on device; make room"):
        keep_backup(engine, now=START)
    assert [] == names(folder)


def test_before_tables_change_there_is_a_backup_of_them_as_they_were(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'aiprap.db'}")
    migrate_to(engine, "0001")
    keep_backup_before_upgrade(engine, now=START)
    migrate(engine)
    keep_backup_before_upgrade(engine, now=START + timedelta(days=1))

    (kept,) = kept_backups(engine)
    with closing(sqlite3.connect(kept.path)) as connection:
        assert [("0001",)] == connection.execute("SELECT version_num FROM alembic_version").fetchall()
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///{}/none.db", "postgresql+psycopg://nobody@localhost/none"])
def test_where_there_is_no_file_there_is_nothing_to_keep(url, tmp_path):
    engine = create_engine(url.format(tmp_path))

    assert keep_backup(engine, now=START) is None
    keep_backup_before_upgrade(engine, now=START)
    assert () == kept_backups(engine)
    assert [] == list(tmp_path.iterdir())
