"""Queries of figures: the edition and log rows that a view selects, assessed and rolled up."""

from sqlmodel import Session

from models.core.vocabulary import Grouping
from models.figures.rollup import Assessment, Figures, assess, roll_up
from models.plan.editions import plan_as_known
from models.progress.cycles import last_closed, list_cycles, reported_in
from models.progress.latest import View, latest_statements


def assessment(session: Session, view: View) -> Assessment:
    """Return every initiative in scope, with edition and log as known at K, on day D (method.md, sections 2 and 3)."""
    known = plan_as_known(session, view.known_at)
    latest = latest_statements(session, view)
    closed = last_closed(list_cycles(session, known.plan), view.known_at)
    reported = reported_in(session, closed, known_at=view.known_at, rows_until=view.rows_until) if closed else None
    return assess(known.plan, latest, as_of=view.as_of, originals=known.originals, reported=reported)


def figures(session: Session, view: View, by: Grouping) -> tuple[Figures, ...]:
    """Return the rows of `rollup`: one for each group, in the plan's order (method.md, section 3)."""
    return roll_up(assessment(session, view), by)
