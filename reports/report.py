"""The meeting report, described once as frozen content; each writer draws it in the way of its format.

Writers compute nothing: every figure, text and order is given here. What an audience may not read is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.figures.health_label import HealthLabel
from models.people.visibility_rules import Display
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine, StatusMatrix


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; quiet text explains and is set smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A lead with lines below it: (a), (b), (c) where `lettered`, else bullets."""

    lead: str
    lines: tuple[str, ...]
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: its title, its share of the width, and whether it holds numbers."""

    title: str
    width: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its text, a tag in brackets after it, and a health label whose symbol precedes it."""

    text: str
    tag: str = ""
    health: HealthLabel | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `link` opens its subject in the dashboard, as reported at that meeting. Totals are set apart."""

    cells: tuple[TableCell, ...]
    link: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; without rows, the sentence `empty` replaces it."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    empty: str = ""


Columns = Iterable[tuple[str, int] | tuple[str, int, bool]]
"""Each column by its title, its share of the width, and True where it holds numbers."""


def table(caption: str, columns: Columns, rows: Iterable[TableRow], empty: str = "") -> Table:
    """Return a table from short descriptions of its columns."""
    return Table(caption, tuple(TableColumn(*column) for column in columns), tuple(rows), empty)


def row(*contents: TableCell | str, link: str = "", total: bool = False) -> TableRow:
    """Return a row; a content without tag and health is given as text."""
    cells = (TableCell(content) if isinstance(content, str) else content for content in contents)
    return TableRow(tuple(cells), link, total)


Block = Paragraph | Items | Table | Glance | DatedLine | StatusMatrix
"""The content of a section: text, tables, and three of the four marks (the fourth, progress, is part of Glance)."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `key` names its place in a template; an annex has a letter; a wide section is in landscape."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    annex: str = ""
    new_page: bool = False
    wide: bool = False

    @property
    def heading(self) -> str:
        """The title as printed."""
        return f"Annex {self.annex}. {self.title}" if self.annex else self.title

    @property
    def tables(self) -> list[Table]:
        """Its tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The block at the head of page 1. Unknown values are blanks to fill in by hand."""

    meeting: str
    place_and_dates: str
    agenda_item: str
    document_number: str
    classification: str
    state: str
    title: str
    subtitle: str


Value = str | int | float | date | None
"""A value of a record. None: nothing was reported; zero and "not applicable" are reports."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of records: its name, its title on a sheet, and its meaning."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of data for spreadsheets and programs, with the meaning of every column."""

    key: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def facts(self) -> list[dict[str, Value]]:
        """Each row by the names of its fields."""
        names = [field.name for field in self.fields]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """The whole report. `made_at` is the moment of the snapshot, which writers use as their clock."""

    head: ReportHead
    sections: tuple[Section, ...]
    foot: str
    records: tuple[Records, ...]
    made_at: datetime
    display: Display
    demonstration: str
    """The notice of made-up data on every page; empty where the data is real."""
    withheld: str = ""
    """Until when percentages are withheld early in the first cycle; empty where they are not."""

    def section(self, key: str) -> Section | None:
        """Return the section with the key, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def records_of(self, key: str) -> Records:
        """Return the records with the key; every report has all of them, empty or not."""
        return next(records for records in self.records if records.key == key)
