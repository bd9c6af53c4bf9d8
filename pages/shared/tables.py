"""Tables as HTML: read as a table by screen readers, as cards on a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import htpy as h
from htpy import Element, Node


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether it holds numbers."""

    head: str
    numeric: bool = False

    @property
    def kind(self) -> str | None:
        """The class of its cells."""
        return "t-number" if self.numeric else None


def numbers(*heads: str) -> list[Column]:
    """Columns that hold numbers."""
    return [Column(head, numeric=True) for head in heads]


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Node]], *, compact: bool = False) -> Element:
    """A table whose first cell names the row. The caption is for screen readers.

    A compact one, of few and short columns, stays a table on a phone.
    """
    heads = [h.th(scope="col", role="columnheader", class_=column.kind)[column.head] for column in columns]
    return h.table(class_=["t-table", compact and "t-compact"], role="table")[
        h.caption(".t-unseen")[caption],
        h.thead(role="rowgroup")[h.tr(role="row")[heads]],
        h.tbody(role="rowgroup")[[_row(columns, cells) for cells in rows]],
    ]


def _row(columns: Sequence[Column], cells: Sequence[Node]) -> Element:
    first, *others = cells
    return h.tr(role="row")[
        h.th(scope="row", role="rowheader", class_=columns[0].kind)[first],
        [
            h.td(role="cell", data_head=column.head, class_=column.kind)[cell]
            for column, cell in zip(columns[1:], others, strict=True)
        ],
    ]
