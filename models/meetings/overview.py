"""What the Overview asks: the plan now, at the meeting before, and its course between."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.figures.assess import assessment
from models.figures.changes import InitiativeChange, changes_between
from models.figures.rollup import Assessment
from models.figures.trend import TrendPoint, trend
from models.meetings.snapshots import list_snapshots, reported_views
from models.plan.calendar import meetings_before, next_meeting
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.progress.latest import View


@dataclass(frozen=True)
class Overview:
    """The whole plan in one view, with the meeting before it (if any) to compare with."""

    now: Assessment
    before: Assessment | None
    last_meeting: Meeting | None
    next_meeting: Meeting | None
    changes: tuple[InitiativeChange, ...]
    trend: tuple[TrendPoint, ...]

    @property
    def plan(self) -> Plan:
        """The edition in the view."""
        return self.now.plan


def overview(session: Session, view: View) -> Overview:
    """Read it; nothing is compared or traced while nothing is reported."""
    now = assessment(session, view)
    plan = plan_as_known(session, view.known_at).plan
    reported = reported_views(list_snapshots(session), plan, view.as_of, within=view)
    same_basis = {key: replace(past_view, basis=view.basis) for key, past_view in reported.items()}
    last, before = _compared(session, plan, now, same_basis)
    return Overview(
        now=now,
        before=before,
        last_meeting=last,
        next_meeting=next_meeting(plan, view.as_of),
        changes=changes_between(before, now) if before else (),
        trend=trend(session, plan, view, reported) if now.has_reports else (),
    )


def _compared(
    session: Session, plan: Plan, now: Assessment, reported: Mapping[str, View]
) -> tuple[Meeting | None, Assessment | None]:
    """The meeting before the view's day, as reported there; the one before that if nothing moved since."""
    last, before = None, None
    for meeting in reversed([meeting for meeting in meetings_before(plan, now.as_of) if meeting.key in reported]):
        last, before = meeting, assessment(session, reported[meeting.key])
        if changes_between(before, now):
            break
    return last, before
