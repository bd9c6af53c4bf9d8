"""The reporting cycles as opened, and what is owed in one."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Kind
from models.plan.schema import Commitment, Plan
from models.progress.cycle_span import CycleSpan
from models.progress.latest import EVERY_ROW
from models.store.reporting_tables import Cycle
from models.store.tables import CommitmentRow, Progress


def list_cycles(session: Session, plan: Plan) -> tuple[CycleSpan, ...]:
    """Every cycle in the order of opening, with the days that follow from its meeting's date in the plan.

    An edition that does not know a meeting yet knows nothing of its cycle, but of the closing it brought.
    """
    rows = session.execute(select(Cycle).order_by(col(Cycle.opened_at), col(Cycle.id))).scalars().all()
    closings = [*(row.opened_at for row in rows[1:]), None]
    return tuple(
        CycleSpan(plan.meeting[row.meeting], row.opens_days, row.due_days, row.opened_at, closed_at)
        for row, closed_at in zip(rows, closings, strict=False)
        if row.meeting in plan.meeting
    )


def heard_in(
    session: Session, cycle: CycleSpan, *, known_at: datetime, rows_until: int = EVERY_ROW
) -> frozenset[Commitment]:
    """The commitments on which an update or nil report was submitted in the cycle and stood at the moment."""
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
