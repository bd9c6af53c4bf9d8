"""The sentence that settles a dispute: what was last said, when it was true, when it was cleared, where it counts."""

from dataclasses import dataclass
from datetime import date

from models.core.text import day, percent
from models.core.vocabulary import Status
from models.plan.calendar import reporting_meetings
from models.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class CountedStatement:
    """One counting statement: who, what, and the days of its life."""

    speaker: str
    status: Status
    percent: int | None
    valid_on: date
    submitted_on: date
    cleared_on: date | None


def status_text(status: Status, reached: int | None) -> str:
    """Ongoing, 50 %: the percent only where the status does not already say it."""
    open_ended = status in {Status.ONGOING, Status.SUSPENDED} and reached is not None
    return f"{status.label.lower()}, {percent(reached or 0)}" if open_ended else status.label.lower()


def explain(said: CountedStatement, earlier: CountedStatement | None, plan: Plan) -> str:
    """Why the figure is what it is, from the statement that counts and the one before it."""
    before = f"The previous statement was “{status_text(earlier.status, earlier.percent)}”" if earlier else ""
    valid = f" (valid on {day(earlier.valid_on)})." if earlier else ""
    return f"{_now(said, plan)} {before}{valid}".strip()


def _now(said: CountedStatement, plan: Plan) -> str:
    told = f"On {day(said.submitted_on)} {said.speaker} reported “{status_text(said.status, said.percent)}”"
    return f"{told}, valid on {day(said.valid_on)}; {_life(said, plan)}."


def _life(said: CountedStatement, plan: Plan) -> str:
    if said.cleared_on is None:
        return "submitted, not yet cleared"
    cleared = f"cleared {day(said.cleared_on)}"
    counted_at = max(said.cleared_on, said.valid_on)
    meeting = next((one for one in reporting_meetings(plan) if one.end >= counted_at), None)
    return f"{cleared}; counted from {meeting.name}" if meeting else cleared
