"""The meetings at which the plan is reported: those of the working group, within the plan's years."""

from datetime import date

from models.plan.schema import Plan
from models.plan.schema_parts import Meeting

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
