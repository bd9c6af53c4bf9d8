"""Snapshots as they were taken, and the view of the log that each of them froze."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from models.core.errors import NotFound
from models.core.text import day
from models.core.vocabulary import Basis, Step
from models.meetings.snapshot import Snapshot, address_of, read_snapshot
from models.plan.calendar import day_of, meetings_before
from models.plan.schema import Plan
from models.progress.latest import View
from models.store.meeting_tables import SnapshotRow
from models.store.tables import Progress


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
    def address(self) -> str:
        """How an address names it: AWGIPC-83-noted-1."""
        return address_of(self.meeting, self.step, self.revision)

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


def known_in(snapshots: Iterable[SnapshotMark], view: View) -> tuple[SnapshotMark, ...]:
    """Those that a view knows of: neither taken later, nor with rows of the log beyond its own."""
    return tuple(mark for mark in snapshots if mark.known_at <= view.known_at and mark.rows_until <= view.rows_until)


def noted(snapshots: Iterable[SnapshotMark]) -> tuple[SnapshotMark, ...]:
    """Those of which a meeting took note: what visitors may see."""
    return tuple(mark for mark in snapshots if mark.step is Step.NOTED)


def as_reported(snapshots: Iterable[SnapshotMark]) -> Mapping[str, SnapshotMark]:
    """What "as reported at" each meeting means: what it noted last, else the last paper circulated for it.

    A meeting without a snapshot has no such figure: nothing was reported at it.
    """
    order = sorted(snapshots, key=lambda mark: (mark.step is Step.NOTED, mark.id))
    return {mark.meeting: mark for mark in order}


def baseline(snapshots: Iterable[SnapshotMark], plan: Plan, view: View) -> SnapshotMark | None:
    """What "since" means on every page and in every document (method.md, section 3).

    The snapshot of the last meeting that ended before the view's day and has one, among those the view knows; `plan` is
    the edition of the view. None where nothing was ever reported at a meeting.
    """
    reported = as_reported(known_in(snapshots, view))
    meetings = [meeting.key for meeting in meetings_before(plan, view.as_of) if meeting.key in reported]
    return reported[meetings[-1]] if meetings else None


def step_name(meeting: str, step: Step, *, as_of: date, taken_on: date, revision: int) -> str:
    """As noted at AWGIPC 83, 11 Nov 2027; paper for AWGIPC 84, circulated 30 Nov 2027, revision 2."""
    again = f", revision {revision}" if revision > 1 else ""
    if step is Step.NOTED:
        return f"as noted at {meeting}, {day(as_of)}{again}"
    return f"paper for {meeting}, circulated {day(taken_on)}{again}"


def snapshot_name(mark: SnapshotMark, plan: Plan) -> str:
    """What a snapshot is called wherever one is named; a revision after the first is part of the name."""
    taken_on = day_of(mark.known_at, plan)
    return step_name(_meeting(mark, plan), mark.step, as_of=mark.as_of, taken_on=taken_on, revision=mark.revision)


def point_name(mark: SnapshotMark, plan: Plan) -> str:
    """What its figures are called beside those of other meetings: AWGIPC 83; else the name of the paper."""
    return _meeting(mark, plan) if mark.step is Step.NOTED else snapshot_name(mark, plan)


def since_name(mark: SnapshotMark, plan: Plan) -> str:
    """What follows "since": AWGIPC 83; the paper for AWGIPC 83, where the meeting noted none."""
    return point_name(mark, plan) if mark.step is Step.NOTED else f"the {point_name(mark, plan)}"


def _meeting(mark: SnapshotMark, plan: Plan) -> str:
    return plan.meeting[mark.meeting].name if mark.meeting in plan.meeting else mark.meeting


def _mark(row: Row[Any]) -> SnapshotMark:
    facts = row._asdict()
    return SnapshotMark(*(facts | {"step": Step(facts["step"])}).values())
