"""The plan workbook and the adoption workbook as offices lay them out again: the same plan, wherever a table is."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from models.amendments.adoption import AdoptionDecision, adopt
from models.amendments.adoption_columns import FIRST_SHEET, HEADINGS, LISTS, SHEET
from models.amendments.adoption_workbook import read_adoption, write_adoption
from models.core.errors import PlanError
from models.plan.read import WrittenPlan, read_plan_workbook
from models.plan.schema import Plan
from models.plan.workbook import plan_workbook
from tests.kit.builders import tiny_plan
from tests.kit.workbooks import NEW, SAME, edited, filled_adoption

PLAN = tiny_plan()
PLAN_BOOK, ADOPTION_BOOK = plan_workbook(PLAN, "plan.xlsx"), write_adoption(PLAN)
ROWS = {"I01": {"match": SAME, "official code": "2.1.1", "official title": "Training"}}
ADDED = {"match": NEW, "official code": "9", "official title": "One more", "activity": "1.1", "scope": "national"}
DECISION = AdoptionDecision("Adopted", "AWGIPC-80")
Layout = Callable[[Worksheet], object]


def above(*lines: tuple[Any, ...]) -> Layout:
    """Put lines above the table."""

    def lay_out(sheet: Worksheet) -> None:
        move(sheet, rows=len(lines))
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column).value = value

    return lay_out


def move(sheet: Worksheet, *, rows: int = 0, columns: int = 0) -> None:
    """Move all that the sheet holds down and to the right."""
    if sheet.max_row:
        sheet.move_range(sheet.dimensions, rows=rows, cols=columns)


def beside(sheet: Worksheet) -> None:
    move(sheet, columns=1)


def far_beside(sheet: Worksheet) -> None:
    move(sheet, columns=3)


def above_and_beside(sheet: Worksheet) -> None:
    move(sheet, rows=4, columns=1)
    sheet["B2"] = "ASEAN Secretariat"


def banner(sheet: Worksheet) -> None:
    move(sheet, rows=2)
    sheet["A1"] = "ASEAN IPR Action Plan"
    sheet.merge_cells("A1:F2")


def note_below(sheet: Worksheet) -> None:
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None)
    sheet.cell(last + 3, 1).value = "Source: letter of 3 March"


def other_case(sheet: Worksheet) -> None:
    sheet.title = f"{sheet.title.upper()} "


def other_name(sheet: Worksheet) -> None:
    sheet.title = f"Part of {len(sheet.title)} {sheet.title[::-1]}"


def last_column_first(sheet: Worksheet) -> None:
    last = sheet.max_column
    move(sheet, columns=1)
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).value = sheet.cell(row, last + 1).value
        sheet.cell(row, last + 1).value = None


def mirrored(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell, value in zip(row, [cell.value for cell in reversed(row)], strict=True):
            cell.value = value


def coloured_empty_rows(sheet: Worksheet) -> None:
    for row in range(sheet.max_row + 1, sheet.max_row + 40):
        for column in range(1, 8):
            sheet.cell(row, column).fill = PatternFill("solid", fgColor="EEEEEE")


def hidden_rows(sheet: Worksheet) -> None:
    move(sheet, rows=1)
    for row in (1, 3):
        sheet.row_dimensions[row].hidden = True


def blank_row_below_the_names(sheet: Worksheet) -> None:
    sheet.insert_rows(2)


def names_in_capitals(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.value = f" {str(cell.value).upper()}\n"


LETTERHEAD = ("ASEAN Secretariat", "Jakarta")
LAYOUTS: dict[str, tuple[Layout, list[str]]] = {
    "one line above": (above(LETTERHEAD), ["row 1 {}, “ASEAN Secretariat; Jakarta”"]),
    "two lines above": (above(LETTERHEAD, ("Plan",)), ["row 1 {}, “ASEAN Secretariat; Jakarta”", "row 2 {}, “Plan”"]),
    "three lines above, two of them blank": (above((), ("Draft",), ()), ["row 2 {}, “Draft”"]),
    "five lines above": (above(*[("Line",)] * 5), [f"row {number} {{}}, “Line”" for number in range(1, 6)]),
    "a line above with the name of a column": (above(("source", "the ministry")), ["row 1 {}, “source; the ministry”"]),
    "blank lines above": (above((), (), ()), []),
    "a blank first column": (beside, []),
    "three blank columns": (far_beside, []),
    "lines above and a blank first column": (above_and_beside, ["row 2 {}, “ASEAN Secretariat”"]),
    "a merged banner above": (banner, ["row 1 {}, “ASEAN IPR Action Plan”"]),
    "the sheet in another case": (other_case, []),
    "the sheet with another name": (other_name, []),
    "the last column first": (last_column_first, []),
    "the columns the other way round": (mirrored, []),
    "coloured empty rows": (coloured_empty_rows, []),
    "hidden rows": (hidden_rows, []),
    "a blank row below the names": (blank_row_below_the_names, []),
    "the names in capitals": (names_in_capitals, []),
}
BELOW = "Source: letter of 3 March"


def read_again(layout: Layout) -> WrittenPlan:
    """The plan workbook with each of its sheets laid out in this way, read again."""

    def edit(workbook: Workbook) -> None:
        for sheet in workbook.worksheets:
            layout(sheet)

    return read_plan_workbook(edited(PLAN_BOOK, edit), "plan.xlsx")


def adopted(layout: Layout) -> tuple[Plan, list[str]]:
    """The plan of a filled adoption workbook whose table is laid out in this way, and what is not taken."""
    content = filled_adoption(ADOPTION_BOOK, ROWS, added=[ADDED], edit=lambda workbook: layout(workbook[SHEET]))
    filled = read_adoption(content, "adopt.xlsx", PLAN)
    return adopt(PLAN, filled, logged=(), decision=DECISION).plan, filled.not_taken


@pytest.mark.parametrize(("layout", "named"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_plan_workbook_laid_out_again_is_the_same_plan(layout: Layout, named: list[str]) -> None:
    written = read_again(layout)

    assert written.plan == PLAN
    assert len(written.not_taken) == len(named) * 14
    assert {line.format("of the sheet Initiatives") for line in named} <= {*written.not_taken}


@pytest.mark.parametrize(("layout", "named"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_an_adoption_workbook_laid_out_again_adopts_the_same_plan(layout: Layout, named: list[str]) -> None:
    plan, not_taken = adopted(layout)

    assert plan == adopted(above())[0] != PLAN
    assert not_taken == [line.format(f"of the sheet {SHEET}") for line in named]


def test_a_note_below_either_table_is_named_and_changes_nothing() -> None:
    written, (plan, not_taken) = read_again(note_below), adopted(note_below)

    assert (PLAN, 14) == (written.plan, len(written.not_taken))
    assert adopted(above())[0] == plan
    assert all(line.endswith(f"“{BELOW}”") for line in [*written.not_taken, *not_taken])
    assert 1 == len(not_taken)


@pytest.mark.parametrize("title", [FIRST_SHEET, LISTS])
def test_the_other_sheets_of_an_adoption_workbook_may_have_other_names(title: str) -> None:
    def edit(workbook: Workbook) -> None:
        workbook[title].title = "Mine"

    content = filled_adoption(ADOPTION_BOOK, ROWS, added=[ADDED], edit=edit)
    filled = read_adoption(content, "adopt.xlsx", PLAN)

    assert ["the sheet “Mine”"] == filled.not_taken
    assert adopted(above())[0] == adopt(PLAN, filled, logged=(), decision=DECISION).plan


def wrong_scope(sheet: Worksheet, heading: str) -> str:
    """Write a word into the first row of a column that its reader does not know, and say where that is."""
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == heading]
    sheet.cell(head.row + 1, head.column).value = "nationl"
    return f"{head.column_letter}{head.row + 1}"


def test_a_message_names_the_cell_where_the_table_is_now() -> None:
    def edit(workbook: Workbook) -> None:
        above_and_beside(workbook["Initiatives"])
        wrong_scope(workbook["Initiatives"], "scope")

    with pytest.raises(PlanError, match=r"plan.xlsx:6: Initiatives.scope: `nationl` is not one of"):
        read_plan_workbook(edited(PLAN_BOOK, edit), "plan.xlsx")

    def lay_out(sheet: Worksheet) -> None:
        above_and_beside(sheet)
        assert "L6" == wrong_scope(sheet, HEADINGS["scope"])

    with pytest.raises(PlanError, match=r"adopt.xlsx:6: scope \(L6\): `nationl` is not one of"):
        adopted(lay_out)


def test_a_message_names_a_renamed_sheet_by_the_name_it_has_now() -> None:
    def edit(workbook: Workbook) -> None:
        wrong_scope(workbook["Initiatives"], "scope")
        workbook["Initiatives"].title = "Work plan"

    with pytest.raises(PlanError, match=r"plan.xlsx:2: Work plan.scope: `nationl` is not one of"):
        read_plan_workbook(edited(PLAN_BOOK, edit), "plan.xlsx")


def test_rows_above_the_names_of_the_columns_are_named_and_never_taken() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["Watch"]
        sheet.move_range(f"A1:D{sheet.max_row}", rows=1)
        for column, value in enumerate(("W09", "A further matter"), start=1):
            sheet.cell(1, column).value = value

    written = read_plan_workbook(edited(PLAN_BOOK, edit), "plan.xlsx")
    assert (PLAN, ("row 1 of the sheet Watch, “W09; A further matter”",)) == (written.plan, written.not_taken)
