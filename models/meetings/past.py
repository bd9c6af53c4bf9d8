"""What was reported before a view: the baseline of its changes, and the points of its trend.

"As reported" is said of snapshots only. What was reported is read from the snapshots taken then and kept nowhere else,
so that no later import, load or clearing can change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session

from models.core.vocabulary import Grouping
from models.figures.changes import NO_REASONS, ChangeReasons, Reason
from models.figures.rollup import Figures
from models.meetings.snapshot import Snapshot
from models.meetings.snapshots import SnapshotMark, as_reported, baseline, known_in, snapshot
from models.plan.calendar import ended_meetings
from models.plan.editions import list_editions, plan_of
from models.plan.schema import Plan
from models.progress.latest import View
from models.progress.ledger import recorded_lines


@dataclass(frozen=True)
class Past:
    """What was reported before a snapshot or draft, as far as an audience may read it.

    `mark` and `baseline` are what "since" means, None before the first meeting with a snapshot; `reported` has the
    snapshot and the plan's figures as reported at each meeting; `reasons` say why the plan and the count changed since.
    """

    mark: SnapshotMark | None
    baseline: Snapshot | None
    reasons: ChangeReasons
    reported: Mapping[str, tuple[SnapshotMark, Figures]]


def past_of(session: Session, content: Snapshot, earlier: Sequence[SnapshotMark]) -> Past:
    """Return the past of a snapshot or draft: of the snapshots taken before it, those its audience may open."""
    view = View(content.as_of, content.known_at, rows_until=content.rows_until)
    reported, mark = as_reported(known_in(earlier, view)), baseline(earlier, content.plan, view)
    frozen = {meeting: snapshot(session, taken.id) for meeting, taken in reported.items()}
    figures = {meeting: then.rows(Grouping.PLAN)[0] for meeting, then in frozen.items()}
    return Past(
        mark=mark,
        baseline=frozen[mark.meeting] if mark else None,
        reasons=change_reasons(session, mark.known_at, content.known_at) if mark else NO_REASONS,
        reported={meeting: (taken, figures[meeting]) for meeting, taken in reported.items()},
    )


def trend_days(
    reported: Mapping[str, SnapshotMark], plan: Plan, view: View, *, own: str | None = None
) -> Mapping[str, date]:
    """Return the day of each meeting in the trend of a view, by meeting, the oldest first.

    That of what was reported at it; of a meeting at which nothing was, its last day. `own` is the meeting of the view
    itself, where that is no point of its own past.
    """
    days = {meeting.key: meeting.end for meeting in ended_meetings(plan, view.as_of)}
    days |= {key: mark.as_of for key, mark in reported.items() if key in plan.meeting}
    past = {key: day for key, day in days.items() if day <= view.as_of and key != own}
    return dict(sorted(past.items(), key=lambda pair: pair[1]))


def change_reasons(session: Session, first: datetime, last: datetime) -> ChangeReasons:
    """Return why due dates and the count changed between two moments: the reasons of editions and of the ledger."""
    scope = {
        (line.initiative, line.party, line.event): Reason(line.reason, line.decided_at)
        for line in recorded_lines(session, last)
        if line.recorded_at > first and line.event and line.party
    }
    return ChangeReasons(dates=_dates(session, first, last), scope=scope)


def _dates(session: Session, first: datetime, last: datetime) -> dict[str, Reason]:
    """The edition between the two moments that changed each initiative's due date last, with its reason."""
    reasons: dict[str, Reason] = {}
    for old, new in pairwise(list_editions(session)):
        if not first < new.loaded_at <= last:
            continue
        earlier = plan_of(session, old).initiative
        for key, initiative in plan_of(session, new).initiative.items():
            before = earlier.get(key)
            if before and (before.due, before.due_by_state) != (initiative.due, initiative.due_by_state):
                reasons[key] = Reason(new.reason, new.decided_at)
    return reasons
