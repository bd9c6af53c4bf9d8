"""The texts of Editions: how the plan is changed with a workbook, what is wrong in it, and what it would change."""

from models.core.text import counted

ADOPT, AMEND = "Adopt the official text", "Amend the plan"
ADOPT_NOTE = (
    "Download the workbook, fill in its blue columns from the official document, and upload it here. You see every"
    " change in words before anything is loaded. Keys and everything reported are kept."
)
ADOPT_DOWNLOAD, ADOPT_UPLOAD = "Download the titles to fill in", "The workbook with the official text"
AMEND_NOTE = (
    "The whole plan as a workbook: add an initiative, mark one as withdrawn, merged or superseded, move a date, or"
    " enter a meeting. Nothing is ever deleted, and what you do not change is kept."
)
AMEND_DOWNLOAD, AMEND_UPLOAD = "Download the whole plan", "The workbook of the amended plan"

REASON, MEETING, LOAD = "Reason", "Deciding meeting", "Load"
WHY, CHOOSE_MEETING = "Say in a sentence why the plan changes", "Choose the meeting"
LOADED = "Edition {} is in force. Everything reported is kept."
SAME_PLAN = "Nothing was changed: this is the plan in force."

HOW_TO_AMEND = "How to write an amendment"
AMENDMENTS = (
    ("Move a date", "write the new date into the column start or due of the sheet Initiatives."),
    (
        "Add",
        "a row with the next free key, such as I44, and increase the number under expected_counts on the sheet Settings"
        " by 1.",
    ),
    ("Withdraw", 'column withdrawn: {on: 2028-03-16, reason: "One sentence", decided_at: AWGIPC-84}'),
    ("Merge", 'column merged_into: {on: 2028-03-16, reason: "One sentence", decided_at: AWGIPC-84, initiative: I33}'),
    ("Supersede", "the same in the column superseded_by; the initiative named there replaces it."),
)
"""How the commonest amendments are written in the plan workbook."""

CORRECT = "Correct the file and upload it again. Nothing was saved."
PROBLEM_COLUMNS = ("Where", "What is wrong", "What to do")
NO_CHANGE, NO_CHANGE_NOTE = "Nothing would change", "The workbook is the same as the plan in force."
LEDGER, PARTS, WHAT_CHANGES = "New entries in the ledger", "Part by part", "What would change"

EDITIONS, EDITIONS_NOTE = "Editions so far", "The page Plan says what each edition changed."
ON_THE_SERVER, REMOVED_PERSON = "on the server", "a person who was removed"


def waiting(rows: int) -> str:
    """Which rows of an adoption are not filled in yet."""
    verbs = "is still empty and stays as it is" if rows == 1 else "are still empty and stay as they are"
    return f"{counted(rows, 'row')} {verbs}: not official text. You can adopt the rest later."
