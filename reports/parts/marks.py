"""The four marks of the product, described: each writer and the screen draw them in their own way.

A description holds everything a drawing shows, and the same in words for readers who cannot see it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.core.vocabulary import Status
from models.figures.health_label import HealthLabel
from reports.parts.counts import on_dates

NO_REPORT_YET = "no report yet"


@dataclass(frozen=True, slots=True)
class Square:
    """One initiative: its key, the sentence that names it with its health, and whether a new activity begins."""

    key: str
    health: HealthLabel
    sentence: str
    starts_activity: bool


@dataclass(frozen=True, slots=True)
class ProgressMark:
    """Progress as a bar, what the dates expect as a tick; hollow where some of those dates are assumed.

    Where they are withheld both are None, and `instead` is shown. `assumed` of the `dates` are assumed.
    """

    percent: int | None
    expected: int | None
    assumed: int = 0
    dates: int = 0
    instead: str = NO_REPORT_YET

    @property
    def expected_is_assumed(self) -> bool:
        """Whether the tick is hollow."""
        return bool(self.assumed)

    @property
    def sentence(self) -> str:
        """The mark in words."""
        if self.percent is None:
            return self.instead
        if self.expected is None:
            return f"{self.percent} %"
        return f"{self.percent} %, expected {self.expected} % {on_dates(self.assumed, self.dates)}".strip()


class LineStyle(StrEnum):
    """How a line of the dated line is drawn, so that lines differ without colour."""

    SOLID = "solid"
    DASHED = "dashed"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A value on a day, with its label."""

    day: date
    value: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it shows and its points."""

    name: str
    style: LineStyle
    points: tuple[LinePoint, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A named day on the axis."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class DatedLine:
    """Lines over dates, 0 to 100 percent, with the named days below and a summary in words."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    sentence: str

    @property
    def note(self) -> str:
        """How to read it: each line by its style, the most important first."""
        lines = " ".join(f"{line.style.capitalize()}: {line.name}." for line in reversed(self.lines))
        labelled = any(point.label for line in self.lines for point in line.points)
        return f"{lines} At each point: completed / total initiatives." if labelled else lines


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one party reported on one row. No status: no report. `takes_part` is False where no report is due."""

    status: Status | None
    percent: int | None
    sentence: str
    takes_part: bool = True
    submitted_only: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of the matrix: its key, its name, a cell per column, its count in words, and its group."""

    key: str
    name: str
    cells: tuple[MatrixCell, ...]
    count: str
    tag: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One party: its key, its full name, its count in words, and a note on its column."""

    key: str
    name: str
    count: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusMatrix:
    """Initiatives by parties: the status each has reported."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    sentence: str
