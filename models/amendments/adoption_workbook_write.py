"""The adoption workbook as it goes out: one row for each slot that waits for its official text.

How it comes back is read in adoption_workbook_in.py.
"""

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.amendments.adoption_columns import FIRST_SHEET, GUIDE, HEADINGS, LISTS, OFFICIAL, SHEET, SOURCE_LABEL, Match
from models.amendments.adoption_rows import slots
from models.core.spreadsheet import workbook_bytes, write_cell
from models.core.text import day
from models.core.vocabulary import Scope
from models.plan.schema import Initiative, Plan

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
