"""A progress form that came back: its rows wherever its table is, each read or refused, and what is not taken.

A row that cannot be read is refused by itself, with every wrong cell; the other rows are read all the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from models.core.days import Window
from models.core.errors import FormRefused, Problem
from models.core.folding import folded
from models.core.names import Names, key_of
from models.core.sheet_tables import SheetTable, find_tables
from models.core.spreadsheet import (
    SheetCell,
    SheetRow,
    cell_content,
    cell_refusal,
    filled_cells,
    has_content,
    open_workbook,
    read_sheet,
)
from models.core.values import ValueRefused
from models.plan.calendar import day_window
from models.plan.names import party_names
from models.plan.schema import Commitment, Initiative, Plan, name_of
from models.progress.statement import REPORTED_PERCENT
from models.reporting.form import (
    FACTS,
    FIELDS,
    FORMAT,
    KEYS,
    LOCKED,
    NOTHING,
    Form,
    FormRow,
    in_words_of_today,
    read_cell,
    value_of,
)
from models.reporting.form_left_out import left_out
from models.reporting.form_workbook import (
    ADVICE,
    ADVICE_FACT,
    COLUMNS,
    EXPORTED,
    EXPORTED_COLUMNS,
    EXPORTED_HEADER,
    LISTS,
)

NEW_FORM = "take a new form, and copy what you wrote into it"


@dataclass(frozen=True, slots=True)
class _Received:
    """A form that came back: what was sent out, the tables that are in it now, and the plan.

    `known` has the commitments that were sent out by their folded key and party, `names` the names of all parties.
    """

    sent: Form
    known: Mapping[tuple[str, str], FormRow]
    tables: tuple[SheetTable, ...]
    plan: Plan
    names: Names


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read, and what is wrong with it."""

    row: FormRow
    problems: tuple[Problem, ...]

    @property
    def is_edited(self) -> bool:
        """Whether somebody wrote in it."""
        return bool(self.problems or self.row.edited)


def read_form(source: Path | bytes, name: str, plan: Plan) -> Form:
    """Return what was filled in, with the problems of the rows that cannot be read.

    Raises FormRefused where the file has no table of a form, or not what was exported.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    workbook = open_workbook(content, name)
    sent = replace(_sent(workbook, name), window=day_window(plan.period))
    headings = {field: about.label for field, about in COLUMNS.items()}
    tables = find_tables(workbook, headings, required=KEYS, skip=(LISTS, EXPORTED))
    if not tables:
        what = f"no sheet has a line with the column names {COLUMNS['key'].label}, {COLUMNS['party'].label} and others"
        raise FormRefused([Problem(name, 1, what, NEW_FORM)])
    known = {(folded(row.commitment[0]), folded(row.commitment[1])): row for row in sent.rows}
    received = _Received(sent, known, tables, plan, party_names(plan))
    rows, problems, lines = _rows(received)
    own = (cell.value for table in tables for cell in table.header.values())
    not_taken = tuple(left_out(workbook, content, lines, known={*map(folded, own), *map(folded, sent.advice)}))
    return replace(sent, rows=rows, problems=tuple(sorted(problems)), not_taken=not_taken)


def _sent(workbook: Workbook, name: str) -> Form:
    """The form as it went out, from the hidden sheet."""
    optional = LOCKED.keys() - set(KEYS)
    kept = read_sheet(workbook, EXPORTED, EXPORTED_COLUMNS, file=name, remedy=NEW_FORM, optional=optional)
    try:
        sheet = workbook[EXPORTED]
        facts = {_text(fact): _text(value) for fact, value in sheet.iter_rows(max_row=EXPORTED_HEADER - 1, max_col=2)}
        rows = tuple(_sent_row(row) for row in kept.rows)
        form = Form({fact: facts[fact] for fact in FACTS}, rows, _advice(workbook, facts), name)
        is_readable = bool(rows) and not kept.problems and facts["format"] == FORMAT
    except (ValueError, LookupError, StopIteration):
        is_readable = False
    if not is_readable:
        what = "the hidden sheet with what was exported is missing, damaged or of another version"
        raise FormRefused([Problem(name, 1, what, NEW_FORM, EXPORTED)])
    return form


def _sent_row(row: SheetRow) -> FormRow:
    """A row as it went out; forms of earlier releases do not say what their grey cells held."""
    texts = {column: _text(cell) for column, cell in row.cells.items()}
    cells = {field: in_words_of_today(field, texts[field]) for field in FIELDS}
    grey = {field: texts[field] for field in LOCKED if field in texts}
    return FormRow((texts["key"], texts["party"]), grey | cells, int(texts["newest"]))


def _advice(workbook: Workbook, facts: Mapping[str, str]) -> tuple[str, ...]:
    """How to fill it in, as it went out; forms of earlier releases have it on its own sheet only."""
    if ADVICE_FACT in facts:
        return tuple(facts[ADVICE_FACT].split("\n"))
    return tuple(_text(cell) for cell in filled_cells(workbook[ADVICE]) if cell.column == 1)


def _rows(received: _Received) -> tuple[tuple[FormRow, ...], list[Problem], list[FormRow]]:
    """The rows that can be taken, what is wrong with the others, and every line that was read."""
    read: dict[Commitment, list[_Row]] = defaultdict(list)
    problems: list[Problem] = []
    lines = []
    for table in received.tables:
        for line in table.lines:
            sent = received.known.get(_named(line, received))
            if sent:
                row = _read(line, table, sent, received)
                read[sent.commitment].append(row)
                lines.append(row.row)
            elif _is_meant_as_one(line, received):
                problems.append(_unknown(line, table, received.sent))
                lines.append(FormRow(("", ""), {}, 0, places=_places(line, table)))
    rows = []
    for copies in read.values():
        edited = [copy for copy in copies if copy.is_edited] or copies[:1]
        wrong = [problem for copy in edited for problem in copy.problems] or _twice(edited, received.sent)
        problems += wrong
        if not wrong:
            rows.append(edited[0].row)
    return tuple(rows), problems, lines


def _named(line: SheetRow, received: _Received) -> tuple[str, str]:
    """The folded key and party of a line; a party may be written with its name."""
    key, party = (line.cells[column].value for column in KEYS)
    return folded(key), folded(key_of(party, received.names) or party)


def _is_meant_as_one(line: SheetRow, received: _Received) -> bool:
    """Whether a line says something on a commitment, though not on which; headings and notes of one's own do not."""
    key, party = _named(line, received)
    says = any(has_content(line.cells[field]) for field in FIELDS if field in line.cells)
    keys, parties = zip(*received.known, strict=True)
    return says and (key in keys or party in parties or key.upper() in received.plan.initiative)


def _unknown(line: SheetRow, table: SheetTable, form: Form) -> Problem:
    key, party = (_text(line.cells[column]) for column in KEYS)
    missing = [COLUMNS[column].label for column, text in zip(KEYS, (key, party), strict=True) if not text]
    what = f"{' and '.join(missing)} of this line: missing" if missing else ""
    what = what or f"{name_of((key, party))} is not one of the commitments of this form"
    place = f"{table.title}!{line.cells['key'].coordinate}"
    return Problem(form.name, line.number, what, "write Key and Party as they were", place)


def _twice(rows: Sequence[_Row], form: Form) -> list[Problem]:
    """The problem of a commitment on which two lines say different things."""
    first = rows[0].row
    other = next((row.row for row in rows if any(row.row.cells[name] != first.cells[name] for name in FIELDS)), None)
    if other is None:
        return []
    what = f"{name_of(first.commitment)} is filled in twice, at {first.places['key']} and {other.places['key']}"
    return [Problem(form.name, other.line, what, "keep one of the two lines", other.places["key"])]


def _places(line: SheetRow, table: SheetTable) -> dict[str, str]:
    return {field: f"{table.title}!{cell.coordinate}" for field, cell in line.cells.items()}


def _read(line: SheetRow, table: SheetTable, sent: FormRow, received: _Received) -> _Row:
    """One commitment as somebody left it, with every cell that cannot be read."""
    cells = dict(sent.cells)
    row = replace(sent, cells=cells, exported=sent.cells, line=line.number, places=_places(line, table))
    answers = {field: line.cells[field] for field in FIELDS if field in line.cells}
    initiative = received.plan.initiative.get(sent.commitment[0])
    if initiative is None or sent.commitment[1] not in initiative.parties:
        what = f"{name_of(sent.commitment)} is no longer in the plan"
        gone = Problem(received.sent.name, line.number, what, "ask the secretariat if in doubt", row.places["key"])
        return _Row(row, (gone,) if any(map(has_content, answers.values())) else ())
    problems = []
    for field, cell in answers.items():
        try:
            exported, window = sent.cells[field], received.sent.window
            cells[field] = _read_cell(cell, table, field, exported, initiative=initiative, window=window)
        except ValueRefused as error:
            problems.append(received.sent.problem(row, field, error.what, error.remedy))
    return _Row(row, tuple(problems or _contradictions(row, received.sent)))


def _read_cell(
    cell: SheetCell, table: SheetTable, field: str, exported: str, *, initiative: Initiative, window: Window
) -> str:
    if refusal := cell_refusal(cell):
        raise ValueRefused(*refusal)
    if cell.coordinate in table.merged and (has_content(cell) or exported):
        raise ValueRefused(f"the cells {table.merged[cell.coordinate]} are merged", "unmerge them and fill in each one")
    text = read_cell(field, cell_content(cell), initiative, exported, window)
    if field in table.repeated and text != exported:
        raise ValueRefused("this column is there twice", "delete one of the two, or give it another name")
    return text


def _contradictions(row: FormRow, form: Form) -> Iterator[Problem]:
    """The cell of an edited row that does not go with its status."""
    filled = [field for field in FIELDS if row.cells[field] and field != "status"]
    status = row.cells["status"]
    value = value_of("status", status)
    if row.edited and status == NOTHING and filled:
        what = f"does not go with “{NOTHING}”"
        yield form.problem(row, filled[0], what, "empty the cell, or choose another status")
    elif "percent" in row.edited and row.cells["percent"] and value and value not in REPORTED_PERCENT:
        what = f"does not go with “{status}”"
        yield form.problem(row, "percent", what, "empty the cell, or choose Ongoing or Suspended")


def _text(cell: SheetCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()
