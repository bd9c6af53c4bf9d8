"""Excel workbooks as files: opened only once nothing in them is a danger, and written so that a text stays a text.

Every workbook that comes from outside is opened here, and every cell that holds somebody's words is written here.
"""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import Problem, WorkbookRefused

MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 32_767
"""The longest text a cell holds."""
FIRST_EXCEL_DAY = date(1900, 3, 1)
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

Content = str | int | float | bool | date | None
"""What a cell can hold."""


def open_workbook(source: Path | bytes, name: str) -> Workbook:
    """The workbook, once its parts have been looked at and none is a danger; `name` is what an error calls it."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    refusal = _danger(content)
    if not refusal:
        try:
            return load_workbook(BytesIO(content))
        except Exception:  # noqa: BLE001  # openpyxl lets through whatever its parsing of a damaged file meets
            refusal = "cannot be read as a workbook", "open it in Excel and save it again as .xlsx"
    raise WorkbookRefused([Problem(name, 1, *refusal)])


def sheet_problems(sheet: Worksheet) -> Iterator[tuple[int, str, str]]:
    """What keeps a sheet from being read row by row: the row, what is wrong there, and the remedy."""
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        what = f"reaches beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns"
        yield 1, what, "delete the rows and columns that hold nothing"
    for merged in sheet.merged_cells.ranges:
        yield merged.min_row or 1, f"cells {merged.coord} are merged", "unmerge them and fill each one"


def too_big(sheet: Worksheet) -> bool:
    """Whether a sheet reaches so far that its rows are not looked at."""
    return bool(sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS)


def cell_refusal(cell: Cell | MergedCell) -> tuple[str, str] | None:
    """Why the value of a cell cannot be taken as it stands, with the remedy."""
    if cell.data_type == "f":
        return f"cell {cell.coordinate} holds a formula", "replace it with its value"
    if cell.data_type == "e":
        return f"cell {cell.coordinate} holds an error", "write the value"
    return None


def write_cell(sheet: Worksheet, row: int, column: int, content: Content, *, style: str = "") -> Cell:
    """Write one cell, a text always as text, whatever a spreadsheet would make of its first letter.

    `style` names a style of the workbook that says how it looks; thousands of cells are then written in no time.
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


def _danger(content: bytes) -> tuple[str, str] | None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                return "is not an Excel workbook", "save it in Excel as .xlsx"
            if any("vbaproject" in part.filename.lower() for part in parts):
                return "holds macros", "save it as .xlsx without macros"
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 100_000):
                return "unpacks to far more than such a workbook holds", "copy the rows into a new workbook"
            texts = [part for part in parts if not part.filename.startswith("xl/media/")]
            if any(mark in archive.read(part) for part in texts for mark in DOCTYPES):
                return "declares its own document type", "open it in Excel and save it again as .xlsx"
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return "is not an Excel workbook", "save it in Excel as .xlsx"
    return None
