"""The line of figures of a measure, an activity, a body or a member state, as every breakdown prints it."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.core.text import day, percent
from models.figures.rollup import Assessment, RollupGroup, figures_of
from models.figures.standing import Standing
from reports.parts.counts import excluded_text, on_dates
from reports.parts.glance import progress
from reports.parts.headlines import NOTHING
from reports.parts.marks import ProgressMark


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figures of one group in words; a dash where there is nothing to count or no report yet."""

    group: RollupGroup
    in_scope: str
    completed: str
    progress: ProgressMark
    reached: str
    expected: str
    due: str
    without_report: str
    excluded: str
    has_reports: bool

    @property
    def shows_percentages(self) -> bool:
        """Whether its percentages are shown; else they are withheld."""
        return self.progress.percent is not None


def figure_line(group: RollupGroup, assessment: Assessment) -> FigureLine:
    """Return the line of a group; what is due is withheld while nothing in the whole view is reported."""
    figures = figures_of(group, assessment.as_of)
    mark = progress(figures, assessment)
    assumed = on_dates(figures.assumed_due, figures.in_scope)
    return FigureLine(
        group=group,
        in_scope=str(figures.in_scope),
        completed=f"{figures.completed} of {figures.in_scope}" if figures.in_scope else NOTHING,
        progress=mark,
        reached=NOTHING if mark.percent is None else percent(mark.percent),
        expected=NOTHING if mark.expected is None else f"{percent(mark.expected)} {assumed}".strip(),
        due=f"{figures.due_completed} of {figures.due}" if figures.due and assessment.has_reports else NOTHING,
        without_report=str(figures.without_report) if figures.in_scope else NOTHING,
        excluded=excluded_text(group.excluded),
        has_reports=bool(figures.commitments_reported),
    )


def last_report(members: Iterable[Standing]) -> str:
    """Return the latest day on which one of their statements was valid, or a dash."""
    days = (
        commitment.statement.valid_on for member in members for commitment in member.commitments if commitment.statement
    )
    latest = max(days, default=None)
    return day(latest) if latest else NOTHING
