"""How far the cycle of a meeting is: open, circulated or noted, and in which revision."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.core.errors import NotFound
from models.core.vocabulary import Step
from models.meetings.snapshots_read import SnapshotMark, list_snapshots
from models.store.meeting_tables import Reopening
from models.store.reporting_tables import Cycle


@dataclass(frozen=True, slots=True)
class CycleStep:
    """One cycle: `step` is None while it is open; `snapshot` is the newest of the present revision."""

    meeting: str
    revision: int
    step: Step | None
    snapshot: SnapshotMark | None


def cycle_step(session: Session, meeting: str) -> CycleStep:
    """How far the cycle is; raises NotFound when it was never opened."""
    if session.execute(select(col(Cycle.id)).where(col(Cycle.meeting) == meeting)).scalar() is None:
        raise NotFound(f"The cycle of {meeting} is not open; open it first.")
    reopened = select(func.max(col(Reopening.revision))).where(col(Reopening.meeting) == meeting)
    revision = session.execute(reopened).scalar() or 1
    own = [one for one in list_snapshots(session) if (one.meeting, one.revision) == (meeting, revision)]
    newest = own[-1] if own else None
    return CycleStep(meeting, revision, newest.step if newest else None, newest)
