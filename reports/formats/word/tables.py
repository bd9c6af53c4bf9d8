"""Tables in Word: columns as described, heads repeated on each page, totals set apart."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from docx.oxml.ns import qn

from reports.formats.word.colours import ink
from reports.formats.word.sheet import Sheet
from reports.formats.word.xml import Node, flag, node, run
from reports.parts.symbols import symbol
from reports.report import Cell, Column, Row, Table

LONG = 600
"""Characters from which a row may break over two pages; a shorter row does not."""

LOOKS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
"""The switches of a table's style, with the bit that older programs use for each."""


def draw_table(sheet: Sheet, table: Table) -> list[Node]:
    """Return caption and table; only the sentence for an empty table."""
    if not table.rows:
        return [sheet.paragraph("Normal", run(table.empty))]
    widths = shares(sheet.width, [column.width for column in table.columns])
    rows = [_head(sheet, table.columns, widths), *(_row(sheet, table, row, widths) for row in table.rows)]
    framed_table = framed(sheet, "Report Table", widths, rows, title=table.caption, total=table.rows[-1].total)
    return [sheet.table_caption(table.caption), framed_table]


def shares(width: int, parts: Sequence[int]) -> list[int]:
    """Return the width divided into parts without remainder."""
    edges = [width * sum(parts[:number]) // sum(parts) for number in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]


def framed(
    sheet: Sheet,
    style: str,
    widths: Sequence[int],
    rows: Iterable[Node],
    *,
    title: str,
    words: str = "",
    total: bool = False,
) -> Node:
    """Return a table of fixed columns (in twips); `words` is its alternative text, `total` sets the last row apart."""
    parts = dict.fromkeys(LOOKS, 0) | {"firstRow": 1, "lastRow": int(total), "noHBand": 1, "noVBand": 1}
    bits = sum(LOOKS[name] for name, on in parts.items() if on)
    properties = node(
        "tblPr",
        node("tblStyle", val=sheet.style(style)),
        node("tblW", w=sum(widths), type="dxa"),
        node("tblLayout", type="fixed"),
        node("tblLook", val=f"{bits:04X}", **parts),
        node("tblCaption", val=title),
        node("tblDescription", val=words) if words else None,
    )
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=width) for width in widths)), *rows)


def cell(width: int, *paragraphs: Node, span: int = 1, properties: Iterable[Node | None] = ()) -> Node:
    """Return a cell over `span` columns; `properties` in the order the schema asks for."""
    spans = node("gridSpan", val=span) if span > 1 else None
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa"), spans, *properties), *paragraphs)


def head_row(*cells: Node) -> Node:
    """Return a heading row that is repeated on each page."""
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader")), *cells)


def _head(sheet: Sheet, columns: Sequence[Column], widths: Sequence[int]) -> Node:
    pairs = zip(columns, widths, strict=True)
    return head_row(*(cell(width, _heading(sheet, column)) for column, width in pairs))


def _heading(sheet: Sheet, column: Column) -> Node:
    made = sheet.paragraph("Table Heading", run(column.title), keep=True)
    if column.numeric:
        made.find(qn("w:pPr")).append(node("jc", val="right"))
    return made


def _row(sheet: Sheet, table: Table, row: Row, widths: Sequence[int]) -> Node:
    whole = sum(len(content.text) for content in row.cells) < LONG
    leads = row is table.rows[0] or (table.rows[-1].total and row is table.rows[-2])
    links = [row.link, *[""] * (len(row.cells) - 1)]
    cells = (
        cell(width, _content(sheet, column, content, link, keep=leads))
        for column, content, link, width in zip(table.columns, row.cells, links, widths, strict=True)
    )
    return node("tr", node("trPr", flag("cantSplit", on=whole)), *cells)


def _content(sheet: Sheet, column: Column, content: Cell, link: str, *, keep: bool) -> Node:
    """Mark, text and tag. The first row stays with the head, and a total with the row above it."""
    marked = (
        [run(f"{symbol(content.health)} ", ink(content.health), style=sheet.style("Symbol"))] if content.health else []
    )
    words = run(content.text, style=sheet.style("Hyperlink") if link else "")
    tagged = [run(" "), run(f"({content.tag})", style=sheet.style("Tag"))] if content.tag else []
    runs = [*marked, *sheet.linked(link, words), *tagged]
    return sheet.paragraph("Table Number" if column.numeric else "Table Text", *runs, keep=keep)
