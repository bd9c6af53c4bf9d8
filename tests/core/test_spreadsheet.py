"""One reader for every sheet that comes from outside: what it forgives, and what it names with cell and remedy."""

import pytest
from openpyxl import Workbook

from models.core.errors import WorkbookRefused
from models.core.spreadsheet import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_ROWS,
    address_behind,
    open_workbook,
    read_sheet,
    sheet_names,
    unknown_sheets,
    workbook_bytes,
)

HEADINGS = {"key": "key", "title": "official title", "note": "note"}


def book(*rows, title="Rows"):
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row, start=1):
            sheet.cell(number, position).value = value
    return workbook


def sheet_of(workbook):
    return read_sheet(workbook, "Rows", HEADINGS, file="a.xlsx", remedy="put it back", optional={"note"})


def values(workbook):
    found = sheet_of(workbook)
    assert () == found.problems
    return [(row.number, {name: cell.value for name, cell in row.cells.items()}) for row in found.rows]


def problems(workbook):
    return [str(one).removeprefix("a.xlsx:") for one in sheet_of(workbook).problems]


@pytest.mark.parametrize(
    "heading", ["official title", "Official Title ", " OFFICIAL  TITLE", "official\xa0title", "official\ntitle"]
)
def test_case_and_blanks_of_a_heading_do_not_matter(heading):
    assert [(2, {"key": "I01", "title": "One"})] == values(book(("Key ", heading), ("I01", "One")))


def test_columns_may_stand_in_any_order_and_the_letters_say_where():
    found = sheet_of(book(("note", "official title", "key"), ("n", "t", "k")))

    assert {"note": "A", "title": "B", "key": "C"} == found.letters


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers():
    rows = values(book(("key", "official title"), (None, None), (" ", "\xa0"), ("I01", "One"), (None, ""), ("I02", 0)))

    assert [(4, "I01"), (6, "I02")] == [(number, cells["key"]) for number, cells in rows]


@pytest.mark.parametrize(
    ("text", "target", "behind"),
    [
        ("see the decree", "https://example.org/decree", "https://example.org/decree"),
        ("decree", "https://example.org/decree", "https://example.org/decree"),
        ("the decree, https://example.org/decree", "https://example.org/decree/", ""),
        ("www.example.org", "http://www.example.org/", ""),
        ("sok@example.org", "mailto:sok@example.org", ""),
        ("no link", None, ""),
    ],
)
def test_the_address_behind_a_cell_is_lost_only_where_its_text_contains_it(text, target, behind):
    cell = book((text,)).worksheets[0]["A1"]
    cell.hyperlink = target

    assert behind == address_behind(cell)


def test_a_blank_behind_the_name_of_a_sheet_does_not_matter():
    workbook = book(("key", "official title"), ("I01", "One"), title="rows ")

    assert 1 == len(values(workbook))
    assert [] == unknown_sheets(workbook, ["Rows"], "a.xlsx")


def test_what_stands_above_the_headings_is_left_alone():
    workbook = book(("A banner over all",), ("key", "official title"), ("I01", "One"))
    workbook["Rows"].merge_cells("A1:B1")

    assert [(3, {"key": "I01", "title": "One"})] == values(workbook)
    assert ("row 1 of the sheet Rows, “A banner over all”",) == sheet_of(workbook).above


LETTERHEADS = {
    "one line": [("ASEAN Secretariat",)],
    "two lines": [("ASEAN Secretariat",), ("As of 3 March",)],
    "a blank line below": [("ASEAN Secretariat",), ()],
    "a blank first column": [(None, "ASEAN Secretariat")],
    "blank lines only": [(), (), ()],
    "a line with the name of a column": [("note", "for the officers")],
    "a line that is wider than the table": [("Ref", "12", "Date", "3 March", "Page", "1")],
    "letters of another script": [("កម្ពុជា",)],
    "a number and a date": [(2027, "2027-03-01")],
    "lines as far as the headings may be": [("Line",)] * (HEADER_WITHIN - 1),
}


@pytest.mark.parametrize("lines", LETTERHEADS.values(), ids=LETTERHEADS.keys())
def test_a_letterhead_moves_the_place_that_a_message_names(lines):
    row = len(lines) + 1
    workbook = book(*lines, ("key", "official title", None, None, "Checked"), ("I01", "One", None, None, "yes"))

    remedy = f"delete it, or write its name again in row {row}"
    assert [f"{row}: Rows!E{row}: “Checked” is not a column of this sheet; {remedy}"] == problems(workbook)
    workbook["Rows"].delete_cols(5)
    assert [row + 1] == [number for number, _ in values(workbook)]


def test_headings_further_down_are_not_looked_for():
    workbook = book(*[("Line",)] * HEADER_WITHIN, ("key", "official title"), ("I01", "One"))

    assert "1: Rows: the column “key” is missing; put it back" in problems(workbook)


BROKEN = {
    "a column twice": (
        book(("key", "official title", "Key")),
        ["1: Rows!C1: the column “Key” appears twice; delete one of them"],
    ),
    "a column missing": (book(("key", "note")), ["1: Rows: the column “official title” is missing; put it back"]),
    "a column misspelt": (
        book(("key", "official title", "notes")),
        ["1: Rows!C1: “notes” is not a column of this sheet; did you mean `note`?"],
    ),
    "a column of somebody's own": (
        book(("key", "official title", "Checked by Ms A")),
        ["1: Rows!C1: “Checked by Ms A” is not a column of this sheet; delete it, or write its name again in row 1"],
    ),
    "words without a heading": (
        book(("key", "official title", None), ("I01", "One", "see mail")),
        ["1: Rows!C1: this column has no name; delete it, or write its name again in row 1"],
    ),
    "merged cells": (None, ["2: Rows: cells A2:A3 are merged; unmerge them and fill each one"]),
    "another sheet": (book(title="Sheet1"), ["1: the sheet “Rows” is missing; put it back"]),
    "an empty sheet": (
        book(),
        [f"1: Rows: the column “{HEADINGS[name]}” is missing; put it back" for name in ("key", "title")],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_named_with_cell_and_remedy(case):
    workbook, expected = BROKEN[case]
    if workbook is None:
        workbook = book(("key", "official title"), ("I01", "One"))
        workbook["Rows"].merge_cells("A2:A3")

    assert expected == problems(workbook)


@pytest.mark.parametrize("cell", [(MAX_ROWS + 1, 1), (1, MAX_COLUMNS + 1)])
def test_a_sheet_without_end_is_not_read(cell):
    workbook = book(("key", "official title"), ("I01", "One"))
    workbook["Rows"].cell(*cell).value = "x"

    found = sheet_of(workbook)
    assert ((), 1) == (found.rows, len(found.problems))
    assert "reaches beyond 5000 rows or 100 columns; delete" in str(found.problems[0])


SHEET_NAMES = {
    "its own": (["Rows"], "Rows"),
    "its own in another case": (["ROWS "], "Rows"),
    "another": (["Sheet1"], "Sheet1"),
    "its own beside another": (["Sheet1", "rows"], "Rows"),
    "two others": (["Sheet1", "Sheet2"], "Rows"),
}


@pytest.mark.parametrize(("titles", "name"), SHEET_NAMES.values(), ids=SHEET_NAMES.keys())
def test_a_sheet_is_known_by_its_name_and_else_by_its_headings(titles, name):
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title in titles:
        workbook.create_sheet(title).append(["Note", "KEY", "official  title"])

    assert {"Rows": name} == sheet_names(workbook, {"Rows": HEADINGS.values()})


def test_a_sheet_with_other_headings_is_not_taken_for_the_table():
    for header in (["key", "note"], ["key", "official title", "note", "mine"]):
        workbook = book(header, title="Sheet1")
        assert {"Rows": "Rows"} == sheet_names(workbook, {"Rows": HEADINGS.values()})


def test_a_sheet_of_somebodys_own_is_named():
    workbook = book()
    workbook.create_sheet("Notes")

    (problem,) = unknown_sheets(workbook, ["Rows"], "a.xlsx")
    assert "a.xlsx:1: “Notes” is not a sheet of this workbook; delete it, or give it its name again" == str(problem)


def test_a_workbook_with_a_damaged_byte_is_read_or_refused():
    workbook = Workbook()
    sheet = workbook.create_sheet("Rows")
    for number in range(50):
        sheet.append([number, f"row {number}"])
    whole, refused = workbook_bytes(workbook), set()
    for place in range(0, len(whole), 23):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            open_workbook(bytes(damaged), "form.xlsx")
        except WorkbookRefused:
            refused.add(place)

    assert refused
