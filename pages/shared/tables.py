"""Tables as HTML: read as a table by those who listen, as cards on a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether it holds numbers."""

    head: str
    numeric: bool = False


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, compact: bool = False) -> str:
    """A table whose first cell names the row; cells are HTML. The caption is for those who listen.

    A compact one, of few and short columns, stays a table on a phone.
    """
    heads = "".join(_head(column) for column in columns)
    body = "".join(_row(columns, cells) for cells in rows)
    kind = "t-table t-compact" if compact else "t-table"
    return (
        f'<table class="{kind}" role="table"><caption class="t-unseen">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _number(column: Column) -> str:
    return ' class="t-number"' if column.numeric else ""


def _head(column: Column) -> str:
    return f'<th scope="col" role="columnheader"{_number(column)}>{escape(column.head)}</th>'


def _row(columns: Sequence[Column], cells: Sequence[str]) -> str:
    first, *others = cells
    told = "".join(
        f'<td role="cell" data-head="{escape(column.head)}"{_number(column)}>{cell}</td>'
        for column, cell in zip(columns[1:], others, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader"{_number(columns[0])}>{first}</th>{told}</tr>'
