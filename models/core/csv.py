"""Tables as CSV that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the table as CSV text, with the byte order mark by which Excel detects UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    # An apostrophe in front keeps a spreadsheet from reading the text as a formula.
    writer.writerows([f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell for cell in row] for row in rows)
    return f"\ufeff{buffer.getvalue()}"
