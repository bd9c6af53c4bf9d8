"""The symbols of health and status in documents, with their words; legible in black and white and as plain text.

The screen draws the same shapes with its stylesheet.
"""

from collections.abc import Iterable

from models.core.vocabulary import Health, Status
from models.figures.health_label import HealthLabel
from reports.parts.marks import MatrixCell

ORDER = (
    Health.COMPLETED,
    Health.ON_TRACK,
    Health.AT_RISK,
    Health.OVERDUE,
    Health.SUSPENDED,
    Health.NO_REPORT,
    Health.NOT_DUE,
)
"""The order of a legend."""

SYMBOLS = dict(zip(ORDER, "●◐◆▲‖○·", strict=True))
HOLLOW = {Health.AT_RISK: "◇", Health.OVERDUE: "△"}
"""On an assumed date; for the others only the box changes."""

STATUS_SYMBOLS = {
    Status.COMPLETED: "●",
    Status.ONGOING: "◐",
    Status.NOT_STARTED: "○",
    Status.SUSPENDED: "‖",
    Status.NOT_APPLICABLE: "–",
}
EMPTY_BOX = "□"
"""No report."""


def symbol(label: HealthLabel) -> str:
    """Return the symbol of a health label; without fill where its date is assumed."""
    return HOLLOW.get(label.health, SYMBOLS[label.health]) if label.assumed else SYMBOLS[label.health]


def labels_in(healths: Iterable[HealthLabel]) -> tuple[HealthLabel, ...]:
    """Return the distinct labels in the order of a legend."""
    used = set(healths)
    return tuple(
        label for kind in ORDER for label in (HealthLabel(kind), HealthLabel(kind, assumed=True)) if label in used
    )


def status_symbol(cell: MatrixCell) -> str:
    """Return the symbol of a party's status; "" where it does not take part."""
    if not cell.takes_part:
        return ""
    return STATUS_SYMBOLS[cell.status] if cell.status else EMPTY_BOX


def status_word(cell: MatrixCell) -> str:
    """Return the word beside it: the percent where ongoing; "" where the party does not take part."""
    if not cell.takes_part:
        return ""
    if cell.status is None:
        return "no report"
    if cell.status is Status.NOT_APPLICABLE:
        return "n/a"
    return f"{cell.percent} %" if cell.status is Status.ONGOING else cell.status.label.lower()


def matrix_legend() -> tuple[tuple[str, str], ...]:
    """Return symbol and meaning of each kind of cell of the status matrix."""
    words = {Status.ONGOING: "ongoing, percent reached", Status.NOT_APPLICABLE: "n/a, not applicable"}
    legend = ((mark, words.get(status, status.label.lower())) for status, mark in STATUS_SYMBOLS.items())
    return (*legend, (EMPTY_BOX, "no report"), ("blank", "does not take part"))
