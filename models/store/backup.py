"""Safe copies of a SQLite database, through SQLite's own backup so that a running server need not stop.

Never by copying the file: the content of the write-ahead log would be lost or incomplete.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from models.core.errors import DatabaseError
from models.store.database import BUSY_TIMEOUT_MS, file_of, is_current, is_known, migrate, must_exist, open_engine

MARK = b"SQLite format 3\x00"


def back_up(engine: Engine, target: Path) -> None:
    """Copy the database to a new file, which gets its name when it is complete; a failure leaves no file."""
    source = _file(engine)
    must_exist(engine)
    if target.exists():
        raise DatabaseError(f"{target} exists; choose a name that is free")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(source, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def scratch_copy(copy: Path) -> Iterator[Engine]:
    """A temporary copy of the database in a file, migrated to the current version of the tables."""
    if not copy.is_file() or copy.read_bytes()[: len(MARK)] != MARK:
        raise DatabaseError(f"{copy} is not a SQLite database; name a file that `backup` made")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "scratch.db"
        _copy(copy, path)
        engine = open_engine(f"sqlite:///{path}")
        try:
            with engine.connect() as connection:
                known, current = is_known(connection), is_current(connection)
            if not known:
                raise DatabaseError(
                    f"{copy} was not made by this version of the dashboard or an earlier one; name another file"
                )
            if not current:  # a current one is not changed, so that its faults are found
                migrate(engine)
            yield engine
        finally:
            engine.dispose()


def restore(engine: Engine, copy: Path, *, now: datetime) -> Path | None:
    """Replace the content of the database by that of a copy, in one transaction of SQLite.

    The old content is kept in a file beside it; returns that file, or None if there was no database.
    """
    target = _file(engine)
    kept = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%dT%H%M%S%f}{target.suffix}")
    existed = target.is_file()
    if existed:
        back_up(engine, kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    engine.dispose()
    _copy(copy, target)
    return kept if existed else None


def _file(engine: Engine) -> Path:
    file = file_of(engine)
    if file is None:
        raise DatabaseError("backup and restore here are for SQLite files; for PostgreSQL use pg_dump and pg_restore")
    return file


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
            to.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            from_.backup(to)
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{source} could not be copied to {target}: {error}") from error
