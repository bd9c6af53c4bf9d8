"""The colours of marks on paper and slides: only for completed, at risk and overdue, always with symbol and word."""

from dataclasses import dataclass
from typing import Literal

from models.core.vocabulary import Health
from models.figures.health_label import HealthLabel

WHITE, INK, SOFT, GREY, GROUND, HEAD = "FFFFFF", "1A1A1A", "4B5563", "6B7280", "ECEEF2", "1F3A5F"
DONE, DONE_PALE = "1C5AA8", "E8F0FA"
RISK, RISK_PALE, RISK_INK = "B97A00", "FDF3DC", "7A4A00"
LATE = "B0241C"

FrameStyle = Literal["solid", "dotted", "dashed"]


@dataclass(frozen=True, slots=True)
class Box:
    """Fill, frame and text colour of a mark; a dotted frame is an empty box, a dashed frame is not cleared yet."""

    fill: str
    frame: str
    ink: str
    line: FrameStyle = "solid"


QUIET, EMPTY = Box(GROUND, GROUND, SOFT), Box(WHITE, GREY, SOFT, "dotted")
BOXES = {
    Health.COMPLETED: Box(DONE, DONE, WHITE),
    Health.ON_TRACK: Box(DONE_PALE, DONE, DONE),
    Health.AT_RISK: Box(RISK_PALE, RISK, RISK_INK),
    Health.OVERDUE: Box(LATE, LATE, WHITE),
    Health.NO_REPORT: EMPTY,
}


def box(label: HealthLabel) -> Box:
    """Return the box of a square; on an assumed date it is hollow, and grey unless on track."""
    if label.assumed:
        return Box(WHITE, DONE, DONE) if label.health is Health.ON_TRACK else Box(WHITE, GREY, SOFT)
    return BOXES.get(label.health, QUIET)
