"""Cells are read as the library reads them, also from files of other programs; what they do not need is left alone."""

from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import MAC_EPOCH

from models.core.spreadsheet import open_workbook, workbook_bytes, write_cell
from models.plan.read import read_plan
from models.plan.workbook import plan_workbook
from tests.kit.hostile import MAIN, RELATIONS, SHEET, STYLES, WORKBOOK, repacked, shared_strings, with_strings
from tests.plan.test_write import REAL

at = partial(datetime, tzinfo=None)
"""A moment as cells have it, without a zone."""

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
VALUES = [
    "text",
    "=text",
    "",
    " ",
    "Ấn\nhai",
    0,
    -7,
    2.5,
    1e300,
    True,
    False,
    date(2030, 12, 31),
    at(2026, 1, 2, 3, 4, 5),
]
VALUES += [time(9, 30), timedelta(hours=30), "#N/A", "=1+1"]


def cells(workbook):
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.data_type, cell.number_format)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def book(values=VALUES):
    workbook = Workbook()
    for number, value in enumerate(values, start=1):
        workbook.worksheets[0].cell(number, number).value = value
    write_cell(workbook.worksheets[0], 1, 3, "=is a text")
    return workbook


def of_the_library(content):
    return cells(load_workbook(BytesIO(content)))


def of_ours(content):
    return cells(open_workbook(content, "a.xlsx"))


def test_every_type_of_value_is_read_as_the_library_reads_it():
    content = workbook_bytes(book())

    assert of_the_library(content) == of_ours(content)


def test_the_whole_plan_is_read_as_the_library_reads_it():
    content = plan_workbook(read_plan(REAL), "plan.xlsx")

    assert of_the_library(content) == of_ours(content)


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z"))) | st.integers() | st.floats())
)
def test_any_value_is_read_as_the_library_reads_it(values):
    content = workbook_bytes(book([value for value in values if value == value]))  # noqa: PLR0124  # no cell holds NaN

    assert of_the_library(content) == of_ours(content)


def in_strict_form(content):
    parts = {}
    for name in (SHEET, STYLES, WORKBOOK, RELATIONS, "_rels/.rels"):

        def changed(part):
            for usual, strict in STRICT.items():
                part = part.replace(usual, strict)
            return part

        parts[name] = changed
    return repacked(content, parts)


def test_strict_open_xml_is_read_like_the_usual_form():
    content = workbook_bytes(book())

    assert of_the_library(content) == of_ours(in_strict_form(content))


def sheet_with(rows, *, before="", after=""):
    text = f'<x:worksheet xmlns:x="{MAIN}">{before}<x:sheetData>{rows}</x:sheetData>{after}</x:worksheet>'
    return repacked(workbook_bytes(book()), {SHEET: text.encode()})


FORMS = {
    "a date as text, as the strict form has it": ('<x:c t="d"><x:v>2030-12-31</x:v></x:c>', at(2030, 12, 31)),
    "a text in pieces, with a hint on its sound": (
        '<x:c t="inlineStr"><x:is><x:r><x:t>Ki</x:t></x:r><x:r><x:t>to</x:t></x:r>'
        "<x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>",
        "Kito",
    ),
    "the text of a formula": ('<x:c t="str"><x:v>done</x:v></x:c>', "done"),
    "a number with an exponent": ("<x:c><x:v>1E2</x:v></x:c>", 100),
    "an error": ('<x:c t="e"><x:v>#REF!</x:v></x:c>', "#REF!"),
    "a number that is none": ("<x:c><x:v>1e999</x:v></x:c>", "#NUM!"),
}


@pytest.mark.parametrize("case", FORMS)
def test_other_programs_write_values_in_other_ways(case):
    cell, value = FORMS[case]
    workbook = open_workbook(sheet_with(f"<x:row>{cell}</x:row>"), "a.xlsx")

    assert value == workbook.worksheets[0]["A1"].value


def test_texts_that_cells_share_are_read_as_the_library_reads_them():
    texts = shared_strings(["plain", " with blanks ", "</t><r><t>two </t></r><r><t>fonts</t></r><t>"])
    cells_of_a_row = "".join(f'<c t="s"><v>{number}</v></c>' for number in (2, 1, 0, 0))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells_of_a_row}</row></sheetData></worksheet>'
    content = with_strings(workbook_bytes(book()), texts, sheet.encode())

    assert of_the_library(content) == of_ours(content)
    assert ["two fonts", " with blanks ", "plain", "plain"] == [value for value, _, _ in of_ours(content).values()]


def test_cells_without_a_place_follow_each_other():
    rows = '<x:row><x:c/><x:c><x:v>1</x:v></x:c></x:row><x:row r="5"><x:c><x:v>2</x:v></x:c></x:row>'
    sheet = open_workbook(sheet_with(rows, before='<x:dimension ref="A1"/>'), "a.xlsx").worksheets[0]

    assert [("B1", 1), ("A5", 2)] == [(cell.coordinate, cell.value) for row in sheet for cell in row if cell.value]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    workbook = book()
    workbook.epoch = MAC_EPOCH
    content = workbook_bytes(workbook)

    assert of_the_library(content) == of_ours(content)
    assert (at(2030, 12, 31), "d", "yyyy-mm-dd") == of_ours(content)["Sheet", "L12"]


def test_styles_that_the_library_cannot_read_do_not_matter():
    content = repacked(
        workbook_bytes(book()), {STYLES: lambda part: part.replace(b"<fills", b"<fills><fill/></fills><fills")}
    )

    assert "text" == open_workbook(content, "a.xlsx").worksheets[0]["A1"].value


def test_notes_links_merges_and_hidden_sheets_are_kept():
    workbook = book()
    first, hidden = workbook.worksheets[0], workbook.create_sheet("Lists")
    first["B2"].comment, first["C4"].comment = Comment("Ask Ms A", "B"), Comment("An empty cell", "B")
    first["A1"].hyperlink = "https://example.org/a"
    first.merge_cells("D8:E9")
    hidden.sheet_state = "hidden"
    sheet, other = open_workbook(workbook_bytes(workbook), "a.xlsx").worksheets

    assert ["Ask Ms A", "An empty cell"] == [sheet[place].comment.text for place in ("B2", "C4")]
    assert "https://example.org/a" == sheet["A1"].hyperlink.target
    assert ["D8:E9"] == [merged.coord for merged in sheet.merged_cells.ranges]
    assert "hidden" == other.sheet_state
