"""Tables in Word: columns as described, heads repeated on each page, totals set apart; and the colours of marks."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from models.figures.health_label import HealthLabel
from reports.formats.colours import WHITE, Box, box
from reports.formats.word.sheet import Node, WordSheet, node, run
from reports.parts.symbols import symbol
from reports.report import Table, TableCell, TableColumn, TableRow

LONG = 600
"""Characters from which a row may break over two pages; a shorter row does not."""


def draw_table(sheet: WordSheet, table: Table) -> list[Node]:
    """Return caption and table; only the sentence for an empty table."""
    if not table.rows:
        return [sheet.paragraph("Normal", run(table.empty))]
    shares = [0, *accumulate(column.width for column in table.columns)]
    widths = [right - left for left, right in pairwise(sheet.width * share // shares[-1] for share in shares)]
    rows = [_head(sheet, table.columns, widths), *(_row(sheet, table, row, widths) for row in table.rows)]
    framed_table = framed(sheet, "Report Table", widths, rows, title=table.caption, total=table.rows[-1].total)
    return [sheet.table_caption(table.caption), framed_table]


def framed(
    sheet: WordSheet,
    style: str,
    widths: Sequence[int],
    rows: Iterable[Node],
    *,
    title: str,
    words: str = "",
    total: bool = False,
) -> Node:
    """Return a table of fixed columns (in twips); `words` is its alternative text, `total` sets the last row apart."""
    parts = {"firstRow": 1, "lastRow": int(total), "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    bits = 0x660 if total else 0x620  # the same switches for older programs
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


def whole_row(*cells: Node, head: bool = False) -> Node:
    """Return a row that stays on one page; a heading row is repeated on each page."""
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader") if head else None), *cells)


def _head(sheet: WordSheet, columns: Sequence[TableColumn], widths: Sequence[int]) -> Node:
    heads = (
        sheet.paragraph("Table Heading", run(column.title), keep=True, side="right" if column.numeric else "")
        for column in columns
    )
    return whole_row(*map(cell, widths, heads), head=True)


def _row(sheet: WordSheet, table: Table, row: TableRow, widths: Sequence[int]) -> Node:
    stays_whole = sum(len(content.text) for content in row.cells) < LONG
    leads = row is table.rows[0] or (table.rows[-1].total and row is table.rows[-2])
    links = [row.link, *[""] * (len(row.cells) - 1)]
    cells = (
        cell(width, _content(sheet, column, content, link, keep=leads))
        for column, content, link, width in zip(table.columns, row.cells, links, widths, strict=True)
    )
    return whole_row(*cells) if stays_whole else node("tr", node("trPr"), *cells)


def _content(sheet: WordSheet, column: TableColumn, content: TableCell, link: str, *, keep: bool) -> Node:
    """Mark, text and tag. The first row stays with the head, and a total with the row above it."""
    mark = content.health
    marked = [run(f"{symbol(mark)} ", ink(mark), style=sheet.style("Symbol"))] if mark else []
    words = run(content.text, style=sheet.style("Hyperlink") if link else "")
    runs = [*marked, *sheet.linked(link, words), *tagged(sheet, content.tag)]
    return sheet.paragraph("Table Number" if column.numeric else "Table Text", *runs, keep=keep)


def tagged(sheet: WordSheet, tag: str) -> list[Node]:
    """Return a tag in brackets, with the space before it."""
    return [run(" "), run(f"({tag})", style=sheet.style("Tag"))] if tag else []


def boxed(look: Box) -> list[Node]:
    """Return a box as the properties of a cell."""
    line = "single" if look.line == "solid" else look.line
    edges = (node(edge, val=line, sz=6, space=0, color=look.frame) for edge in ("top", "left", "bottom", "right"))
    return [node("tcBorders", *edges), node("shd", val="clear", color="auto", fill=look.fill)]


def ink(label: HealthLabel) -> Node:
    """Return the colour of a symbol in running text."""
    look = box(label)
    return coloured(look.frame if look.ink == WHITE else look.ink)


def coloured(colour: str) -> Node:
    """Return the colour of text."""
    return node("color", val=colour)


def legend(sheet: WordSheet, signs: Iterable[tuple[str, Node | None, str]], *, keep: bool = False) -> Node:
    """Return a legend from symbols, their colours and their meanings; a word in the place of a symbol stays text."""
    runs: list[Node] = []
    for sign, colour, meaning in signs:
        runs.append(run(sign, colour, style=sheet.style("Symbol") if len(sign) == 1 else ""))
        runs.append(run(f"\u00a0{meaning.replace(' ', chr(0xA0))}   "))
    return sheet.paragraph("Note", *runs, keep=keep)
