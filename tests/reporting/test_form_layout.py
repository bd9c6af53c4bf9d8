"""What people do to the layout of a form: the answers arrive all the same, and what else is written is named."""

from datetime import datetime

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from models.reporting.form import FIELDS
from models.reporting.form_workbook import COLUMNS, FIRST_LINE, HEADER_LINE
from tests.kit.forms import cell_of, filled, left_out, read, told
from tests.kit.reporters import CAMBODIA, REGIONAL
from tests.kit.workbooks import edited
from tests.reporting.sent_forms import sent_form

TRAINING = ("I03", "KH")
ANSWERS = {
    (CAMBODIA, "status"): "Ongoing",
    (CAMBODIA, "percent"): "50 draft circulated",
    (CAMBODIA, "narrative"): "Comments came in.",
    (TRAINING, "status"): "Nothing to report",
}
GREY = PatternFill("solid", fgColor="DDDDDD")


def letterhead(workbook):
    workbook["Progress"].insert_rows(1, 3)
    workbook["Progress"]["A1"] = "Ministry of Commerce"


def moved_right(workbook):
    workbook["Progress"].insert_cols(1, 2)
    workbook["Progress"]["A4"] = "No. 1"


def own_column_between(workbook):
    sheet = workbook["Progress"]
    sheet.insert_cols(column("narrative"))
    sheet.cell(HEADER_LINE, column("narrative")).value = "Officer in charge"
    sheet.cell(4, column("narrative")).value = "Ms Sok"


def own_column_beside(workbook):
    sheet = workbook["Progress"]
    sheet.cell(HEADER_LINE, len(COLUMNS) + 1).value = "My notes"
    sheet.cell(4, len(COLUMNS) + 1).value = "call the ministry"


def heading_between(workbook):
    workbook["Progress"].insert_rows(4)
    workbook["Progress"]["A4"] = "National commitments"


def words_below(workbook):
    workbook["Progress"].cell(20, column("narrative")).value = "Prepared by the IP Office"


def empty_formats(workbook):
    for line in range(6, 6010):
        workbook["Progress"].cell(line, 1).number_format = "@"
    workbook["Progress"]["XFD1048576"].fill = GREY


def blank_lines(workbook):
    workbook["Progress"].insert_rows(4, 2)
    workbook["Progress"]["B4"] = "\u00a0 \u200b"


def merged_title(workbook):
    workbook["Progress"].merge_cells("A1:W1")


def merged_banner_between(workbook):
    workbook["Progress"].insert_rows(4)
    workbook["Progress"]["A4"] = "Part B"
    workbook["Progress"].merge_cells("A4:W4")


def merged_grey_cells(workbook):
    """The two commitments of KH are lines 4 and 5; their party and their title are written once."""
    sheet = workbook["Progress"]
    for place in (column("party"), column("title")):
        sheet.merge_cells(start_row=4, end_row=5, start_column=place, end_column=place)


def other_name(workbook):
    workbook["Progress"].title = "KH June (final)"


def more_sheets(workbook):
    workbook.create_sheet("Notes", 0)["B2"] = "Discuss with TMTF"


def empty_sheet(workbook):
    workbook.create_sheet("Sheet1")


def copied_sheet(workbook):
    workbook.copy_worksheet(workbook["Progress"])


def translated_header(workbook):
    sheet = workbook["Progress"]
    for field, text in {
        "status": "Status / ស្ថានភាព",
        "narrative": "ចាប់តាំងពី\nWhat happened since",
        "key": "Key*",
    }.items():
        sheet.cell(HEADER_LINE, column(field)).value = text


def capitals_and_blanks_in_the_header(workbook):
    sheet = workbook["Progress"]
    sheet.cell(HEADER_LINE, column("status")).value = "\u00a0STATUS  "
    sheet.cell(HEADER_LINE, column("narrative")).value = "What  happened\u2003since"


def header_again(workbook):
    sheet = workbook["Progress"]
    sheet.insert_rows(5)
    for place in range(1, len(COLUMNS) + 1):
        sheet.cell(5, place).value = sheet.cell(HEADER_LINE, place).value


def without_grey_columns(workbook):
    for field in ("evidence", "said", "title", "code"):
        workbook["Progress"].delete_cols(column(field))


def without_an_answer_column(workbook):
    workbook["Progress"].delete_cols(column("obstacles"))


def sorted_and_hidden(workbook):
    sheet = workbook["Progress"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=FIRST_LINE)]
    for number, values in enumerate(reversed(lines), start=FIRST_LINE):
        for place, value in enumerate(values, start=1):
            sheet.cell(number, place).value = value
    sheet.row_dimensions[FIRST_LINE].hidden = True


def small_letters_and_blanks_in_keys(workbook):
    cell_of(workbook, CAMBODIA, "key").value = " i02\u00a0"


def party_by_its_name(workbook):
    cell_of(workbook, CAMBODIA, "party").value = "Cambodia"


def numbered_below(workbook):
    for number in range(1, 4):
        workbook["Progress"].cell(10 + number, 30).value = number


def column(field):
    return list(COLUMNS).index(field) + 1


LAYOUT = {
    "a letterhead above": (letterhead, ["Progress!A1, outside the table: “Ministry of Commerce”"]),
    "columns to the left": (moved_right, ["Progress!A4, outside the table: “No. 1”"]),
    "a column of one's own inside": (
        own_column_between,
        ["N2, outside the table: “Officer", "N4, outside the table: “Ms"],
    ),
    "a column of one's own beside": (
        own_column_beside,
        ["X2, outside the table: “My notes”", "X4, outside the table: “ca"],
    ),
    "a heading of one's own": (heading_between, ["Progress!A4, outside the table: “National commitments”"]),
    "words below": (words_below, ["Progress!N20, outside the table: “Prepared by the IP Office”"]),
    "formats on empty lines": (empty_formats, []),
    "empty lines between": (blank_lines, []),
    "a merged title": (merged_title, []),
    "a merged banner between": (merged_banner_between, ["Progress!A4, outside the table: “Part B”"]),
    "merged grey cells": (merged_grey_cells, []),
    "another sheet name": (other_name, []),
    "another sheet with words": (more_sheets, ["Notes!B2, outside the table: “Discuss with TMTF”"]),
    "another sheet without words": (empty_sheet, []),
    "a copy of the sheet": (copied_sheet, []),
    "a translated header": (translated_header, []),
    "capitals and blanks in the header": (capitals_and_blanks_in_the_header, []),
    "the header again": (header_again, []),
    "deleted grey columns": (without_grey_columns, []),
    "a deleted column to fill in": (without_an_answer_column, []),
    "sorted and hidden": (sorted_and_hidden, []),
    "keys in small letters": (small_letters_and_blanks_in_keys, []),
    "a party by its name": (party_by_its_name, []),
    "numbers beside": (
        numbered_below,
        ["AD11, outside the table: “1”", "AD12, outside the table: “2”", "AD13, outside"],
    ),
}


@pytest.mark.parametrize(("change", "remarks"), LAYOUT.values(), ids=LAYOUT)
def test_the_answers_arrive_whatever_the_layout_and_other_words_are_named(change, remarks):
    form = edited(filled(sent_form(), ANSWERS), change)

    assert ANSWERS == told(form)
    assert () == read(form).problems
    assert len(remarks) == len(left_out(form))
    for expected, remark in zip(remarks, left_out(form), strict=True):
        assert expected in remark


def test_everything_together_does_not_matter_either():
    form = filled(sent_form(), ANSWERS)
    for change in (letterhead, own_column_beside, words_below, more_sheets, merged_title, empty_formats, other_name):
        form = edited(form, change)

    assert ANSWERS == told(form)
    assert ["Notes!B2", "A1", "X2", "X4", "N20"] == [
        remark.place.removeprefix("KH June (final)!") for remark in read(form).not_taken
    ]


def comment(place, words):
    def add(workbook):
        title, coordinate = place.split("!")
        workbook[title][coordinate].comment = Comment(words, "officer")

    return add


def written(place, words):
    def write(workbook):
        title, coordinate = place.split("!")
        workbook[title][coordinate] = words

    return write


def in_grey(field, words):
    return lambda workbook: setattr(cell_of(workbook, CAMBODIA, field), "value", words)


def address_behind(workbook):
    cell = cell_of(workbook, CAMBODIA, "narrative")
    cell.value, cell.hyperlink = "see the decree", "https://example.org/decree"


def many(workbook):
    sheet = workbook.create_sheet("Annex")
    for line in range(1, 101):
        sheet.cell(line, 1).value = f"line {line}"


NAMED = {
    "a due date": (in_grey("due", "30 June 2029"), "E4, a grey cell (Due of I02/KH): “30 June 2029”"),
    "a due date as a date": (in_grey("due", datetime(2029, 6, 30)), "a grey cell (Due of I02/KH): “30 Jun 2029”"),  # noqa: DTZ001
    "a title": (in_grey("title", "Filing online"), "a grey cell (Initiative of I02/KH): “Filing online”"),
    "what was said": (in_grey("said", "We finished."), "a grey cell (What it said of I02/KH): “We finished.”"),
    "a code": (in_grey("code", 1.1), "a grey cell (Code of I02/KH): “1.1”"),
    "the note of a return": (
        in_grey("note", "done, see mail"),
        "(Returned: what is missing of I02/KH): “done, see mail”",
    ),
    "evidence so far": (in_grey("evidence", "Decree 12"), "a grey cell (Evidence so far of I02/KH): “Decree 12”"),
    "a comment on an answer": (comment("Progress!N4", "Ask Ms Sok"), "Progress!N4, a comment: “Ask Ms Sok”"),
    "a comment on an empty cell": (comment("Progress!AB40", "Later"), "Progress!AB40, a comment: “Later”"),
    "a comment on the advice": (comment("How to fill in!A2", "Which?"), "How to fill in!A2, a comment: “Which?”"),
    "the banner": (written("Progress!A1", "Report of Cambodia"), "A1, outside the table: “Report of Cambodia”"),
    "below the advice": (
        written("How to fill in!A30", "We need help"),
        "fill in!A30, outside the table: “We need help”",
    ),
    "beside the advice": (written("How to fill in!C3", "no"), "How to fill in!C3, outside the table: “no”"),
    "advice written over": (written("How to fill in!A3", "Our report"), "fill in!A3, outside the table: “Our report”"),
    "a formula": (written("Progress!AA3", "=1+1"), "Progress!AA3, outside the table: “=1+1”"),
    "an address behind words": (address_behind, "the address behind the words: “https://example.org/decree”"),
    "many lines of a sheet": (many, "Annex, and 60 more places: “line 41”"),
}


@pytest.mark.parametrize(("change", "remark"), NAMED.values(), ids=NAMED)
def test_words_outside_the_cells_to_fill_in_are_named_with_their_place(change, remark):
    form = edited(sent_form(), change)

    assert remark in left_out(form)[-1]
    assert () == read(form).problems


def test_what_goes_out_is_not_named_when_it_comes_back():
    assert [] == left_out(sent_form())
    assert {} == told(sent_form())


def test_a_form_of_an_earlier_release_does_not_know_what_its_grey_cells_held():
    def earlier(workbook):
        sheet = workbook["Exported"]
        sheet["A8"] = sheet["B8"] = None
        for place in range(4 + len(FIELDS), sheet.max_column + 1):
            sheet.cell(9, place).value = None
            for line in range(10, sheet.max_row + 1):
                sheet.cell(line, place).value = None

    form = edited(filled(sent_form(), ANSWERS), earlier)
    assert ANSWERS == told(form)
    assert [] == left_out(form)


@pytest.mark.parametrize(("wrong", "right", "place"), [(CAMBODIA, TRAINING, "K4"), (REGIONAL, CAMBODIA, "K3")])
def test_a_row_that_cannot_be_read_keeps_no_other_row_out(wrong, right, place):
    form = filled(sent_form(), {(wrong, "status"): "80 % done", (right, "narrative"): "Words."})

    assert {(right, "narrative"): "Words."} == told(form)
    assert [f"Progress!{place}"] == [problem.path for problem in read(form).problems]
