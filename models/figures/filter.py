"""A part of the plan, chosen by what its initiatives are tagged with: the figures of that part alone."""

from dataclasses import dataclass

from models.figures.rollup import Assessment
from models.plan.schema import Initiative, Plan


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which initiatives are wanted: those of a theme, of an IP right, or of both; empty words ask for nothing."""

    theme: str = ""
    ip_right: str = ""

    def keeps(self, initiative: Initiative) -> bool:
        """Whether the initiative carries what is asked for."""
        return self.theme in {"", *initiative.themes} and self.ip_right in {"", *initiative.ip_rights}


def narrow(assessment: Assessment, narrowing: Narrowing) -> Assessment:
    """The same day with only the initiatives kept, so that every N is that of the part."""
    plan = assessment.plan
    kept = tuple(filter(narrowing.keeps, plan.initiatives))
    standings = tuple(one for one in assessment.standings if narrowing.keeps(one.initiative))
    # Made anew, not copied: a copy would keep the whole plan's look-up by key.
    part = Plan.model_construct(**(dict(plan) | {"initiatives": kept}))
    return Assessment(plan=part, as_of=assessment.as_of, standings=standings)
