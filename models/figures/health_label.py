"""The label of a health: its word, and whether it depends on a date that is only our assumption.

Nobody is called late on a date that ASEAN has not set (method.md, withheld): in that case the label has other words,
in grey, with a hollow mark.
"""

from dataclasses import dataclass

from models.core.vocabulary import Health
from models.figures.standing import Standing

ON_ASSUMED_DATES = {Health.OVERDUE: "past an assumed date", Health.AT_RISK: "behind an assumed date"}
"""The words for overdue and at risk if the due date is assumed."""

REST_ON_DATES = (Health.OVERDUE, Health.AT_RISK, Health.ON_TRACK)
"""The healths that depend on the due date; the others depend on reports alone."""


@dataclass(frozen=True, slots=True)
class HealthLabel:
    """The label of a health; with `assumed` its mark is hollow."""

    health: Health
    assumed: bool = False

    @property
    def word(self) -> str:
        """The word beside the mark."""
        return ON_ASSUMED_DATES.get(self.health, self.health.label) if self.assumed else self.health.label

    @property
    def legend(self) -> str:
        """The word, with the meaning of the hollow mark if the word does not include it."""
        return f"{self.word}, on an assumed date" if self.assumed and self.word == self.health.label else self.word


def health_label(standing: Standing) -> HealthLabel:
    """Return the label for the health of an initiative or commitment."""
    assumed = standing.initiative.due_is_assumed and standing.health in REST_ON_DATES
    return HealthLabel(standing.health, assumed)
