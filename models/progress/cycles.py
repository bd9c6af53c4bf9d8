"""Reporting cycles, one before each meeting of the working group: when each was open, and what was reported in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Kind
from models.plan.schema import Commitment, Plan
from models.plan.schema_parts import Meeting
from models.progress.latest import EVERY_ROW
from models.store.reporting_tables import Cycle
from models.store.tables import CommitmentRow, Progress

OPENS_DAYS, DUE_DAYS = 56, 14
"""How many days before the meeting a cycle opens, and its reports are due, unless the secretariat says otherwise."""


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """A cycle: its meeting, the days counted back from it, and the moments (UTC) between which it is open.

    `closed_at` is None while it is open; a cycle closes when the next one is opened.
    """

    meeting: Meeting
    opens_days: int
    due_days: int
    opened_at: datetime
    closed_at: datetime | None

    @property
    def opens(self) -> date:
        """The day it is planned to open; moves with the meeting."""
        return self.meeting.start - timedelta(days=self.opens_days)

    @property
    def due(self) -> date:
        """The day its reports are due; moves with the meeting."""
        return self.meeting.start - timedelta(days=self.due_days)

    def holds(self, moment: datetime) -> bool:
        """Whether what was submitted at the moment belongs to it."""
        return self.opened_at <= moment and (self.closed_at is None or moment < self.closed_at)


def cycle_at(cycles: Iterable[CycleSpan], moment: datetime) -> CycleSpan | None:
    """The cycle that was open at the moment, if one was."""
    return next((cycle for cycle in cycles if cycle.holds(moment)), None)


def last_closed(cycles: Sequence[CycleSpan], known_at: datetime) -> CycleSpan | None:
    """The cycle that had closed last at the moment, if one had."""
    closed = [cycle for cycle in cycles if cycle.closed_at is not None and cycle.closed_at <= known_at]
    return max(closed, key=lambda cycle: cycle.opened_at, default=None)


def list_cycles(session: Session, plan: Plan) -> tuple[CycleSpan, ...]:
    """Every cycle in the order of opening, with the days that follow from its meeting's date in the plan.

    A cycle whose meeting is not in the plan is left out, but it closes the cycle before it.
    """
    rows = session.execute(select(Cycle).order_by(col(Cycle.opened_at), col(Cycle.id))).scalars().all()
    closings = [*(row.opened_at for row in rows[1:]), None]
    return tuple(
        CycleSpan(plan.meeting[row.meeting], row.opens_days, row.due_days, row.opened_at, closed_at)
        for row, closed_at in zip(rows, closings, strict=False)
        if row.meeting in plan.meeting
    )


def reported_in(
    session: Session, cycle: CycleSpan, *, known_at: datetime, rows_until: int = EVERY_ROW
) -> frozenset[Commitment]:
    """The commitments with an update or nil report submitted in the cycle and in effect at the moment."""
    query = (
        select(col(CommitmentRow.initiative), col(CommitmentRow.party))
        .join(Progress, col(Progress.commitment_id) == CommitmentRow.id)
        .where(
            col(Progress.kind).in_([Kind.UPDATE, Kind.NIL]),
            col(Progress.id) <= rows_until,
            col(Progress.submitted_at) >= cycle.opened_at,
            col(Progress.submitted_at) <= known_at,
            col(Progress.returned_at).is_(None) | (col(Progress.returned_at) > known_at),
            col(Progress.withdrawn_at).is_(None) | (col(Progress.withdrawn_at) > known_at),
        )
    )
    if cycle.closed_at is not None:
        query = query.where(col(Progress.submitted_at) < cycle.closed_at)
    return frozenset((initiative, party) for initiative, party in session.execute(query.distinct()))
