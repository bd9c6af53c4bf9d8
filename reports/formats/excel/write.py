"""The report as a workbook: it opens on the matrix; the totals are formulas over the sheets of data.

The matrix shows initiatives by parties. Each body that leads something has a sheet: its initiatives, and below each
the statements on its commitments.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from reports.formats.excel.book import A3, FIRST_ROW, TOTALS, Book, Content, Day, Formula, SheetHead
from reports.formats.excel.sums import NO_REPORT, WIDTHS, figure_cells, progress_of, write_data
from reports.report import Report, Section, Table, Value

DATA = {"figures": 3, "initiatives": 3, "commitments": 3, "ledger": 1, "decisions": 1, "corrections": 2}
"""The sheets of data in their order, each with the number of frozen columns."""
ABOUT_HEADS = (SheetHead("Sheet", 14), SheetHead("Column", 22), SheetHead("Meaning", 90))

MATRIX, ASEAN = "Matrix", "ASEAN"
NOT_APPLICABLE, SHORT = "not applicable", "n/a"
OFFICIAL = "official text"
Facts = Mapping[str, Value]

KEY, INITIATIVE = SheetHead("Key", 7), SheetHead("Initiative", 48)
DUE, HEALTH = SheetHead("Due", 21), SheetHead("Health", 24)
LEADING = (KEY, INITIATIVE, SheetHead("Measure", 28), SheetHead("Lead", 18), DUE, HEALTH, SheetHead("Progress %", 11))
"""The leading columns of the matrix, before one column per party."""
COUNT, PARTY_WIDTH = SheetHead("Completed", 11), 15
BODY_HEADS = (KEY, INITIATIVE, SheetHead("Party", 9), DUE, HEALTH, SheetHead("Status", 16), SheetHead("Progress %", 12))
STATEMENT = ("narrative", "next_step", "obstacles", "support_needed", "evidence")
"""The columns of the log that are repeated on the sheets of bodies, where the audience may read them."""
FROZEN = 2


def write_excel(report: Report) -> bytes:
    """Return the workbook as the bytes of an .xlsx file."""
    book = Book(report)
    _write_matrix(book, report)
    leading = {facts["lead"] for facts in report.records_of("initiatives").facts}
    for body in report.records_of("figures").facts:
        if body["by"] == "body" and body["key"] in leading:
            _write_body(book, report, body)
    for key, frozen in DATA.items():
        write_data(book, report, report.records_of(key), frozen)
    _write_about(book, report)
    return book.to_bytes()


def _titled(facts: Facts) -> str:
    """Code and title, with the tag of a title that is not official."""
    wording = "" if facts["wording"] == OFFICIAL else f" ({facts['wording']})"
    return f"{facts['code']} {facts['title']}{wording}"


def _due(facts: Facts) -> Content:
    """The due date, marked where it is assumed."""
    due = facts["due"]
    return Day(due, bool(facts["due_assumed"])) if isinstance(due, date) else due


def _progress(report: Report, initiative: Facts) -> Formula | None:
    """The progress of an initiative, taken from the sheet Initiatives."""
    formula = f'=INDEX(initiatives_progress_percent,MATCH("{initiative["key"]}",initiatives_key,0))'
    return Formula(formula, progress_of(report, initiative, initiative["reported"])) if initiative["counted"] else None


def _write_matrix(book: Book, report: Report) -> None:
    """A column for each party; where the audience may not read parties, the table of the report."""
    section, log = report.section("matrix"), report.records_of("commitments").facts
    title = section.title if section else MATRIX
    if not log:
        _write_described(book, title, section)
        return
    initiatives, parties = report.records_of("initiatives").facts, _parties(report)
    measures = {row["key"]: row["name"] for row in report.records_of("figures").facts if row["by"] == "measure"}
    by_commitment = {(entry["initiative"], entry["party"]): entry for entry in log}
    words = [[_in_words(by_commitment.get((row["key"], party))) for party in parties] for row in initiatives]
    heads = [*LEADING, *(SheetHead(name, PARTY_WIDTH) for name in parties.values()), COUNT]
    page = book.page(MATRIX, f"Initiatives by parties. {title}", heads)
    letters = [get_column_letter(len(LEADING) + position) for position in range(1, len(parties) + 1)]
    last = FIRST_ROW + len(initiatives) - 1
    for number, (initiative, texts) in enumerate(zip(initiatives, words, strict=True), start=FIRST_ROW):
        completed = _completed(f"{letters[0]}{number}:{letters[-1]}{number}", texts)
        page.row(number, [*_leading_cells(report, initiative, measures), *texts, completed])
    for number, (name, count) in enumerate((("Completed", _completed), ("No report", _unreported)), start=last + 1):
        counts = _counts(words, letters, count)
        page.row(number, ["", name, *[None] * (len(LEADING) - 2), *counts], ground=TOTALS)
    page.close(last + 2, frozen=FROZEN, filtered=last, paper=A3)


def _parties(report: Report) -> dict[str, str]:
    """Names of the parties that take part by key: ASEAN, then the states in the plan's order."""
    taking_part = {entry["party"] for entry in report.records_of("commitments").facts}
    states = {row["key"]: row["name"] for row in report.records_of("figures").facts if row["by"] == "state"}
    return {str(key): str(name) for key, name in {ASEAN: ASEAN, **states}.items() if key in taking_part}


def _leading_cells(report: Report, initiative: Facts, measures: Mapping[Value, Value]) -> list[Content]:
    """The leading cells of an initiative."""
    assumed = "lead" in str(initiative["assumed"]).split(", ")
    lead = f"{initiative['lead']} (assumed)" if assumed else initiative["lead"]
    start: list[Content] = [initiative["key"], _titled(initiative), measures.get(initiative["measure"]), lead]
    return [*start, _due(initiative), initiative["health"], _progress(report, initiative)]


def _in_words(commitment: Facts | None) -> str | None:
    """The status of a commitment in words; None where the party does not take part, or not yet."""
    if commitment is None or commitment["excluded"] not in {None, NOT_APPLICABLE}:
        return None
    if commitment["status"] in {NO_REPORT, "completed"}:
        return str(commitment["status"])
    return SHORT if commitment["status"] == NOT_APPLICABLE else f"{commitment['status']} {commitment['percent']} %"


Texts = Sequence[str | None]


def _completed(cells: str, texts: Texts) -> Formula:
    """Return "7 of 11": completed, of those that take part."""
    taking_part = len([text for text in texts if text and text != SHORT])
    formula = f'=COUNTIF({cells},"completed")&" of "&(COUNTA({cells})-COUNTIF({cells},"{SHORT}"))'
    return Formula(formula, f"{list(texts).count('completed')} of {taking_part}")


def _unreported(cells: str, texts: Texts) -> Formula:
    """How many have not reported."""
    return Formula(f'=COUNTIF({cells},"{NO_REPORT}")', list(texts).count(NO_REPORT))


def _counts(words: Sequence[Texts], letters: Sequence[str], count: Callable[[str, Texts], Formula]) -> list[Content]:
    """The count below each party's column, and the count of all columns at the end."""
    last = FIRST_ROW + len(words) - 1
    columns = zip(letters, zip(*words, strict=True), strict=True)
    counts = [count(f"{letter}{FIRST_ROW}:{letter}{last}", texts) for letter, texts in columns]
    return [*counts, count(f"{letters[0]}{FIRST_ROW}:{letters[-1]}{last}", [text for row in words for text in row])]


def _write_described(book: Book, title: str, section: Section | None) -> None:
    table = next(iter(section.tables if section else ()), Table("", (), ()))
    page = book.page(MATRIX, title, [SheetHead(column.title, 6 + 4 * column.width) for column in table.columns])
    for number, row in enumerate(table.rows, start=FIRST_ROW):
        texts = [f"{cell.text} ({cell.tag})" if cell.tag else cell.text for cell in row.cells]
        page.row(number, [int(text) if text.isascii() and text.isdigit() else text for text in texts])
    last = FIRST_ROW + len(table.rows) - 1
    page.close(last, frozen=1, filtered=last)


def _write_body(book: Book, report: Report, body: Facts) -> None:
    fields = [field for field in report.records_of("commitments").fields if field.name in STATEMENT]
    key, name = str(body["key"]), str(body["name"])
    label = name if name == key else f"{name} ({key})"
    heads = [*BODY_HEADS, *(SheetHead(field.title, WIDTHS[field.name]) for field in fields)]
    page = book.page(book.free_title(key), f"Initiatives led by the {label}", heads)
    last = FIRST_ROW - 1
    for last, (contents, leads) in enumerate(_body_rows(report, key, [field.name for field in fields]), FIRST_ROW):
        page.row(last, contents, ground=TOTALS if leads else "")
        page.sheet.row_dimensions[last].outlineLevel = 0 if leads else 1
    page.sheet.sheet_properties.outlinePr.summaryBelow = False  # type: ignore[union-attr]  # every new sheet has one
    page.row(last + 1, _total(report, body), ground=TOTALS)
    page.close(last + 1, frozen=FROZEN, filtered=last, paper=A3)


def _body_rows(report: Report, lead: str, fields: Sequence[str]) -> Iterator[tuple[list[Content], bool]]:
    """Each row, and whether it heads those that can be folded below it; a single commitment is a single row."""
    log = report.records_of("commitments").facts
    for initiative in report.records_of("initiatives").facts:
        entries = [entry for entry in log if entry["initiative"] == initiative["key"]]
        if initiative["lead"] == lead:
            if len(entries) != 1:
                reported = f"{initiative['reported']} of {initiative['commitments']} reported"
                counted = reported if initiative["counted"] else None
                status = [initiative["health"], counted, _progress(report, initiative)]
                yield [initiative["key"], _titled(initiative), "all", _due(initiative), *status], True
            for entry in entries:
                percent = _progress(report, initiative) if len(entries) == 1 else entry["percent"]
                status = [entry["health"], entry["status"], percent, *(entry[name] for name in fields)]
                start: list[Content] = [entry["initiative"], _titled(initiative), entry["party"], _due(entry)]
                yield [*start, *status], len(entries) == 1


def _total(report: Report, body: Facts) -> list[Content]:
    """The totals of the body, taken from the sheet Figures."""
    cells = figure_cells(report.records_of("figures"), "body", str(body["key"]))
    text = f"{body['completed']} of {body['in_scope']} completed"
    completed = Formula(f'={cells["completed"]}&" of "&{cells["in_scope"]}&" completed"', text)
    progress = progress_of(report, body, body["commitments_reported"])
    return ["", "All", "all", None, None, completed, Formula(f"={cells['progress_percent']}", progress)]


def _write_about(book: Book, report: Report) -> None:
    """The sheet with the report's properties and the meaning of every column."""
    page = book.page(report.records_of("about").title, report.head.title, ABOUT_HEADS)
    number = FIRST_ROW
    for number, contents in enumerate(_about_rows(report), start=FIRST_ROW):
        page.row(number, contents)
        if contents[1] == "as_of":
            book.name("as_of", page, f"$C${number}")
    page.close(number, frozen=0)


def _about_rows(report: Report) -> Iterator[list[Content]]:
    head = report.head
    particulars = (("meeting", head.meeting), ("place and dates", head.place_and_dates), ("state", head.state))
    for name, value in (*particulars, ("foot", report.foot), *report.records_of("about").rows):
        yield ["Report", name, value]
    yield ["Matrix", "cells", MATRIX_CELLS]
    for records in report.records:
        for field in records.fields if records.key != "about" else ():
            yield [records.title, field.title, field.meaning]


MATRIX_CELLS = (
    "The cleared status of each party. Empty: it does not take part. “no report”: nothing reported yet. "
    "“n/a”: not applicable to the party, and not counted. 0 % is a report."
)
