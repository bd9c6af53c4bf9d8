"""The colours of marks in Word: for completed, at risk and overdue alone, and never without symbol and word."""

from models.core.vocabulary import Health, Status
from models.figures.health_label import HealthLabel
from reports.formats.colours import BOXES, DONE, EMPTY, GREY, GROUND, QUIET, SOFT, WHITE, Box, box
from reports.formats.word.xml import Node, node
from reports.parts.marks import Cell

LINES = {"solid": "single", "dotted": "dotted", "dashed": "dashed"}
"""What Word calls each line."""

_STATUS_BOXES = {
    Status.COMPLETED: BOXES[Health.COMPLETED],
    Status.ONGOING: BOXES[Health.ON_TRACK],
    Status.NOT_STARTED: Box(WHITE, GREY, SOFT),
    Status.SUSPENDED: Box(GROUND, GREY, SOFT),
}


def properties(drawn: Box) -> list[Node]:
    """A box as the properties of a cell."""
    line = LINES[drawn.line]
    edges = (node(edge, val=line, sz=6, space=0, color=drawn.frame) for edge in ("top", "left", "bottom", "right"))
    return [node("tcBorders", *edges), node("shd", val="clear", color="auto", fill=drawn.fill)]


def status_box(cell: Cell) -> Box:
    """The box of a cell of the matrix; hollow while it is only submitted."""
    if cell.status is None:
        return EMPTY
    if cell.submitted_only:
        return Box(WHITE, DONE, DONE, "dashed")
    return _STATUS_BOXES.get(cell.status, QUIET)


def ink(shown: HealthLabel) -> Node:
    """The colour of a symbol that stands in running text."""
    drawn = box(shown)
    return coloured(drawn.frame if drawn.ink == WHITE else drawn.ink)


def coloured(colour: str) -> Node:
    """The colour of letters."""
    return node("color", val=colour)
