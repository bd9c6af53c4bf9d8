"""What people read on Meetings and reports."""

from models.core.text import counted, day
from models.plan.calendar import WORKING_GROUP
from models.plan.schema_parts import Meeting

CALENDAR = (
    f"Progress is reported to {WORKING_GROUP}. Meetings of other bodies are listed so that an update can refer to them."
)
NOT_CIRCULATED = "not circulated"

NO_SNAPSHOT = "No snapshot yet"
FIRST_SNAPSHOT = "The first snapshot is taken when a cycle is circulated."
SNAPSHOTS = (
    "Snapshots are never changed, and each holds the hash of the one before. "
    "The same snapshot always gives the same document."
)

COMPARE = "Compare"
COMPARE_NOTE = "Compare what was reported at two meetings, or at one meeting with what is known now."
ON_DATE = "On a date, as known now"
SUM = "start + completed + added − withdrawn − reversed = end"

REPORT = "Build the report"
REPORT_NOTE = "A report is built from a snapshot: the same choice always gives the same document."
DRAFT = "Draft of this moment"
WHOLE_PLAN = "The whole plan"
LED_BY = "Led by {body}"

MATTERS_ARISING = "Matters arising: {number} open"
NO_MATTERS = "Matters arising: nothing recorded yet"
DECISIONS = (
    "Decisions and action points of the meetings. Each is listed in every report until it is closed, with evidence or "
    "a reason."
)
HELD = "was held"
RECORD = "Record a decision or action point"
OWNER = "Owner (optional)"
DUE = "Due by (optional)"
AGREED = "What was agreed"
INITIATIVES = "Initiatives concerned (none: the whole plan)"
RECORD_BUTTON = "Record"
RECORDED = "Recorded. It will be listed in the next report."
CLOSE = "Close a decision or action point"
WHICH = "Decision or action point"
EVIDENCE = "Evidence that it was carried out"
REASON = "Or the reason why it is no longer pursued"
CLOSE_BUTTON = "Close"
CLOSED = "Closed. It will no longer be listed as open."


def title(upcoming: Meeting | None, noted: int) -> str:
    """AWGIPC 84 meets on 13 Mar 2028; 6 meetings have taken note of a report so far."""
    meetings = counted(noted, "meeting") if noted else "no meeting"
    reports = f"{meetings} {'have' if noted > 1 else 'has'} taken note of a report {'so far' if noted else 'yet'}"
    return f"{upcoming.name} meets on {day(upcoming.start)}; {reports}" if upcoming else reports.capitalize()
