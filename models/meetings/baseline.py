"""What a snapshot holds of earlier meetings: the one before, what changed from there, and the trend of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from models.figures.assess import assessment
from models.figures.changes import changes_between
from models.figures.rollup import Assessment
from models.figures.trend import meeting_points
from models.meetings.snapshot import Baseline, TrendRecord, figure_rows
from models.meetings.snapshots import SnapshotMark, reported_views
from models.plan.calendar import meetings_before
from models.plan.schema import Plan
from models.progress.latest import View


def baseline(
    session: Session, now: Assessment, view: View, earlier: Sequence[SnapshotMark], *, own: str | None
) -> Baseline | None:
    """The meeting before, as reported there; None before the first one at which the plan was reported."""
    reported = _reported(now.plan, view, earlier, own)
    meeting = next((one for one in reversed(meetings_before(now.plan, view.as_of)) if one.key in reported), None)
    if meeting is None:
        return None
    before = assessment(session, replace(reported[meeting.key], basis=view.basis))
    return Baseline(
        meeting=meeting.key,
        as_of=before.as_of,
        figures=figure_rows(before),
        changes=changes_between(before, now),
    )


def trend_records(
    session: Session, plan: Plan, view: View, earlier: Sequence[SnapshotMark], *, own: str | None
) -> tuple[TrendRecord, ...]:
    """The plan's figures at each meeting before, as reported there and as restated in the view."""
    points = meeting_points(session, plan, view, _reported(plan, view, earlier, own))
    return tuple(
        TrendRecord(
            name=point.name, day=point.day, reported=point.reported.to_json(), restated=point.restated.to_json()
        )
        for point in points
    )


def _reported(plan: Plan, view: View, earlier: Sequence[SnapshotMark], own: str | None) -> Mapping[str, View]:
    found = reported_views(earlier, plan, view.as_of, within=view)
    return {meeting: at for meeting, at in found.items() if meeting != own}
