"""Is the database whole: its file, its tables and triggers, its editions, count of writes and snapshots."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError as UnusableDatabase
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from models.meetings.snapshot_check import fact_faults, integrity_faults
from models.store import triggers
from models.store.database import is_current, refuse_unknown
from models.store.tables import AuditEvent, DataVersion, Edition


def faults(session: Session) -> list[str]:
    """Everything that is not as it should be, each in a sentence; empty when all is well."""
    return _list(session, (*INTEGRITY, fact_faults))


def copy_faults(session: Session) -> list[str]:
    """What makes a copy useless: hashes, chain and keys, and nothing that a release might compute otherwise."""
    return _list(session, INTEGRITY)


def _list(session: Session, checks: "Iterable[Check]") -> list[str]:
    try:
        if not is_current(session.connection()):
            refuse_unknown(session.connection())
            return ["the tables are not at the present version; start the server once, or run any command that writes"]
        return [fault for check in checks for fault in check(session)]
    except DBAPIError as error:
        if type(error) is not UnusableDatabase:  # its subclasses are faults of ours
            raise
        return [f"the file is damaged: {error.orig}; restore a backup"]


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


def _edition_faults(session: Session) -> Iterator[str]:
    for row_id, sha256, document in session.execute(select(*map(col, (Edition.id, Edition.sha256, Edition.document)))):
        if hashlib.sha256(document.encode()).hexdigest() != sha256:
            yield f"edition {row_id} was changed after it was loaded: its hash differs; restore a backup"


def _count_faults(session: Session) -> Iterator[str]:
    events = session.execute(select(func.count()).select_from(AuditEvent)).scalar_one()
    writes = session.execute(select(col(DataVersion.value))).scalar_one()
    if events != writes:
        yield f"{writes} writes were counted and {events} stand in the audit trail; restore a backup"


Check = Callable[[Session], Iterator[str]]

INTEGRITY: tuple[Check, ...] = (_file_faults, _trigger_faults, _edition_faults, _count_faults, integrity_faults)
