"""The plan as a tree of figures: strategic measures, their activities, and the initiatives under each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from models.core.text import counted, day
from models.core.vocabulary import ATTENTION, Grouping, Scope
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, Group, groups
from models.figures.standing import InitiativeStanding
from models.plan.schema import Activity, Measure
from reports.parts.figure_line import FigureLine, figure_line
from reports.parts.glance import progress_of
from reports.parts.marks import Progress


@dataclass(frozen=True, slots=True)
class Leaf:
    """One initiative: how it stands, by when, and how many of those who deliver it have reported."""

    standing: InitiativeStanding
    shown: HealthLabel
    progress: Progress
    due: str
    reported: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One activity with its figures and its initiatives in scope."""

    activity: Activity
    line: FigureLine
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Trunk:
    """One strategic measure with its figures and its activities."""

    measure: Measure
    line: FigureLine
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole plan, or the part a filter leaves; its title is the finding."""

    title: str
    trunks: tuple[Trunk, ...]
    has_reports: bool


def tree(assessment: Assessment) -> Tree:
    """Describe the plan; measures and activities without an initiative in the view are left out."""
    measures, activities = groups(assessment, Grouping.MEASURE), groups(assessment, Grouping.ACTIVITY)
    branches = [_branch(*pair, assessment) for pair in zip(assessment.plan.activities, activities, strict=True)]
    line = partial(figure_line, as_of=assessment.as_of, in_a_view_with_reports=assessment.has_reports)
    trunks = (
        Trunk(
            measure, line(group), tuple(one for one in branches if one.activity.measure == measure.key and one.leaves)
        )
        for measure, group in zip(assessment.plan.measures, measures, strict=True)
    )
    return Tree(_title(assessment), tuple(trunk for trunk in trunks if trunk.branches), assessment.has_reports)


def _branch(activity: Activity, group: Group, assessment: Assessment) -> Branch:
    marks = {one.key: progress_of(one, assessment) for one in groups(assessment, Grouping.INITIATIVE)}
    line = figure_line(group, assessment.as_of, in_a_view_with_reports=assessment.has_reports)
    return Branch(activity, line, tuple(_leaf(one, marks[one.key]) for one in initiatives_of(group)))


def initiatives_of(group: Group) -> Sequence[InitiativeStanding]:
    """The members of a group of initiatives."""
    return [one for one in group.members if isinstance(one, InitiativeStanding)]


def _title(assessment: Assessment) -> str:
    ones = assessment.standings
    if not ones:
        return "No initiative matches this choice"
    if len(ones) == 1:
        return f"1 initiative: {health_label(ones[0]).word}"
    if not assessment.has_reports:
        return f"No report yet on any of {len(ones)} initiatives"
    needing = sum(one.health in ATTENTION for one in ones)
    told = f"{sum(one.completed for one in ones)} of {len(ones)} initiatives completed"
    return f"{told}, {needing} {'needs' if needing == 1 else 'need'} attention" if needing else told


def _leaf(standing: InitiativeStanding, mark: Progress) -> Leaf:
    assumed = " (assumed)" if standing.initiative.due_is_assumed else ""
    moved = "" if standing.due == standing.original_due else f", first {day(standing.original_due)}"
    return Leaf(standing, health_label(standing), mark, f"{day(standing.due)}{assumed}{moved}", _reported(standing))


def _reported(standing: InitiativeStanding) -> str:
    if standing.initiative.scope is Scope.REGIONAL:
        return "reported" if standing.reported else "no report"
    return f"{standing.reported} of {counted(len(standing.commitments), 'state')} reported"
