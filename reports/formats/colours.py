"""The colours of marks on paper and slides: for completed, at risk and overdue alone, never without symbol and word."""

from dataclasses import dataclass
from typing import Literal

from models.core.vocabulary import Health
from models.figures.health_label import HealthLabel

WHITE, INK, SOFT, GREY, GROUND, HEAD = "FFFFFF", "1A1A1A", "4B5563", "6B7280", "ECEEF2", "1F3A5F"
DONE, DONE_PALE = "1C5AA8", "E8F0FA"
RISK, RISK_PALE, RISK_INK = "B97A00", "FDF3DC", "7A4A00"
LATE = "B0241C"

Line = Literal["solid", "dotted", "dashed"]


@dataclass(frozen=True, slots=True)
class Box:
    """How a mark is filled, framed and written in; a dotted frame is an empty box, a dashed one is not cleared yet."""

    fill: str
    frame: str
    ink: str
    line: Line = "solid"


QUIET, EMPTY = Box(GROUND, GROUND, SOFT), Box(WHITE, GREY, SOFT, "dotted")
BOXES = {
    Health.COMPLETED: Box(DONE, DONE, WHITE),
    Health.ON_TRACK: Box(DONE_PALE, DONE, DONE),
    Health.AT_RISK: Box(RISK_PALE, RISK, RISK_INK),
    Health.OVERDUE: Box(LATE, LATE, WHITE),
    Health.NO_REPORT: EMPTY,
}


def box(shown: HealthLabel) -> Box:
    """The box of a square; hollow, and grey where it would accuse, on an assumed date."""
    if shown.assumed:
        return Box(WHITE, DONE, DONE) if shown.health is Health.ON_TRACK else Box(WHITE, GREY, SOFT)
    return BOXES.get(shown.health, QUIET)
