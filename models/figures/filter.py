"""A part of the plan, chosen by the theme or IP right of its initiatives: the figures of that part alone."""

from dataclasses import dataclass

from models.figures.rollup import Assessment
from models.plan.schema import Initiative, Plan


@dataclass(frozen=True, slots=True)
class Filter:
    """The theme and the IP right that initiatives must have; an empty key selects all."""

    theme: str = ""
    ip_right: str = ""

    def keeps(self, initiative: Initiative) -> bool:
        """Whether the initiative has the theme and the IP right."""
        return self.theme in {"", *initiative.themes} and self.ip_right in {"", *initiative.ip_rights}


def apply_filter(assessment: Assessment, chosen: Filter) -> Assessment:
    """Return the assessment of the selected initiatives only, so that every N is the number of that part."""
    plan = assessment.plan
    kept = tuple(filter(chosen.keeps, plan.initiatives))
    standings = tuple(standing for standing in assessment.standings if chosen.keeps(standing.initiative))
    # A new plan and not a copy: a copy would keep the cached look-up by key of the whole plan.
    part = Plan.model_construct(**(dict(plan) | {"initiatives": kept}))
    return Assessment(plan=part, as_of=assessment.as_of, standings=standings)
