"""What people read on Meetings and reports."""

from models.core.text import counted, day
from models.plan.calendar import WORKING_GROUP
from models.plan.schema_parts import Meeting

CALENDAR = (
    f"Progress is reported to {WORKING_GROUP}. Meetings of other bodies are listed so that an update can refer to them."
)

SNAPSHOTS = (
    "Snapshots are never changed, and each holds the hash of the one before. "
    "The same snapshot always gives the same document."
)

COMPARE_NOTE = "Compare what was reported at two meetings, or at one meeting with what is known now."
ON_DATE = "On a date, as known now"
SUM = "start + completed + entered − left − reopened = end"

REPORT_NOTE = "A report is built from a snapshot: the same choice always gives the same document."
DRAFT = "Draft of this moment"

DECISIONS = (
    "Decisions and action points of the meetings. Each is listed in every report until it is closed, with evidence or "
    "a reason."
)
INITIATIVES = "Initiatives concerned (none: the whole plan)"
RECORDED = "Recorded. It will be listed in the next report."


def title(upcoming: Meeting | None, noted: int) -> str:
    """AWGIPC 84 meets on 13 Mar 2028; 6 meetings have taken note of a report so far."""
    meetings = counted(noted, "meeting") if noted else "no meeting"
    reports = f"{meetings} {'have' if noted > 1 else 'has'} taken note of a report {'so far' if noted else 'yet'}"
    return f"{upcoming.name} meets on {day(upcoming.start)}; {reports}" if upcoming else reports.capitalize()
