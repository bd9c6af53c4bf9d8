"""What a reader asks to see, in the words of an address, and the view it stands for.

An address is typed, mailed and kept for years, so nothing in it is an error: what is not understood is answered with
a sentence and what stands there by default.
"""

from dataclasses import dataclass
from datetime import date

from models.reads.clock import end_of_day
from models.reads.latest import View
from models.rules.meetings import ended_meetings
from models.rules.phrases import day
from models.rules.plan import Plan
from models.rules.plan_parts import Meeting
from models.rules.words import Basis

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the log: `at` as the address has it, the meeting it names if any, and the resulting view."""

    at: str
    view: View
    today: date
    meeting: str | None = None

    @property
    def is_latest(self) -> bool:
        """Whether the reader sees today as known today."""
        return self.at == LATEST


def understand(plan: Plan, today: date, *, at: str, basis: str) -> tuple[Asked, tuple[str, ...]]:
    """The question behind the address, and a sentence for each part of it that was not understood."""
    known_basis = next((word for word in Basis if word.value == basis), None)
    asked = _asked(plan, today, at, known_basis or Basis.CLEARED)
    misread = []
    if asked is None:
        misread.append(f"“{at}” is neither an AWGIPC meeting that has ended nor a day of the plan up to today.")
        asked = _latest(plan, today, known_basis or Basis.CLEARED)
    if known_basis is None:
        misread.append(f"“{basis}” is not a basis; cleared statements are shown.")
    return asked, tuple(misread)


def named(asked: Asked, plan: Plan) -> str:
    """How the view is named in a sentence or a citation."""
    if asked.meeting:
        return f"as reported at {plan.meeting[asked.meeting].name}, {day(asked.view.as_of)}"
    return f"as of {day(asked.view.as_of)}, known on {day(asked.today)}"


def as_reported(meeting: Meeting, plan: Plan, basis: Basis) -> View:
    """What was known at the end of the meeting's last day."""
    return View(as_of=meeting.end, known_at=end_of_day(meeting.end, plan), basis=basis)


def _asked(plan: Plan, today: date, at: str, basis: Basis) -> Asked | None:
    if at == LATEST:
        return _latest(plan, today, basis)
    meeting = next((one for one in ended_meetings(plan, today) if one.key == at), None)
    if meeting:
        return Asked(at, as_reported(meeting, plan, basis), today, meeting.key)
    chosen = _day(at)
    if chosen and plan.period.start <= chosen <= today:
        return Asked(at, View(chosen, end_of_day(today, plan), basis), today)
    return None


def _latest(plan: Plan, today: date, basis: Basis) -> Asked:
    # The end of today and not this moment: the same question all day, so that its answer can be kept.
    return Asked(LATEST, View(today, end_of_day(today, plan), basis), today)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
