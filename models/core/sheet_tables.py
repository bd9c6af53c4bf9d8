"""Tables in a workbook as people send it back: found by the names of their columns, wherever they are on a sheet.

Lines above and below, columns beside, banners, formatted empty lines and the name of the sheet do not matter.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.core.folding import folded
from models.core.spreadsheet import SheetCell, SheetRow, has_content

_BETWEEN_LANGUAGES = re.compile(r"[/|()\[\]\n\r–—]+")
"""What separates the name of a column from its translation."""


class SheetTable(NamedTuple):
    """A table: the title of its sheet, the cells of its header by field, and the lines with content.

    A merged cell is its first one on every line it reaches; `merged` has its range by the place of that one. `repeated`
    are the fields whose name is above more than one column.
    """

    title: str
    header: Mapping[str, SheetCell]
    lines: tuple[SheetRow, ...]
    merged: Mapping[str, str]
    repeated: tuple[str, ...] = ()


def find_tables(
    workbook: Workbook, headings: Mapping[str, str], *, required: Collection[str], skip: Collection[str]
) -> tuple[SheetTable, ...]:
    """Return every table whose header names the `required` columns and another one; the sheets of `skip` have none.

    `headings` has the name of each field's column. A name counts with a translation beside it, in any case.
    """
    skipped = {folded(title) for title in skip}
    return tuple(
        table
        for sheet in workbook.worksheets
        if folded(sheet.title) not in skipped
        for table in _tables(sheet, headings, required)
    )


def filled_cells(sheet: Worksheet, *, with_comments: bool = False) -> list[SheetCell]:
    """The cells with content, or also those with a comment only, line by line; a format alone is no content."""
    # openpyxl has no other way to reach only what exists: a cell in the last corner would cost billions of empty ones.
    cells = sorted(sheet._cells.items())  # noqa: SLF001
    return [cell for _, cell in cells if has_content(cell) or (with_comments and cell.comment)]


def _tables(sheet: Worksheet, headings: Mapping[str, str], required: Collection[str]) -> Iterator[SheetTable]:
    lines = {line: list(cells) for line, cells in groupby(filled_cells(sheet), key=lambda cell: cell.row or 0)}
    named = {line: _columns(cells, headings) for line, cells in lines.items()}
    headers = [
        line for line, (columns, _) in named.items() if set(required) <= columns.keys() and len(columns) > len(required)
    ]
    first = {
        place: sheet.cell(merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in merged.rows
        for place in row
    }
    coordinates = {sheet.cell(merged.min_row, merged.min_col).coordinate: merged.coord for merged in sheet.merged_cells}
    for header, following in zip(headers, [*headers[1:], None], strict=False):
        columns, repeated = named[header]
        places = {field: cell.column or 0 for field, cell in columns.items()}
        rows = tuple(
            SheetRow(line, {name: first.get((line, x)) or sheet.cell(line, x) for name, x in places.items()})
            for line in lines
            if header < line and (following is None or line < following)
        )
        yield SheetTable(sheet.title, columns, rows, coordinates, repeated)


def _columns(cells: Sequence[SheetCell], headings: Mapping[str, str]) -> tuple[dict[str, SheetCell], tuple[str, ...]]:
    """The heading of each field, and the fields that are named twice; an exact name goes before a longer one."""
    fields = {folded(heading): field for field, heading in headings.items()}
    columns: dict[str, SheetCell] = {}
    repeated: list[str] = []
    for cell in cells:
        field = fields.get(folded(cell.value))
        if field in columns:
            repeated.append(field)
        elif field:
            columns[field] = cell
    for cell in cells:
        field = _with_translation(str(cell.value), fields)
        if field and field not in columns and cell not in columns.values():
            columns[field] = cell
    return columns, tuple(repeated)


def _with_translation(text: str, fields: Mapping[str, str]) -> str | None:
    """The field whose name is one part of the text, or begins it; the longest such name."""
    parts = [part for part in map(folded, _BETWEEN_LANGUAGES.split(text)) if part in fields]
    begun = [name for name in fields if re.match(rf"{re.escape(name)}\b", folded(text))]
    return fields[max(parts or begun, key=len)] if parts or begun else None
