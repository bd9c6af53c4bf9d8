"""Is the database whole: its file, tables, triggers, editions, audit trail, snapshots, and every row and file in it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError as UnusableDatabase
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from models.admin.seal_check import file_faults, seal_faults
from models.core.text import counted
from models.meetings.snapshot_check import fact_faults, integrity_faults
from models.store import triggers
from models.store.database import is_current, refuse_unknown
from models.store.meeting_tables import SnapshotRow
from models.store.reporting_tables import EvidenceFile
from models.store.tables import AuditEvent, DataVersion, Edition, Progress


def faults(session: Session) -> list[str]:
    """Everything that is not as it should be, each in a sentence; empty when all is well."""
    return _list(session, (*INTEGRITY, fact_faults))


def copy_faults(session: Session) -> list[str]:
    """What makes a copy useless: hashes, chain and keys, and nothing that a release might compute otherwise."""
    return _list(session, INTEGRITY)


def checked(session: Session) -> str:
    """Say how much was checked: 1,234 rows of the log, 12 snapshots, 5 editions, 3 evidence files, 2,345 events."""
    words = [
        (Progress, "row of the log", "rows of the log"),
        (SnapshotRow, "snapshot", "snapshots"),
        (Edition, "edition", "editions"),
        (EvidenceFile, "evidence file", "evidence files"),
        (AuditEvent, "event", "events"),
    ]
    counts = [session.execute(select(func.count()).select_from(table)).scalar_one() for table, _, _ in words]
    return ", ".join(
        counted(count, singular, plural) for count, (_, singular, plural) in zip(counts, words, strict=True)
    )


def _list(session: Session, checks: "Iterable[Check]") -> list[str]:
    try:
        if not is_current(session.connection()):
            refuse_unknown(session.connection())
            return ["the tables are not at the present version; start the server once, or run any command that writes"]
        return _run(session, checks)
    except DBAPIError as error:
        if type(error) is not UnusableDatabase:  # its subclasses are faults of ours
            raise
        return [f"the file is damaged: {error.orig}; restore a backup"]


def _run(session: Session, checks: "Iterable[Check]") -> list[str]:
    problems: list[str] = []
    for check in checks:
        try:
            problems += check(session)
        except (ValueError, LookupError, TypeError):
            if not problems:  # else what cannot be read is named already
                raise
    return problems


def _file_faults(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (answer,) in session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"the file is damaged: {answer}; restore a backup"
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"{table} {row} names a row of {parent} that does not exist; restore a backup"


def _trigger_faults(session: Session) -> Iterator[str]:
    for name in triggers.missing(session.connection()):
        yield f"the trigger {name} is gone, so rows could be changed; start the server once, which puts it back"
    for name in triggers.unknown(session.connection()):
        yield f"the {name} is not the dashboard's and could change what is written; find out who made it, then drop it"


def _edition_faults(session: Session) -> Iterator[str]:
    for row_id, sha256, document in session.execute(select(*map(col, (Edition.id, Edition.sha256, Edition.document)))):
        if hashlib.sha256(document.encode()).hexdigest() != sha256:
            yield f"edition {row_id} was changed after it was loaded: its hash differs; restore a backup"


def _count_faults(session: Session) -> Iterator[str]:
    events = session.execute(select(func.count()).select_from(AuditEvent)).scalar_one()
    writes = session.execute(select(col(DataVersion.value))).scalar_one()
    if events != writes:
        yield f"{writes} writes were counted and {events} are in the audit trail; restore a backup"


Check = Callable[[Session], Iterator[str]]

INTEGRITY: tuple[Check, ...] = (
    _file_faults,
    _trigger_faults,
    _edition_faults,
    _count_faults,
    seal_faults,
    file_faults,
    integrity_faults,
)
