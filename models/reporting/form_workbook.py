"""The progress form as a workbook, as it goes out; `form_received` reads it back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from models.core.days import EXCEL_DAY_0, Window
from models.core.spreadsheet import workbook_bytes, write_cell
from models.core.text import tidy
from models.progress.statement import About
from models.reporting.form import ADDED, CHOICES, FIELDS, LOCKED, MATRIX, Form, FormRow

ADVICE, LISTS, EXPORTED = "How to fill in", "Lists", "Exported"
"""The sheets beside the matrix; the last two are hidden."""

BANNER_LINE, HEADER_LINE, FIRST_LINE = 1, 2, 3
EXPORTED_HEADER = 9
"""The lines above it hold the facts of the form, one a line."""
ADVICE_FACT = "advice"
"""The last of these lines: the advice as it went out, to know what somebody wrote beside it."""

COLUMNS: Mapping[str, About] = {**LOCKED, **FIELDS}
"""The columns of the matrix, the locked ones first."""
EXPORTED_COLUMNS = {name: name for name in ("key", "party", "newest", *FIELDS, *LOCKED)}
LONGEST = 20_000
HIDDEN_WHEN_EMPTY = ("deliverables", "note", "evidence")
LINE_HEIGHT, LEAST_LINES, MOST_LINES = 15, 4, 20
"""Room to write in; what is longer is read in the cell."""

A3, A4 = 8, 9
ADVICE_WIDTH = 90
MARGIN_INCHES = 0.4
PALE, LOCKED_FILL, HEAD = (PatternFill("solid", fgColor=colour) for colour in ("EAF1F8", "F2F2F2", "1F3A5F"))
BOLD, WHITE = Font(name="Calibri", bold=True), Font(name="Calibri", bold=True, color="FFFFFF")
LINE = Side(style="thin", color="BFBFBF")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def write_form(form: Form) -> bytes:
    """The form as the bytes of a file; `read_form` reads it back."""
    workbook = Workbook()
    matrix = workbook.worksheets[0]
    matrix.title = MATRIX
    _write_matrix(matrix, form)
    _write_advice(workbook.create_sheet(ADVICE), form.advice)
    _write_lists(workbook)
    _write_exported(workbook.create_sheet(EXPORTED), form)
    workbook.properties.title, workbook.properties.creator = tidy(form.advice[0]), "AIPRAP 2026-2030"
    return workbook_bytes(workbook)


def _write_matrix(sheet: Worksheet, form: Form) -> None:
    write_cell(sheet, BANNER_LINE, 1, tidy(form.advice[0])).font = BOLD
    sheet.cell(BANNER_LINE, 1).alignment = Alignment(vertical="center")
    for position, (name, about) in enumerate(COLUMNS.items(), start=1):
        cell = write_cell(sheet, HEADER_LINE, position, about.label)
        cell.font, cell.fill = (WHITE, HEAD) if name in LOCKED else (BOLD, PALE)
        cell.border = FRAME
    for line, row in enumerate(form.rows, start=FIRST_LINE):
        _write_row(sheet, line, row)
    _lay_out(sheet, form)
    _add_lists(sheet, form)


def _write_row(sheet: Worksheet, line: int, row: FormRow) -> None:
    sheet.row_dimensions[line].height = _height(row)
    # How far follows from the deliverables where there are any.
    closed = {*LOCKED, "percent" if row.cells["deliverables"] else "deliverables_done"}
    for position, name in enumerate(COLUMNS, start=1):
        cell = write_cell(sheet, line, position, _content(name, row.cells[name]))
        cell.border = FRAME
        cell.protection = Protection(locked=name in closed)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if name in closed:
            cell.fill = LOCKED_FILL
        else:
            cell.number_format = "d mmm yyyy" if name == "proposed_due" else "@"


def _height(row: FormRow) -> int:
    """As high as its longest text, with room to write; programs do not see to it when they open a file."""
    lines = (
        sum(_lines(part, COLUMNS[name].form_width) for part in text.split("\n")) for name, text in row.cells.items()
    )
    return LINE_HEIGHT * min(max(LEAST_LINES, *lines), MOST_LINES)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, with some room for words that do not break."""
    return len(text) * 5 // (width * 4) + 1


def _content(name: str, text: str) -> str | date | None:
    """An empty cell is empty; a date is a date wherever Excel knows it."""
    return date.fromisoformat(text) if name == "proposed_due" and text else tidy(text) or None


def _lay_out(sheet: Worksheet, form: Form) -> None:
    """On the screen and on paper: what stays in visibility, what is locked, how it prints."""
    last = get_column_letter(len(COLUMNS))
    sheet.freeze_panes = f"{_letter('due')}{FIRST_LINE}"
    sheet.auto_filter.ref = f"A{HEADER_LINE}:{last}{FIRST_LINE + len(form.rows) - 1}"
    sheet.row_dimensions[HEADER_LINE].height = 32
    for name, about in COLUMNS.items():
        column = sheet.column_dimensions[_letter(name)]
        column.width, column.hidden = about.form_width, name in _unneeded(form.rows)
    sheet.protection.sheet = True
    sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # every new sheet has one
    sheet.page_margins = PageMargins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, 2 * MARGIN_INCHES)
    sheet.print_title_rows = f"{BANNER_LINE}:{HEADER_LINE}"
    sheet.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]  # as above


def _unneeded(rows: Sequence[FormRow]) -> set[str]:
    empty = {name for name in HIDDEN_WHEN_EMPTY if not any(row.cells[name] for row in rows)}
    return empty | ({"deliverables_done"} if "deliverables" in empty else set())


def _letter(name: str) -> str:
    return get_column_letter(list(COLUMNS).index(name) + 1)


def _add_lists(sheet: Worksheet, form: Form) -> None:
    """The rule of each open cell, checked by Excel while typing, and again when the form is read."""
    for name in FIELDS:
        check = _check(name, form.window)
        check.allow_blank, check.showErrorMessage, check.errorTitle = True, True, FIELDS[name].label
        cells = f"{_letter(name)}{FIRST_LINE}:{_letter(name)}{FIRST_LINE + len(form.rows) - 1}"
        check.add(cells)
        sheet.add_data_validation(check)


def _check(name: str, window: Window) -> DataValidation:
    if name in CHOICES:
        # A name and not cells: a list on another sheet would be saved by Excel in a part that few programs read.
        return DataValidation(type="list", formula1=f"list_{name}", error="Choose from the list, or empty the cell.")
    if name == "proposed_due":
        first, last = (str((day - EXCEL_DAY_0).days) for day in (window.first, window.last))
        error = "Type a whole date, such as 31-Dec-2028, or empty the cell."
        return DataValidation(type="date", operator="between", formula1=first, formula2=last, error=error)
    check = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST))
    check.error = f"At most {LONGEST:,} letters."
    if name in ADDED:
        check.showInputMessage, check.prompt = True, "One a line."
    return check


def _write_advice(sheet: Worksheet, advice: Iterable[str]) -> None:
    sheet.column_dimensions["A"].width = ADVICE_WIDTH
    for line, sentence in enumerate(advice, start=1):
        cell = write_cell(sheet, line, 1, tidy(sentence))
        sheet.row_dimensions[line].height = LINE_HEIGHT * (_lines(sentence, ADVICE_WIDTH) + 0.4)
        if line == 1:
            cell.font = BOLD
    sheet.protection.sheet = True
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # as above


def _write_lists(workbook: Workbook) -> None:
    sheet = workbook.create_sheet(LISTS)
    for position, (name, choices) in enumerate(CHOICES.items(), start=1):
        for line, choice in enumerate(choices, start=1):
            write_cell(sheet, line, position, choice)
        letter = get_column_letter(position)
        cells = f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"
        workbook.defined_names[f"list_{name}"] = DefinedName(f"list_{name}", attr_text=cells)
    _hide(sheet)


def _write_exported(sheet: Worksheet, form: Form) -> None:
    """The contents of the cells at the time of the export, to compare with what is edited later."""
    for line, fact in enumerate([*form.facts.items(), (ADVICE_FACT, "\n".join(form.advice))], start=1):
        _write_line(sheet, line, fact)
    _write_line(sheet, EXPORTED_HEADER, EXPORTED_COLUMNS)
    for line, row in enumerate(form.rows, start=EXPORTED_HEADER + 1):
        cells = {**row.cells} | dict(zip(("key", "party", "newest"), (*row.commitment, str(row.newest)), strict=True))
        _write_line(sheet, line, (tidy(cells[name]) for name in EXPORTED_COLUMNS))
    _hide(sheet)


def _write_line(sheet: Worksheet, line: int, texts: Iterable[str]) -> None:
    for position, text in enumerate(texts, start=1):
        write_cell(sheet, line, position, text or None)


def _hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
