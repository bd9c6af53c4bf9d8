"""What people read on the page of an initiative."""

NO_KEY = "Choose an initiative."
UNKNOWN = "There is no initiative “{key}” in this edition of the plan."


OLDER_TEXT = "The quote is from the older half of the source; the previous plan may already have completed this work."

STATEMENTS_NOTE = "Newest first. Each statement is made by a body or a member state, not by a person."
VISITORS = " Visitors see the status, the dates and the public evidence. Sign in to read the full statements."
