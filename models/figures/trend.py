"""The course of the plan from meeting to meeting: as each was told at the time, and as known today."""

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
    """The plan's figures on one day, as reported then and as restated from what is known now."""

    name: str
    day: date
    reported: Figures
    restated: Figures


def trend(session: Session, plan: Plan, view: View, reported: Mapping[str, View]) -> tuple[TrendPoint, ...]:
    """A point for each meeting up to the view's day, and one for that day if anything moved since the last of them.

    `reported` says what "as reported at" each meeting means (models/meetings/snapshots.py).
    """
    points = meeting_points(session, plan, view, reported)
    now = _figures(session, view)
    if not points or _moved(points[-1].reported, now):
        points = (*points, TrendPoint("", view.as_of, now, now))
    return points


def meeting_points(session: Session, plan: Plan, view: View, reported: Mapping[str, View]) -> tuple[TrendPoint, ...]:
    """A point for each meeting up to the view's day, the oldest first."""
    past = [(key, at) for key, at in reported.items() if at.as_of <= view.as_of and key in plan.meeting]
    return tuple(
        TrendPoint(
            plan.meeting[key].name,
            at.as_of,
            reported=_figures(session, replace(at, basis=view.basis)),
            restated=_figures(session, replace(view, as_of=at.as_of)),
        )
        for key, at in sorted(past, key=lambda pair: pair[1].as_of)
    )


def _moved(last: Figures, now: Figures) -> bool:
    return (last.completed, last.progress_percent) != (now.completed, now.progress_percent)


def _figures(session: Session, view: View) -> Figures:
    (figures,) = roll_up(assessment(session, view), Grouping.PLAN)
    return figures
