"""The colours of marks in Word: only for completed, at risk and overdue, always with symbol and word."""

from models.core.vocabulary import Health, Status
from models.figures.health_label import HealthLabel
from reports.formats.colours import BOXES, DONE, EMPTY, GREY, GROUND, QUIET, SOFT, WHITE, Box, box
from reports.formats.word.xml import Node, node
from reports.parts.marks import Cell

LINES = {"solid": "single", "dotted": "dotted", "dashed": "dashed"}
"""The name of each line in Word."""

_STATUS_BOXES = {
    Status.COMPLETED: BOXES[Health.COMPLETED],
    Status.ONGOING: BOXES[Health.ON_TRACK],
    Status.NOT_STARTED: Box(WHITE, GREY, SOFT),
    Status.SUSPENDED: Box(GROUND, GREY, SOFT),
}


def properties(look: Box) -> list[Node]:
    """Return a box as the properties of a cell."""
    line = LINES[look.line]
    edges = (node(edge, val=line, sz=6, space=0, color=look.frame) for edge in ("top", "left", "bottom", "right"))
    return [node("tcBorders", *edges), node("shd", val="clear", color="auto", fill=look.fill)]


def status_box(cell: Cell) -> Box:
    """Return the box of a cell of the matrix; hollow while it is only submitted."""
    if cell.status is None:
        return EMPTY
    if cell.submitted_only:
        return Box(WHITE, DONE, DONE, "dashed")
    return _STATUS_BOXES.get(cell.status, QUIET)


def ink(label: HealthLabel) -> Node:
    """Return the colour of a symbol in running text."""
    look = box(label)
    return coloured(look.frame if look.ink == WHITE else look.ink)


def coloured(colour: str) -> Node:
    """Return the colour of text."""
    return node("color", val=colour)
