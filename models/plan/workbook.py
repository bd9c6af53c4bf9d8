"""The plan as an Excel workbook: one sheet for each list, one row for each item, one column for each key.

Written for people who edit in Excel, and read back through the same checks as the YAML files.

A text, number, date, true or false is written as it is. A list of keys is separated by semicolons (`TMTF; PTF`), a
list of texts has one text a line. A value with parts is written in braces, and a list of those in brackets:
`{TL: 2030-12-31}`, `{at_least: 8}`, `[{name: Department of Industrial Property, abbreviation: DIP}]`. An empty cell
leaves the value out.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import PlanError, Problem
from models.core.folding import folded, unmarked
from models.core.spreadsheet import (
    DELETE_SHEET,
    Content,
    SheetCell,
    SheetRow,
    behind_cells,
    cell_content,
    cell_refusal,
    has_content,
    has_headings,
    open_workbook,
    read_sheet,
    row_in_words,
    sheet_names,
    sheets_beside,
    unknown_sheets,
    workbook_bytes,
    write_cell,
)
from models.core.text import MAX_CELL
from models.plan.folder import LISTS, NEST
from models.plan.parse import KINDS
from models.plan.schema import Plan, PlanHead
from models.plan.schema_parts import KEY, Frozen, Text, Url, is_model
from models.plan.source import UNREADABLE, WAYS_IN, RawItem, RawPlan, SourceLocation
from models.plan.yaml_lines import read_yaml_text

SETTINGS = "Settings"
KINDS_IN_ORDER = (*reversed(NEST), *(kind for kinds in LISTS.values() for kind in kinds))
SHEETS = {"IP rights" if kind == "ip_rights" else kind.capitalize(): kind for kind in KINDS_IN_ORDER}
"""The sheets, besides the settings, and the list of the plan each one holds."""

MODELS: dict[str, type[Frozen]] = {title: KINDS[kind] for title, kind in SHEETS.items()} | {SETTINGS: PlanHead}
"""What a row of each sheet is."""

FILLED_IN = ("in_force_from",)
"""Keys that every initiative has and a file may leave out."""

AS_EXPORTED = "put it back as `plan export` writes it"


class PlanColumn(NamedTuple):
    """A column of a sheet: its field, and how the parts of its cells are separated."""

    name: str
    required: bool
    has_parts: bool
    separator: str | None


def plan_workbook(plan: Plan, name: str) -> bytes:
    """Return the plan as the content of a workbook, which `read_plan` reads back; errors call the file `name`."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, kind in SHEETS.items():
        rows = [item.model_dump(exclude_defaults=True) for item in getattr(plan, kind)]
        _write_sheet(workbook.create_sheet(title), KINDS[kind], rows, name)
    head = plan.model_dump(include=set(PlanHead.model_fields))
    _write_sheet(workbook.create_sheet(SETTINGS), PlanHead, [head], name)
    return workbook_bytes(workbook)


def read_workbook(source: Path | bytes, name: str) -> RawPlan:
    """Return the content of a plan workbook as far as it can be read, with its problems."""
    raw = RawPlan(file=name)
    workbook = open_workbook(source, name)
    names = sheet_names(workbook, {title: columns_of(model) for title, model in MODELS.items()})
    titles = [*names.values()]
    if not has_headings(workbook, titles, "key"):
        raise PlanError([Problem(name, 1, "is not a plan workbook: no sheet of it has the key of an item", WAYS_IN)])
    _name_the_rest(workbook, titles, raw)
    for title, kind in SHEETS.items():
        raw.items[kind], complete = _items(workbook, names[title], KINDS[kind], raw)
        raw.incomplete.update(() if complete else (kind,))
    heads, _ = _items(workbook, names[SETTINGS], PlanHead, raw)
    raw.head = heads[0] if heads else None
    for surplus in heads[1:]:
        raw.problems.append(surplus.place.problem((), "the sheet has one row only", "delete this row"))
    return raw


def _name_the_rest(workbook: Workbook, titles: list[str], raw: RawPlan) -> None:
    """Name what is in the workbook and in no item; a sheet that could be meant for one of the plan is refused."""
    missing = {folded(title) for title in titles} - {folded(name) for name in workbook.sheetnames}
    for problem in unknown_sheets(workbook, titles, raw.file):
        if missing or problem.remedy != DELETE_SHEET:
            raw.problems.append(problem)
    raw.not_taken += sheets_beside(workbook, titles)
    raw.not_taken += behind_cells(workbook, titles)


def _write_sheet(sheet: Worksheet, model: type[Frozen], rows: list[dict[str, Any]], file: str) -> None:
    columns = columns_of(model)
    sheet.freeze_panes = "B2"
    for position, column in enumerate(columns.values(), start=1):
        write_cell(sheet, 1, position, column.name).font = Font(bold=True)
        contents = [to_cell(row.get(column.name), column) for row in rows]
        for number, content in enumerate(contents, start=2):
            if isinstance(content, str) and len(content) > MAX_CELL:
                place = SourceLocation(file, {(): number}, (sheet.title,), in_workbook=True)
                raise PlanError([place.problem((column.name,), "is too long for a cell", "export as YAML instead")])
            write_cell(sheet, number, position, content)
        longest = max((len(line) for cell in contents for line in str(cell or "").split("\n")), default=0)
        sheet.column_dimensions[get_column_letter(position)].width = min(60, max(len(column.name), longest) + 2)


def _items(workbook: Workbook, title: str, model: type[Frozen], raw: RawPlan) -> tuple[list[RawItem], bool]:
    """The rows of a sheet, and whether all required columns could be read."""
    columns = columns_of(model)
    needed = [column.name for column in columns.values() if column.required and column.name not in FILLED_IN]
    names = {name: name for name in columns}
    optional = columns.keys() - set(needed)
    sheet = read_sheet(workbook, title, names, file=raw.file, remedy=AS_EXPORTED, optional=optional)
    raw.problems += sheet.problems
    raw.not_taken += sheet.above
    missing = dict.fromkeys((name for name in needed if name not in sheet.letters), UNREADABLE)
    rows = [row for row in sheet.rows if not _is_remark(row, title, raw)]
    return [_item(row, columns, missing, title, raw) for row in rows], not missing


def _is_remark(row: SheetRow, title: str, raw: RawPlan) -> bool:
    """Whether a row is a sentence beside the table: one cell, in the place of the key, that can be no key."""
    filled = {name: cell for name, cell in row.cells.items() if has_content(cell)}
    cell = filled.get("key")
    if len(filled) > 1 or cell is None or not isinstance(cell.value, str) or KEY.fullmatch(unmarked(cell.value)):
        return False
    raw.not_taken.append(row_in_words(title, row.number, [cell]))
    return True


def _item(row: SheetRow, columns: dict[str, PlanColumn], missing: dict[str, Any], title: str, raw: RawPlan) -> RawItem:
    place = SourceLocation(raw.file, {(): row.number}, (title,), in_workbook=True)
    filled = {name: cell for name, cell in row.cells.items() if has_content(cell)}
    values = {name: read_cell(cell, columns[name], place, raw.problems) for name, cell in filled.items()}
    return RawItem(missing | values, place)


def columns_of(model: type[Frozen]) -> dict[str, PlanColumn]:
    """The columns of a sheet whose rows are items of a model, in the model's order."""
    return {
        name: PlanColumn(name, field.is_required(), _has_parts(field.annotation), _separator(field.annotation))
        for name, field in model.model_fields.items()
    }


def to_cell(value: Any, column: PlanColumn) -> Content:
    """A value (as `model_dump` gives it) as the content of a cell."""
    if value is None or value in ((), {}):
        return None
    if not isinstance(value, (tuple, list, dict)):
        return str(value) if isinstance(value, str) else value
    if column.separator and all(isinstance(part, str) for part in value):
        text = {";": "; ", "\n": "\n"}[column.separator].join(value)
        if _reads_back(text, column, [*value]):
            return text
    return json.dumps(value, ensure_ascii=False, default=str)


def _reads_back(text: str, column: PlanColumn, value: list[str]) -> bool:
    try:
        return bool(from_cell(text, column) == value)
    except PlanError:  # a text such as a single brace looks like a value with parts
        return False


def from_cell(content: Any, column: PlanColumn) -> Any:
    """The value a cell holds; a `PlanError` when its braces or brackets cannot be read."""
    if isinstance(content, datetime):
        return content.date() if content == datetime.combine(content.date(), datetime.min.time()) else content
    if not isinstance(content, str) or not column.has_parts:
        return content
    if unmarked(content).startswith(("{", "[")):
        document = read_yaml_text(content, column.name)
        if document.problems:
            raise PlanError(document.problems)
        return document.data
    if column.separator:
        return [part for part in map(str.strip, re.split(f"[\n{column.separator}]", content)) if part]
    return content


def read_cell(cell: SheetCell, column: PlanColumn, place: SourceLocation, problems: list[Problem]) -> Any:
    """The value of a cell, or `UNREADABLE` with its problems noted."""
    if refusal := cell_refusal(cell):
        problems.append(place.problem((column.name,), *refusal))
        return UNREADABLE
    try:
        return from_cell(cell_content(cell), column)
    except PlanError as error:
        problems.extend(place.problem((column.name,), each.what, each.remedy) for each in error.problems)
    return UNREADABLE


def _has_parts(annotation: Any) -> bool:
    if get_origin(annotation) in (tuple, Mapping) or is_model(annotation):
        return True
    return any(_has_parts(inner) for inner in get_args(annotation) if not isinstance(inner, str))


def _separator(annotation: Any) -> str | None:
    """What separates the values of a list: keys and words never hold a semicolon, texts may."""
    if get_origin(annotation) is not tuple or is_model(get_args(annotation)[0]):
        return None
    return "\n" if get_args(annotation)[0] in (Text, Url) else ";"
