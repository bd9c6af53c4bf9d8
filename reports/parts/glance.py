"""The N at a glance: one row per strategic measure, one square per initiative. Overview and page 1 of the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.core.text import counted
from models.core.vocabulary import Grouping, Health
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, Figures, Group, figures_of, groups
from models.figures.standing import InitiativeStanding
from reports.parts.marks import Progress, Square, UnitSquares
from reports.parts.naming import sentence
from reports.parts.symbols import words_of


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One strategic measure: its squares, n of N, and its progress."""

    key: str
    code: str
    title: str
    squares: UnitSquares
    completed: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole drawing: its title is the finding."""

    title: str
    rows: tuple[GlanceRow, ...]
    has_reports: bool

    @property
    def legend(self) -> tuple[HealthLabel, ...]:
        """Each way of telling health that occurs in it."""
        return words_of(square.health for row in self.rows for square in row.squares.squares)

    @property
    def note(self) -> str:
        """How it is read."""
        bar = " Bar: progress. Tick: expected by then." if self.has_reports else ""
        hollow = " Hollow: on an assumed date." if any(one.assumed for one in self.legend) else ""
        return f"One square is one initiative, in plan order; gaps separate activities.{bar}{hollow}"


def glance(assessment: Assessment) -> Glance:
    """Describe the plan at a glance."""
    measures = {measure.key: measure for measure in assessment.plan.measures}
    rows = []
    for group in groups(assessment, Grouping.MEASURE):
        measure, figures = measures[group.key], figures_of(group, assessment.as_of)
        rows.append(
            GlanceRow(
                key=measure.key,
                code=measure.code,
                title=measure.short_title,
                squares=unit_squares([one for one in group.members if isinstance(one, InitiativeStanding)]),
                completed=f"{figures.completed} of {figures.in_scope}",
                progress=progress(figures),
            )
        )
    return Glance(_title(assessment), tuple(rows), assessment.has_reports)


def unit_squares(standings: Sequence[InitiativeStanding]) -> UnitSquares:
    """A square for each initiative, in the order given."""
    activities = [None, *(one.initiative.activity for one in standings)]
    return UnitSquares(
        tuple(
            Square(
                one.key,
                health_label(one),
                sentence(one.initiative, health_label(one)),
                before != one.initiative.activity,
            )
            for before, one in zip(activities, standings, strict=False)
        )
    )


def progress(figures: Figures) -> Progress:
    """Progress and what is expected; withheld while nothing in the group has a report."""
    if not figures.commitments_reported:
        return Progress(None, None, expected_is_assumed=False)
    return Progress(figures.progress_percent, figures.expected_percent, bool(figures.assumed_due))


def progress_of(group: Group, assessment: Assessment) -> Progress:
    """The same, straight from a group."""
    return progress(figures_of(group, assessment.as_of))


def health_counts(assessment: Assessment) -> Mapping[str, int]:
    """How many initiatives read each word of health, in the order of pressing need."""
    order = (Health.OVERDUE, Health.AT_RISK, Health.NO_REPORT)
    ones = sorted((health_label(one) for one in assessment.standings if one.health in order), key=lambda s: s.assumed)
    words = [one.word for health in order for one in ones if one.health is health]
    return {word: words.count(word) for word in dict.fromkeys(words)}


def _title(assessment: Assessment) -> str:
    total = len(assessment.standings)
    if not assessment.has_reports:
        return f"No report yet on any of the {total}"
    told = ", ".join(
        f"{number} {'without a report' if word == 'no report' else word}"
        for word, number in health_counts(assessment).items()
    )
    return f"The {total} at a glance: {told or 'none needs attention'}"


def attention_title(assessment: Assessment) -> str:
    """The finding that heads Overview."""
    total, needing = len(assessment.standings), sum(health_counts(assessment).values())
    if not assessment.has_reports:
        return "No progress has been reported yet"
    if not needing:
        return f"None of {counted(total, 'initiative')} needs attention"
    return f"{needing} of {counted(total, 'initiative')} {'needs' if needing == 1 else 'need'} attention"
