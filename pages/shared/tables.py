"""Tables as HTML: read as a table by screen readers, as cards on a phone."""

from collections.abc import Iterable, Sequence

import htpy as h
from htpy import Element, Node


class NumberColumn(str):
    """The heading of a column that holds numbers; that of any other is plain text."""

    __slots__ = ()


def numbers(*heads: str) -> list[NumberColumn]:
    """Columns that hold numbers."""
    return [NumberColumn(head) for head in heads]


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Node]], *, compact: bool = False) -> Element:
    """A table under these headings, whose first cell names the row. The caption is for screen readers.

    A compact one, of few and short columns, stays a table on a phone.
    """
    heads = [h.th(scope="col", role="columnheader", class_=_kind(column))[column] for column in columns]
    return h.table(class_=["t-table", compact and "t-compact"], role="table")[
        h.caption(".t-unseen")[caption],
        h.thead(role="rowgroup")[h.tr(role="row")[heads]],
        h.tbody(role="rowgroup")[[_row(columns, cells) for cells in rows]],
    ]


def _row(columns: Sequence[str], cells: Sequence[Node]) -> Element:
    first, *others = cells
    return h.tr(role="row")[
        h.th(scope="row", role="rowheader", class_=_kind(columns[0]))[first],
        [
            h.td(role="cell", data_head=column, class_=_kind(column))[cell]
            for column, cell in zip(columns[1:], others, strict=True)
        ],
    ]


def _kind(column: str) -> str | None:
    return "t-number" if isinstance(column, NumberColumn) else None
