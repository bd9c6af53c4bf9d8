"""How health is told to a reader: its word, and whether it rests on a date that is only our assumption.

Nobody is called late on a date that ASEAN has not set (method.md, withheld): what the dates alone make late reads in
other words, in grey, with a hollow mark.
"""

from dataclasses import dataclass

from models.core.vocabulary import Health
from models.figures.standing import Standing

ON_ASSUMED_DATES = {Health.OVERDUE: "past an assumed date", Health.AT_RISK: "behind assumed dates"}
"""What is said instead of overdue and at risk where the due date is assumed."""

REST_ON_DATES = (Health.OVERDUE, Health.AT_RISK, Health.ON_TRACK)
"""What the due date decides; the rest is known from reports alone."""


@dataclass(frozen=True, slots=True)
class HealthLabel:
    """A health as a reader meets it; `assumed` asks for the hollow mark."""

    health: Health
    assumed: bool = False

    @property
    def word(self) -> str:
        """The word that stands with the mark."""
        return ON_ASSUMED_DATES.get(self.health, self.health.label) if self.assumed else self.health.label

    @property
    def legend(self) -> str:
        """The word, with what the hollow mark means where the word does not say it."""
        return f"{self.word}, on an assumed date" if self.assumed and self.word == self.health.label else self.word


def health_label(standing: Standing) -> HealthLabel:
    """The health of an initiative or commitment as it may be told."""
    assumed = standing.initiative.due_is_assumed and standing.health in REST_ON_DATES
    return HealthLabel(standing.health, assumed)
