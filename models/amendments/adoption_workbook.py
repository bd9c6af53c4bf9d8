"""The adoption workbook: how it goes out, and every filled row and unreadable cell as it comes back.

What follows from the rows is decided in adoption.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.amendments.adoption import FilledRow, FilledSheet, slots
from models.amendments.adoption_columns import (
    FIRST_SHEET,
    GUIDE,
    HEADINGS,
    LISTS,
    OFFICIAL,
    SHEET,
    SOURCE_LABEL,
    Match,
)
from models.core import folding
from models.core.folding import folded, kept, unmarked
from models.core.names import Names, key_of, name_table, split_names
from models.core.spreadsheet import (
    SheetCell,
    SheetContent,
    SheetRow,
    behind_cells,
    filled_cells,
    has_content,
    open_workbook,
    read_sheet,
    row_in_words,
    sheet_names,
    sheets_beside,
    workbook_bytes,
    write_cell,
)
from models.core.text import day, suggestion
from models.core.vocabulary import Scope
from models.plan.names import plan_names
from models.plan.schema import Initiative, Plan
from models.plan.source import UNREADABLE, SourceLocation, quoted
from models.plan.workbook import PlanColumn, columns_of, read_cell

COLUMNS = {name: PlanColumn(name, required=False, has_parts=False, separator=None) for name in ("match", "title_now")}
COLUMNS |= columns_of(Initiative)
NEEDED = ("key", "title_now", *OFFICIAL)
PUT_BACK = "put it back, or download the workbook again and fill that"


def read_adoption(content: bytes, name: str, plan: Plan) -> FilledSheet:
    """All that was filled in, read as far as it can be; `plan` gives the words that cells may use."""
    filled = FilledSheet(name)
    workbook = open_workbook(content, name)
    title = sheet_names(workbook, {SHEET: HEADINGS.values()})[SHEET]
    sheet = read_sheet(workbook, title, HEADINGS, file=name, remedy=PUT_BACK, optional=set(HEADINGS) - set(NEEDED))
    filled.problems += sheet.problems
    filled.source = _source_for_all(workbook)
    filled.letters = sheet.letters
    titles = (FIRST_SHEET, title, LISTS)
    filled.not_taken += [*sheets_beside(workbook, titles), *behind_cells(workbook, titles), *sheet.above]
    if all(field in sheet.letters for field in NEEDED):  # else every row would be misread
        filled.not_taken += _changed_facts(sheet, plan)
        known = _tables(plan)
        filled.rows += filter(None, (_row(row, known, filled) for row in sheet.rows))
    return filled


def _tables(plan: Plan) -> Mapping[str, Names]:
    """The names of the columns that hold keys or one of a few words."""
    bodies = plan_names(plan, "bodies")
    return {
        "match": name_table((word.value, [word.label]) for word in Match),
        "activity": plan_names(plan, "activities"),
        "scope": name_table((word.value, [word.label]) for word in Scope),
        "lead": bodies,
        "supporting": bodies,
        "champions": plan_names(plan, "states"),
    }


def _changed_facts(sheet: SheetContent, plan: Plan) -> Iterator[str]:
    """The changes in the cells that only say which slot a row is about, and the remarks beside the rows."""
    written = {slot.key: _known(slot, plan) for slot in slots(plan)}
    for row in sheet.rows:
        filled = {name: cell for name, cell in row.cells.items() if has_content(cell)}
        if len(filled) == 1 and not filled.keys() & OFFICIAL.keys():
            yield row_in_words(row.cells["key"].parent.title, row.number, filled.values())
            continue
        before = written.get(unmarked(str(row.cells["key"].value or "")), {})
        for name in before.keys() & row.cells.keys() - {"key", "title_now"}:
            cell = row.cells[name]
            words = folding.quoted(cell.value) if has_content(cell) else "now empty"
            if folded(cell.value) != folded(before[name]):
                yield f"cell {cell.parent.title}!{cell.coordinate}, {words}, which is not for filling in"


def _source_for_all(workbook: Workbook) -> str | None:
    """The text beside the label of the source, wherever it is."""
    for sheet in workbook.worksheets:
        label = next((cell for cell in filled_cells(sheet) if folded(cell.value) == folded(SOURCE_LABEL)), None)
        source = sheet.cell(label.row or 1, (label.column or 0) + 1).value if label else None
        if isinstance(source, str):
            return kept(source).strip() or None
    return None


def _row(row: SheetRow, known: Mapping[str, Names], filled: FilledSheet) -> FilledRow | None:
    """One row, if it has anything of the official text."""
    place = SourceLocation(filled.file, {(): row.number}, in_workbook=True)
    values: dict[str, Any] = {}
    for field in NEEDED:
        value = _value(row.cells[field], field, place, filled)
        if value is not None:
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
    return unmarked(value) if isinstance(value, str) else None


def _value(cell: SheetCell, field: str, place: SourceLocation, filled: FilledSheet) -> Any:
    """The value of a cell; None when it is empty, `UNREADABLE` with its problem noted when it cannot be taken."""
    if not has_content(cell):
        return None
    if field == "activity" and isinstance(cell.value, float):
        return str(cell.value)
    value = read_cell(cell, COLUMNS[field], place, filled.problems)
    return kept(value).strip() if isinstance(value, str) else value


def _by_name(value: Any, names: Names) -> Any:
    """Keys for names, wherever the plan knows the name; what it does not know is complained of later."""
    if isinstance(value, list):
        return [key for part in value for key in split_names(part, names)]
    return (key_of(value, names) or value) if isinstance(value, str) and names else value


EXTRA_ROWS = 20
"""Empty rows at the end, for initiatives without a slot."""

WIDTHS = dict(zip(HEADINGS, (6, 34, 13, 11, 30, 24, 16, 10, 48, 30, 11, 12, 16, 12, 12, 12, 30), strict=True))
LINE, GUIDE_WIDTH = 16, 90
"""Points that a line takes, and how wide the explanations are: not every program fits rows to their text."""
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
    activity = next(activity for activity in plan.activities if activity.key == slot.activity)
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
        "activity": [f"{activity.code} {activity.title}" for activity in plan.activities],
        "scope": [word.value for word in Scope],
        "lead": [body.key for body in plan.bodies if body.status == "active"],
    }


def _write_guide(sheet: Worksheet, plan: Plan) -> None:
    sheet.title = FIRST_SHEET
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, GUIDE_WIDTH
    write_cell(sheet, 1, 1, f"The official text of the {plan.short_title}").font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    sheet.row_dimensions[1].height = 2 * LINE
    for number, (term, meaning) in enumerate(GUIDE, start=3):
        write_cell(sheet, number, 1, term).font = Font(bold=True)
        write_cell(sheet, number, 2, meaning)
        sheet.row_dimensions[number].height = LINE * (1 + len(meaning) // GUIDE_WIDTH)
    label_cell = write_cell(sheet, len(GUIDE) + 4, 1, SOURCE_LABEL)
    label_cell.font = Font(bold=True)
    sheet.cell(label_cell.row or 1, 2).fill = TO_FILL
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
    """All columns are printed side by side."""
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
        date_rule = DataValidation("date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True)
        date_rule.error, date_rule.errorTitle = "Write a date such as 2027-12-31.", HEADINGS[field]
        _on_column(sheet, date_rule, letters[field], last)


def _on_column(sheet: Worksheet, rule: DataValidation, letter: str, last: int) -> None:
    rule.showErrorMessage = True
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)
