"""The symbols of health and of status in documents, with their words: legible in black and white, and as plain text.

The screen draws the same shapes with its stylesheet.
"""

from collections.abc import Iterable

from models.core.vocabulary import Health, Status
from models.figures.health_label import HealthLabel
from reports.parts.marks import Cell

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
"""On an assumed date; the others change their box alone."""

STATUS_SYMBOLS = {
    Status.COMPLETED: "●",
    Status.ONGOING: "◐",
    Status.NOT_STARTED: "○",
    Status.SUSPENDED: "‖",
    Status.NOT_APPLICABLE: "–",
}
EMPTY_BOX = "□"
"""Nobody has said anything: the box that a report would fill."""


def symbol(shown: HealthLabel) -> str:
    """The symbol of a health; without its fill where the date behind it is assumed."""
    return HOLLOW.get(shown.health, SYMBOLS[shown.health]) if shown.assumed else SYMBOLS[shown.health]


def words_of(healths: Iterable[HealthLabel]) -> tuple[HealthLabel, ...]:
    """Each way of telling health that occurs, in the order of a legend."""
    found = set(healths)
    return tuple(one for kind in ORDER for one in (HealthLabel(kind), HealthLabel(kind, assumed=True)) if one in found)


def status_symbol(cell: Cell) -> str:
    """The symbol of what a party reported; none where it does not take part."""
    if not cell.takes_part:
        return ""
    return STATUS_SYMBOLS[cell.status] if cell.status else EMPTY_BOX


def status_word(cell: Cell) -> str:
    """The word that stands with it: how far for what is ongoing; nothing where the party does not take part."""
    if not cell.takes_part:
        return ""
    if cell.status is None:
        return "no report"
    if cell.status is Status.NOT_APPLICABLE:
        return "n/a"
    return f"{cell.percent} %" if cell.status is Status.ONGOING else cell.status.label.lower()


def matrix_legend() -> tuple[tuple[str, str], ...]:
    """Symbol and meaning of each kind of cell of the status matrix."""
    words = {Status.ONGOING: "ongoing, percent reached", Status.NOT_APPLICABLE: "n/a, not applicable"}
    told = ((mark, words.get(status, status.label.lower())) for status, mark in STATUS_SYMBOLS.items())
    return (*told, (EMPTY_BOX, "no report"), ("blank", "does not take part"))
