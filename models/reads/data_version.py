"""Which database is read, and as of which write: what everything kept between two readers is kept under."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.store.database import database_url, engine_for, reading
from models.store.tables import AuditEvent, DataVersion


@dataclass(frozen=True, slots=True)
class Stamp:
    """One state of one database: the same stamp and question give the same answer.

    The time of the last write stands beside its number, since a restored copy counts on from an earlier one.
    """

    database: str
    version: int
    written_at: datetime | None

    def reading(self) -> AbstractContextManager[Session]:
        """A session on the database."""
        return reading(engine_for(self.database))


def present() -> Stamp:
    """The database of this process as it stands now."""
    database = database_url()
    with reading(engine_for(database)) as session:
        return Stamp(database, data_version(session), last_write(session))


def data_version(session: Session) -> int:
    """How many writes the database has seen; zero before the first."""
    row = session.get(DataVersion, 1)
    return row.value if row else 0


def last_write(session: Session) -> datetime | None:
    """When the last write was audited; None before the first."""
    return session.execute(select(col(AuditEvent.at)).order_by(col(AuditEvent.id).desc()).limit(1)).scalar()
