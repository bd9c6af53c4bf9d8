"""The sentence that settles a dispute: what was last said, when it was true, when it was cleared, where it counts."""

from dataclasses import dataclass
from datetime import date

from models.core.text import day, percent
from models.core.vocabulary import Status
from models.plan.calendar import reporting_meetings
from models.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class Said:
    """One counting statement: who, what, and the days of its life."""

    speaker: str
    status: Status
    percent: int | None
    valid_on: date
    submitted_on: date
    cleared_on: date | None


def what_was_said(status: Status | None, reached: int | None) -> str:
    """Ongoing, 50 %: the percent only where the status does not already say it; empty without a status."""
    if status is None:
        return ""
    open_ended = status in {Status.ONGOING, Status.SUSPENDED} and reached is not None
    return f"{status.label.lower()}, {percent(reached or 0)}" if open_ended else status.label.lower()


def explain(said: Said, earlier: Said | None, plan: Plan) -> str:
    """Why the figure is what it is, from the statement that counts and the one before it."""
    before = f"Before that it had said “{what_was_said(earlier.status, earlier.percent)}”" if earlier else ""
    valid = f" (valid on {day(earlier.valid_on)})." if earlier else ""
    return f"{_now(said, plan)} {before}{valid}".strip()


def _now(said: Said, plan: Plan) -> str:
    told = f"On {day(said.submitted_on)} {said.speaker} reported “{what_was_said(said.status, said.percent)}”"
    return f"{told}, valid on {day(said.valid_on)}; {_life(said, plan)}."


def _life(said: Said, plan: Plan) -> str:
    if said.cleared_on is None:
        return "submitted, not yet cleared"
    cleared = f"cleared {day(said.cleared_on)}"
    counted_at = max(said.cleared_on, said.valid_on)
    meeting = next((one for one in reporting_meetings(plan) if one.end >= counted_at), None)
    return f"{cleared}; counted from {meeting.name}" if meeting else cleared
