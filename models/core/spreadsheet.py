"""Excel workbooks as files: opened only after a safety check, and written so that a text remains a text.

Every uploaded workbook is opened here, and every cell with text that a person typed is written here.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import Problem, WorkbookRefused
from models.core.file_formats import open_package
from models.core.folding import folded, quoted, unmarked
from models.core.office_package import MAX_BYTES, OfficeFile, PackageRefused
from models.core.text import suggestion
from models.core.values import percentage_shown
from models.core.workbook_reader import read_workbook_cells

MAX_ROWS = 5_000
MAX_COLUMNS = 100
HEADER_WITHIN = 30
"""The row with the names of the columns is one of the first so many: letterheads are above it."""

DELETE_SHEET = "delete it, or give it its name again"
FIRST_EXCEL_DAY = date(1900, 3, 1)
_SCHEME = re.compile("^(?:https?://|mailto:)")
"""What Excel puts in front of an address that somebody types."""

Content = str | int | float | bool | date | None
"""What a cell can hold."""
SheetCell = Cell | MergedCell


def open_workbook(source: Path | bytes, name: str) -> Workbook:
    """Return the cells of a workbook, if it is safe to read; errors call it `name`.

    The workbook holds values, number formats, notes, links and merged ranges, and no styles.
    """
    content = source if isinstance(source, bytes) else _beginning(source)
    try:
        return read_workbook_cells(open_package(content, OfficeFile.WORKBOOK))
    except PackageRefused as error:
        refusal = error.what, error.remedy
    except (ValueError, LookupError, OverflowError):  # the file contradicts itself
        refusal = "cannot be read as a workbook", OfficeFile.WORKBOOK.saved_again
    raise WorkbookRefused([Problem(name, 1, *refusal)])


def _beginning(path: Path) -> bytes:
    """As much of a file as is needed to take or refuse it."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


class SheetRow(NamedTuple):
    """A row that is not blank: its number, and its cells by field."""

    number: int
    cells: Mapping[str, SheetCell]


class SheetContent(NamedTuple):
    """The readable content of a sheet; `letters` has the letter of each column that is present, by field.

    `above` has the words above the headings, row by row, which belong to no row of the table.
    """

    rows: tuple[SheetRow, ...] = ()
    letters: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()
    above: tuple[str, ...] = ()


def read_sheet(
    workbook: Workbook,
    title: str,
    headings: Mapping[str, str],
    *,
    file: str,
    remedy: str,
    optional: Collection[str] = (),
) -> SheetContent:
    """Return the rows below the headings, without blank rows; case and spaces of a heading do not matter.

    `headings` has the heading of each field, `optional` the fields whose column may be missing; `remedy` says what to
    do if the sheet or a required column is missing. The headings may be in any columns, below a letterhead.
    """
    named = {folded(name): workbook[name] for name in workbook.sheetnames}
    sheet = named.get(folded(title))
    if not isinstance(sheet, Worksheet):
        return SheetContent(problems=(Problem(file, 1, f"the sheet “{title}” is missing", remedy),))
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        what = f"reaches beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns"
        return SheetContent(problems=(Problem(file, 1, what, "delete the rows and columns that hold nothing", title),))
    lines = _first_lines(sheet)
    head = _header_row(lines, headings.values())
    about = Problem(file, head, "", remedy, title)
    filled = [(cell.row or 0, cell.column or 0) for cell in filled_cells(sheet) if (cell.row or 0) >= head]
    heads = [_cell(sheet, head, column) for column in sorted({column for _, column in filled})]
    columns, problems = _columns(heads, headings, about)
    missing = [heading for name, heading in headings.items() if name not in {*columns, *optional}]
    problems += [replace(about, what=f"the column “{heading}” is missing") for heading in missing]
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= head:
            what = f"cells {merged.coord} are merged"
            problems.append(Problem(file, merged.min_row, what, "unmerge them and fill each one", title))
    rows = [
        SheetRow(number, {name: _cell(sheet, number, column) for name, column in columns.items()})
        for number in sorted({row for row, _ in filled if row > head})
    ]
    letters = {name: get_column_letter(column) for name, column in columns.items()}
    with_content = tuple(row for row in rows if any(map(has_content, row.cells.values())))
    above = tuple(row_in_words(title, line, cells) for line, cells in lines.items() if line < head)
    return SheetContent(with_content, letters, tuple(problems), above)


def _first_lines(sheet: Worksheet) -> dict[int, list[SheetCell]]:
    """The filled cells of each line in which the headings can be."""
    first = (cell for cell in filled_cells(sheet) if (cell.row or 0) <= HEADER_WITHIN)
    return {line: list(cells) for line, cells in groupby(first, key=lambda cell: cell.row or 0)}


def _header_row(lines: Mapping[int, Sequence[SheetCell]], headings: Collection[str]) -> int:
    """The line with the most headings, the first of those that have as many; 1 if none has any."""
    names = {folded(heading) for heading in headings}
    counts = {line: len(names & {folded(cell.value) for cell in cells}) for line, cells in lines.items()}
    return max(counts, key=lambda line: counts[line]) if any(counts.values()) else 1


def sheet_names(workbook: Workbook, tables: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The name of the sheet of each table: its title, or if no sheet has that, the only other one with its headings.

    `tables` has the headings of each title. Another sheet is taken only where a line has these headings and no more.
    """
    named = {folded(name) for name in workbook.sheetnames}
    known = {folded(title) for title in tables}
    others = {
        sheet.title: [{folded(cell.value) for cell in cells} for cells in _first_lines(sheet).values()]
        for sheet in workbook.worksheets
        if folded(sheet.title) not in known
    }
    names = {title: title for title in tables}
    for title, headings in tables.items():
        alike = [name for name, lines in others.items() if {folded(heading) for heading in headings} in lines]
        if folded(title) not in named and len(alike) == 1:
            names[title] = alike[0]
    return names


def row_in_words(title: str, number: int, cells: Collection[SheetCell]) -> str:
    """A row that belongs to no table: its place and its words."""
    return f"row {number} of the sheet {title}, {quoted('; '.join(str(cell.value) for cell in cells))}"


def filled_cells(sheet: Worksheet, *, with_comments: bool = False) -> list[SheetCell]:
    """The cells with content, or also those with a comment only, line by line; a format alone is no content."""
    # openpyxl has no other way to reach only what exists: a cell in the last corner would cost billions of empty ones.
    cells = sorted(sheet._cells.items())  # noqa: SLF001
    return [cell for _, cell in cells if has_content(cell) or (with_comments and cell.comment)]


def behind_cells(workbook: Workbook, titles: Collection[str]) -> list[str]:
    """The comments on the cells of these sheets, and the addresses behind a text of theirs; no reader takes them."""
    known = {folded(title) for title in titles}
    sheets = (sheet for sheet in workbook.worksheets if folded(sheet.title) in known)
    cells = (cell for sheet in sheets for cell in filled_cells(sheet, with_comments=True))
    return [words for cell in cells for words in _behind(cell)]


def _behind(cell: SheetCell) -> Iterator[str]:
    place = f"{cell.parent.title}!{cell.coordinate}"
    if cell.comment:
        yield f"the comment on cell {place}, {quoted(cell.comment.text)}"
    if target := address_behind(cell):
        yield f"the address behind cell {place}, {quoted(target)}"


def address_behind(cell: SheetCell) -> str:
    """The address that a click on a cell opens; empty where the text of the cell contains it, with https:// or not."""
    target = str(cell.hyperlink.target or "") if cell.hyperlink else ""
    words = _SCHEME.sub("", folded(target)).rstrip("/")
    return "" if words in folded(cell.value) else target


def sheets_beside(workbook: Workbook, titles: Collection[str]) -> list[str]:
    """The sheets with other names; no reader takes them."""
    known = {folded(title) for title in titles}
    return [f"the sheet {quoted(name)}" for name in workbook.sheetnames if folded(name) not in known]


def has_headings(workbook: Workbook, titles: Collection[str], heading: str) -> bool:
    """Whether one of these sheets is there with this heading where headings can be."""
    known = {folded(title) for title in titles}
    sheets = (sheet for sheet in workbook.worksheets if folded(sheet.title) in known)
    lines = (cells for sheet in sheets for cells in _first_lines(sheet).values())
    return any(folded(cell.value) == folded(heading) for cells in lines for cell in cells)


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """A cell of the sheet, or an empty one, which is not put into the sheet as `sheet.cell` would do."""
    return sheet._cells.get((row, column)) or Cell(sheet, row, column)  # noqa: SLF001  # as above


def unknown_sheets(workbook: Workbook, titles: Sequence[str], file: str) -> list[Problem]:
    """A problem for each sheet that the workbook should not have."""
    known = {folded(title) for title in titles}
    return [
        Problem(file, 1, f"“{name}” is not a sheet of this workbook", suggestion(name, [*titles], DELETE_SHEET))
        for name in workbook.sheetnames
        if folded(name) not in known
    ]


def has_content(cell: SheetCell) -> bool:
    """Whether a cell contains anything but blanks and invisible characters."""
    return bool(folded(cell.value))


def cell_content(cell: SheetCell) -> Any:
    """The value of a cell as its reader sees it: a number in the format of a percentage is the text 75 %."""
    value: Any = cell.value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and "%" in re.sub(r'"[^"]*"|\\.', "", str(cell.number_format)):
        return percentage_shown(value)
    return value


def _columns(
    heads: Sequence[SheetCell], headings: Mapping[str, str], about: Problem
) -> tuple[dict[str, int], list[Problem]]:
    """The number of each column, and a problem for every column with content whose heading is not accepted."""
    fields = {folded(heading): name for name, heading in headings.items()}
    columns: dict[str, int] = {}
    problems = []
    for cell in heads:
        name = fields.get(folded(cell.value))
        if name and name not in columns:
            columns[name] = cell.column or 0
        else:
            what, remedy = _why_not(cell, [*headings.values()], twice=name is not None)
            problems.append(replace(about, what=what, remedy=remedy, path=f"{about.path}!{cell.coordinate}"))
    return columns, problems


def _why_not(cell: SheetCell, headings: list[str], *, twice: bool) -> tuple[str, str]:
    text = unmarked(str(cell.value or ""))
    if twice:
        return f"the column “{text}” appears twice", "delete one of them"
    if not text:
        return "this column has no name", f"delete it, or write its name again in row {cell.row}"
    remedy = suggestion(text, headings, f"delete it, or write its name again in row {cell.row}")
    return f"{quoted(cell.value)} is not a column of this sheet", remedy


def cell_refusal(cell: SheetCell) -> tuple[str, str] | None:
    """Return why the value of a cell is not accepted, with the remedy; None if it is."""
    if cell.data_type == "f":
        return f"cell {cell.coordinate} holds a formula", "replace it with its value"
    if cell.data_type == "e":
        return f"cell {cell.coordinate} holds an error", "write the value"
    return None


def write_cell(sheet: Worksheet, row: int, column: int, content: Content, *, style: str = "") -> Cell:
    """Write one cell; a text is always written as text, even if it begins like a formula.

    `style` is the name of a style of the workbook; with one, thousands of cells are written fast.
    """
    if isinstance(content, date) and content < FIRST_EXCEL_DAY:
        content = content.isoformat()
    cell: Cell = sheet.cell(row, column, content)
    if style:
        cell.style = style
    else:
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(content, str))
        if isinstance(content, str | date):
            cell.number_format = "@" if isinstance(content, str) else "yyyy-mm-dd"
    if isinstance(content, str):
        cell.data_type = "s"
        cell.quotePrefix = content.startswith(("=", "+", "-", "@"))
    return cell


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as the content of a file."""
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
