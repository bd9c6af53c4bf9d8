"""The adoption workbook as it comes back: every filled row, and each cell that cannot be taken.

What the rows come to is decided in adoption.py.
"""

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.amendments.adoption_columns import FIRST_SHEET, HEADINGS, OFFICIAL, SHEET, SOURCE_LABEL, Match
from models.amendments.adoption_rows import FilledRow, FilledSheet
from models.core.errors import PlanError, Problem, WorkbookRefused
from models.core.spreadsheet import cell_refusal, open_workbook, sheet_problems, too_big
from models.core.vocabulary import Scope
from models.plan import cells as plan_cells
from models.plan.schema import Initiative, Plan
from models.plan.source import UNREADABLE, Place, shown, suggestion

COLUMNS = plan_cells.columns(Initiative)
Names = Mapping[str, Mapping[str, str]]
"""The key behind each name that a cell may use, for the columns that hold keys."""


def read_adoption(content: bytes, name: str, plan: Plan) -> FilledSheet:
    """All that was filled in, read as far as it can be; `plan` gives the words that cells may use."""
    filled = FilledSheet(name)
    try:
        workbook = open_workbook(content, name)
    except WorkbookRefused as error:
        raise PlanError(error.problems) from error
    sheet = workbook[SHEET] if SHEET in workbook.sheetnames else None
    if not isinstance(sheet, Worksheet):
        what = f"the sheet “{SHEET}” is missing"
        raise PlanError([Problem(name, 1, what, "download the workbook again and fill that")])
    filled.problems += (Problem(name, row, what, remedy) for row, what, remedy in sheet_problems(sheet))
    filled.source = _source_for_all(workbook)
    heads = {} if too_big(sheet) else _heads(sheet, filled)
    filled.letters = {field: get_column_letter(position + 1) for position, field in heads.items()}
    known = _names(plan)
    for row in sheet.iter_rows(min_row=2) if heads else ():
        if one := _row(row, heads, known, filled):
            filled.rows.append(one)
    return filled


def _names(plan: Plan) -> Names:
    bodies = {name.casefold(): one.key for one in plan.bodies for name in (one.name, one.key)}
    states = {name.casefold(): one.key for one in plan.states for name in (one.name, one.key)}
    activities = {
        name.casefold(): one.key
        for one in plan.activities
        for name in (one.key, one.code, one.title, f"{one.code} {one.title}")
    }
    return {
        "match": {word.label.casefold(): word.value for word in Match},
        "activity": activities,
        "scope": {word.value: word.value for word in Scope},
        "lead": bodies,
        "supporting": bodies,
        "champions": states,
    }


def _source_for_all(workbook: Workbook) -> str | None:
    sheet = workbook[FIRST_SHEET] if FIRST_SHEET in workbook.sheetnames else None
    for row in sheet.iter_rows(max_row=100, max_col=2) if isinstance(sheet, Worksheet) else ():
        if row[0].value == SOURCE_LABEL and len(row) > 1 and isinstance(row[1].value, str):
            return row[1].value.strip() or None
    return None


def _heads(sheet: Worksheet, filled: FilledSheet) -> dict[int, str]:
    """What each column fills; nothing when one is missing, since then every row would be misread."""
    fields = {head.casefold(): field for field, head in HEADINGS.items()}
    found: dict[int, str] = {}
    for position, cell in enumerate(next(sheet.iter_rows(max_row=1))):
        head = " ".join(str(cell.value or "").split())
        field = fields.get(head.casefold())
        if field in found.values():
            filled.problems.append(Problem(filled.file, 1, f"the column “{head}” stands twice", "delete one of them"))
        elif field:
            found[position] = field
        elif head:
            remedy = suggestion(head, list(HEADINGS.values()), "delete it")
            filled.problems.append(Problem(filled.file, 1, f"unknown column {shown(head)}", remedy))
    needed = ("key", "title_now", *OFFICIAL)
    missing = [HEADINGS[field] for field in needed if field not in found.values()]
    remedy = "put it back, or download the workbook again"
    filled.problems += (Problem(filled.file, 1, f"the column “{head}” is missing", remedy) for head in missing)
    return {} if missing else found


def _row(
    cells: tuple[Cell | MergedCell, ...],
    heads: Mapping[int, str],
    known: Names,
    filled: FilledSheet,
) -> FilledRow | None:
    """One row, if anything of the official text stands in it."""
    place = Place(filled.file, {(): cells[0].row or 1}, in_workbook=True)
    values: dict[str, Any] = {}
    for position, field in heads.items():
        value = _value(cells[position], field, place, filled)
        if value is not None and (field in OFFICIAL or field in ("key", "title_now")):
            values[field] = _by_name(value, known.get(field, {}))
    key, title_now, match = (values.pop(field, None) for field in ("key", "title_now", "match"))
    if (match is None and not values) or not _is_match(match, place, filled):
        return None
    return FilledRow(_text(key), _text(title_now), Match(match) if match else None, values, place)


def _is_match(match: Any, place: Place, filled: FilledSheet) -> bool:
    """Whether the cell holds one of the three words, or nothing yet; complains of any other."""
    if match is UNREADABLE or match is None or match in set(Match):
        return match is not UNREADABLE
    remedy = suggestion(str(match), [word.label for word in Match])
    filled.problems.append(place.problem(("match",), f"{shown(match)} is not a match", remedy))
    return False


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _value(cell: Cell | MergedCell, field: str, place: Place, filled: FilledSheet) -> Any:
    """The value of a cell; None when it is empty, `UNREADABLE` with its problem noted when it cannot be taken."""
    if refusal := cell_refusal(cell):
        filled.problems.append(place.problem((field,), *refusal))
        return UNREADABLE
    value = cell.value.strip() if isinstance(cell.value, str) else cell.value
    if value in (None, "") or field not in COLUMNS:
        return value or None
    if field == "activity" and isinstance(value, float):
        return str(value)
    try:
        return plan_cells.from_cell(value, COLUMNS[field])
    except PlanError as error:
        filled.problems += (place.problem((field,), each.what, each.remedy) for each in error.problems)
        return UNREADABLE


def _by_name(value: Any, names: Mapping[str, str]) -> Any:
    """Keys for names, wherever the plan knows the name; what it does not know is complained of later."""
    if isinstance(value, list):
        return [_by_name(one, names) for one in value]
    return names.get(" ".join(value.split()).casefold(), value) if isinstance(value, str) and names else value
