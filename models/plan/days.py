"""Calendar days in the plan's time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.plan.schema import Plan


def end_of_day(day: date, plan: Plan) -> datetime:
    """The last moment of a day in the plan's time zone."""
    return datetime.combine(day, time.max, ZoneInfo(plan.settings.time_zone))


def day_of(moment: datetime, plan: Plan) -> date:
    """The calendar day of a moment in the plan's time zone."""
    return moment.astimezone(ZoneInfo(plan.settings.time_zone)).date()
