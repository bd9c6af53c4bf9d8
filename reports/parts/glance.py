"""The N at a glance: one row per strategic measure, one square per initiative. Overview and page 1 of the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.core.text import counted
from models.core.vocabulary import Grouping
from models.figures.attention import urgent_healths
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, Figures, RollupGroup, figures_of, groups
from models.figures.standing import InitiativeStanding
from models.plan.schema import Measure
from reports.parts.counts import reported_count, reported_text
from reports.parts.marks import ProgressMark, Square
from reports.parts.naming import sentence
from reports.parts.symbols import labels_in


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One strategic measure: its squares, n of N, and its progress."""

    code: str
    title: str
    squares: tuple[Square, ...]
    completed: str
    progress: ProgressMark


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole drawing: its title is the finding."""

    title: str
    rows: tuple[GlanceRow, ...]
    shows_percentages: bool

    @property
    def legend(self) -> tuple[HealthLabel, ...]:
        """The health labels that occur in it, in the order of a legend."""
        return labels_in(square.health for row in self.rows for square in row.squares)

    @property
    def note(self) -> str:
        """How to read it."""
        bar = " Bar: progress. Tick: expected by this date." if self.shows_percentages else ""
        hollow = " Hollow: the date is assumed." if any(label.assumed for label in self.legend) else ""
        return f"Each square is one initiative, in plan order; gaps separate activities.{bar}{hollow}"


def glance(assessment: Assessment) -> Glance:
    """Return the plan at a glance."""
    pairs = zip(assessment.plan.measures, groups(assessment, Grouping.MEASURE), strict=True)
    rows = tuple(_row(measure, group, assessment) for measure, group in pairs)
    return Glance(_title(assessment), rows, assessment.shows_percentages)


def _row(measure: Measure, group: RollupGroup, assessment: Assessment) -> GlanceRow:
    figures = figures_of(group, assessment.as_of)
    completed, squares = f"{figures.completed} of {figures.in_scope}", unit_squares(initiatives_of(group))
    return GlanceRow(measure.code, measure.short_title, squares, completed, progress(figures, assessment))


def initiatives_of(group: RollupGroup) -> Sequence[InitiativeStanding]:
    """Return the members of a group of initiatives."""
    return [member for member in group.members if isinstance(member, InitiativeStanding)]


def unit_squares(standings: Sequence[InitiativeStanding]) -> tuple[Square, ...]:
    """Return one square for each initiative, in the order given, with a gap between activities."""
    activities = [None, *(standing.initiative.activity for standing in standings)]
    pairs = zip(activities, standings, strict=False)
    return tuple(_square(standing, before) for before, standing in pairs)


def _square(standing: InitiativeStanding, activity_before: str | None) -> Square:
    initiative, label = standing.initiative, health_label(standing)
    return Square(standing.key, label, sentence(initiative, label), activity_before != initiative.activity)


def progress(figures: Figures, assessment: Assessment) -> ProgressMark:
    """Return progress and expected progress in percent; withheld while the group has no report, or it is too early."""
    if not figures.commitments_reported:
        return ProgressMark(None, None)
    if not assessment.shows_percentages:
        reported = f"{figures.commitments_reported} of {figures.commitments} reported"
        return ProgressMark(None, None, instead=reported)
    return ProgressMark(
        figures.progress_percent, figures.expected_percent, assumed=figures.assumed_due, dates=figures.in_scope
    )


def health_counts(assessment: Assessment) -> Mapping[str, int]:
    """Return the number of initiatives by health label, most urgent first."""
    labels = sorted(map(health_label, assessment.standings), key=lambda label: label.assumed)
    words = [label.word for health in urgent_healths(assessment) for label in labels if label.health is health]
    return {word: words.count(word) for word in dict.fromkeys(words)}


def _title(assessment: Assessment) -> str:
    total = len(assessment.standings)
    if not assessment.has_reports:
        return f"No report yet on any of the {total}"
    counts = ", ".join(
        f"{number} {'without a report' if word == 'no report' else word}"
        for word, number in health_counts(assessment).items()
    )
    finding = ", ".join(filter(None, (reported_count(assessment), counts))) if assessment.early else counts
    return f"The {total} at a glance: {finding or 'none needs attention'}"


def attention_title(assessment: Assessment) -> str:
    """Return the finding at the head of Overview."""
    total, needing = len(assessment.standings), sum(health_counts(assessment).values())
    if not assessment.has_reports:
        return "No progress has been reported yet"
    if assessment.early:
        return reported_text(assessment)
    if not needing:
        return f"None of {counted(total, 'initiative')} needs attention"
    return f"{needing} of {counted(total, 'initiative')} {'needs' if needing == 1 else 'need'} attention"
