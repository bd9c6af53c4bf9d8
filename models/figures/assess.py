"""Queries of figures: the edition and log rows that a view selects, assessed and rolled up."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from models.core.vocabulary import Grouping
from models.figures.early_cycle import EarlyCycle
from models.figures.rollup import Assessment, Figures, assess, roll_up
from models.plan.editions import plan_as_known
from models.progress.cycles import last_closed, list_cycles, reported_in
from models.progress.latest import View, latest_statements


def assessment(session: Session, view: View) -> Assessment:
    """Return every initiative in scope, with edition and log as known at K, on day D (method.md, sections 2 and 3)."""
    known = plan_as_known(session, view.known_at)
    latest = latest_statements(session, view)
    cycles = list_cycles(session, known.plan)
    closed = last_closed(cycles, view.known_at)
    reported = reported_in(session, closed, known_at=view.known_at, rows_until=view.rows_until) if closed else None
    now = assess(known.plan, latest, as_of=view.as_of, originals=known.originals, reported=reported)
    first = next((cycle for cycle in cycles if cycle.opened_at <= view.known_at), None)
    return replace(now, early=early_cycle(now, first.due if first else None))


def early_cycle(now: Assessment, first_due: date | None) -> EarlyCycle | None:
    """Return until when percentages are withheld, None before the first report and once they say something.

    `first_due` is the day on which the reports of the first cycle are due, None while no cycle was opened.
    """
    if not now.has_reports or (first_due is not None and now.as_of >= first_due):
        return None
    by_then = first_due or now.as_of
    owed = [part for row in now.standings if row.initiative.start <= by_then for part in row.commitments]
    reported = sum(commitment.statement is not None for commitment in owed)
    return None if owed and 2 * reported >= len(owed) else EarlyCycle(due=first_due)


def figures(session: Session, view: View, by: Grouping) -> tuple[Figures, ...]:
    """Return the rows of `rollup`: one for each group, in the plan's order (method.md, section 3)."""
    return roll_up(assessment(session, view), by)
