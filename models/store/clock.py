"""The time of a database: the real time, or the fixed today of demonstration data."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.store.tables import AuditEvent, DataVersion, Setting

DEMONSTRATION_TODAY = "demonstration_today"
"""The setting that marks a database as demonstration data; its value is the fixed today."""

LONGEST_SET_BACK = timedelta(days=1)
"""How far a clock can be set back so that acts still follow each other."""


def demonstration_today(session: Session) -> date | None:
    """Return the fixed today of a demonstration database, None in a real one."""
    # A column and not a row: this runs several times for every page, and an object costs ten times as much.
    today = session.execute(select(col(Setting.value)).where(col(Setting.key) == DEMONSTRATION_TODAY)).scalar()
    return date.fromisoformat(today) if today else None


def wall_clock() -> datetime:
    """Return the real time in UTC, also in a demonstration: links and sessions expire by it."""
    return datetime.now(UTC)


def current_moment(session: Session) -> datetime:
    """Return now in UTC, after every act up to a day ahead: a clock may be set back, and acts keep their order.

    In a demonstration database it is noon of its fixed today, one microsecond later with each write.
    """
    today = demonstration_today(session)
    if today is None:
        return _after_the_last_act(session, wall_clock())
    # Its clock does not move, but an earlier write must have an earlier moment.
    writes = session.execute(select(col(DataVersion.value))).scalar_one()
    return datetime.combine(today, time(12), UTC) + timedelta(microseconds=writes)


def _after_the_last_act(session: Session, moment: datetime) -> datetime:
    """Return the moment, or that after the last act where the clock was ahead.

    Without this an act would be dated before what it follows: it could not be written, or would change what was known
    at an earlier snapshot. An act that is further ahead than a day is a fault of the clock that is not to be continued.
    """
    earliest, latest = col(AuditEvent.at) > moment, col(AuditEvent.at) <= moment + LONGEST_SET_BACK
    last = session.execute(select(func.max(col(AuditEvent.at))).where(earliest, latest)).scalar()
    return last + timedelta(microseconds=1) if last else moment
