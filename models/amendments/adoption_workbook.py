"""The adoption workbook: how it goes out, and every filled row and unreadable cell as it comes back.

What the rows come to is decided in adoption.py.
"""

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.amendments.adoption import FilledRow, FilledSheet, slots
from models.amendments.adoption_columns import FIRST_SHEET, GUIDE, HEADINGS, LISTS, OFFICIAL, SHEET, SOURCE_LABEL, Match
from models.core.errors import PlanError, Problem, WorkbookRefused
from models.core.spreadsheet import cell_refusal, open_workbook, sheet_problems, too_big, workbook_bytes, write_cell
from models.core.text import day
from models.core.vocabulary import Scope
from models.plan import cells as plan_cells
from models.plan.schema import Initiative, Plan
from models.plan.source import UNREADABLE, SourceLocation, quoted, suggestion

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
            filled.problems.append(Problem(filled.file, 1, f"unknown column {quoted(head)}", remedy))
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
    place = SourceLocation(filled.file, {(): cells[0].row or 1}, in_workbook=True)
    values: dict[str, Any] = {}
    for position, field in heads.items():
        value = _value(cells[position], field, place, filled)
        if value is not None and (field in OFFICIAL or field in ("key", "title_now")):
            values[field] = _by_name(value, known.get(field, {}))
    key, title_now, match = (values.pop(field, None) for field in ("key", "title_now", "match"))
    if (match is None and not values) or not _is_match(match, place, filled):
        return None
    return FilledRow(_text(key), _text(title_now), Match(match) if match else None, values, place)


def _is_match(match: Any, place: SourceLocation, filled: FilledSheet) -> bool:
    """Whether the cell holds one of the three words, or nothing yet; complains of any other."""
    if match is UNREADABLE or match is None or match in set(Match):
        return match is not UNREADABLE
    remedy = suggestion(str(match), [word.label for word in Match])
    filled.problems.append(place.problem(("match",), f"{quoted(match)} is not a match", remedy))
    return False


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _value(cell: Cell | MergedCell, field: str, place: SourceLocation, filled: FilledSheet) -> Any:
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


EXTRA_ROWS = 20
"""Empty rows at the end, for initiatives that no slot stands for."""

WIDTHS = dict(zip(HEADINGS, (6, 34, 13, 11, 30, 24, 16, 10, 48, 30, 11, 12, 16, 12, 12, 12, 30), strict=True))
LINE, GUIDE_WIDTH = 16, 90
"""Points that a line takes, and how wide the explanations are: not every program fits rows to what stands in them."""
DATES = ("start", "due")
TO_FILL = PatternFill("solid", fgColor="E9F0FA")
EDGE = Side("thin", color="B8C4D6")
EDGES = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
Lists = Mapping[str, list[str]]


def write_adoption(plan: Plan) -> bytes:
    """The workbook for a plan: what to do, the rows, and the lists that its drop-downs offer."""
    workbook = Workbook()
    _write_guide(workbook.worksheets[0], plan)
    sheet, lists = workbook.create_sheet(SHEET), workbook.create_sheet(LISTS)
    waiting = slots(plan)
    _write_heads(sheet)
    for number, slot in enumerate(waiting, start=2):
        for position, content in enumerate(_known(slot, plan).values(), start=1):
            write_cell(sheet, number, position, content)
        sheet.row_dimensions[number].height = 4 * LINE
    last = 1 + len(waiting) + EXTRA_ROWS
    _open_cells(sheet, last)
    _offer(sheet, lists, _choices(plan), last)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    return workbook_bytes(workbook)


def _known(slot: Initiative, plan: Plan) -> dict[str, str]:
    """What a row says of its slot, in the order of the columns."""
    activity = next(one for one in plan.activities if one.key == slot.activity)
    facts = {"scope": slot.scope, "lead": slot.lead, "start": day(slot.start), "due": day(slot.due)}
    held = (f"{name} {value}{' (assumed)' if name in slot.assumed else ''}" for name, value in facts.items())
    return {
        "key": slot.key,
        "title_now": slot.title,
        "wording_now": slot.wording.label,
        "code_now": slot.code,
        "activity_now": f"{activity.code} {activity.title}",
        "held_now": "\n".join(held),
    }


def _choices(plan: Plan) -> Lists:
    """What each drop-down offers."""
    return {
        "match": [word.label for word in Match],
        "activity": [f"{one.code} {one.title}" for one in plan.activities],
        "scope": [word.value for word in Scope],
        "lead": [one.key for one in plan.bodies if one.status == "active"],
    }


def _write_guide(sheet: Worksheet, plan: Plan) -> None:
    sheet.title = FIRST_SHEET
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, GUIDE_WIDTH
    write_cell(sheet, 1, 1, f"The official text of the {plan.short_title}").font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    sheet.row_dimensions[1].height = 2 * LINE
    for number, (term, told) in enumerate(GUIDE, start=3):
        write_cell(sheet, number, 1, term).font = Font(bold=True)
        write_cell(sheet, number, 2, told)
        sheet.row_dimensions[number].height = LINE * (1 + len(told) // GUIDE_WIDTH)
    asked = write_cell(sheet, len(GUIDE) + 4, 1, SOURCE_LABEL)
    asked.font = Font(bold=True)
    sheet.cell(asked.row or 1, 2).fill = TO_FILL
    _print_wide(sheet)


def _write_heads(sheet: Worksheet) -> None:
    for position, (field, head) in enumerate(HEADINGS.items(), start=1):
        cell = write_cell(sheet, 1, position, head)
        cell.font = Font(bold=True)
        if field in OFFICIAL:
            cell.fill = TO_FILL
        sheet.column_dimensions[get_column_letter(position)].width = WIDTHS[field]
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 2 * LINE
    sheet.print_title_rows = "1:1"
    _print_wide(sheet)


def _print_wide(sheet: Worksheet) -> None:
    """On paper all columns stand side by side."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _open_cells(sheet: Worksheet, last: int) -> None:
    """The official columns may be written in; texts stay texts and dates stay dates, whatever is typed."""
    open_text, open_day = _open_style("text to fill", "@"), _open_style("day to fill", "yyyy-mm-dd")
    for position, field in enumerate(HEADINGS, start=1):
        for number in range(2, last + 1) if field in OFFICIAL else ():
            sheet.cell(number, position).style = open_day if field in DATES else open_text


def _open_style(name: str, number_format: str) -> NamedStyle:
    style = NamedStyle(name, number_format=number_format)
    style.alignment, style.protection = Alignment(vertical="top", wrap_text=True), Protection(locked=False)
    style.fill, style.border = TO_FILL, EDGES
    return style


def _offer(sheet: Worksheet, lists: Worksheet, choices: Lists, last: int) -> None:
    """Drop-downs from the plan, and dates as dates."""
    letters = {field: get_column_letter(position) for position, field in enumerate(HEADINGS, start=1)}
    for position, (field, words) in enumerate(choices.items(), start=1):
        write_cell(lists, 1, position, HEADINGS[field]).font = Font(bold=True)
        for number, word in enumerate(words, start=2):
            write_cell(lists, number, position, word).alignment = Alignment(wrap_text=False)
        letter = get_column_letter(position)
        choice = DataValidation("list", formula1=f"={LISTS}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True)
        choice.error, choice.errorTitle = "Choose from the list.", HEADINGS[field]
        _on_column(sheet, choice, letters[field], last)
    for field in DATES:
        asked = DataValidation("date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True)
        asked.error, asked.errorTitle = "Write a date such as 2027-12-31.", HEADINGS[field]
        _on_column(sheet, asked, letters[field], last)


def _on_column(sheet: Worksheet, rule: DataValidation, letter: str, last: int) -> None:
    rule.showErrorMessage = True
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)
