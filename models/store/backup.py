"""Safe copies of a SQLite database, made by SQLite itself so that a running server need not stop.

Never by copying the file: the content of the write-ahead log would be lost or incomplete.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from models.core.errors import DatabaseError
from models.core.text import MEGABYTE
from models.store.database import (
    BUSY_TIMEOUT_MS,
    file_of,
    folder_beside,
    is_current,
    migrate,
    must_exist,
    open_engine,
    refuse_unknown,
    sqlite_files,
)
from models.store.private_files import FIRST_LINK_FILE, SECRET_FILE, make_folder, make_private
from models.store.sqlite_errors import BUSY, sqlite_in_words

MARK = b"SQLite format 3\x00"
BACKUPS = "backups"
"""The folder of the backups that the server keeps, beside the database."""


def is_sqlite(path: Path) -> bool:
    """Whether a file is a SQLite database, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def is_own_file(engine: Engine, path: Path) -> bool:
    """Whether a path belongs to the database: its file, what SQLite keeps beside it, its backups, secret and link."""
    folder, file, path = folder_beside(engine).resolve(), file_of(engine), path.resolve()
    own = [folder / SECRET_FILE, folder / FIRST_LINK_FILE, *(sqlite_files(file.resolve()) if file else ())]
    same = any(path == name or (path.exists() and name.exists() and path.samefile(name)) for name in own)
    return same or (folder / BACKUPS) in (path, *path.parents)


def back_up(engine: Engine, target: Path) -> None:
    """Copy the database to a new file, which gets its name when it is complete; a failure leaves no file.

    What was deleted, such as the files of discarded drafts, takes no room in the copy.
    """
    source = _file(engine)
    must_exist(engine)
    if target.exists():
        raise DatabaseError(f"{target} exists; choose a name that is free")
    make_folder(target.parent)
    _require_space(source, target.parent)
    partial = target.with_name(f"{target.name}.partial")
    remove(partial)
    try:
        _copy(source, partial)
        _shrink(partial)
        partial.replace(target)
    finally:
        remove(partial)


def remove(database: Path) -> None:
    """Delete a copy that is not to be kept, with what SQLite left beside it."""
    for path in sqlite_files(database):
        with suppress(OSError):  # nothing more can be done on a disk that refuses it
            path.unlink(missing_ok=True)


@contextmanager
def scratch_copy(copy: Path) -> Iterator[Engine]:
    """A temporary copy of the database in a file, migrated to the current version of the tables."""
    if not copy.is_file() or not is_sqlite(copy):
        raise DatabaseError(f"{copy} is not a SQLite database; name a file that `backup` made")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / copy.name
        _require_space(copy, path.parent, remedy="set TMPDIR to a folder on another disk")
        _copy(copy, path)
        engine = open_engine(f"sqlite:///{path}")
        try:
            with engine.connect() as connection:
                refuse_unknown(connection)
                current = is_current(connection)
            if not current:  # a current one is not changed, so that its faults are found
                migrate(engine)
            yield engine
        finally:
            engine.dispose()


def restore(engine: Engine, copy: Engine, *, now: datetime) -> Path | None:
    """Replace the content of the database by that of a copy, in one transaction of SQLite.

    The old content is kept in a file beside it; returns that file, or None if there was no database.
    """
    target, source = _file(engine), _file(copy)
    kept = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%dT%H%M%S%f}{target.suffix}")
    existed = target.is_file()
    make_folder(target.parent)
    _require_space(source, target.parent)
    if existed:
        _keep(engine, target, kept)
    engine.dispose()
    try:
        _copy(source, target)
    except (DatabaseError, OSError):
        _undo_keeping(target, kept)
        raise
    return kept if existed else None


def _keep(engine: Engine, target: Path, kept: Path) -> None:
    """Copy the database; one that is too damaged to be copied is moved away as it is."""
    try:
        back_up(engine, kept)
    except DatabaseError:
        if is_sqlite(target):
            raise
        engine.dispose()
        for path, aside in zip(sqlite_files(target), sqlite_files(kept), strict=True):
            if path.exists():
                path.replace(aside)


def _undo_keeping(target: Path, kept: Path) -> None:
    """After a restore that failed there is one database again: the old one, in its place, or none where none was."""
    if not kept.exists():
        remove(target)
    elif is_sqlite(kept):
        remove(kept)  # a copy of what is still in its place
    else:
        for path, aside in zip(sqlite_files(target), sqlite_files(kept), strict=True):
            if aside.exists():
                aside.replace(path)


def _file(engine: Engine) -> Path:
    file = file_of(engine)
    if file is None:
        raise DatabaseError("backup and restore here are for SQLite files; for PostgreSQL use pg_dump and pg_restore")
    return file


def _require_space(source: Path, folder: Path, *, remedy: str = "name a folder on another disk") -> None:
    """Refuse to begin a copy that the disk cannot hold."""
    needed = sum(path.stat().st_size for path in sqlite_files(source) if path.is_file())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DatabaseError(
            f"{folder} has {free // MEGABYTE} MB free and the copy needs {needed // MEGABYTE + 1} MB;"
            f" make room, or {remedy}"
        )


def _copy(source: Path, target: Path) -> None:
    make_private(target, create=True)
    try:
        with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
            to.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            from_.backup(to, progress=_refuse_busy)
    except sqlite3.DatabaseError as error:
        what = sqlite_in_words(error) or str(error)
        raise DatabaseError(f"{source} could not be copied to {target}: {what}") from error


def _refuse_busy(status: int, _remaining: int, _total: int) -> None:
    """Give up when SQLite has waited for BUSY_TIMEOUT_MS; its copy would begin to wait again, for ever."""
    if status == sqlite3.SQLITE_BUSY:
        raise DatabaseError(BUSY)


def _shrink(copy: Path) -> None:
    """Rewrite a copy without its free pages; the same content gives the same bytes."""
    # A damaged copy, or a full disk: it stays as it was, and whoever keeps it checks whether it is whole.
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA freelist_count").fetchone() != (0,):
            connection.execute("PRAGMA journal_mode = DELETE")  # what breaks off is undone within this one file
            connection.execute("VACUUM")
