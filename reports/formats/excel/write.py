"""The report as a workbook: it opens on the matrix; the totals are formulas over the sheets of data."""

from collections.abc import Iterator

from reports.formats.excel.bodies import write_bodies
from reports.formats.excel.book import A3, A4, FIRST_ROW, Book, Content, Head
from reports.formats.excel.matrix import write_matrix
from reports.formats.excel.sums import figure_row, heads_of, initiative_row, last_row, name_columns
from reports.formats.office_bytes import fixed
from reports.report import Records, Report

DATA = {"figures": 3, "initiatives": 3, "commitments": 3, "ledger": 1, "decisions": 1, "corrections": 2}
"""The sheets of data in their order, each with the number of frozen columns."""
DICTIONARY = (Head("Sheet", 14), Head("Column", 22), Head("Meaning", 90))


def write_excel(report: Report) -> bytes:
    """Return the workbook as the bytes of an .xlsx file."""
    book = Book(report)
    write_matrix(book, report)
    write_bodies(book, report)
    for key, frozen in DATA.items():
        _write_data(book, report, report.records_of(key), frozen)
    _write_about(book, report)
    return fixed(book.to_bytes(), report.made_at)


def _write_data(book: Book, report: Report, records: Records, frozen: int) -> None:
    banner = records.title if records.rows else f"{records.title}: no rows in this report"
    page = book.page(records.title, banner, heads_of(records))
    logged = bool(report.records_of("commitments").rows)
    for number, row in enumerate(records.rows, start=FIRST_ROW):
        contents: list[Content] = list(row)
        if records.key == "figures":
            contents = figure_row(records, number, row)
        elif records.key == "initiatives":
            contents = initiative_row(records, number, row, logged=logged)
        page.row(number, contents)
    if records.key in {"initiatives", "commitments"}:
        name_columns(book, page, records, "log" if records.key == "commitments" else records.key)
    page.close(
        last_row(records), frozen=frozen, filtered=last_row(records), paper=A3 if len(records.fields) > 12 else A4
    )


def _write_about(book: Book, report: Report) -> None:
    """The sheet with the report's properties and the meaning of every column."""
    page = book.page(report.records_of("about").title, report.head.title, DICTIONARY)
    number = FIRST_ROW
    for number, contents in enumerate(_about(report), start=FIRST_ROW):
        page.row(number, contents)
        if contents[1:2] == ["as_of"]:
            book.name_cell("as_of", page, number, 3)
    page.close(number, frozen=0)


def _about(report: Report) -> Iterator[list[Content]]:
    head = report.head
    yield ["Report", "meeting", head.meeting]
    yield ["Report", "place and dates", head.place_and_dates]
    yield ["Report", "state", head.state]
    yield ["Report", "foot", report.foot]
    for name, value in report.records_of("about").rows:
        yield ["Report", name, value]
    yield ["Matrix", "cells", MATRIX_CELLS]
    for records in report.records:
        for field in records.fields if records.key != "about" else ():
            yield [records.title, field.title, field.meaning]


MATRIX_CELLS = (
    "The cleared status of each party. Empty: it does not take part. “no report”: nothing reported yet. "
    "“n/a”: not applicable to the party, and not counted. 0 % is a report."
)
