"""What time it is for this database: the real time, or the fixed today of demonstration data."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.rules.plan import Plan
from models.store.tables import Setting

DEMONSTRATION_TODAY = "demonstration_today"
"""The setting that marks a database as demonstration data and gives its fixed today."""


def demonstration_today(session: Session) -> date | None:
    """The fixed today of a demonstration database; None in a real one."""
    setting = session.get(Setting, DEMONSTRATION_TODAY)
    return date.fromisoformat(setting.value) if setting else None


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
