"""The database: where it is, how it is opened, migrated, read and written.

SQLite by default (one file, WAL, foreign keys enforced), any other by DATABASE_URL. One transaction per act: a write
session takes the write lock at once (BEGIN IMMEDIATE), a read session sees one moment of the data throughout.

The log has one line for each act, once it is written, and one for each that is refused: what it was, to which key and
by which person's key. It contains no text, name or address.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from traceback import walk_tb
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlmodel import Session

from models.core.errors import DatabaseError, SignInRefused, TrackerError
from models.core.settings import DATA_FOLDER, environment
from models.store import seals, triggers
from models.store.private_files import make_folder, make_private
from models.store.sqlite_errors import BUSY, raise_in_words

log = logging.getLogger(__name__)

EXAMPLE_URL = "sqlite:///data/aiprap.db"
BUSY_TIMEOUT_MS = 30_000
LINES = "lines for the log"
OpenSession = Session
"""A transaction, for modules that only pass it on and must not query it."""

CACHE_KB = 64_000
"""The 2 MB that SQLite uses by default hold only a small part of the indexes of a long log."""


def database_url(chosen: str | None = None) -> str:
    """The database chosen on the command line, else DATABASE_URL, else `data/aiprap.db` in the project."""
    return chosen or environment().database_url or f"sqlite:///{(DATA_FOLDER / 'aiprap.db').as_posix()}"


@cache
def engine_for(url: str) -> Engine:
    """The engine of a process for a database: opened once, then shared by every thread."""
    return open_engine(url)


def open_engine(url: str) -> Engine:
    """Return the engine of a database; nothing is read or written yet."""
    try:
        engine = create_engine(make_url(url), hide_parameters=True)  # no error in the log quotes what was written
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseError(f"{url!r} is not a database address; use for example {EXAMPLE_URL}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "handle_error", raise_in_words)
    return engine


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite database; None for any other."""
    in_a_file = engine.dialect.name == "sqlite" and engine.url.database not in {None, "", ":memory:"}
    return Path(str(engine.url.database)) if in_a_file else None


def sqlite_files(file: Path) -> tuple[Path, ...]:
    """A SQLite database and the files that SQLite keeps beside it, whether they exist or not."""
    return (file, *(file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm", "-journal")))


def folder_beside(engine: Engine) -> Path:
    """The folder of a SQLite database; `data/` for any other database."""
    file = file_of(engine)
    return file.parent if file else DATA_FOLDER


def must_exist(engine: Engine) -> None:
    """Raise DatabaseError for a SQLite file that does not exist, which opening would create."""
    file = file_of(engine)
    if file and not file.is_file():
        remedy = "make one with `python manage.py serve`, or name another with --database"
        raise DatabaseError(f"there is no database at {file.absolute()}; {remedy}")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event opens transactions, not the driver
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        f"cache_size = -{CACHE_KB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the data, however many queries it makes."""
    sqlite = engine.dialect.name == "sqlite"
    bound = engine if sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(bound) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction for one act: all of it is written and sealed, or nothing.

    Raises DatabaseError after too long a wait and where the disk refuses to be written, RuntimeError for rows that were
    written without an audit event.
    """
    try:
        with _turn(str(engine.url)), Session(engine.execution_options(writes=True)) as session, session.begin():
            _take_write_lock(session)
            session.execute(text("UPDATE data_version SET transactions = transactions + 1"))
            seals.watch(session)
            yield session
            seals.seal(session)
    except SignInRefused:  # the page of the sign-in logs it, because not every refused sign-in writes
        raise
    except TrackerError as refusal:
        log.info("refused: %s, %s", _act_of(refusal), type(refusal).__name__)
        raise
    for line in session.info.get(LINES, ()):
        log.info("%s", line)


def log_when_written(session: Session, line: str) -> None:
    """Log a line when the act is written; it is not logged if the act is rolled back."""
    session.info.setdefault(LINES, []).append(line)


def _act_of(refusal: TrackerError) -> str:
    """The name of the refused act: the outermost function of a subject in the traceback."""
    names = ((frame.f_globals.get("__name__", ""), frame.f_code.co_name) for frame, _ in walk_tb(refusal.__traceback__))
    acts = (name for module, name in names if module.startswith("models.") and not module.startswith("models.store."))
    return next(acts, "act")


@contextmanager
def _turn(url: str) -> Iterator[None]:
    """Let the writers of this process write one after the other; none opens a connection before its turn.

    SQLite has no queue: of fifty writers some waited longer than BUSY_TIMEOUT_MS. And connections that wait to write
    would not be available for reading.
    """
    queue = _queue(url)
    if not queue.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        raise DatabaseError(BUSY)
    try:
        yield
    finally:
        queue.release()


@cache
def _queue(_url: str) -> Lock:
    return Lock()


def _take_write_lock(session: Session) -> None:
    """Wait until no other process writes: one writer at a time, so that keys follow the order of the acts."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT value FROM data_version FOR UPDATE"))
    else:
        session.connection()


def alembic_config() -> Config:
    """The configuration by which Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine) -> None:
    """Migrate the tables to the current version and install the triggers, in one transaction.

    A database that is up to date is only read, so that no command waits for a writer. A SQLite file and its folder are
    created when missing; only their owner can read them. Raises DatabaseError for a database of a later version or of
    another program.
    """
    if file := file_of(engine):
        make_folder(file.parent)
        make_private(file, create=True)
        for beside in sqlite_files(file):
            make_private(beside)
    with engine.connect() as connection:
        refuse_unknown(connection)
        if is_current(connection) and not triggers.missing(connection):
            return
    config = alembic_config()
    with engine.execution_options(writes=True).connect() as connection, _rows_may_move(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        triggers.install(connection)


@contextmanager
def _rows_may_move(connection: Connection) -> Iterator[None]:
    """Switch foreign keys off while SQLite changes a table by copying it, and on again afterwards.

    https://www.sqlite.org/lang_altertable.html#otheralter. `verify` checks that every key still has its row.
    """
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def refuse_unknown(connection: Connection) -> None:
    """Raise DatabaseError for a database with tables of a later version, or of another program."""
    revision = MigrationContext.configure(connection).get_current_revision()
    name = connection.engine.url.render_as_string(hide_password=True)
    if revision is None and connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise DatabaseError(f"{name} is a database of another program; name another one with --database")
    if revision is not None and not is_known(connection):
        raise DatabaseError(
            f"{name} was made by a later version of the dashboard (its tables are at {revision});"
            " install that version, or restore a backup that this version made"
        )


def is_known(connection: Connection) -> bool:
    """Whether the tables have a version that this program knows and can migrate."""
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    return MigrationContext.configure(connection).get_current_revision() in known


def is_current(connection: Connection) -> bool:
    """Whether the tables have the current version."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
