"""What comes next while nothing is reported: the only thing there is to say beside that."""

from datetime import date

from models.core.text import day
from models.plan.calendar import next_meeting
from models.plan.schema import Plan


def next_step(plan: Plan, as_of: date) -> str:
    """The next meeting is AWGIPC 80, 9 Nov 2026 (provisional date)."""
    meeting = next_meeting(plan, as_of)
    if meeting is None:
        return "Nothing has been reported yet, and the calendar holds no further meeting."
    provisional = " (provisional date)" if meeting.provisional else ""
    return f"Nothing has been reported yet. The next meeting is {meeting.name}, {day(meeting.start)}{provisional}."
