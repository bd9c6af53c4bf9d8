"""The plan as an Excel workbook: one sheet for each list, one row for each item, one column for each key.

Written for people who edit in Excel, and read back through the same checks as the YAML files. What stands in a cell is
described in plan_cells.py.
"""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import PlanError, Problem, WorkbookRefused
from models.core.spreadsheet import (
    MAX_CELL,
    cell_refusal,
    open_workbook,
    sheet_problems,
    too_big,
    workbook_bytes,
    write_cell,
)
from models.plan import cells as plan_cells
from models.plan.cells import Column
from models.plan.parse import KINDS
from models.plan.schema import Plan, PlanHead
from models.plan.schema_parts import Frozen
from models.plan.source import UNREADABLE, RawItem, RawPlan, SourceLocation, quoted, suggestion

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

Row = tuple[Cell | MergedCell, ...]


def write_workbook(plan: Plan, path: Path) -> None:
    """Write the plan as a workbook; `read_plan` gives the same plan back."""
    path.write_bytes(plan_workbook(plan, path.name))


def plan_workbook(plan: Plan, name: str) -> bytes:
    """The plan as the content of a workbook; `name` is what an error calls it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, kind in SHEETS.items():
        rows = [item.model_dump(exclude_defaults=True) for item in getattr(plan, kind)]
        _write_sheet(workbook.create_sheet(title), KINDS[kind], rows, name)
    head = plan.model_dump(include=set(PlanHead.model_fields))
    _write_sheet(workbook.create_sheet(SETTINGS), PlanHead, [head], name)
    return workbook_bytes(workbook)


def read_workbook(source: Path | bytes, name: str) -> RawPlan:
    """All that stands in a plan workbook, read as far as it can be."""
    raw = RawPlan(file=name)
    try:
        workbook = open_workbook(source, name)
    except WorkbookRefused as error:
        raise PlanError(error.problems) from error
    titles = [*SHEETS, SETTINGS]
    for title in workbook.sheetnames:
        if title not in titles:
            what = f"{quoted(title)} is not a sheet of the plan"
            raw.problems.append(Problem(name, 1, what, suggestion(title, titles), title))
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
        write_cell(sheet, 1, position, column.name).font = Font(bold=True)
        contents = [plan_cells.to_cell(row.get(column.name), column) for row in rows]
        for number, content in enumerate(contents, start=2):
            if isinstance(content, str) and len(content) > MAX_CELL:
                place = SourceLocation(file, {(): number}, (sheet.title,), in_workbook=True)
                raise PlanError([place.problem((column.name,), "is too long for a cell", "export as YAML instead")])
            write_cell(sheet, number, position, content)
        longest = max((len(line) for cell in contents for line in str(cell or "").split("\n")), default=0)
        sheet.column_dimensions[get_column_letter(position)].width = min(60, max(len(column.name), longest) + 2)


def _items(workbook: Workbook, title: str, model: type[Frozen], raw: RawPlan) -> tuple[list[RawItem], bool]:
    """The rows of a sheet, and whether all that should stand there could be read."""
    sheet = workbook[title] if title in workbook.sheetnames else None
    place = SourceLocation(raw.file, {}, (title,), in_workbook=True)
    if not isinstance(sheet, Worksheet):
        raw.problems.append(place.problem((), "this sheet is missing", "add it, with the keys in its first row"))
        return [], False
    for row, what, remedy in sheet_problems(sheet):
        raw.problems.append(SourceLocation(raw.file, {(): row}, (title,), in_workbook=True).problem((), what, remedy))
    if too_big(sheet):
        return [], False
    header, missing = _header(sheet, model, place, raw)
    rows = sheet.iter_rows(min_row=2)
    filled = [row for row in rows if any(cell.value is not None for cell in row)]
    return [_item(row, header, missing, title, raw) for row in filled], not missing


def _header(
    sheet: Worksheet, model: type[Frozen], place: SourceLocation, raw: RawPlan
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
            what = f"unknown column {quoted(name)}" if name else f"column {get_column_letter(position + 1)} has no name"
            raw.problems.append(place.problem((), what, suggestion(name, list(known))))
    needed = [column.name for column in known.values() if column.required and column.name not in FILLED_IN]
    missing = [name for name in needed if known[name] not in found.values()]
    for name in missing:
        raw.problems.append(place.problem((), f"column `{name}` is missing", "add it"))
    return found, dict.fromkeys(missing, UNREADABLE)


def _item(row: Row, header: dict[int, Column], missing: dict[str, Any], title: str, raw: RawPlan) -> RawItem:
    place = SourceLocation(raw.file, {(): row[0].row or 1}, (title,), in_workbook=True)
    values = dict(missing)
    for position, column in header.items():
        if row[position].value is not None:
            values[column.name] = _value(row[position], column, place, raw)
    return RawItem(values, place)


def _value(cell: Cell | MergedCell, column: Column, place: SourceLocation, raw: RawPlan) -> Any:
    """The value of a cell, or `UNREADABLE` with its problems noted."""
    if refusal := cell_refusal(cell):
        raw.problems.append(place.problem((column.name,), *refusal))
        return UNREADABLE
    try:
        return plan_cells.from_cell(cell.value, column)
    except PlanError as error:
        raw.problems.extend(place.problem((column.name,), each.what, each.remedy) for each in error.problems)
    return UNREADABLE
