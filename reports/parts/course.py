"""The course of the plan as a dated line, its finding, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.core.text import day, percent
from models.figures.trend import TrendPoint
from reports.parts.marks import DatedLine, Line, LineStyle, Point, Tick
from reports.parts.naming import on_dates


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One meeting in the table of the trend; the last row may be a day without one."""

    name: str
    day: str
    completed: str
    reported: str
    restated: str
    expected: str


@dataclass(frozen=True, slots=True)
class Course:
    """The trend: finding, mark and table. No mark before the second point: one point is no course."""

    title: str
    line: DatedLine | None
    rows: tuple[CourseRow, ...]


def course(points: Sequence[TrendPoint]) -> Course:
    """Describe the trend from the first meeting with a report on."""
    known = [point for point in points if point.reported.commitments_reported]
    if len(known) < 2:  # two points make a line
        return Course("The trend starts at the second meeting with a report", None, ())
    return Course(_title(known), _line(known), tuple(_row(point) for point in known))


def _told(point: TrendPoint) -> int:
    return point.reported.progress_percent or 0


def _known(point: TrendPoint) -> int:
    return point.restated.progress_percent or 0


def _title(points: Sequence[TrendPoint]) -> str:
    before, now = points[-2], points[-1]
    restated = f"; today we know it was {percent(_known(before))}" if _known(before) != _told(before) else ""
    if _told(now) == _told(before):
        return f"Progress is {percent(_told(now))}, as at {before.name}{restated}"
    verb = "rose" if _told(now) > _told(before) else "fell"
    return f"Progress {verb} from {percent(_told(before))} to {percent(_told(now))} since {before.name}{restated}"


def _line(points: Sequence[TrendPoint]) -> DatedLine:
    reported = tuple(Point(one.day, _told(one), f"{one.reported.completed}/{one.reported.in_scope}") for one in points)
    restated = tuple(Point(one.day, _known(one)) for one in points)
    expected = tuple(Point(one.day, one.reported.expected_percent or 0) for one in points)
    lines = [
        Line(_expected_name(points), LineStyle.THIN, expected),
        Line("as known now", LineStyle.DASHED, restated),
        Line("as reported then", LineStyle.SOLID, reported),
    ]
    return DatedLine(tuple(lines), _ticks(points), _sentence(points))


def _ticks(points: Sequence[TrendPoint]) -> tuple[Tick, ...]:
    """AWGIPC 78, 79, 80: the body is named once."""
    body = points[0].name.rpartition(" ")[0]
    short = (one.name.removeprefix(f"{body} ") if before else one.name for before, one in enumerate(points))
    return tuple(Tick(one.day, name) for one, name in zip(points, short, strict=True) if name)


def _expected_name(points: Sequence[TrendPoint]) -> str:
    last = points[-1].reported
    return ", ".join(filter(None, ("expected", on_dates(last.assumed_due, last.in_scope))))


def _sentence(points: Sequence[TrendPoint]) -> str:
    told = "; ".join(f"{one.name or day(one.day)} {percent(_told(one))}" for one in points)
    return f"Progress as reported at each meeting: {told}. The table below gives the same figures."


def _row(point: TrendPoint) -> CourseRow:
    return CourseRow(
        name=point.name,
        day=day(point.day),
        completed=f"{point.reported.completed} of {point.reported.in_scope}",
        reported=percent(_told(point)),
        restated=percent(_known(point)),
        expected=percent(point.reported.expected_percent or 0),
    )
