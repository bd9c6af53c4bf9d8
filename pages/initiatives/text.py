"""What people read on the page of an initiative."""

NO_KEY = "Choose an initiative."
UNKNOWN = "There is no initiative “{key}” in this edition of the plan."

NOT_COUNTED = "Not counted on this date"
ALL_NOT_APPLICABLE = "All parties have reported this initiative as not applicable."
OUT_OF_FORCE = "Out of force since {day}: {reason}"
IN_FORCE = "In force from {day}."
DUE_CHANGED = "{due}, originally {original}"

NEXT_MEETING = "The next meeting is {meeting}, {day}."
PROGRESS = "Status and progress"
REPORTED = "{number} of {total} commitments reported."
ASSUMED_DATES = ", which are assumed"

ONE_COMMITMENT = "One commitment: ASEAN together"
NONE_REPORTED = "{total} commitments, none reported yet"
COMPLETED = "{number} of {total} commitments completed"
WITHOUT_REPORT = ", {number} without a report"
OTHERS = "Not counted because not applicable or not yet taking part: {parties}."

SOURCES = "What the title and its place are based on"
OLDER_TEXT = "The quote is from the older half of the source; the previous plan may already have completed this work."

STATEMENTS = "{statements} by {parties}"
STATEMENTS_NOTE = "Newest first. Each statement is made by a body or a member state, not by a person."
VISITORS = " Visitors see the status, the dates and the public evidence. Sign in to read the full statements."
PARTY = "{party}: {statements}, the latest dated {day}"
LEFT_OUT = "It is left out of all figures."
NOTHING_COUNTS = "No statement of this party is counted in this view."
REPLACED = "replaced by a later statement"
NOT_CLEARED = "not yet cleared"

WITHDRAW = "Withdraw a cleared statement"
WITHDRAW_BUTTON = "Withdraw the statement"
WITHDRAWN = "Withdrawn: {statement}. It stays in the log but is no longer counted."
