"""The texts of Editions: how the plan is changed with a workbook, what is wrong in it, and what it would change."""

from models.core.text import counted

ADOPT_NOTE = (
    "Download the workbook, fill in its blue columns from the official document, and upload it here. You see every"
    " change in words before anything is loaded. Keys and everything reported are kept."
)
AMEND_NOTE = (
    "The whole plan as a workbook: add an initiative, mark one as withdrawn, merged or superseded, move a date, or"
    " enter a meeting. Nothing is ever deleted, and what you do not change is kept."
)

WHY, CHOOSE_MEETING = "Say in a sentence why the plan changes", "Choose the meeting"
LOADED = "Edition {} is in force. Everything reported is kept."
SAME_PLAN = "Nothing was changed: this is the plan in force."

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

EDITIONS, EDITIONS_NOTE = "Editions so far", "The page Plan says what each edition changed."


def waiting(rows: int) -> str:
    """Which rows of an adoption are not filled in yet."""
    verbs = "is still empty and stays as it is" if rows == 1 else "are still empty and stay as they are"
    return f"{counted(rows, 'row')} {verbs}: not official text. You can adopt the rest later."


NOT_TAKEN = "Not taken from the workbook"
