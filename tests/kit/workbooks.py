"""Workbooks as officers fill them: the adoption workbook, and the whole plan."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from models.amendments.adoption_columns import FIRST_SHEET, HEADINGS, SHEET, SOURCE_LABEL
from models.amendments.adoption_workbook import EXTRA_ROWS, write_adoption
from models.plan.schema import Plan

Cells = Mapping[str, Any]
"""What somebody typed, by heading."""

SAME, NEW, NOT_NEEDED = "same as slot", "new", "placeholder no longer needed"
DOCUMENT = "https://example.org/official-plan"


def edited(content: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody did something to it."""
    workbook = load_workbook(BytesIO(content))
    edit(workbook)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def adoption(plan: Plan, rows: Mapping[str, Cells], **also: Any) -> bytes:
    """The adoption workbook of a plan, filled."""
    return filled_adoption(write_adoption(plan), rows, **also)


def filled_adoption(
    content: bytes,
    rows: Mapping[str, Cells],
    *,
    added: Sequence[Cells] = (),
    source: str = DOCUMENT,
    edit: Callable[[Workbook], object] | None = None,
) -> bytes:
    """An adoption workbook, filled: cells by heading for each slot's key, then the added rows."""

    def fill(workbook: Workbook) -> None:
        sheet = workbook[SHEET]
        numbers = {sheet.cell(number, 1).value: number for number in range(2, sheet.max_row + 1 - EXTRA_ROWS)}
        last = max(numbers.values(), default=1)
        filled = [(numbers[key], cells) for key, cells in rows.items()]
        for number, cells in [*filled, *enumerate(added, start=last + 1)]:
            for head, value in cells.items():
                sheet.cell(number, column(head)).value = value
        for row in workbook[FIRST_SHEET].iter_rows():
            if row[0].value == SOURCE_LABEL:
                row[1].value = source
        if edit:
            edit(workbook)

    return edited(content, fill)


def column(head: str) -> int:
    """The position of a column of the adoption workbook."""
    return [*HEADINGS.values()].index(head) + 1


def set_cell(workbook: Workbook, title: str, key: str, name: str, value: Any) -> None:
    """Write into the plan workbook: the cell of an item, by its key and the column's name."""
    sheet = workbook[title]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("key")].value: row for row in sheet.iter_rows(min_row=2)}
    rows[key][heads.index(name)].value = value
