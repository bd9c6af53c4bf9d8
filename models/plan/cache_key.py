"""Which database is read, and as of which write: what everything kept between two readers is kept under."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlmodel import Session, col

from models.plan.calendar import day_of
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.store.clock import current_moment, demonstration_today, wall_clock
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


def current_stamp() -> Stamp:
    """The database of this process as it stands now."""
    database = database_url()
    with reading(engine_for(database)) as session:
        return Stamp(database, data_version(session), last_write(session))


def plan_and_today(stamp: Stamp) -> tuple[Plan, date]:
    """The plan in force now, and today in its time zone; the database is asked once for each of its states."""
    plan, made_up = _plan_in_force(stamp), fixed_today(stamp)
    return plan, made_up or day_of(wall_clock(), plan)


@lru_cache(maxsize=64)
def _plan_in_force(stamp: Stamp) -> Plan:
    with stamp.reading() as session:
        return plan_as_known(session, current_moment(session)).plan


@lru_cache(maxsize=64)
def fixed_today(stamp: Stamp) -> date | None:
    """The fixed today of demonstration data; read once for each state of the database, for a banner on every page."""
    with stamp.reading() as session:
        return demonstration_today(session)


def data_version(session: Session) -> int:
    """How many writes the database has seen; zero before the first."""
    return session.execute(select(col(DataVersion.value))).scalar() or 0


def last_write(session: Session) -> datetime | None:
    """When the last write was audited; None before the first."""
    return session.execute(select(col(AuditEvent.at)).order_by(col(AuditEvent.id).desc()).limit(1)).scalar()
