"""The time of a database: the real time, or the fixed today of demonstration data."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from models.store.tables import AuditEvent, DataVersion, Setting

DEMONSTRATION_TODAY = "demonstration_today"
"""The setting that marks a database as demonstration data; its value is the fixed today."""

LONGEST_SLIP = timedelta(days=1)
"""A clock that goes back by no more than this is not followed; one that goes further was wrong before."""


def demonstration_today(session: Session) -> date | None:
    """Return the fixed today of a demonstration database, None in a real one."""
    # A column and not a row: this runs several times for every page, and an object costs ten times as much.
    today = session.execute(select(col(Setting.value)).where(col(Setting.key) == DEMONSTRATION_TODAY)).scalar()
    return date.fromisoformat(today) if today else None


def wall_clock() -> datetime:
    """Return the real time in UTC, also in a demonstration: links and sessions expire by it."""
    return datetime.now(UTC)


def current_moment(session: Session) -> datetime:
    """Return now in UTC; in a demonstration database noon of its fixed today, one microsecond later with each write.

    Never before the last act, even if the clock of the machine was set back: an act would be before what it changes,
    and readers would not see what was just written.
    """
    today = demonstration_today(session)
    if today is None:
        now = wall_clock()
        last = session.execute(select(col(AuditEvent.at)).order_by(col(AuditEvent.id).desc()).limit(1)).scalar()
        return last + timedelta(microseconds=1) if last and now <= last <= now + LONGEST_SLIP else now
    # Its clock does not move, but an earlier write must have an earlier moment.
    writes = session.execute(select(col(DataVersion.value))).scalar_one()
    return datetime.combine(today, time(12), UTC) + timedelta(microseconds=writes)
