"""The colours of marks in Word: for completed, at risk and overdue alone, and never without symbol and word."""

from dataclasses import dataclass

from models.rules.shown import ShownHealth
from models.rules.words import Health, Status
from reports.marks import Cell
from reports.writers.word_xml import Node, node

WHITE, SOFT, GREY, GROUND = "FFFFFF", "4B5563", "6B7280", "ECEEF2"
DONE, DONE_PALE = "1C5AA8", "E8F0FA"
RISK, RISK_PALE, RISK_INK = "B97A00", "FDF3DC", "7A4A00"
LATE = "B0241C"


@dataclass(frozen=True, slots=True)
class Box:
    """How a mark's cell is filled, framed and written in; a dashed frame is an empty box."""

    fill: str
    frame: str
    ink: str
    line: str = "single"

    def properties(self) -> list[Node]:
        """As the properties of a cell."""
        edges = (
            node(edge, val=self.line, sz=6, space=0, color=self.frame) for edge in ("top", "left", "bottom", "right")
        )
        return [node("tcBorders", *edges), node("shd", val="clear", color="auto", fill=self.fill)]


QUIET = Box(GROUND, GROUND, SOFT)
EMPTY = Box(WHITE, GREY, SOFT, "dotted")
_BOXES = {
    Health.COMPLETED: Box(DONE, DONE, WHITE),
    Health.ON_TRACK: Box(DONE_PALE, DONE, DONE),
    Health.AT_RISK: Box(RISK_PALE, RISK, RISK_INK),
    Health.OVERDUE: Box(LATE, LATE, WHITE),
    Health.NO_REPORT: EMPTY,
}
_STATUS_BOXES = {
    Status.COMPLETED: _BOXES[Health.COMPLETED],
    Status.ONGOING: _BOXES[Health.ON_TRACK],
    Status.NOT_STARTED: Box(WHITE, GREY, SOFT),
    Status.SUSPENDED: Box(GROUND, GREY, SOFT),
}


def box(shown: ShownHealth) -> Box:
    """The box of a square; hollow, and grey where it would accuse, on an assumed date."""
    if shown.assumed:
        return Box(WHITE, DONE, DONE) if shown.health is Health.ON_TRACK else Box(WHITE, GREY, SOFT)
    return _BOXES.get(shown.health, QUIET)


def status_box(cell: Cell) -> Box:
    """The box of a cell of the matrix; hollow while it is only submitted."""
    if cell.status is None:
        return EMPTY
    if cell.submitted_only:
        return Box(WHITE, DONE, DONE, "dashed")
    return _STATUS_BOXES.get(cell.status, QUIET)


def ink(shown: ShownHealth) -> Node:
    """The colour of a symbol that stands in running text."""
    drawn = box(shown)
    return coloured(drawn.frame if drawn.ink == WHITE else drawn.ink)


def coloured(colour: str) -> Node:
    """The colour of letters."""
    return node("color", val=colour)
