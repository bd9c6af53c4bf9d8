"""Opening the reporting cycle of a meeting, and setting how long before the meeting its reports are due."""

from datetime import date, datetime

from sqlmodel import Session, select

from models.core.errors import UpdateRefused
from models.meetings.snapshots_read import list_snapshots
from models.people.permissions import Action, Reader, require
from models.plan.days import day_of
from models.plan.meetings import reporting_meetings
from models.plan.schema import Plan
from models.progress.cycle_span import DUE_DAYS, OPENS_DAYS
from models.store.audit_write import record_act
from models.store.reporting_tables import Cycle


def open_cycle(
    session: Session,
    meeting: str,
    *,
    by: Reader,
    plan: Plan,
    now: datetime,
    opens_days: int = OPENS_DAYS,
    due_days: int = DUE_DAYS,
) -> None:
    """Open the cycle of a meeting; the one open until now closes with that."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    _refuse_wrong_days(opens_days, due_days)
    _refuse_wrong_meeting(session, meeting, plan=plan, today=day_of(now, plan))
    session.add(Cycle(meeting=meeting, opens_days=opens_days, due_days=due_days, opened_at=now))
    after = {"opens_days": opens_days, "due_days": due_days}
    record_act(session, action="open cycle", subject=meeting, now=now, person_id=by.person_id, after=after)


def change_days(
    session: Session, meeting: str, *, opens_days: int, due_days: int, by: Reader, plan: Plan, now: datetime
) -> None:
    """Set how many days before its meeting a cycle opens and is due."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    _refuse_wrong_days(opens_days, due_days)
    row = session.exec(select(Cycle).where(Cycle.meeting == meeting)).first()
    if row is None:
        raise UpdateRefused(f"The cycle of {meeting} is not open; open it first.")
    if any(one.meeting == meeting for one in list_snapshots(session)):
        raise UpdateRefused(f"{meeting} was circulated: its paper says what was owed on which day.")
    before = {"opens_days": row.opens_days, "due_days": row.due_days}
    row.opens_days, row.due_days = opens_days, due_days
    after = {"opens_days": opens_days, "due_days": due_days}
    record_act(
        session, action="change cycle", subject=meeting, now=now, person_id=by.person_id, before=before, after=after
    )


def _refuse_wrong_meeting(session: Session, meeting: str, *, plan: Plan, today: date) -> None:
    known = {one.key: one for one in reporting_meetings(plan)}
    if meeting not in known:
        raise UpdateRefused(f"{meeting} is not a meeting that the plan is reported to; use a key such as AWGIPC-80.")
    opened = session.exec(select(Cycle.meeting)).all()
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
