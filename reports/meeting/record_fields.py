"""What each column of the records is called and means: the data dictionary of Excel, CSV and JSON."""

from reports.report import Field


def _fields(*triples: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(*triple) for triple in triples)


REPORT = _fields(("name", "What", "what the line says"), ("value", "Value", "its value"))

FIGURES = _fields(
    ("by", "Grouping", "what the figures are rolled up by, as in rollup --by"),
    ("key", "Key", "the group"),
    ("name", "Name", "the group in words"),
    ("in_scope", "N", "initiatives in scope; for states, commitments"),
    ("completed", "Completed", "of them completed"),
    ("completed_percent", "Completed %", "floor of 100 n / N; empty for an empty group"),
    (
        "progress_percent",
        "Progress %",
        "floor of the weighted mean; empty for an empty group; 0 where none is reported",
    ),
    ("expected_percent", "Expected %", "floor of the weighted mean of what the dates expect; empty for an empty group"),
    ("due", "Due by now", "due on or before the day of the report"),
    ("due_completed", "Due, completed", "of them completed"),
    ("due_moved", "Dates moved", "whose due date is not the original one"),
    ("commitments", "Commitments", "commitments in scope"),
    ("commitments_reported", "Reported", "of them with a cleared statement"),
    ("without_report", "No report", "of which no commitment has a cleared statement"),
    ("stale", "No word", "not reported of in the last closed cycle"),
    ("excluded", "Excluded", "in force and not in scope"),
    ("assumed_due", "Assumed dates", "whose due date is assumed, not official"),
)

INITIATIVES = _fields(
    ("key", "Key", "permanent key of the initiative"),
    ("code", "Code", "printed code; unofficial until published"),
    ("title", "Title", "title of the initiative"),
    ("wording", "Wording", "whose words the title is"),
    ("measure", "Measure", "key of the strategic measure"),
    ("activity", "Activity", "key of the activity"),
    ("scope", "Scope", "regional or national"),
    ("lead", "Lead", "lead body"),
    ("champions", "Champions", "member states that champion it"),
    ("themes", "Themes", "keys of its themes"),
    ("weight", "Weight", "weight in every mean"),
    ("start", "Start", "first day"),
    ("due", "Due", "latest due date of its commitments in scope"),
    ("original_due", "First due", "the due date as first stated"),
    ("assumed", "Assumed", "fields that are an assumption, not ASEAN's word"),
    ("health", "Stands", "its health in words"),
    ("completed", "Completed", "1 when its completion rule holds, else 0"),
    ("progress_percent", "Progress %", "floor of its progress; empty while nothing is reported"),
    ("expected_percent", "Expected %", "floor of what its dates expect; empty while nothing is reported"),
    ("commitments", "Commitments", "commitments in scope"),
    ("reported", "Reported", "of them with a cleared statement"),
    ("counted", "Counted", "1 when it is in scope; 0 when it is in force and excluded"),
    ("needed", "Needed", "how many commitments must be completed for it to count as completed"),
    ("progress", "Progress, exact", "100 when completed, else the mean of the percents; what means are made of"),
    ("expected", "Expected, exact", "the mean of what the dates of its commitments expect; what means are made of"),
    ("stale", "No word", "1 when none of its commitments was reported of in the last closed cycle"),
    ("due_assumed", "Date assumed", "1 when its due date is assumed, not official"),
)

COMMITMENTS = _fields(
    ("key", "Key", "initiative and party"),
    ("initiative", "Initiative", "key of the initiative"),
    ("party", "Party", "ASEAN, or the member state"),
    ("title", "Title", "title of the initiative"),
    ("wording", "Wording", "whose words the title is"),
    ("lead", "Lead", "lead body"),
    ("due", "Due", "its own due date"),
    ("status", "Status", "as reported; “no report” where nothing was cleared; “not applicable” is not counted"),
    ("percent", "Percent", "0 to 100 as reported; empty without a report"),
    ("health", "Stands", "its health in words; empty where it is not counted"),
    ("valid_on", "Valid on", "the day the statement is true of"),
    ("cleared_on", "Cleared on", "the day the secretariat cleared it"),
)

EVIDENCE = _fields(("evidence", "Evidence", "what the statement rests on"))

COUNTED = _fields(
    ("counted", "Counted", "1 when it is in scope; 0 when it is not, and counts nowhere"),
    ("excluded", "Excluded", "why it is not counted though its initiative is in force"),
    ("weight", "Weight", "the weight of its initiative"),
    ("expected", "Expected, exact", "what its dates expect of it, 0 to 100"),
    ("original_due", "First due", "the due date as first stated"),
    ("stale", "No word", "1 when it was not reported of in the last closed cycle"),
    ("due_assumed", "Date assumed", "1 when the due date is assumed, not official"),
)

LEDGER = _fields(
    ("initiative", "Initiative", "what changed"),
    ("party", "Party", "which party, where only one"),
    ("event", "Event", "what happened"),
    ("before", "Before", "what stood there"),
    ("after", "After", "what stands there now"),
    ("effective_on", "From", "the day from which it counts"),
    ("reason", "Reason", "why"),
    ("decided_at", "Decided at", "the meeting that decided"),
)

DECISIONS = _fields(
    ("meeting", "Meeting", "the meeting that decided"),
    ("kind", "Kind", "decision or action point"),
    ("text", "Text", "its words"),
    ("initiatives", "Initiatives", "what it is about"),
    ("owner", "Owner", "who is to do it"),
    ("due_meeting", "Due", "the meeting by which it is due"),
    ("closed_on", "Closed on", "the day it was closed; empty while open"),
    ("closing", "Closed with", "evidence or reason"),
)

CORRECTIONS = _fields(
    ("initiative", "Initiative", "key of the initiative"),
    ("party", "Party", "ASEAN, or the member state"),
    ("before", "In the paper", "status and percent as circulated"),
    ("after", "As noted", "status and percent as noted"),
)
