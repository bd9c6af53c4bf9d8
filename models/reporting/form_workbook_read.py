"""A progress form as it comes back: every cell read or refused with its remedy, and nothing taken of a damaged one."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from models.core.errors import FormRefused, Problem
from models.core.spreadsheet import cell_refusal, open_workbook, sheet_problems, too_big
from models.plan.schema import Commitment, Plan
from models.reporting.form import FIELDS, FORMAT, FilledCell, FilledForm, FilledRow, FormHead
from models.reporting.form_cells import Refusal, in_words_of_today, read_cell
from models.reporting.form_difference import contradiction
from models.reporting.form_workbook_write import COLUMNS, EXPORTED, EXPORTED_HEADER, HEADER_LINE, MATRIX, SHEETS

NEW_FORM = "take a new form, and copy what you wrote into it"
Line = tuple[Cell | MergedCell, ...]


def read_form(source: Path | bytes, name: str, plan: Plan) -> FilledForm:
    """What was filled in; raises FormRefused with every problem, cell by cell."""
    workbook = open_workbook(source, name)
    problems = list(_sheet_problems(workbook, name))
    if problems:
        raise FormRefused(problems)
    try:
        head, exported = _exported(workbook[EXPORTED])
    except (ValueError, LookupError, StopIteration) as error:
        what = "the hidden sheet with what was exported is damaged, or of another version"
        raise FormRefused([Problem(name, 1, what, NEW_FORM, EXPORTED)]) from error
    rows = _Matrix(workbook[MATRIX], name, plan, exported)
    found = tuple(rows.read())
    if rows.problems:
        raise FormRefused(rows.problems)
    return FilledForm(name, head, found)


def _sheet_problems(workbook: Workbook, name: str) -> Iterator[Problem]:
    for title in workbook.sheetnames:
        if title not in SHEETS:
            told = f"“{title}” is not a sheet of the form"
            yield Problem(name, 1, told, f"delete it, or name it {MATRIX} again if it was that", title)
    for title in (MATRIX, EXPORTED):
        if title not in workbook.sheetnames:
            yield Problem(name, 1, f"the sheet {title} is missing", NEW_FORM, title)
        elif not isinstance(workbook[title], Worksheet):
            yield Problem(name, 1, "is not a sheet with cells", NEW_FORM, title)
        else:
            for line, what, remedy in sheet_problems(workbook[title]):
                yield Problem(name, line, what, remedy, title)


def _exported(sheet: Worksheet) -> tuple[FormHead, dict[Commitment, tuple[int, dict[str, str]]]]:
    """Where the form comes from, and what each cell held as it went out."""
    names = ["key", "party", "newest", *FIELDS]
    cells = sheet.iter_rows(max_col=len(names), values_only=True)
    lines = [["" if value is None else str(value) for value in line] for line in cells]
    facts = {line[0]: line[1] for line in lines[: EXPORTED_HEADER - 1]}
    header, *rows = lines[EXPORTED_HEADER - 1 :]
    if facts["format"] != FORMAT or header != names:
        raise ValueError(facts["format"])
    head = FormHead(
        database=facts["database"],
        plan=facts["plan"],
        edition=facts["edition"],
        cycle=facts["cycle"],
        speakers=tuple(facts["for"].split("; ")),
        exported_at=datetime.fromisoformat(facts["exported at"]),
    )
    return head, {(key, party): (int(newest), _held(texts)) for key, party, newest, *texts in rows if key}


def _held(texts: list[str]) -> dict[str, str]:
    cells = dict(zip(FIELDS, texts, strict=True))
    return {field: in_words_of_today(field, text) for field, text in cells.items()}


class _Matrix:
    """The sheet that people fill in, read line by line."""

    def __init__(
        self, sheet: Worksheet, name: str, plan: Plan, exported: dict[Commitment, tuple[int, dict[str, str]]]
    ) -> None:
        self.sheet, self.name, self.plan, self.exported = sheet, name, plan, exported
        self.problems: list[Problem] = []
        self.met: dict[Commitment, int] = {}

    def read(self) -> Iterator[FilledRow]:
        """Each row with something in it; what is wrong is kept and told at the end."""
        if too_big(self.sheet):
            return
        columns = self._header()
        if self.problems:
            return
        for line in self.sheet.iter_rows(min_row=HEADER_LINE + 1):
            if any(cell.value is not None for cell in line):
                row = self._row(line, columns)
                if row is not None:
                    yield row

    def _header(self) -> dict[str, int]:
        """In which position each column stands."""
        named = {label: name for name, label in COLUMNS.items()}
        found: dict[str, int] = {}
        heads = next(self.sheet.iter_rows(min_row=HEADER_LINE, max_row=HEADER_LINE))
        for position, cell in enumerate(heads):
            label = "" if cell.value is None else str(cell.value).strip()
            if label in named and named[label] not in found:
                found[named[label]] = position
            elif label in named:
                self._refuse(cell, f"the column {label} stands twice", "delete one of them")
            elif label or self._has_content(position):
                told = f"“{label}” is not a column of the form" if label else "this column has no name"
                self._refuse(cell, told, f"delete the column, or write its name again in line {HEADER_LINE}")
        for name, label in COLUMNS.items():
            if name in {"key", "party", *FIELDS} and name not in found:
                what = f"the column {label} is missing"
                self.problems.append(Problem(self.name, HEADER_LINE, what, NEW_FORM, MATRIX))
        return found

    def _has_content(self, position: int) -> bool:
        cells = self.sheet.iter_rows(HEADER_LINE + 1, None, position + 1, position + 1, values_only=True)
        return any(value is not None for (value,) in cells)

    def _row(self, line: Line, columns: dict[str, int]) -> FilledRow | None:
        key = line[columns["key"]]
        commitment = (_text(key), _text(line[columns["party"]]))
        refusal = self._not_ours(commitment)
        if refusal:
            self._refuse(key, *refusal)
            return None
        self.met[commitment] = key.row or 0
        newest, exported = self.exported[commitment]
        cells = {field: self._cell(line[columns[field]], field, commitment, exported[field]) for field in FIELDS}
        read = {field: cell for field, cell in cells.items() if cell is not None}
        if len(read) < len(cells):
            return None
        row = FilledRow(commitment, key.row or 0, read, exported, newest)
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

    def _cell(self, cell: Cell | MergedCell, field: str, commitment: Commitment, exported: str) -> FilledCell | None:
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

    def _refuse(self, cell: Cell | MergedCell, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, cell.row or 1, what, remedy, f"{MATRIX}!{cell.coordinate}"))


def _text(cell: Cell | MergedCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()
