"""The texts of Review: what is waiting, what is recorded, who has not reported and is reminded."""

from models.core.text import counted, day, listed
from models.reporting.reminders import DAYS, FILED, REFUSED, REMINDED
from models.reporting.review_queue import PendingReview, Review

FIGURES, SUBMITTED = "Reported and cleared", "Including submitted"
FIGURES_NOTE = "As of {}. Visitors see figures based on cleared statements only."
REMINDERS, QUESTIONS = "Reminders", "Questions the chair may wish to ask"
NOBODY_OWES, NO_CYCLE = "Nobody owes a report", "No reporting cycle is open. Open one on the page Cycles."
SAME, EVIDENCE, NOTHING = "The same as cleared.", "Evidence", "nothing"
CHANGES_COUNT = "Clearing it changes what is counted: it needs a reason, which is entered in the public ledger."

EVERYBODY, SHOW, SELECT_ALL = "From everybody", "Show", "Select all shown"
CLEAR_SELECTED = "Clear the selected statements"

FORM, FORM_FOR, VALID_ON = "Excel form: send it, and record a completed form", "Form for", "Valid on"
FORM_NOTE = (
    "A completed form received by e-mail is recorded as the statement of those who completed it, with the file as its"
    " evidence. It is listed below until it is cleared."
)

BODY_OR_STATE, COMMITMENT, STATUS, PROGRESS = "Body or state", "Commitment", "Status", "Progress, if ongoing"
ROOM = "Files: {} by you in this cycle"
LEDGER_REASON = "Reason for the ledger (public), if clearing it changes what is counted"

SEND, REMINDED_TODAY = "Send {} now", "Everybody was reminded today"
NOBODY_REPORTS = "Nobody reports for {}, so no reminder can be sent. Add a person on the page People and audit."
ONE_MAIL = "Each person receives one e-mail with everything they owe, and none after it is submitted."
MADE_UP = "Everything here is made up, so no e-mail is sent. The files contain what would be sent."
SENDS_NO_MAIL = (
    "This server sends no e-mail. Download the e-mails as files, open each one in your mail program, and send it."
)
LAST_REMINDER = {REMINDED: "", FILED: ", as a file", REFUSED: ", refused by the mail server"}


def title(review: Review) -> str:
    """How much is waiting, as a finding."""
    waiting = len(review.queue)
    if not waiting:
        return "No statement is waiting to be cleared"
    return f"{counted(waiting, 'statement is', 'statements are')} waiting to be cleared"


def not_reported(review: Review, owed: int) -> str:
    """6 commitments not reported."""
    return f"{counted(owed, 'commitment')} not reported" if review.cycle else NOBODY_OWES


def owed(meeting: str, number: int, speakers: int) -> str:
    """Not reported for AWGIPC 82: 6 commitments of 3 bodies and states."""
    who = counted(speakers, "body or state", "bodies and states")
    return f"Not reported for {meeting}: {counted(number, 'commitment')} of {who}"


def written_by(statement: PendingReview) -> str:
    """Whose word a statement is, and whether clearing it needs a reason."""
    dates = f"submitted on {day(statement.submitted_on)}, valid on {day(statement.valid_on)}"
    moves = f" {CHANGES_COUNT}" if statement.effect else ""
    return f"Written by {statement.author}, {dates}.{moves}"


def cleared(number: int) -> str:
    """2 statements were cleared and are counted from now on."""
    return f"{counted(number, 'statement was cleared and is', 'statements were cleared and are')} counted from now on."


def reminders_note(*, made_up: bool, sends: bool) -> str:
    """How reminders go out on this server."""
    if made_up or not sends:
        return f"{ONE_MAIL} {MADE_UP if made_up else SENDS_NO_MAIL}"
    before, after = (listed([str(abs(days)) for days in DAYS if (days < 0) is early]) for early in (True, False))
    return f"{ONE_MAIL} The server sends it automatically {before} days before reports are due and {after} days after."


def sent(number: int, refused: str) -> str:
    """How many reminders were sent, and to whom not."""
    missed = f" Not sent to {refused}. The mail server's reply is below." if refused else ""
    return f"{counted(number, 'reminder was', 'reminders were')} sent.{missed}"
