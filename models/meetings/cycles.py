"""The cycle of a meeting: opened, circulated (snapshot 1), noted (snapshot 2), and opened again with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.core.errors import NotFound, UpdateRefused
from models.core.text import day
from models.core.vocabulary import Step
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.snapshot import Paper, hash_of, written
from models.meetings.snapshots import SnapshotMark, last_row, list_snapshots, snapshot
from models.people.context import Context
from models.people.permissions import Action
from models.plan.calendar import day_of, reporting_meetings
from models.plan.schema import Plan
from models.progress.cycles import DUE_DAYS, OPENS_DAYS
from models.store.meeting_tables import Reopening, SnapshotRow
from models.store.reporting_tables import Cycle


def open_cycle(context: Context, meeting: str, *, opens_days: int = OPENS_DAYS, due_days: int = DUE_DAYS) -> None:
    """Open the cycle of a meeting; the one open until now closes with that."""
    context.require(Action.MANAGE_CYCLES)
    _refuse_wrong_days(opens_days, due_days)
    _refuse_wrong_meeting(context.session, meeting, plan=context.plan, today=day_of(context.now, context.plan))
    context.session.add(Cycle(meeting=meeting, opens_days=opens_days, due_days=due_days, opened_at=context.now))
    context.record("open cycle", meeting, after={"opens_days": opens_days, "due_days": due_days})


def change_days(context: Context, meeting: str, *, opens_days: int, due_days: int) -> None:
    """Set how many days before its meeting a cycle opens and is due."""
    context.require(Action.MANAGE_CYCLES)
    _refuse_wrong_days(opens_days, due_days)
    row = context.session.execute(select(Cycle).where(col(Cycle.meeting) == meeting)).scalars().first()
    if row is None:
        raise UpdateRefused(f"The cycle of {meeting} is not open; open it first.")
    if any(mark.meeting == meeting for mark in list_snapshots(context.session)):
        raise UpdateRefused(f"{meeting} was circulated: its paper says what was owed on which day.")
    before = {"opens_days": row.opens_days, "due_days": row.due_days}
    row.opens_days, row.due_days = opens_days, due_days
    after = {"opens_days": opens_days, "due_days": due_days}
    context.record("change cycle", meeting, before=before, after=after)


def _refuse_wrong_meeting(session: Session, meeting: str, *, plan: Plan, today: date) -> None:
    known = {scheduled.key: scheduled for scheduled in reporting_meetings(plan)}
    if meeting not in known:
        raise UpdateRefused(f"{meeting} is not a meeting that the plan is reported to; use a key such as AWGIPC-80.")
    opened = session.execute(select(col(Cycle.meeting))).scalars().all()
    if meeting in opened:
        raise UpdateRefused(f"The cycle of {meeting} was opened already.")
    if known[meeting].end < today:
        raise UpdateRefused(f"{meeting} has ended; open the cycle of a meeting to come.")
    later = [key for key in opened if key in known and known[key].start > known[meeting].start]
    if later:
        raise UpdateRefused(f"The cycle of {later[-1]} was opened already, and comes after {meeting}.")


def _refuse_wrong_days(opens_days: int, due_days: int) -> None:
    if not opens_days >= due_days >= 0:
        raise UpdateRefused("A cycle opens before its reports are due, and both are before the meeting.")


@dataclass(frozen=True, slots=True)
class CycleStep:
    """One cycle: `step` is None while it is open; `snapshot` is the newest of the present revision."""

    meeting: str
    revision: int
    step: Step | None
    snapshot: SnapshotMark | None


def cycle_step(session: Session, meeting: str) -> CycleStep:
    """How far the cycle is; raises NotFound when it was never opened."""
    steps = cycle_steps(session)
    if meeting not in steps:
        raise NotFound(f"The cycle of {meeting} is not open; open it first.")
    return steps[meeting]


def cycle_steps(session: Session) -> Mapping[str, CycleStep]:
    """How far each cycle is that was opened, by its meeting."""
    by_meeting = select(col(Reopening.meeting), func.max(col(Reopening.revision))).group_by(col(Reopening.meeting))
    reopened: dict[str, int] = dict(map(tuple, session.execute(by_meeting)))
    newest = {(mark.meeting, mark.revision): mark for mark in list_snapshots(session)}
    steps = {}
    for meeting in session.execute(select(col(Cycle.meeting))).scalars():
        revision = reopened.get(meeting, 1)
        mark = newest.get((meeting, revision))
        steps[meeting] = CycleStep(meeting, revision, mark.step if mark else None, mark)
    return steps


def circulate(context: Context, meeting: str, *, paper: Paper) -> SnapshotMark:
    """Freeze the meeting's paper: snapshot 1 of the cycle. Statements may still be cleared, and count at the noting."""
    context.require(Action.MANAGE_CYCLES)
    cycle = cycle_step(context.session, meeting)
    if cycle.step is not None:
        raise UpdateRefused(f"{meeting} was {cycle.step.label.lower()} already; reopen it first, and say why.")
    return _take(context, cycle, Step.CIRCULATED, paper=paper)


def note(context: Context, meeting: str) -> SnapshotMark:
    """Freeze what the meeting took note of, with what it corrected in its paper: snapshot 2 of the cycle."""
    context.require(Action.MANAGE_CYCLES)
    cycle, begins = cycle_step(context.session, meeting), context.plan.meeting[meeting].start
    if cycle.step is not Step.CIRCULATED or cycle.snapshot is None:
        done = (
            "was noted already; reopen it first, and say why" if cycle.step else "was not circulated yet; do that first"
        )
        raise UpdateRefused(f"{meeting} {done}.")
    if day_of(context.now, context.plan) < begins:
        raise UpdateRefused(f"{meeting} begins on {day(begins)}; note it once it sits.")
    paper = snapshot(context.session, cycle.snapshot.id).paper
    return _take(context, cycle, Step.NOTED, paper=paper)


def reopen(context: Context, meeting: str, *, reason: str) -> int:
    """Open a circulated or noted cycle again: its snapshots stay. Returns the number of the revision that begins."""
    context.require(Action.MANAGE_CYCLES)
    cycle = cycle_step(context.session, meeting)
    if cycle.step is None:
        raise UpdateRefused(f"{meeting} was not circulated yet, so there is nothing to reopen.")
    if not reason.strip():
        raise UpdateRefused("Say in a sentence why the cycle is opened again; the reason is kept.")
    revision = cycle.revision + 1
    person = context.user.person_id
    context.session.add(
        Reopening(meeting=meeting, revision=revision, reopened_at=context.now, reopened_by=person, reason=reason)
    )
    context.record("reopen cycle", meeting, after={"revision": revision}, reason=reason)
    return revision


def _take(context: Context, cycle: CycleStep, step: Step, *, paper: Paper) -> SnapshotMark:
    # What becomes true after the meeting is the next one's.
    as_of = min(day_of(context.now, context.plan), context.plan.meeting[cycle.meeting].end)
    request = SnapshotRequest(as_of, context.now, last_row(context.session), cycle.meeting, step, cycle.revision, paper)
    content = compose(context.session, request)
    document = written(content)
    context.session.add(
        SnapshotRow(
            meeting=cycle.meeting,
            step=step.value,
            revision=cycle.revision,
            as_of=as_of,
            known_at=context.now,
            rows_until=request.rows_until,
            taken_by=context.user.person_id,
            document=document,
            sha256=hash_of(document),
            previous_sha256=content.previous,
        )
    )
    context.session.flush()
    mark = list_snapshots(context.session)[-1]
    after = {"snapshot": mark.id, "revision": mark.revision, "sha256": mark.sha256}
    context.record("circulate" if step is Step.CIRCULATED else "note", cycle.meeting, after=after)
    return mark
