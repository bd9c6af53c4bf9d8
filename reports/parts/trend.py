"""The trend of the plan as a dated line, its finding, and the table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.core.text import day, percent
from models.figures.trend import TrendPoint
from reports.parts.counts import on_dates
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


def describe_trend(points: Sequence[TrendPoint]) -> Trend:
    """Return the trend, starting at the first meeting with a report."""
    reported_points = [point for point in points if point.reported.commitments_reported]
    if len(reported_points) < 2:  # two points make a line
        return Trend("The trend starts at the second meeting with a report", None, ())
    return Trend(_title(reported_points), _line(reported_points), tuple(_row(point) for point in reported_points))


def _reported(point: TrendPoint) -> int:
    return point.reported.progress_percent or 0


def _restated(point: TrendPoint) -> int:
    return point.restated.progress_percent or 0


def _title(points: Sequence[TrendPoint]) -> str:
    before, now = points[-2], points[-1]
    restated = f"; today we know it was {percent(_restated(before))}" if _restated(before) != _reported(before) else ""
    if _reported(now) == _reported(before):
        return f"Progress is {percent(_reported(now))}, as at {before.name}{restated}"
    verb = "rose" if _reported(now) > _reported(before) else "fell"
    return (
        f"Progress {verb} from {percent(_reported(before))} to {percent(_reported(now))} since {before.name}{restated}"
    )


def _line(points: Sequence[TrendPoint]) -> DatedLine:
    last = points[-1].reported
    expected_name = ", ".join(filter(None, ("expected", on_dates(last.assumed_due, last.in_scope))))
    reported = (
        LinePoint(point.day, _reported(point), f"{point.reported.completed}/{point.reported.in_scope}")
        for point in points
    )
    restated = (LinePoint(point.day, _restated(point)) for point in points)
    expected = (LinePoint(point.day, point.reported.expected_percent or 0) for point in points)
    lines = (
        Line(expected_name, LineStyle.THIN, tuple(expected)),
        Line("as known now", LineStyle.DASHED, tuple(restated)),
        Line("as reported then", LineStyle.SOLID, tuple(reported)),
    )
    return DatedLine(lines, _ticks(points), _sentence(points))


def _ticks(points: Sequence[TrendPoint]) -> tuple[Tick, ...]:
    """Return AWGIPC 78, 79, 80: the body is named once."""
    body = points[0].name.rpartition(" ")[0]
    short = (point.name.removeprefix(f"{body} ") if before else point.name for before, point in enumerate(points))
    return tuple(Tick(point.day, name) for point, name in zip(points, short, strict=True) if name)


def _sentence(points: Sequence[TrendPoint]) -> str:
    values = "; ".join(f"{point.name or day(point.day)} {percent(_reported(point))}" for point in points)
    return f"Progress as reported at each meeting: {values}. The table below gives the same figures."


def _row(point: TrendPoint) -> TrendRow:
    return TrendRow(
        name=point.name,
        day=day(point.day),
        completed=f"{point.reported.completed} of {point.reported.in_scope}",
        reported=percent(_reported(point)),
        restated=percent(_restated(point)),
        expected=percent(point.reported.expected_percent or 0),
    )
