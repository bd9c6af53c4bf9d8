"""What is owed in a cycle (method.md, section 3): the one answer for pages, forms and reminders."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models.core.vocabulary import Basis
from models.figures.rollup import Assessment, assess
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment
from models.progress.cycles import CycleSpan, reported_in
from models.progress.latest import EVERY_ROW, View, latest_statements


def owed(at_due: Assessment, reported: Collection[Commitment]) -> tuple[Commitment, ...]:
    """The commitments owed in a cycle (method.md, section 3), in the plan's order.

    `at_due` assesses the cycle's due date on the basis of what is reported; `reported` are the commitments on which an
    update or a nil report was submitted in the cycle, neither returned nor withdrawn since.
    """
    return tuple(
        (standing.key, commitment.party)
        for standing in at_due.standings
        if standing.initiative.start <= at_due.as_of
        for commitment in standing.commitments
        if not commitment.completed and (standing.key, commitment.party) not in reported
    )


def owed_in(
    session: Session, cycle: CycleSpan, *, known_at: datetime, rows_until: int = EVERY_ROW
) -> tuple[Commitment, ...]:
    """What is owed in the cycle, as known at the moment: the one answer for pages, forms and reminders."""
    known = plan_as_known(session, known_at)
    latest = latest_statements(session, View(cycle.due, known_at, Basis.REPORTED, rows_until))
    at_due = assess(known.plan, latest, as_of=cycle.due, originals=known.originals)
    return owed(at_due, reported_in(session, cycle, known_at=known_at, rows_until=rows_until))
