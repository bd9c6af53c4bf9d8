"""The plan as a tree of figures: strategic measures, their activities, and the initiatives under each."""

from dataclasses import dataclass

from models.core.text import counted, day
from models.core.vocabulary import Grouping, Scope
from models.figures.attention import urgent_healths
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, figures_of, groups
from models.figures.standing import InitiativeStanding
from models.plan.schema import Activity, Measure
from reports.parts.counts import reported_text
from reports.parts.figure_line import FigureLine, figure_line
from reports.parts.glance import initiatives_of, progress
from reports.parts.marks import ProgressMark


@dataclass(frozen=True, slots=True)
class Leaf:
    """One initiative: its health and due date, and how many of its parties have reported."""

    standing: InitiativeStanding
    label: HealthLabel
    progress: ProgressMark
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
    """The plan, or the part that a filter selects; its title is the finding."""

    title: str
    trunks: tuple[Trunk, ...]


def tree(assessment: Assessment) -> Tree:
    """Return the tree; measures and activities without an initiative in the view are left out."""
    plan = assessment.plan
    marks = {
        group.key: progress(figures_of(group, assessment.as_of), assessment)
        for group in groups(assessment, Grouping.INITIATIVE)
    }
    branches = []
    for activity, group in zip(plan.activities, groups(assessment, Grouping.ACTIVITY), strict=True):
        leaves = tuple(_leaf(standing, marks[standing.key]) for standing in initiatives_of(group))
        branches.append(Branch(activity, figure_line(group, assessment), leaves))
    trunks = []
    for measure, group in zip(plan.measures, groups(assessment, Grouping.MEASURE), strict=True):
        of_measure = tuple(branch for branch in branches if branch.activity.measure == measure.key and branch.leaves)
        trunks.append(Trunk(measure, figure_line(group, assessment), of_measure))
    return Tree(_title(assessment), tuple(trunk for trunk in trunks if trunk.branches))


def _title(assessment: Assessment) -> str:
    standings = assessment.standings
    if not standings:
        return "No initiative matches this selection"
    if len(standings) == 1:
        return f"1 initiative: {health_label(standings[0]).word}"
    if not assessment.has_reports:
        return f"No report yet on any of {len(standings)} initiatives"
    if assessment.early:
        return reported_text(assessment)
    needing = sum(standing.health in urgent_healths(assessment) for standing in standings)
    title = f"{sum(standing.completed for standing in standings)} of {len(standings)} initiatives completed"
    return f"{title}, {needing} {'needs' if needing == 1 else 'need'} attention" if needing else title


def _leaf(standing: InitiativeStanding, mark: ProgressMark) -> Leaf:
    assumed = " (assumed)" if standing.initiative.due_is_assumed else ""
    moved = "" if standing.due == standing.original_due else f", first {day(standing.original_due)}"
    return Leaf(standing, health_label(standing), mark, f"{day(standing.due)}{assumed}{moved}", _reported(standing))


def _reported(standing: InitiativeStanding) -> str:
    if standing.initiative.scope is Scope.REGIONAL:
        return "reported" if standing.reported else "no report"
    return f"{standing.reported} of {counted(len(standing.commitments), 'state')} reported"
