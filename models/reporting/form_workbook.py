"""The progress form as a workbook: how it goes out, and every filled row and unreadable cell as it comes back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import FormRefused, Problem
from models.core.spreadsheet import (
    FIRST_EXCEL_DAY,
    Row,
    Sheet,
    SheetCell,
    cell_refusal,
    open_workbook,
    read_sheet,
    unknown_sheets,
    workbook_bytes,
    write_cell,
)
from models.plan.schema import Commitment, Plan
from models.reporting.form import (
    ABOUT,
    ADDED,
    CHOICES,
    FIELDS,
    FORMAT,
    FilledCell,
    FilledForm,
    FilledRow,
    Form,
    FormHead,
    FormRow,
)
from models.reporting.form_cells import Refusal, in_words_of_today, read_cell, tidy
from models.reporting.form_difference import contradiction

NEW_FORM = "take a new form, and copy what you wrote into it"


def read_form(source: Path | bytes, name: str, plan: Plan) -> FilledForm:
    """What was filled in; raises FormRefused with every problem, cell by cell."""
    workbook = open_workbook(source, name)
    optional = ABOUT.keys() - {"key", "party"}
    matrix = read_sheet(workbook, MATRIX, COLUMNS, file=name, remedy=NEW_FORM, head=HEADER_LINE, optional=optional)
    kept = read_sheet(workbook, EXPORTED, EXPORTED_COLUMNS, file=name, remedy=NEW_FORM, head=EXPORTED_HEADER)
    problems = [*unknown_sheets(workbook, SHEETS, name), *matrix.problems]
    if problems:
        raise FormRefused(problems)
    try:
        head, exported = _exported(workbook[EXPORTED], kept)
    except (ValueError, LookupError, StopIteration) as error:
        what = "the hidden sheet with what was exported is missing, damaged or of another version"
        raise FormRefused([Problem(name, 1, what, NEW_FORM, EXPORTED)]) from error
    rows = _Matrix(name, plan, exported)
    found = tuple(filter(None, map(rows.read, matrix.rows)))
    if rows.problems:
        raise FormRefused(rows.problems)
    return FilledForm(name, head, found)


def _exported(sheet: Worksheet, kept: Sheet) -> tuple[FormHead, dict[Commitment, tuple[int, dict[str, str]]]]:
    """Where the form comes from, and what each cell held as it went out."""
    facts = {_text(name): _text(fact) for name, fact in sheet.iter_rows(max_row=EXPORTED_HEADER - 1, max_col=2)}
    if kept.problems or facts["format"] != FORMAT:
        raise ValueError(facts["format"])
    head = FormHead(
        database=facts["database"],
        plan=facts["plan"],
        edition=facts["edition"],
        cycle=facts["cycle"],
        speakers=tuple(facts["for"].split("; ")),
        exported_at=datetime.fromisoformat(facts["exported at"]),
    )
    rows = [{name: _text(cell) for name, cell in row.cells.items()} for row in kept.rows]
    return head, {(row["key"], row["party"]): (int(row["newest"]), _held(row)) for row in rows}


def _held(row: dict[str, str]) -> dict[str, str]:
    return {field: in_words_of_today(field, row[field]) for field in FIELDS}


class _Matrix:
    """The sheet that people fill in, read row by row."""

    def __init__(self, name: str, plan: Plan, exported: dict[Commitment, tuple[int, dict[str, str]]]) -> None:
        self.name, self.plan, self.exported = name, plan, exported
        self.problems: list[Problem] = []
        self.met: dict[Commitment, int] = {}

    def read(self, line: Row) -> FilledRow | None:
        """A row with something in it; what is wrong is kept for the end."""
        key = line.cells["key"]
        commitment = (_text(key), _text(line.cells["party"]))
        refusal = self._not_ours(commitment)
        if refusal:
            self._refuse(key, *refusal)
            return None
        self.met[commitment] = line.number
        newest, exported = self.exported[commitment]
        cells = {field: self._cell(line.cells[field], field, commitment, exported[field]) for field in FIELDS}
        read = {field: cell for field, cell in cells.items() if cell is not None}
        if len(read) < len(cells):
            return None
        row = FilledRow(commitment, line.number, read, exported, newest)
        self._refuse_contradiction(row)
        return row

    def _not_ours(self, commitment: Commitment) -> Refusal | None:
        told = "/".join(commitment)
        if commitment not in self.exported:
            return Refusal(f"{told} is not one of the commitments of this form", "write key and party as they were")
        if commitment in self.met:
            return Refusal(f"{told} stands in line {self.met[commitment]} already", "delete one of the two lines")
        initiative = self.plan.initiative.get(commitment[0])
        if initiative is None or commitment[1] not in initiative.parties:
            return Refusal(f"{told} is not in the plan any more", "delete the line; ask the secretariat if in doubt")
        return None

    def _cell(self, cell: SheetCell, field: str, commitment: Commitment, exported: str) -> FilledCell | None:
        refusal = cell_refusal(cell)
        initiative = self.plan.initiative[commitment[0]]
        read = Refusal(*refusal) if refusal else read_cell(field, cell.value, initiative, exported)
        if isinstance(read, Refusal):
            self._refuse(cell, f"{FIELDS[field]}: {read.what}", read.remedy)
            return None
        return FilledCell(cell.coordinate, read)

    def _refuse_contradiction(self, row: FilledRow) -> None:
        found = contradiction(row) if row.edited else None
        if found:
            field, what, remedy = found
            at = f"{MATRIX}!{row.cells[field].at}"
            self.problems.append(Problem(self.name, row.line, f"{FIELDS[field]}: {what}", remedy, at))

    def _refuse(self, cell: SheetCell, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, cell.row or 1, what, remedy, f"{MATRIX}!{cell.coordinate}"))


def _text(cell: SheetCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


MATRIX, ADVICE, LISTS, EXPORTED = "Progress", "How to fill in", "Lists", "Exported"
SHEETS = (MATRIX, ADVICE, LISTS, EXPORTED)
"""The sheets of a form; the last two are hidden."""

BANNER_LINE, HEADER_LINE, FIRST_LINE = 1, 2, 3
EXPORTED_HEADER = 9
"""Above it stands where the form comes from, one fact a line."""

COLUMNS: Mapping[str, str] = {**ABOUT, **FIELDS}
"""The columns of the matrix, the locked ones first."""
EXPORTED_COLUMNS = {name: name for name in ("key", "party", "newest", *FIELDS)}

WIDTHS = {
    "key": 6,
    "party": 8,
    "code": 7,
    "title": 26,
    "due": 13,
    "deliverables": 24,
    "said": 28,
    "status": 14,
    "percent": 16,
    "narrative": 34,
    "obstacle_kind": 13,
    "proposed_due": 13,
    "requested": 13,
}
OTHER_WIDTH = 20
HIDDEN_WHEN_EMPTY = ("deliverables", "note", "evidence")
LONGEST = 20_000
LINE_HEIGHT, LEAST_LINES, MOST_LINES = 15, 4, 20
"""Room to write in; what is longer is read in the cell."""

A3, A4 = 8, 9
ADVICE_WIDTH = 90
MARGIN_INCHES = 0.4
EXCEL_BEGINS = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""
PALE, LOCKED, HEAD = (PatternFill("solid", fgColor=colour) for colour in ("EAF1F8", "F2F2F2", "1F3A5F"))
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
    workbook.properties.title, workbook.properties.creator = tidy(form.banner), "AIPRAP 2026-2030"
    return workbook_bytes(workbook)


def _write_matrix(sheet: Worksheet, form: Form) -> None:
    write_cell(sheet, BANNER_LINE, 1, tidy(form.banner)).font = BOLD
    sheet.cell(BANNER_LINE, 1).alignment = Alignment(vertical="center")
    for position, (name, label) in enumerate(COLUMNS.items(), start=1):
        _head(write_cell(sheet, HEADER_LINE, position, label), locked=name in ABOUT)
    for line, row in enumerate(form.rows, start=FIRST_LINE):
        _write_row(sheet, line, row)
    _lay_out(sheet, form)
    _add_lists(sheet, len(form.rows))


def _head(cell: Cell, *, locked: bool) -> None:
    cell.font = WHITE if locked else BOLD
    cell.fill, cell.border = HEAD if locked else PALE, FRAME


def _write_row(sheet: Worksheet, line: int, row: FormRow) -> None:
    sheet.row_dimensions[line].height = _height(row)
    for position, name in enumerate(COLUMNS, start=1):
        is_open = name in FIELDS and name not in row.closed
        text = row.about[name] if name in ABOUT else row.cells[name]
        cell = write_cell(sheet, line, position, _content(name, text))
        cell.border = FRAME
        cell.protection = Protection(locked=not is_open)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if not is_open:
            cell.fill = LOCKED
        elif name == "proposed_due":
            cell.number_format = "d mmm yyyy"
        else:
            cell.number_format = "@"


def _height(row: FormRow) -> int:
    """As high as its longest text, with room to write; programs do not see to it when they open a file."""
    texts = {**row.about, **row.cells}
    lines = (sum(map(_lines, text.split("\n"), repeat(WIDTHS.get(name, OTHER_WIDTH)))) for name, text in texts.items())
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
    for name in COLUMNS:
        column = sheet.column_dimensions[_letter(name)]
        column.width = WIDTHS.get(name, OTHER_WIDTH)
        column.hidden = name in _unneeded(form.rows)
    sheet.protection.sheet = True
    sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # every new sheet has one
    sheet.page_margins = PageMargins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, 2 * MARGIN_INCHES)
    sheet.print_title_rows = f"{BANNER_LINE}:{HEADER_LINE}"
    sheet.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]  # as above


def _unneeded(rows: Sequence[FormRow]) -> set[str]:
    empty = {name for name in HIDDEN_WHEN_EMPTY if not any(row.about[name] for row in rows)}
    return empty | ({"deliverables_done"} if "deliverables" in empty else set())


def _letter(name: str) -> str:
    return get_column_letter(list(COLUMNS).index(name) + 1)


def _add_lists(sheet: Worksheet, rows: int) -> None:
    """What each open cell takes, told where it is typed; read again when the form comes back."""
    for name in FIELDS:
        check = _check(name)
        check.allow_blank, check.showErrorMessage, check.errorTitle = True, True, FIELDS[name]
        cells = f"{_letter(name)}{FIRST_LINE}:{_letter(name)}{FIRST_LINE + rows - 1}"
        check.add(cells)
        sheet.add_data_validation(check)


def _check(name: str) -> DataValidation:
    if name in CHOICES:
        # A name and not cells: a list on another sheet would be saved by Excel in a part that few programs read.
        return DataValidation(type="list", formula1=f"list_{name}", error="Choose from the list, or empty the cell.")
    if name == "proposed_due":
        since = str((FIRST_EXCEL_DAY - EXCEL_BEGINS).days)
        told = "Type a date, such as 31-Dec-2028, or empty the cell."
        return DataValidation(type="date", operator="greaterThan", formula1=since, error=told)
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
    """What the cells hold as the form goes out, beside whatever is edited later."""
    head = form.head
    facts = {
        "format": FORMAT,
        "database": head.database,
        "plan": head.plan,
        "edition": head.edition,
        "cycle": head.cycle,
        "for": "; ".join(head.speakers),
        "exported at": head.exported_at.isoformat(),
    }
    for line, (name, fact) in enumerate(facts.items(), start=1):
        _write_line(sheet, line, (name, fact))
    _write_line(sheet, EXPORTED_HEADER, EXPORTED_COLUMNS)
    for line, row in enumerate(form.rows, start=EXPORTED_HEADER + 1):
        _write_line(sheet, line, (*row.commitment, str(row.newest), *(row.cells[name] for name in FIELDS)))
    _hide(sheet)


def _write_line(sheet: Worksheet, line: int, texts: Iterable[str]) -> None:
    for position, text in enumerate(texts, start=1):
        write_cell(sheet, line, position, text or None)


def _hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
