"""The plan as an Excel workbook: one sheet for each list, one row for each item, one column for each key.

Written for people who edit in Excel, and read back through the same checks as the YAML files. What stands in a cell is
described in cells.py.
"""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import PlanError
from models.core.spreadsheet import (
    Row,
    has_content,
    open_workbook,
    read_sheet,
    unknown_sheets,
    workbook_bytes,
    write_cell,
)
from models.core.text import MAX_CELL
from models.plan import cells as plan_cells
from models.plan.cells import Column
from models.plan.folder import LISTS, NEST
from models.plan.parse import KINDS
from models.plan.schema import Plan, PlanHead
from models.plan.schema_parts import Frozen
from models.plan.source import UNREADABLE, RawItem, RawPlan, SourceLocation

SETTINGS = "Settings"
KINDS_IN_ORDER = (*reversed(NEST), *(kind for kinds in LISTS.values() for kind in kinds))
SHEETS = {"IP rights" if kind == "ip_rights" else kind.capitalize(): kind for kind in KINDS_IN_ORDER}
"""The sheets, besides the settings, and the list of the plan each one holds."""

FILLED_IN = ("in_force_from",)
"""Keys that every initiative has and a file may leave out."""

AS_EXPORTED = "put it back as `plan export` writes it"


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
    workbook = open_workbook(source, name)
    raw.problems += unknown_sheets(workbook, [*SHEETS, SETTINGS], name)
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
    columns = plan_cells.columns(model)
    needed = [column.name for column in columns.values() if column.required and column.name not in FILLED_IN]
    names = {name: name for name in columns}
    optional = columns.keys() - set(needed)
    sheet = read_sheet(workbook, title, names, file=raw.file, remedy=AS_EXPORTED, optional=optional)
    raw.problems += sheet.problems
    missing = dict.fromkeys((name for name in needed if name not in sheet.letters), UNREADABLE)
    return [_item(row, columns, missing, title, raw) for row in sheet.rows], not missing


def _item(row: Row, columns: dict[str, Column], missing: dict[str, Any], title: str, raw: RawPlan) -> RawItem:
    place = SourceLocation(raw.file, {(): row.number}, (title,), in_workbook=True)
    filled = {name: cell for name, cell in row.cells.items() if has_content(cell)}
    values = {name: plan_cells.read_cell(cell, columns[name], place, raw.problems) for name, cell in filled.items()}
    return RawItem(missing | values, place)
