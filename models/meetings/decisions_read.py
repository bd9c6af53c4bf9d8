"""Decisions and action points of meetings, as they stood at a moment."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import DecisionKind
from models.meetings.snapshot_parts import Decided
from models.plan.days import day_of
from models.plan.schema import Plan
from models.store.meeting_tables import DecisionRow


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
