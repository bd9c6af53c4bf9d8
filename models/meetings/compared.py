"""Any two states of the plan, each a snapshot or a day as known now, compared."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session

from models.core.errors import NotFound
from models.core.text import day
from models.figures.assess import assessment
from models.figures.comparison import Comparison, Reasons, compare_states
from models.meetings.snapshots import SnapshotMark, list_snapshots
from models.plan.editions import list_editions, plan_of
from models.plan.schema import Plan
from models.progress.latest import View


@dataclass(frozen=True, slots=True)
class ComparedState:
    """One side of a comparison: its name in a sentence and its view of the log."""

    name: str
    view: View


def of_snapshot(mark: SnapshotMark, plan: Plan) -> ComparedState:
    """A meeting's snapshot: as noted at AWGIPC 79, 16 Jul 2026 (snapshot 4)."""
    meeting = plan.meeting[mark.meeting].name
    return ComparedState(f"as {mark.step} at {meeting}, {day(mark.as_of)} (snapshot {mark.id})", mark.view())


def moment(session: Session, text: str, plan: Plan, *, now: datetime) -> ComparedState:
    """From the number of a snapshot, or a day as known now; raises NotFound for anything else."""
    mark = next((mark for mark in list_snapshots(session) if str(mark.id) == text), None)
    if mark:
        return of_snapshot(mark, plan)
    try:
        as_of = date.fromisoformat(text)
    except ValueError:
        wanted = "give the number of a snapshot (see `snapshot list`) or a day such as 2027-06-30"
        raise NotFound(f"{text} is neither a snapshot nor a day; {wanted}.") from None
    return ComparedState(f"as of {day(as_of)}, known now", View(as_of, now))


def comparison(session: Session, before: View, after: View) -> Comparison:
    """What differs between two states."""
    known = sorted((before.known_at, after.known_at))
    return compare_states(assessment(session, before), assessment(session, after), _reasons(session, *known))


def _reasons(session: Session, first: datetime, last: datetime) -> Reasons:
    """The edition between the two moments that changed each initiative's due date last, with its reason."""
    editions = list_editions(session)
    reasons: dict[str, tuple[str, str | None]] = {}
    for old, new in pairwise(editions):
        if not first < new.loaded_at <= last:
            continue
        earlier = plan_of(session, old).initiative
        for key, initiative in plan_of(session, new).initiative.items():
            before = earlier.get(key)
            if before and (before.due, before.due_by_state) != (initiative.due, initiative.due_by_state):
                reasons[key] = new.reason, new.decided_at
    return reasons
