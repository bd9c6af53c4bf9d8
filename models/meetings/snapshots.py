"""Snapshots as they were taken, and the view of the log that each of them froze."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from models.core.errors import NotFound
from models.core.vocabulary import Basis, Step
from models.meetings.snapshot import Snapshot, read_snapshot
from models.plan.calendar import end_of_day, ended_meetings
from models.plan.schema import Plan
from models.progress.latest import EVERY_ROW, View
from models.store.meeting_tables import SnapshotRow
from models.store.tables import Progress

LATEST_MOMENT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SnapshotMark:
    """One snapshot without its content: of which meeting and step, of what moment, and its place in the chain."""

    id: int
    meeting: str
    step: Step
    revision: int
    as_of: date
    known_at: datetime
    rows_until: int
    sha256: str
    previous: str | None

    @property
    def short(self) -> str:
        """Enough of the hash to name it in a sentence."""
        return self.sha256[:8]

    def view(self, basis: Basis = Basis.CLEARED) -> View:
        """The question to the log whose answer it froze."""
        return View(self.as_of, self.known_at, basis, self.rows_until)


COLUMNS = [
    SnapshotRow.previous_sha256 if field.name == "previous" else getattr(SnapshotRow, field.name)
    for field in fields(SnapshotMark)
]


def list_snapshots(session: Session, *, before: int | None = None) -> tuple[SnapshotMark, ...]:
    """Every snapshot in the order in which they were taken; `before` leaves out one and what followed it."""
    query = select(*map(col, COLUMNS)).order_by(col(SnapshotRow.id))
    if before is not None:
        query = query.where(col(SnapshotRow.id) < before)
    return tuple(map(_mark, session.execute(query)))


def last_row(session: Session) -> int:
    """The last row of the log at present: a snapshot taken now has no later one."""
    return session.execute(select(func.max(col(Progress.id)))).scalar() or 0


def snapshot_document(session: Session, snapshot_id: int) -> str:
    """The canonical JSON of a snapshot; raises NotFound when there is none."""
    query = select(col(SnapshotRow.document)).where(col(SnapshotRow.id) == snapshot_id)
    document: str | None = session.execute(query).scalar()
    if document is None:
        raise NotFound(f"There is no snapshot {snapshot_id}; `snapshot list` names those there are.")
    return document


def snapshot(session: Session, snapshot_id: int) -> Snapshot:
    """The content of a snapshot."""
    return read_snapshot(snapshot_document(session, snapshot_id))


def reported_views(
    snapshots: Iterable[SnapshotMark], plan: Plan, today: date, *, within: View | None = None
) -> Mapping[str, View]:
    """What "as reported at" each meeting means, on basis cleared.

    The newest snapshot of the meeting; where none was taken, what was known at the end of its last day. `within` keeps
    out what a view does not know itself: snapshots taken later, and rows of the log beyond its own.
    """
    known_at, rows_until = (within.known_at, within.rows_until) if within else (LATEST_MOMENT, EVERY_ROW)
    views = {
        meeting.key: View(meeting.end, min(end_of_day(meeting.end, plan), known_at), rows_until=rows_until)
        for meeting in ended_meetings(plan, today)
    }
    taken = [mark for mark in snapshots if mark.known_at <= known_at and mark.rows_until <= rows_until]
    return views | {mark.meeting: mark.view() for mark in taken if mark.meeting in plan.meeting}


def noted_views(snapshots: Iterable[SnapshotMark]) -> Mapping[str, View]:
    """The views of the meetings that took note, by meeting, in the order of noting: what visitors may see."""
    return {mark.meeting: mark.view() for mark in snapshots if mark.step is Step.NOTED}


def _mark(row: Row[Any]) -> SnapshotMark:
    facts = row._asdict()
    return SnapshotMark(*(facts | {"step": Step(facts["step"])}).values())
