"""The plan as an Excel workbook: one sheet for each list, one row for each item, one column for each key.

Written for people who edit in Excel, and read back through the same checks as the YAML files. What stands in a cell is
described in plan_cells.py.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.rules import plan_cells
from models.rules.errors import PlanError, Problem
from models.rules.plan import Plan, PlanHead
from models.rules.plan_cells import Column
from models.rules.plan_parts import Frozen
from models.rules.plan_schema import KINDS
from models.rules.plan_source import UNREADABLE, Place, RawItem, RawPlan, shown, suggestion

SETTINGS = "Settings"
SHEETS = {
    "Initiatives": "initiatives",
    "Activities": "activities",
    "Measures": "measures",
    "Bodies": "bodies",
    "States": "states",
    "Themes": "themes",
    "IP rights": "ip_rights",
    "Partners": "partners",
    "Cooperation": "cooperation",
    "Platforms": "platforms",
    "Meetings": "meetings",
    "Watch": "watch",
    "Documents": "documents",
}
"""The sheets, besides the settings, and the list of the plan each one holds."""

FILLED_IN = ("in_force_from",)
"""Keys that every initiative has and a file may leave out."""

MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 32_767
FIRST_EXCEL_DAY = date(1900, 3, 1)

Row = tuple[Cell | MergedCell, ...]


def write_workbook(plan: Plan, path: Path) -> None:
    """Write the plan as a workbook; `read_plan` gives the same plan back."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, kind in SHEETS.items():
        rows = [item.model_dump(exclude_defaults=True) for item in getattr(plan, kind)]
        _write_sheet(workbook.create_sheet(title), KINDS[kind], rows, path.name)
    head = plan.model_dump(include=set(PlanHead.model_fields))
    _write_sheet(workbook.create_sheet(SETTINGS), PlanHead, [head], path.name)
    workbook.save(path)


def read_workbook(path: Path) -> RawPlan:
    """All that stands in a plan workbook, read as far as it can be."""
    raw = RawPlan(file=path.name)
    workbook = _open(path)
    titles = [*SHEETS, SETTINGS]
    for title in workbook.sheetnames:
        if title not in titles:
            what = f"{shown(title)} is not a sheet of the plan"
            raw.problems.append(Problem(path.name, 1, what, suggestion(title, titles), title))
    for title, kind in SHEETS.items():
        raw.items[kind], complete = _items(workbook, title, KINDS[kind], raw)
        raw.incomplete.update(() if complete else (kind,))
    heads, _ = _items(workbook, SETTINGS, PlanHead, raw)
    raw.head = heads[0] if heads else None
    for surplus in heads[1:]:
        raw.problems.append(surplus.place.problem((), "the sheet has one row only", "delete this row"))
    return raw


def _write_sheet(sheet: Worksheet, model: type[Frozen], rows: list[dict[str, Any]], file: str) -> None:
    columns = plan_cells.columns(model)
    sheet.freeze_panes = "B2"
    for position, column in enumerate(columns.values(), start=1):
        _write(sheet, 1, position, column.name).font = Font(bold=True)
        contents = [plan_cells.to_cell(row.get(column.name), column) for row in rows]
        for number, content in enumerate(contents, start=2):
            if isinstance(content, str) and len(content) > MAX_CELL:
                place = Place(file, {(): number}, (sheet.title,), in_workbook=True)
                raise PlanError([place.problem((column.name,), "is too long for a cell", "export as YAML instead")])
            _write(sheet, number, position, content)
        longest = max((len(line) for cell in contents for line in str(cell or "").split("\n")), default=0)
        sheet.column_dimensions[get_column_letter(position)].width = min(60, max(len(column.name), longest) + 2)


def _write(sheet: Worksheet, row: int, column: int, content: plan_cells.Cell) -> Cell:
    """Write one cell, a text always as text, whatever a spreadsheet would make of its first letter."""
    if isinstance(content, date) and content < FIRST_EXCEL_DAY:
        content = content.isoformat()
    cell: Cell = sheet.cell(row, column, content)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(content, str))
    if isinstance(content, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = content.startswith(("=", "+", "-", "@"))
    elif isinstance(content, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _open(path: Path) -> Workbook:
    """The workbook, once its parts have been looked at and none is a danger."""
    refusal = _danger(path)
    if not refusal:
        try:
            return load_workbook(path)
        except Exception:  # noqa: BLE001  # openpyxl lets through whatever its parsing of a damaged file meets
            refusal = "cannot be read as a workbook", "open it in Excel and save it again as .xlsx"
    raise PlanError([Problem(path.name, 1, *refusal)])


def _danger(path: Path) -> tuple[str, str] | None:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                return "is not an Excel workbook", "save it in Excel as .xlsx"
            if any("vbaproject" in part.filename.lower() for part in parts):
                return "holds macros", "save it as .xlsx without macros"
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 100_000):
                return "unpacks to far more than a plan holds", "copy the rows into a new workbook"
            if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
                return "declares its own document type", "open it in Excel and save it again as .xlsx"
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return "is not an Excel workbook", "save it in Excel as .xlsx"
    return None


def _items(workbook: Workbook, title: str, model: type[Frozen], raw: RawPlan) -> tuple[list[RawItem], bool]:
    """The rows of a sheet, and whether all that should stand there could be read."""
    sheet = workbook[title] if title in workbook.sheetnames else None
    place = Place(raw.file, {}, (title,), in_workbook=True)
    if not isinstance(sheet, Worksheet):
        raw.problems.append(place.problem((), "this sheet is missing", "add it, with the keys in its first row"))
        return [], False
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        what = f"reaches beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns"
        raw.problems.append(place.problem((), what, "delete the rows and columns that hold nothing"))
        return [], False
    for merged in sheet.merged_cells.ranges:
        at = Place(raw.file, {(): merged.min_row}, (title,), in_workbook=True)
        raw.problems.append(at.problem((), f"cells {merged.coord} are merged", "unmerge them and fill each one"))
    header, missing = _header(sheet, model, place, raw)
    rows = sheet.iter_rows(min_row=2)
    filled = [row for row in rows if any(cell.value is not None for cell in row)]
    return [_item(row, header, missing, title, raw) for row in filled], not missing


def _header(
    sheet: Worksheet, model: type[Frozen], place: Place, raw: RawPlan
) -> tuple[dict[int, Column], dict[str, Any]]:
    """The column each position fills, and a stand-in for each required column that is not there."""
    known = plan_cells.columns(model)
    found: dict[int, Column] = {}
    for position, cell in enumerate(next(sheet.iter_rows(max_row=1))):
        name = str(cell.value) if cell.value is not None else ""
        if name in known and known[name] not in found.values():
            found[position] = known[name]
        elif name in known:
            raw.problems.append(place.problem((name,), "this column stands twice", "delete one of them"))
        elif name or any(row[0].value is not None for row in sheet.iter_rows(2, None, position + 1, position + 1)):
            what = f"unknown column {shown(name)}" if name else f"column {get_column_letter(position + 1)} has no name"
            raw.problems.append(place.problem((), what, suggestion(name, list(known))))
    needed = [column.name for column in known.values() if column.required and column.name not in FILLED_IN]
    missing = [name for name in needed if known[name] not in found.values()]
    for name in missing:
        raw.problems.append(place.problem((), f"column `{name}` is missing", "add it"))
    return found, dict.fromkeys(missing, UNREADABLE)


def _item(row: Row, header: dict[int, Column], missing: dict[str, Any], title: str, raw: RawPlan) -> RawItem:
    place = Place(raw.file, {(): row[0].row or 1}, (title,), in_workbook=True)
    values = dict(missing)
    for position, column in header.items():
        if row[position].value is not None:
            values[column.name] = _value(row[position], column, place, raw)
    return RawItem(values, place)


def _value(cell: Cell | MergedCell, column: Column, place: Place, raw: RawPlan) -> Any:
    """The value of a cell, or `UNREADABLE` with its problems noted."""
    problems = list(_cell_problems(cell, column, place))
    if not problems:
        try:
            return plan_cells.from_cell(cell.value, column)
        except PlanError as error:
            problems = [place.problem((column.name,), each.what, each.remedy) for each in error.problems]
    raw.problems.extend(problems)
    return UNREADABLE


def _cell_problems(cell: Cell | MergedCell, column: Column, place: Place) -> Iterator[Problem]:
    if cell.data_type == "f":
        yield place.problem((column.name,), f"cell {cell.coordinate} holds a formula", "replace it with its value")
    elif cell.data_type == "e":
        yield place.problem((column.name,), f"cell {cell.coordinate} holds an error", "write the value")
