"""Circulating a cycle, noting it, and opening it again: the two steps by which a meeting's figures become fixed."""

from datetime import datetime

from sqlmodel import Session

from models.core.errors import UpdateRefused
from models.core.text import day
from models.core.vocabulary import Step
from models.meetings.compose import Taking, compose
from models.meetings.cycle_steps import CycleStep, cycle_step
from models.meetings.snapshot import hash_of, written
from models.meetings.snapshot_parts import Paper
from models.meetings.snapshots_read import SnapshotMark, last_row, list_snapshots, snapshot
from models.people.permissions import Action, Reader, require
from models.plan.days import day_of
from models.plan.schema import Plan
from models.store.audit_write import record_act
from models.store.meeting_tables import Reopening, SnapshotRow


def circulate(session: Session, meeting: str, *, paper: Paper, by: Reader, plan: Plan, now: datetime) -> SnapshotMark:
    """Freeze the meeting's paper: snapshot 1 of the cycle. Statements may still be cleared, and count at the noting."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    at = cycle_step(session, meeting)
    if at.step is not None:
        raise UpdateRefused(f"{meeting} was {at.step.label.lower()} already; reopen it first, and say why.")
    return _take(session, at, Step.CIRCULATED, paper=paper, plan=plan, by=by, now=now)


def note(session: Session, meeting: str, *, by: Reader, plan: Plan, now: datetime) -> SnapshotMark:
    """Freeze what the meeting took note of, with what it corrected in its paper: snapshot 2 of the cycle."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    at, begins = cycle_step(session, meeting), plan.meeting[meeting].start
    if at.step is not Step.CIRCULATED or at.snapshot is None:
        done = "was noted already; reopen it first, and say why" if at.step else "was not circulated yet; do that first"
        raise UpdateRefused(f"{meeting} {done}.")
    if day_of(now, plan) < begins:
        raise UpdateRefused(f"{meeting} begins on {day(begins)}; note it once it sits.")
    paper = snapshot(session, at.snapshot.id).paper
    return _take(session, at, Step.NOTED, paper=paper, plan=plan, by=by, now=now)


def reopen(session: Session, meeting: str, *, reason: str, by: Reader, plan: Plan, now: datetime) -> int:
    """Open a circulated or noted cycle again: its snapshots stay. Returns the number of the revision that begins."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    at = cycle_step(session, meeting)
    if at.step is None:
        raise UpdateRefused(f"{meeting} was not circulated yet, so there is nothing to reopen.")
    if not reason.strip():
        raise UpdateRefused("Say in a sentence why the cycle is opened again; the reason is kept.")
    revision = at.revision + 1
    person = by.person_id
    session.add(Reopening(meeting=meeting, revision=revision, reopened_at=now, reopened_by=person, reason=reason))
    after = {"revision": revision}
    record_act(session, action="reopen cycle", subject=meeting, now=now, person_id=person, after=after, reason=reason)
    return revision


def _take(
    session: Session, at: CycleStep, step: Step, *, paper: Paper, plan: Plan, by: Reader, now: datetime
) -> SnapshotMark:
    # What becomes true after the meeting is the next one's.
    as_of = min(day_of(now, plan), plan.meeting[at.meeting].end)
    taking = Taking(as_of, now, last_row(session), at.meeting, step, at.revision, paper)
    content = compose(session, taking)
    document = written(content)
    session.add(
        SnapshotRow(
            meeting=at.meeting,
            step=step.value,
            revision=at.revision,
            as_of=as_of,
            known_at=now,
            rows_until=taking.rows_until,
            taken_by=by.person_id,
            document=document,
            sha256=hash_of(document),
            previous_sha256=content.previous,
        )
    )
    session.flush()
    mark = list_snapshots(session)[-1]
    after = {"snapshot": mark.id, "revision": mark.revision, "sha256": mark.sha256}
    action = "circulate" if step is Step.CIRCULATED else "note"
    record_act(session, action=action, subject=at.meeting, now=now, person_id=by.person_id, after=after)
    return mark
