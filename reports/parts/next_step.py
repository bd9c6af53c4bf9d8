"""The sentence shown while nothing is reported: when the next meeting is."""

from datetime import date

from models.core.text import day
from models.plan.calendar import next_meeting
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting


def meeting_sentence(meeting: Meeting | None) -> str:
    """The next meeting is AWGIPC 80, 9 Nov 2026 (provisional date)."""
    if meeting is None:
        return ""
    provisional = " (provisional date)" if meeting.provisional else ""
    return f"The next meeting is {meeting.name}, {day(meeting.start)}{provisional}."


def next_step(plan: Plan, as_of: date) -> str:
    """Return that nothing has been reported yet, and when the next meeting is."""
    meeting = meeting_sentence(next_meeting(plan, as_of)) or "No later meeting is in the calendar."
    return f"Nothing has been reported yet. {meeting}"
