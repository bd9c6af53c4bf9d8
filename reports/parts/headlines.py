"""The three headlines, always together: completed n of N, progress, and how many of those due are completed."""

from dataclasses import dataclass

from models.core.text import counted, day, percent
from models.core.vocabulary import Grouping
from models.figures.method_text import METHOD_VERSION
from models.figures.rollup import Assessment, Figures, RollupGroup, count_late, figures_of, groups
from reports.parts.counts import excluded_text, late_text, on_dates, reported_text

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Headline:
    """One number with its denominator, its label, and the notes in small print below."""

    value: str
    label: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures to compare with, and the meeting at which they were reported."""

    figures: Figures
    name: str


def plan_group(assessment: Assessment) -> RollupGroup:
    """Return the whole plan as one group."""
    (group,) = groups(assessment, Grouping.PLAN)
    return group


def headlines(assessment: Assessment, before: Compared | None) -> tuple[Headline, ...]:
    """Return the three headlines; none while percentages are withheld, because a zero would be misleading."""
    if not assessment.shows_percentages:
        return ()
    group = plan_group(assessment)
    figures = figures_of(group, assessment.as_of)
    return _completed(group, figures, before), _progress(figures, before), _due(group, figures, assessment)


def _completed(group: RollupGroup, figures: Figures, before: Compared | None) -> Headline:
    reported = figures.in_scope - figures.without_report
    share = f" ({percent(figures.completed_percent)})" if figures.completed_percent is not None else ""
    notes = (
        _change(figures.completed - before.figures.completed, before.name) if before else "",
        f"reported: {reported} of {figures.in_scope}" if figures.without_report else "",
        excluded_text(group.excluded),
    )
    return Headline(f"{figures.completed} of {figures.in_scope}", f"completed{share}", tuple(filter(None, notes)))


def _progress(figures: Figures, before: Compared | None) -> Headline:
    expected = f"expected {percent(figures.expected_percent or 0)} {on_dates(figures.assumed_due, figures.in_scope)}"
    change = ""
    if before and before.figures.commitments_reported:
        difference = (figures.progress_percent or 0) - (before.figures.progress_percent or 0)
        change = _change(difference, before.name, " points")
    notes = tuple(filter(None, (expected.strip(), change)))
    return Headline(percent(figures.progress_percent or 0), "progress", notes)


def _due(group: RollupGroup, figures: Figures, assessment: Assessment) -> Headline:
    if not figures.due:
        first = min((member.due for member in group.members), default=None)
        return Headline(NOTHING, "nothing due by now", (f"first due {day(first)}",) if first else ())
    notes = [late_text(count_late(group.members, assessment.as_of))]
    if figures.due_moved:
        notes.append(f"{counted(figures.due_moved, 'due date')} moved")
    return Headline(f"{figures.due_completed} of {figures.due}", "due by now completed", tuple(notes))


def _change(difference: int, name: str, unit: str = "") -> str:
    if not difference:
        return f"unchanged since {name}"
    return f"{'+' if difference > 0 else '−'}{abs(difference)}{unit} since {name}"


def citation(assessment: Assessment, *, view: str, basis: str, edition: str, sha256: str) -> str:
    """Return the line with which the figures can be cited and reproduced."""
    figures = figures_of(plan_group(assessment), assessment.as_of)
    result = reported_text(assessment) if assessment.has_reports else "no report yet"
    if assessment.shows_percentages:
        due = f"{figures.due_completed} of {figures.due}" if figures.due else NOTHING
        result = (
            f"{figures.completed} of {figures.in_scope} initiatives completed, "
            f"progress {percent(figures.progress_percent or 0)}, due by now completed {due}"
        )
    title = assessment.plan.title
    return f"{title}: {result}; {view}; {basis.lower()}; edition {edition} ({sha256[:8]}); method {METHOD_VERSION}."
