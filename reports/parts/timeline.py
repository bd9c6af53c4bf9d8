"""The timeline: the dated line in its second form, one line per initiative from its start to its due date."""

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
    """The whole: groups in the plan's order, the years, the day of the view; its title is the finding."""

    title: str
    groups: tuple[SpanGroup, ...]
    years: tuple[Tick, ...]
    end: date
    today: Tick
    has_reports: bool
    sentence: str


def timeline(assessment: Assessment) -> Timeline:
    """Describe the dates of the initiatives in scope; it is the plan, so it is drawn before anything is reported."""
    plan = assessment.plan
    spans = {one.key: _span(one) for one in assessment.standings}
    groups = (
        SpanGroup(
            one.code,
            one.title,
            tuple(spans[i.key] for i in plan.initiatives if i.activity == one.key and i.key in spans),
        )
        for one in plan.activities
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
    assumed, moved = sum(one.assumed for one in spans), sum(one.original_due is not None for one in spans)
    number = counted(len(spans), "due date")
    told = f"All {number} are assumed" if assumed == len(spans) else f"{assumed} of {number} are assumed"
    return f"{told}, {moved} moved" if moved else told
