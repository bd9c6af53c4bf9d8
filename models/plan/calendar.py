"""Meetings of the plan, and days in its time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.core.days import Window
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting, Period


def end_of_day(day: date, plan: Plan) -> datetime:
    """Return the last moment of a day in the plan's time zone."""
    return datetime.combine(day, time.max, ZoneInfo(plan.settings.time_zone))


def day_of(moment: datetime, plan: Plan) -> date:
    """Return the calendar day of a moment in the plan's time zone."""
    return moment.astimezone(ZoneInfo(plan.settings.time_zone)).date()


YEARS_ROUND_THE_PERIOD = 5


def day_window(period: Period) -> Window:
    """Return the days that the plan's dates can have: within five years of its period (method.md, section 5)."""
    return Window(_years_from(period.start, -YEARS_ROUND_THE_PERIOD), _years_from(period.end, YEARS_ROUND_THE_PERIOD))


def _years_from(day: date, years: int) -> date:
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


WORKING_GROUP = "AWGIPC"
"""The body whose meetings have reporting cycles; task-force meetings are calendar entries."""


def reporting_meetings(plan: Plan) -> tuple[Meeting, ...]:
    """Return the working group's meetings that end on or after the first day of the plan, the oldest first."""
    start = plan.period.start
    meetings = (meeting for meeting in plan.meetings if meeting.body == WORKING_GROUP and meeting.end >= start)
    return tuple(sorted(meetings, key=lambda meeting: meeting.end))


def ended_meetings(plan: Plan, today: date) -> tuple[Meeting, ...]:
    """Return the reporting meetings that end on or before today, the oldest first."""
    return tuple(meeting for meeting in reporting_meetings(plan) if meeting.end <= today)


def meetings_before(plan: Plan, day: date) -> tuple[Meeting, ...]:
    """Return the reporting meetings that ended before the day, the oldest first: those to compare with."""
    return tuple(meeting for meeting in reporting_meetings(plan) if meeting.end < day)


def next_meeting(plan: Plan, today: date) -> Meeting | None:
    """Return the first reporting meeting that ends today or later, None if there is none."""
    return next((meeting for meeting in reporting_meetings(plan) if meeting.end >= today), None)
