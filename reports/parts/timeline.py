"""The timeline: one line per initiative from its start to its due date."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.core.text import counted, day
from models.figures.rollup import Assessment
from models.figures.standing import InitiativeStanding
from reports.parts.marks import Tick
from reports.parts.naming import wording_tag


@dataclass(frozen=True, slots=True)
class Span:
    """One initiative on the time axis; `original_due` only where the date was moved."""

    key: str
    title: str
    tag: str
    start: date
    due: date
    original_due: date | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class SpanGroup:
    """An activity, and the spans below it."""

    code: str
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Groups in the plan's order, the years, and the day of the view; its title is the finding."""

    title: str
    groups: tuple[SpanGroup, ...]
    years: tuple[Tick, ...]
    end: date
    today: Tick
    has_reports: bool
    sentence: str


def timeline(assessment: Assessment) -> Timeline:
    """Return the dates of the initiatives in scope; they are the plan's and need no report."""
    plan = assessment.plan
    spans = {standing.key: _span(standing) for standing in assessment.standings}
    groups = (
        SpanGroup(
            activity.code,
            activity.title,
            tuple(span for key, span in spans.items() if plan.initiative[key].activity == activity.key),
        )
        for activity in plan.activities
    )
    end = plan.period.end + timedelta(days=1)
    title = _title(tuple(spans.values()))
    return Timeline(
        title=title,
        groups=tuple(group for group in groups if group.spans),
        years=tuple(Tick(date(year, 1, 1), str(year)) for year in range(plan.period.start.year, end.year + 1)),
        end=end,
        today=Tick(assessment.as_of, day(assessment.as_of)),
        has_reports=assessment.has_reports,
        sentence=f"{title}. One line per initiative from start to due date; the table below gives every date.",
    )


def _span(standing: InitiativeStanding) -> Span:
    initiative, moved = standing.initiative, standing.due != standing.original_due
    return Span(
        key=standing.key,
        title=initiative.title,
        tag=wording_tag(initiative),
        start=initiative.start,
        due=standing.due,
        original_due=standing.original_due if moved else None,
        assumed=initiative.due_is_assumed,
    )


def _title(spans: tuple[Span, ...]) -> str:
    assumed, moved = sum(span.assumed for span in spans), sum(span.original_due is not None for span in spans)
    number = counted(len(spans), "due date")
    title = f"All {number} are assumed" if assumed == len(spans) else f"{assumed} of {number} are assumed"
    return f"{title}, {moved} moved" if moved else title
