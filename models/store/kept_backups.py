"""The automatic backups beside a SQLite database: at each start, and once a day.

Each gets its name only when it is complete: copied by SQLite itself, checked, then renamed. PostgreSQL is backed up
with its own tools.
"""

import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from filecmp import cmp
from os import getpid
from pathlib import Path

from sqlalchemy import Engine

from models.core.errors import DatabaseError
from models.store.backup import BACKUPS, back_up, remove
from models.store.database import file_of, is_current, is_known
from models.store.private_files import make_private

log = logging.getLogger(__name__)

DAILY = timedelta(days=1)
ALL_FOR, DAYS_FOR, WEEKS_FOR, MONTHS_FOR = (timedelta(days=days) for days in (2, 30, 91, 365))
"""How long every backup is kept, then the last of each day, of each week (from Monday) and of each month, in UTC."""

_STAMP = "%Y%m%dT%H%M%SZ"
_STAMPED = r"(\d{8}T\d{6}Z)"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, the moment (UTC) it was made, and its size in bytes."""

    path: Path
    made_at: datetime
    size: int


def kept_backups(engine: Engine) -> tuple[Backup, ...]:
    """The backups of this database, the newest first; none of a database that is not a SQLite file."""
    backups = []
    for path, made_at in _named(engine):
        with suppress(FileNotFoundError):  # another process has just deleted it
            backups.append(Backup(path, made_at, path.stat().st_size))
    return tuple(sorted(backups, key=lambda backup: backup.made_at, reverse=True))


def keep_backup(engine: Engine, *, now: datetime) -> Path | None:
    """Add a backup, then delete those that are too old to be kept; None where there is no SQLite file to copy.

    A backup with the same content as the last one replaces it, so that restarts and quiet days need no space.
    """
    file = file_of(engine)
    if file is None or not file.is_file():
        return None
    last = kept_backups(engine)[:1]
    target = _folder(file) / f"{file.stem}-{now.astimezone(UTC):{_STAMP}}{file.suffix}"
    if not target.exists():  # of two processes in the same second one is enough
        try:
            _make_whole(engine, target)
        except DatabaseError as error:
            log.error("backup failed: %s", error)  # noqa: TRY400  # an expected failure, which its text explains
            raise
        log.info("backup kept: %s", target.name)
    same = [backup.path for backup in last if backup.path != target and cmp(backup.path, target, shallow=False)]
    backups = kept_backups(engine)
    kept = worth_keeping([backup.made_at for backup in backups], now=now)
    old = [backup.path for backup in backups if backup.made_at not in kept]
    # Left behind by a process that was stopped in the middle of a backup; one of today may still be at work.
    unfinished = [path for path, made_at in _named(engine, r"\.unchecked.*") if now - made_at > DAILY]
    for path in {*same, *old, *unfinished}:
        path.unlink(missing_ok=True)
    for backup in kept_backups(engine):  # an earlier release left them readable by everybody
        make_private(backup.path)
    return target


def worth_keeping(moments: Iterable[datetime], *, now: datetime) -> set[datetime]:
    """Which backups are kept, by the moments (UTC) they were made at."""
    every = sorted(moments)  # so that the last of each day, week and month stays in its place
    days = {moment.date(): moment for moment in every}
    weeks = {moment.isocalendar()[:2]: moment for moment in every}
    months = {(moment.year, moment.month): moment for moment in every}
    groups = (
        (every, ALL_FOR),
        (days.values(), DAYS_FOR),
        (weeks.values(), WEEKS_FOR),
        (months.values(), MONTHS_FOR),
    )
    return {moment for group, age in groups for moment in group if now - moment < age}


def keep_daily_backup(engine: Engine, *, now: datetime) -> Path | None:
    """Add a backup unless there is one of the last 24 hours."""
    # A backup of the future was made when the clock was wrong.
    newest = next((backup for backup in kept_backups(engine) if backup.made_at <= now), None)
    return None if newest and now - newest.made_at < DAILY else keep_backup(engine, now=now)


def keep_backup_before_upgrade(engine: Engine, *, now: datetime) -> None:
    """Add a backup if the tables need migration; raises DatabaseError if none can be made, before any change."""
    file = file_of(engine)
    if file is None or not file.is_file():
        return
    with engine.connect() as connection:
        upgraded = is_known(connection) and not is_current(connection)
    if upgraded:
        keep_backup(engine, now=now)


def _make_whole(engine: Engine, target: Path) -> None:
    unchecked = target.with_name(f"{target.name}.unchecked-{getpid()}")
    try:
        back_up(engine, unchecked)
        _check(unchecked)
        unchecked.replace(target)
    except OSError as error:
        raise DatabaseError(
            f"no backup could be kept in {target.parent}: {error.strerror}; make room, or let the server write there"
        ) from error
    finally:
        remove(unchecked)


def _check(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            answers = [answer for (answer,) in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        answers = [str(error)]
    if answers != ["ok"]:
        raise DatabaseError(
            f"a backup was not whole and was not kept: {answers[0]}; run `manage.py verify` and look at the disk"
        )


def _named(engine: Engine, ending: str = "") -> Iterator[tuple[Path, datetime]]:
    """The files named as a backup of this database is, and the moment in their names; other files are not ours."""
    file = file_of(engine)
    if file is None or not _folder(file).is_dir():
        return
    pattern = re.compile(re.escape(f"{file.stem}-") + _STAMPED + re.escape(file.suffix) + ending)
    for path in _folder(file).iterdir():
        if match := pattern.fullmatch(path.name):
            yield path, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)


def _folder(file: Path) -> Path:
    return file.parent / BACKUPS
