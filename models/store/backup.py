"""Safe copies of a SQLite database, through SQLite's own backup so that a running server need not stop.

Never by copying the file: what stands in the write-ahead log would be lost, or half there.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from models.rules.errors import DatabaseError
from models.store.database import BUSY_TIMEOUT_MS

MARK = b"SQLite format 3\x00"


def back_up(engine: Engine, target: Path) -> None:
    """Copy the database to a new file, which appears under its name only when it is whole."""
    source = _file_of(engine)
    if target.exists():
        message = f"{target} exists; choose a name that is free"
        raise DatabaseError(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    _copy(source, partial)
    partial.replace(target)


def restore(engine: Engine, copy: Path, *, now: datetime) -> Path | None:
    """Put the content of a copy in place of the database's, in one transaction of SQLite.

    What stood there is kept beside it; returns where, or None when there was nothing.
    """
    if not copy.is_file() or copy.read_bytes()[: len(MARK)] != MARK:
        message = f"{copy} is not a SQLite database; name a file that `backup` made"
        raise DatabaseError(message)
    target = _file_of(engine, must_exist=False)
    kept = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%dT%H%M%S%f}{target.suffix}")
    existed = target.is_file()
    if existed:
        back_up(engine, kept)
    engine.dispose()
    _copy(copy, target)
    return kept if existed else None


def _file_of(engine: Engine, *, must_exist: bool = True) -> Path:
    if engine.dialect.name != "sqlite":
        message = "backup and restore here are for SQLite; for PostgreSQL use pg_dump and pg_restore"
        raise DatabaseError(message)
    path = Path(str(engine.url.database))
    if must_exist and not path.is_file():
        message = f"there is no database at {path}; choose another with --database"
        raise DatabaseError(message)
    return path


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
        to.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        from_.backup(to)
