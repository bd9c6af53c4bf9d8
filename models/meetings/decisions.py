"""Decisions and action points of meetings: recorded as the meeting left them, closed once."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.errors import DecisionRefused, NotFound
from models.core.text import RestrictedText, day, listed
from models.core.vocabulary import DecisionKind
from models.meetings.snapshot import Decided
from models.people.context import Context
from models.people.permissions import Action
from models.people.visibility_rules import Detail, display_of, shows
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.store.meeting_tables import DecisionRow

LONGEST = 4000
"""How many characters a decision, and what it was closed with, may have."""
NOTHING = RestrictedText("")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a meeting agreed: of which kind, in its words, about which initiatives, whose, and due by which meeting.

    Without initiatives it is about the whole plan; `owner` is a body or a member state.
    """

    meeting: str
    kind: DecisionKind
    text: RestrictedText
    initiatives: tuple[str, ...] = ()
    owner: str | None = None
    due_meeting: str | None = None


def record_decision(context: Context, agreed: Agreed) -> int:
    """Write it down; returns its number."""
    context.require(Action.MANAGE_CYCLES)
    _refuse(list(_against(agreed, context.plan, day_of(context.now, context.plan))))
    about = [initiative.key for initiative in context.plan.initiatives if initiative.key in agreed.initiatives]
    row = DecisionRow(
        meeting=agreed.meeting,
        kind=agreed.kind.value,
        text=agreed.text.strip(),
        initiatives=json.dumps(about),
        owner=agreed.owner,
        due_meeting=agreed.due_meeting,
        recorded_at=context.now,
        recorded_by=context.user.person_id,
    )
    context.session.add(row)
    context.session.flush()
    after = asdict(agreed) | {"text": row.text, "initiatives": about}
    context.record("record decision", _subject(row), after=after)
    return row.id or 0


def close_decision(
    context: Context,
    decision: int,
    *,
    evidence: RestrictedText = NOTHING,
    reason: RestrictedText = NOTHING,
) -> None:
    """Close it, with what shows that it was carried out, or why it is no longer pursued; or both."""
    context.require(Action.MANAGE_CYCLES)
    row = _open_row(context.session, decision, context.plan)
    shown, why = evidence.strip(), reason.strip()
    _refuse(list(_against_closing(shown, why)))
    row.closed_at, row.closed_by = context.now, context.user.person_id
    row.closing_evidence, row.closing_reason = shown or None, why or None
    context.record("close decision", _subject(row), after={"evidence": shown} if shown else None, reason=why or None)


def _open_row(session: Session, decision: int, plan: Plan) -> DecisionRow:
    row = session.get(DecisionRow, decision)
    if row is None:
        raise NotFound(f"There is no decision or action point {decision}; choose one of those that are open.")
    if row.closed_at is not None:
        closed = day(day_of(row.closed_at, plan))
        raise DecisionRefused(f"It was closed already, on {closed}; what it was closed with is never changed.")
    return row


def _against(agreed: Agreed, plan: Plan, today: date) -> Iterator[str]:
    if not agreed.text.strip():
        yield "The text is empty; write down what the meeting agreed."
    yield from _unwritable("The text", agreed.text)
    yield from _against_meetings(agreed, plan, today)
    unknown = [key for key in agreed.initiatives if key not in plan.initiative]
    if unknown:
        yield f"The plan has no initiative {listed(unknown)}; use keys such as {plan.initiatives[0].key}."
    if agreed.owner is not None and agreed.owner not in plan.body.keys() | plan.state.keys():
        yield f"{agreed.owner} is neither a body nor a member state; use one of {listed([*plan.body, *plan.state])}."


def _against_meetings(agreed: Agreed, plan: Plan, today: date) -> Iterator[str]:
    """It was agreed at a meeting that has begun, and is due at a later one."""
    held, due = plan.meeting.get(agreed.meeting), plan.meeting.get(agreed.due_meeting or "")
    if held is None:
        yield f"{agreed.meeting or 'The meeting'} is not in the plan's calendar; choose the meeting that agreed it."
    elif held.start > today:
        yield f"{held.name} begins on {day(held.start)}; record what it agrees once it sits."
    if agreed.due_meeting and due is None:
        yield f"{agreed.due_meeting} is not in the plan's calendar; choose the meeting by which it is due, or none."
    elif held and due and due.start <= held.start:
        yield f"{due.name} is not after {held.name}; choose a later meeting by which it is due, or none."


def _against_closing(evidence: str, reason: str) -> Iterator[str]:
    if not evidence and not reason:
        yield "Name the evidence that it was carried out, or say why it is no longer pursued; it is closed with that."
    yield from _unwritable("The evidence", evidence)
    yield from _unwritable("The reason", reason)


def _unwritable(what: str, text: str) -> Iterator[str]:
    if "\x00" in text:
        yield f"{what} contains a character that is not allowed; type it again."
    if len(text) > LONGEST:
        yield f"{what} has {len(text):,} characters; shorten it to {LONGEST:,}."


def _refuse(errors: list[str]) -> None:
    if errors:
        raise DecisionRefused(*errors)


def _subject(row: DecisionRow) -> str:
    return f"decision {row.id}"


def decisions_for(context: Context) -> tuple[Decided, ...]:
    """Every decision and action point, for a user who may see them; none for anybody else."""
    if not shows(display_of(context.user), Detail.DECISIONS):
        return ()
    return decisions(context.session, context.plan, known_at=context.now)


def decisions(session: Session, plan: Plan, *, known_at: datetime) -> tuple[Decided, ...]:
    """Every one recorded by the moment, the oldest first; one that was closed only later is open."""
    query = select(DecisionRow).where(col(DecisionRow.recorded_at) <= known_at).order_by(col(DecisionRow.id))
    return tuple(_decided(row, plan, known_at) for row in session.execute(query).scalars())


def _decided(row: DecisionRow, plan: Plan, known_at: datetime) -> Decided:
    closed = row.closed_at is not None and row.closed_at <= known_at
    return Decided(
        id=row.id or 0,
        meeting=row.meeting,
        kind=DecisionKind(row.kind),
        text=row.text,
        initiatives=tuple(json.loads(row.initiatives)),
        owner=row.owner,
        due_meeting=row.due_meeting,
        closed_on=day_of(row.closed_at, plan) if closed and row.closed_at else None,
        closing_evidence=row.closing_evidence if closed else None,
        closing_reason=row.closing_reason if closed else None,
    )
