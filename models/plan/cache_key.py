"""The key of every cache: which database, and after which write."""

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
    """A state of a database: the same query at the same stamp gives the same result.

    It has the moment (UTC) of the last write beside its number, because a restored copy continues an earlier count.
    """

    database: str
    version: int
    written_at: datetime | None

    def reading(self) -> AbstractContextManager[Session]:
        """A session on the database."""
        return reading(engine_for(self.database))


def current_stamp() -> Stamp:
    """Return the stamp of the database of this process at this moment."""
    database = database_url()
    with reading(engine_for(database)) as session:
        return Stamp(database, data_version(session), last_write(session))


def plan_and_today(stamp: Stamp) -> tuple[Plan, date]:
    """Return the plan in force and today in its time zone; one query for each stamp."""
    plan = _plan_in_force(stamp)
    return plan, fixed_today(stamp) or day_of(wall_clock(), plan)


@lru_cache(maxsize=64)
def _plan_in_force(stamp: Stamp) -> Plan:
    with stamp.reading() as session:
        return plan_as_known(session, current_moment(session)).plan


@lru_cache(maxsize=64)
def fixed_today(stamp: Stamp) -> date | None:
    """Return the fixed today of demonstration data, None otherwise; one query for each stamp."""
    with stamp.reading() as session:
        return demonstration_today(session)


def data_version(session: Session) -> int:
    """Return the number of writes to the database."""
    return session.execute(select(col(DataVersion.value))).scalar() or 0


def last_write(session: Session) -> datetime | None:
    """Return the moment (UTC) of the last audited write, None before the first."""
    return session.execute(select(col(AuditEvent.at)).order_by(col(AuditEvent.id).desc()).limit(1)).scalar()
