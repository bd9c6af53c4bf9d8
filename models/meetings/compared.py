"""Any two states of the plan, each a snapshot or a day as known now, compared."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.core.errors import NotFound
from models.core.text import day
from models.figures.assess import assessment
from models.figures.changes import Changes, changes_between
from models.meetings.past import change_reasons
from models.meetings.snapshots import SnapshotMark, list_snapshots, snapshot_name
from models.plan.schema import Plan
from models.progress.latest import View


@dataclass(frozen=True, slots=True)
class ComparedState:
    """One side of a comparison: its name in a sentence and its view of the log."""

    name: str
    view: View


def of_snapshot(mark: SnapshotMark, plan: Plan) -> ComparedState:
    """A meeting's snapshot: as noted at AWGIPC 79, 16 Jul 2026 (snapshot 4)."""
    return ComparedState(f"{snapshot_name(mark, plan)} (snapshot {mark.id})", mark.view())


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


def comparison(session: Session, before: View, after: View) -> Changes:
    """What differs between two states, as every page and document lists it."""
    known = sorted((before.known_at, after.known_at))
    reasons = change_reasons(session, *known)
    return changes_between(assessment(session, before), assessment(session, after), reasons)
