"""The explanation of a figure: the last statement, its day, when it was cleared and where it is counted."""

from dataclasses import dataclass
from datetime import date

from models.core.text import day, percent
from models.core.vocabulary import Status
from models.plan.calendar import reporting_meetings
from models.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class CountedStatement:
    """A counted statement: who reported what, and its days in the plan's time zone; percent 0-100."""

    speaker: str
    status: Status
    percent: int | None
    valid_on: date
    submitted_on: date
    cleared_on: date | None


def status_text(status: Status | None, reached: int | None) -> str:
    """Return the status in words, such as “ongoing, 50 %”; without the percent if the status implies it."""
    if status is None:
        return ""
    open_ended = status in {Status.ONGOING, Status.SUSPENDED} and reached is not None
    return f"{status.label.lower()}, {percent(reached or 0)}" if open_ended else status.label.lower()


def explain(statement: CountedStatement, earlier: CountedStatement | None, plan: Plan) -> str:
    """Return why the figure is what it is, from the counted statement and the statement before it."""
    status = status_text(statement.status, statement.percent)
    report = f"On {day(statement.submitted_on)} {statement.speaker} reported “{status}”"
    sentence = f"{report}, valid on {day(statement.valid_on)}; {_life(statement, plan)}."
    if earlier is None:
        return sentence
    previous = status_text(earlier.status, earlier.percent)
    return f"{sentence} The previous statement was “{previous}” (valid on {day(earlier.valid_on)})."


def _life(statement: CountedStatement, plan: Plan) -> str:
    if statement.cleared_on is None:
        return "submitted, not yet cleared"
    cleared = f"cleared {day(statement.cleared_on)}"
    counted_at = max(statement.cleared_on, statement.valid_on)
    meeting = next((meeting for meeting in reporting_meetings(plan) if meeting.end >= counted_at), None)
    return f"{cleared}; counted from {meeting.name}" if meeting else cleared
