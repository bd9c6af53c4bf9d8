"""What the Overview asks: the plan now, at the meeting before, and its course between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.figures.assess import assessment
from models.figures.changes import Changes
from models.figures.rollup import Assessment
from models.figures.trend import TrendPoint, plan_figures
from models.meetings.compared import comparison
from models.meetings.past import trend_days
from models.meetings.snapshots import (
    SnapshotMark,
    as_reported,
    baseline,
    known_in,
    list_snapshots,
    noted,
    point_name,
    since_name,
)
from models.plan.calendar import next_meeting
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.progress.latest import View


@dataclass(frozen=True)
class Overview:
    """The whole plan in one view, with what it is compared with: `since` names it, and is empty where there is none."""

    now: Assessment
    since: str
    changes: Changes | None
    next_meeting: Meeting | None
    trend: tuple[TrendPoint, ...]

    @property
    def plan(self) -> Plan:
        """The edition in the view."""
        return self.now.plan


def overview(session: Session, view: View, *, noted_only: bool = False) -> Overview:
    """Read it; nothing is compared or traced while nothing is reported.

    `noted_only` leaves out the papers that no meeting took note of, which visitors do not see.
    """
    now, plan = assessment(session, view), plan_as_known(session, view.known_at).plan
    taken = list_snapshots(session)
    marks = known_in(noted(taken) if noted_only else taken, view)
    mark = baseline(marks, plan, view)
    return Overview(
        now=now,
        since=since_name(mark, plan) if mark else "",
        changes=comparison(session, mark.view(view.basis), view) if mark else None,
        next_meeting=next_meeting(plan, view.as_of),
        trend=tuple(_trend(session, plan, view, marks)) if now.has_reports else (),
    )


def _trend(session: Session, plan: Plan, view: View, marks: Sequence[SnapshotMark]) -> Iterator[TrendPoint]:
    """A point for each meeting up to the view's day, then that day; a view of a snapshot ends with its own point."""
    own = {mark.meeting: mark for mark in marks if mark.view(view.basis) == view}
    reported = {**as_reported(marks), **own}
    for meeting, on in trend_days(reported, plan, view).items():
        mark = reported.get(meeting)
        name = point_name(mark, plan) if mark else plan.meeting[meeting].name
        then = plan_figures(session, mark.view(view.basis)) if mark else None
        yield TrendPoint(name, on, then, plan_figures(session, replace(view, as_of=on)))
    if not own:
        yield TrendPoint("", view.as_of, None, plan_figures(session, view))
