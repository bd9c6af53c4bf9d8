"""Meetings of the plan, and days in its time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.plan.schema import Plan
from models.plan.schema_parts import Meeting


def end_of_day(day: date, plan: Plan) -> datetime:
    """The last moment of a day in the plan's time zone."""
    return datetime.combine(day, time.max, ZoneInfo(plan.settings.time_zone))


def day_of(moment: datetime, plan: Plan) -> date:
    """The calendar day of a moment in the plan's time zone."""
    return moment.astimezone(ZoneInfo(plan.settings.time_zone)).date()


WORKING_GROUP = "AWGIPC"
"""The body whose meetings carry the reporting; task-force meetings are calendar entries."""


def reporting_meetings(plan: Plan) -> tuple[Meeting, ...]:
    """The working group's meetings since the plan began, the oldest first."""
    ours = (one for one in plan.meetings if one.body == WORKING_GROUP and one.end >= plan.period.start)
    return tuple(sorted(ours, key=lambda meeting: meeting.end))


def ended_meetings(plan: Plan, today: date) -> tuple[Meeting, ...]:
    """Those that have ended by today, the oldest first."""
    return tuple(meeting for meeting in reporting_meetings(plan) if meeting.end <= today)


def meetings_before(plan: Plan, day: date) -> tuple[Meeting, ...]:
    """Those that ended before the day, the oldest first: what a reader compares with."""
    return tuple(meeting for meeting in reporting_meetings(plan) if meeting.end < day)


def next_meeting(plan: Plan, today: date) -> Meeting | None:
    """The next meeting still to come or under way."""
    return next((meeting for meeting in reporting_meetings(plan) if meeting.end >= today), None)
