"""Tables as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table as text, with the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return f"\ufeff{written.getvalue()}"


def escape_formula(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe, which makes it text."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
