"""The trend of the plan as a dated line, its finding, and the table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.core.text import day, percent
from models.figures.rollup import Figures
from models.figures.trend import TrendPoint
from reports.parts.counts import on_dates
from reports.parts.headlines import NOTHING
from reports.parts.marks import DatedLine, Line, LinePoint, LineStyle, Tick


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One meeting in the table of the trend; the last row may be a day without a meeting."""

    name: str
    day: str
    completed: str
    reported: str
    restated: str
    expected: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The trend: finding, mark and table. There is no mark before the second point: one point shows no trend."""

    title: str
    line: DatedLine | None
    rows: tuple[TrendRow, ...]


def describe_trend(points: Sequence[TrendPoint], since: str) -> Trend:
    """Return the trend, starting at the first meeting with a report; `since` is the name of the point compared with."""
    shown = [point for point in points if (point.reported or point.restated).commitments_reported]
    if len(shown) < 2:  # two points make a line
        return Trend("The trend starts at the second meeting with a report", None, ())
    before = next(
        (point for point in shown[:-1] if point.reported and since in {point.name, f"the {point.name}"}), None
    )
    return Trend(_title(before, shown[-1], since), _line(shown), tuple(_row(point) for point in shown))


def _progress(figures: Figures) -> int:
    return figures.progress_percent or 0


def _title(before: TrendPoint | None, point: TrendPoint, since: str) -> str:
    now = _progress(point.reported or point.restated)
    if before is None or before.reported is None:
        return f"Progress is {percent(now)}"
    then, restated = _progress(before.reported), _progress(before.restated)
    known = f"; today we know it was {percent(restated)}" if restated != then else ""
    if now == then:
        return f"Progress is {percent(now)}, unchanged since {since}{known}"
    verb = "rose" if now > then else "fell"
    return f"Progress {verb} from {percent(then)} to {percent(now)} since {since}{known}"


def _line(points: Sequence[TrendPoint]) -> DatedLine:
    """The solid line has a point where something was reported, and nowhere else."""
    last = points[-1].restated
    expected_name = ", ".join(filter(None, ("expected", on_dates(last.assumed_due, last.in_scope))))
    reported = tuple(
        LinePoint(point.day, _progress(point.reported), f"{point.reported.completed}/{point.reported.in_scope}")
        for point in points
        if point.reported
    )
    restated = tuple(LinePoint(point.day, _progress(point.restated)) for point in points)
    expected = tuple(LinePoint(point.day, (point.reported or point.restated).expected_percent or 0) for point in points)
    lines = (
        Line(expected_name, LineStyle.THIN, expected),
        Line("as known now", LineStyle.DASHED, restated),
        Line("as reported then", LineStyle.SOLID, reported),
    )
    return DatedLine(tuple(line for line in lines if line.points), _ticks(points), _sentence(points))


def _ticks(points: Sequence[TrendPoint]) -> tuple[Tick, ...]:
    """Return AWGIPC 78, 79, 80: the body is named once; a paper circulated for a meeting has its row in the table."""
    named = [point for point in points if point.name and ", " not in point.name]
    body = named[0].name.rpartition(" ")[0] if named else ""
    short = (point.name.removeprefix(f"{body} ") if before else point.name for before, point in enumerate(named))
    return tuple(Tick(point.day, name) for point, name in zip(named, short, strict=True))


def _sentence(points: Sequence[TrendPoint]) -> str:
    known = "; ".join(f"{point.name or day(point.day)} {percent(_progress(point.restated))}" for point in points)
    values = [
        f"{point.name or day(point.day)} {percent(_progress(point.reported))}" for point in points if point.reported
    ]
    reported = f"Progress as reported at each meeting: {'; '.join(values)}. " if values else ""
    return f"{reported}As known now: {known}. The table below gives the same figures."


def _row(point: TrendPoint) -> TrendRow:
    figures = point.reported or point.restated
    return TrendRow(
        name=point.name,
        day=day(point.day),
        completed=f"{figures.completed} of {figures.in_scope}",
        reported=percent(_progress(point.reported)) if point.reported else NOTHING,
        restated=percent(_progress(point.restated)),
        expected=percent(figures.expected_percent or 0),
    )
