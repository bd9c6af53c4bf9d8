"""The meeting report, described once as frozen content; each writer draws it in the way of its format.

Nothing in here is computed by a writer: every figure, word and order is given. What a display hides is not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.figures.health_label import HealthLabel
from models.people.visibility_rules import Display
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine, StatusMatrix


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a quiet one explains and is set smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A lead and what follows from it, line by line: (a), (b), (c) where `lettered`, else with dots."""

    lead: str
    lines: tuple[str, ...]
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, whether it holds numbers, and how wide it is among the others."""

    title: str
    numeric: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: text, the words that must stand with it, and the mark of a health before it."""

    text: str
    tag: str = ""
    health: HealthLabel | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `link` opens the product at what it is about, as reported at that meeting. Totals are set apart."""

    cells: tuple[Cell, ...]
    link: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; without rows, the sentence `empty` stands in its place."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""


Block = Paragraph | Items | Table | Glance | DatedLine | StatusMatrix
"""What a section is made of: text, tables, and three of the four marks (the fourth, progress, stands in Glance)."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `key` names its place in a template; an annex carries its letter; a wide one lies on its side."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    annex: str = ""
    new_page: bool = False
    wide: bool = False

    @property
    def heading(self) -> str:
        """The title as it is printed."""
        return f"Annex {self.annex}. {self.title}" if self.annex else self.title


@dataclass(frozen=True, slots=True)
class Head:
    """The block at the head of page 1. What is not known yet is a blank to be filled in by hand."""

    meeting: str
    place_and_dates: str
    agenda_item: str
    document_number: str
    classification: str
    state: str
    title: str
    subtitle: str


Value = str | int | float | date | None
"""A value of a record. None is nothing said; zero and "not applicable" are said."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of records: its name, its head on a sheet, and what it means."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of data for formats that people calculate with, with the meaning of every column."""

    key: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Report:
    """The whole report. `made_at` is the snapshot's moment: writers stamp it into files instead of their own clock."""

    head: Head
    sections: tuple[Section, ...]
    foot: str
    records: tuple[Records, ...]
    made_at: datetime
    display: Display
    demonstration: str
    """The words that mark made-up data on every page; empty where the data is real."""

    def section(self, key: str) -> Section | None:
        """The section with the key, if the report has it."""
        return next((one for one in self.sections if one.key == key), None)

    def records_of(self, key: str) -> Records:
        """The records with the key; every report has all of them, empty or not."""
        return next(one for one in self.records if one.key == key)

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Table))
