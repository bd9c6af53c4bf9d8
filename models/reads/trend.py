"""The course of the plan from meeting to meeting: as each was told at the time, and as known today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.reads.asked import as_reported
from models.reads.figures import assessment
from models.reads.latest import View
from models.rules.meetings import ended_meetings
from models.rules.plan import Plan
from models.rules.rollup import Figures, roll_up
from models.rules.words import Grouping


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The plan's figures on one day, as reported then and as restated from what is known now."""

    name: str
    day: date
    reported: Figures
    restated: Figures


def trend(session: Session, plan: Plan, view: View) -> tuple[TrendPoint, ...]:
    """A point for each meeting up to the view's day, and one for that day if anything moved since the last of them."""
    return tuple(_points(session, plan, view))


def _points(session: Session, plan: Plan, view: View) -> Iterator[TrendPoint]:
    last = None
    for meeting in ended_meetings(plan, view.as_of):
        reported = _figures(session, as_reported(meeting, plan, view.basis))
        restated = _figures(session, View(meeting.end, view.known_at, view.basis))
        yield TrendPoint(meeting.name, meeting.end, reported, restated)
        last = reported
    now = _figures(session, view)
    if last is None or _moved(last, now):
        yield TrendPoint("", view.as_of, now, now)


def _moved(last: Figures, now: Figures) -> bool:
    return (last.completed, last.progress_percent) != (now.completed, now.progress_percent)


def _figures(session: Session, view: View) -> Figures:
    (figures,) = roll_up(assessment(session, view), Grouping.PLAN)
    return figures
