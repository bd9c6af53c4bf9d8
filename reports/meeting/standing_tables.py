"""Page 2: the figures by strategic measure and by body, what changed since the last meeting, and the trend."""

from collections.abc import Iterable, Iterator

from models.core.text import counted
from models.core.vocabulary import Grouping, Health
from models.figures.changes import InitiativeChange, change_text
from models.figures.rollup import Figures, Group, figures_of, groups
from models.figures.trend import TrendPoint
from reports.meeting.context import ReportContext
from reports.meeting.opening import signed
from reports.parts.headlines import NOTHING, plan_group
from reports.parts.naming import on_dates
from reports.parts.trend import describe_trend
from reports.report import Block, Cell, Column, Items, Paragraph, Row, Section, Table

CHANGES_TOLD = 8
"""How many changes page 2 tells; all of them stand in the record."""

COLUMNS = (
    Column("", width=9),
    Column("N", numeric=True, width=2),
    Column("Completed", numeric=True, width=4),
    Column("Progress", numeric=True, width=3),
    Column("Expected", numeric=True, width=4),
    Column("Due by now", numeric=True, width=3),
    Column("Overdue", numeric=True, width=3),
    Column("No report", numeric=True, width=3),
    Column("Change", numeric=True, width=4),
)


def by_measure(of: ReportContext) -> Section:
    """Table 1, with the whole in its last row."""
    names = {one.key: f"{one.code} {one.short_title}" for one in of.plan.measures}
    rows = [_row(of, names[group.key], group, Grouping.MEASURE) for group in groups(of.now, Grouping.MEASURE)]
    drawn, star = _table("Figures by strategic measure", of, rows), on_assumed(of)
    return Section("measures", "By strategic measure", (drawn, star) if star else (drawn,), new_page=True)


def by_body(of: ReportContext) -> Section:
    """Table 2: the bodies that lead something now."""
    led = [group for group in groups(of.now, Grouping.BODY) if group.members]
    rows = [_row(of, group.key, group, Grouping.BODY) for group in led]
    assumed = any("lead" in one.initiative.assumed for one in of.now.standings)
    title = "By lead body (assumed)" if assumed else "By lead body"
    caption = title.replace("By", "Figures by", 1)
    return Section("bodies", title, (_table(caption, of, rows),))


def _table(caption: str, of: ReportContext, rows: list[Row]) -> Table:
    whole = _row(of, "All", plan_group(of.now), Grouping.PLAN)
    total = Row(whole.cells, total=True)
    return Table(caption, COLUMNS, (*rows, total))


def _row(of: ReportContext, name: str, group: Group, by: Grouping) -> Row:
    figures = figures_of(group, of.now.as_of)
    before = of.row_before(by, group.key)
    return Row(tuple(map(Cell, (name, str(figures.in_scope), *_figures(figures), _change(figures, before)))))


def _figures(figures: Figures) -> Iterator[str]:
    """While nothing in the group is reported, a dash takes the place of what would accuse."""
    silent = not figures.commitments_reported
    yield NOTHING if silent else f"{figures.completed} of {figures.in_scope}"
    yield NOTHING if silent else f"{figures.progress_percent} %"
    yield NOTHING if silent else f"{figures.expected_percent} %{'*' if figures.assumed_due else ''}"
    yield f"{figures.due_completed} of {figures.due}" if figures.due and not silent else NOTHING
    yield str(figures.health[Health.OVERDUE]) if not silent else NOTHING
    yield str(figures.without_report)


def _change(figures: Figures, before: Figures | None) -> str:
    """In points of progress."""
    if before is None or not before.commitments_reported or figures.progress_percent is None:
        return NOTHING
    return f"{signed(figures.progress_percent - (before.progress_percent or 0))} points"


def on_assumed(of: ReportContext) -> Paragraph | None:
    """What the star beside an expected figure means; while nothing is reported no figure has one."""
    if not of.now.has_reports:
        return None
    figures = figures_of(plan_group(of.now), of.now.as_of)
    told = on_dates(figures.assumed_due, figures.in_scope)
    return Paragraph(f"* {told}. Overdue and expected rest on the dates of the edition.", quiet=True) if told else None


def what_changed(of: ReportContext) -> Section:
    """Sentences in four groups; the first eight of them."""
    baseline = of.snapshot.baseline
    if baseline is None:
        return Section("changes", "What changed", (Paragraph("There is no earlier meeting to compare with."),))
    name = of.plan.meeting[baseline.meeting].name
    told = [_told(one, of) for one in baseline.changes if one.initiative in of.plan.initiative]
    rest = f" {len(told) - CHANGES_TOLD} more are not printed here." if len(told) > CHANGES_TOLD else ""
    blocks: list[Block] = [Items(f"{counted(len(told), 'change')}:{rest}", tuple(told[:CHANGES_TOLD]))]
    return Section("changes", f"What changed since {name}", tuple(blocks) if told else (Paragraph("Nothing changed."),))


def _told(change: InitiativeChange, of: ReportContext) -> str:
    initiative, text = of.plan.initiative[change.initiative], change_text(change, of.plan)
    return f"{change.kind.label}: {initiative.key} {initiative.title}{f': {text}' if text else ''}"


def the_trend(of: ReportContext) -> Section:
    """The dated line and its table; only the whole plan was told at earlier meetings."""
    drawn = describe_trend(tuple(_points(of)))
    if drawn.line is None:
        return Section("trend", "Trend", (Paragraph(f"{drawn.title}."),))
    columns = tuple(Column(name, numeric=name != "Meeting") for name in TREND)
    rows = (
        Row(tuple(map(Cell, (one.name or one.day, one.completed, one.reported, one.restated)))) for one in drawn.rows
    )
    return Section(
        "trend", drawn.title, (drawn.line, Table("The same figures, meeting by meeting", columns, tuple(rows)))
    )


TREND = ("Meeting", "Completed", "As reported then", "As known now")


def _points(of: ReportContext) -> Iterable[TrendPoint]:
    for point in of.snapshot.trend:
        yield TrendPoint(point.name, point.day, Figures(**point.reported), Figures(**point.restated))
    (now,) = of.snapshot.rows(Grouping.PLAN)
    yield TrendPoint(of.name if of.meeting else "", of.snapshot.as_of, now, now)
