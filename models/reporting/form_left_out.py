"""What somebody wrote into a form outside the cells to fill in: named with its place, so that no words are lost.

Grey cells, words above, below and beside the table, comments on cells, text boxes, pictures and other sheets.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from openpyxl import Workbook

from models.core.drawings import drawings_of
from models.core.folding import folded
from models.core.spreadsheet import SheetCell, address_behind, cell_content, filled_cells
from models.core.text import counted, day, tidy
from models.plan.schema import name_of
from models.reporting.form import FIELDS, KEYS, FormRow, NotTaken
from models.reporting.form_workbook import COLUMNS, EXPORTED, LISTS

MOST = 40
"""So many places of a sheet are named one by one; the others are counted."""
LONGEST_WORDS = 300


def left_out(
    workbook: Workbook, content: bytes, rows: Sequence[FormRow], *, known: Collection[str]
) -> Iterator[NotTaken]:
    """Yield what is not taken, sheet by sheet; `known` are the folded texts of the form's own headings and advice."""
    # The cell of a merged range belongs to the first of its lines.
    read = {place: (field, row) for row in reversed(rows) for field, place in row.places.items()}
    hidden = {folded(LISTS), folded(EXPORTED)}
    for sheet in workbook.worksheets:
        if folded(sheet.title) not in hidden:
            remarks = [
                remark
                for cell in filled_cells(sheet, with_comments=True)
                for remark in _remarks(cell, f"{sheet.title}!{cell.coordinate}", read, known)
            ]
            yield from remarks[:MOST]
            if rest := remarks[MOST:]:
                yield NotTaken(sheet.title, f"and {counted(len(rest), 'more place')}", rest[0].words)
    yield from (NotTaken(f"a {kind}", "over the cells", _short(words)) for kind, words in drawings_of(content))


def _remarks(
    cell: SheetCell, place: str, read: dict[str, tuple[str, FormRow]], known: Collection[str]
) -> Iterator[NotTaken]:
    """What is not taken of one cell: its content, the address behind it, the comment on it."""
    field, row = read.get(place, ("", None))
    text, link = _words(cell), address_behind(cell)
    if row is None and folded(text) and folded(text) not in known:
        yield NotTaken(place, "outside the table", _short(text))
    elif row and _is_grey(field, row) and folded(text) != folded(row.exported[field]):
        yield NotTaken(place, f"a grey cell ({COLUMNS[field].label} of {name_of(row.commitment)})", _short(text))
    if link:
        yield NotTaken(place, "the address behind the words", _short(link))
    if cell.comment and folded(cell.comment.text):
        yield NotTaken(place, "a comment", _short(cell.comment.text))


def _words(cell: SheetCell) -> str:
    """The content of a cell, a day as every message writes it."""
    content = cell_content(cell)
    return day(content) if isinstance(content, date) else str("" if content is None else content)


def _is_grey(field: str, row: FormRow) -> bool:
    """Whether the cell is not read; what it held is unknown in forms of earlier releases."""
    return field not in FIELDS and field not in KEYS and field in row.exported


def _short(text: str) -> str:
    words = " ".join(tidy(text).split())
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
