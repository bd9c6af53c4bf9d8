"""What time it is for this database: the real time, or the fixed today of demonstration data."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from models.store.tables import DataVersion, Setting

DEMONSTRATION_TODAY = "demonstration_today"
"""The setting that marks a database as demonstration data and gives its fixed today."""


def demonstration_today(session: Session) -> date | None:
    """The fixed today of a demonstration database; None in a real one."""
    # A column and not a row: this is asked several times for every page, and an object costs ten times as much.
    today = session.execute(select(col(Setting.value)).where(col(Setting.key) == DEMONSTRATION_TODAY)).scalar()
    return date.fromisoformat(today) if today else None


def wall_clock() -> datetime:
    """The real time, whatever a demonstration says: links and sessions expire by it."""
    return datetime.now(UTC)


def current_moment(session: Session) -> datetime:
    """Now; in a demonstration database the noon (UTC) of its fixed today, and a little later with every write."""
    today = demonstration_today(session)
    if today is None:
        return wall_clock()
    # Its clock stands, but what is written first must stay earlier than what is written next.
    writes = session.execute(select(col(DataVersion.value))).scalar_one()
    return datetime.combine(today, time(12), UTC) + timedelta(microseconds=writes)
