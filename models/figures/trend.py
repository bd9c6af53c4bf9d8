"""The trend of the plan from meeting to meeting: as reported at each meeting, and as known now."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.core.vocabulary import Grouping
from models.figures.assess import assessment
from models.figures.rollup import Figures, roll_up
from models.progress.latest import View


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The plan's figures on a day, as reported at the time and as restated from the present log.

    `reported` is None where nothing was: at a meeting without a snapshot, and on the day of the view.
    """

    name: str
    day: date
    reported: Figures | None
    restated: Figures


def plan_figures(session: Session, view: View) -> Figures:
    """Return the figures of the whole plan in the view."""
    (figures,) = roll_up(assessment(session, view), Grouping.PLAN)
    return figures
