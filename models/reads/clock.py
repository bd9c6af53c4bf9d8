"""What time it is for this database: the real time, or the fixed today of demonstration data."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from models.rules.plan import Plan
from models.store.tables import Setting

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
    """Now; in a demonstration database the noon (UTC) of its fixed today."""
    today = demonstration_today(session)
    return datetime.combine(today, time(12), UTC) if today else wall_clock()


def end_of_day(day: date, plan: Plan) -> datetime:
    """The last moment of a day in the plan's time zone."""
    return datetime.combine(day, time.max, ZoneInfo(plan.settings.time_zone))
