"""The trend of the plan from meeting to meeting: as reported at each meeting, and as known now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.core.vocabulary import Grouping
from models.figures.assess import assessment
from models.figures.rollup import Figures, roll_up
from models.plan.schema import Plan
from models.progress.latest import View


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The plan's figures on a day, as reported at the time and as restated from the present log."""

    name: str
    day: date
    reported: Figures
    restated: Figures


def trend(session: Session, plan: Plan, view: View, reported: Mapping[str, View]) -> tuple[TrendPoint, ...]:
    """Return a point for each meeting up to the view's day, and for that day if the figures changed after the last one.

    `reported` has the view "as reported at" each meeting, by key (models/meetings/snapshots.py).
    """
    points = meeting_points(session, plan, view, reported)
    now = _figures(session, view)
    shown = points[-1].reported if points else None
    if shown is None or (shown.completed, shown.progress_percent) != (now.completed, now.progress_percent):
        points = (*points, TrendPoint("", view.as_of, now, now))
    return points


def meeting_points(session: Session, plan: Plan, view: View, reported: Mapping[str, View]) -> tuple[TrendPoint, ...]:
    """Return a point for each meeting up to the view's day (inclusive), the oldest first."""
    past = [(key, then) for key, then in reported.items() if then.as_of <= view.as_of and key in plan.meeting]
    return tuple(
        TrendPoint(
            plan.meeting[key].name,
            then.as_of,
            reported=_figures(session, replace(then, basis=view.basis)),
            restated=_figures(session, replace(view, as_of=then.as_of)),
        )
        for key, then in sorted(past, key=lambda pair: pair[1].as_of)
    )


def _figures(session: Session, view: View) -> Figures:
    (figures,) = roll_up(assessment(session, view), Grouping.PLAN)
    return figures
