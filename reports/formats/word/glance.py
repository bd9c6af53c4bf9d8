"""The plan at a glance in Word: a table in which each square is a cell with its symbol, shaded by health."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.formats.colours import box
from reports.formats.word.bar import HEIGHT, WIDTH, bar_picture
from reports.formats.word.colours import coloured, ink, properties
from reports.formats.word.sheet import Sheet
from reports.formats.word.tables import cell, framed, head_row
from reports.formats.word.xml import Node, node, paragraph, run
from reports.parts.glance import Glance, GlanceRow
from reports.parts.marks import Square
from reports.parts.symbols import symbol

SIDE, SLIT, GAP = 290, 34, 140
"""The side of a square, between two squares, and between two activities: in twips (1 cm is 567)."""
COMPLETED, BAR, PERCENT = 1000, 1400, 560
"""The columns to the right of the squares."""
NARROWEST = 2400
"""The least width of the squares, for the head above them."""
AIR = 100
"""Above and below the squares, so that they stay square where the title takes two lines."""
HEADS = ("Strategic measure", "One square per initiative", "Completed", "Progress")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A square, or the free space before one, from left to right."""

    left: int
    right: int
    square: Square | None = None


def draw_glance(sheet: Sheet, glance: Glance) -> list[Node]:
    """Return the table, its legend and its caption."""
    return [_Drawing(sheet, glance).table(), _legend(sheet, glance), sheet.figure_caption(glance.note)]


def _legend(sheet: Sheet, glance: Glance) -> Node:
    signs: list[Node] = []
    for label in glance.legend:
        sign = run(symbol(label), ink(label), style=sheet.style("Symbol"))
        signs += [sign, run(f"\u00a0{label.legend.replace(' ', chr(0xA0))}   ")]
    return sheet.paragraph("Note", *signs, keep=True)


class _Drawing:
    """Lays all rows on one grid, whose lines are the edges of every piece."""

    def __init__(self, sheet: Sheet, glance: Glance) -> None:
        self.sheet, self.glance = sheet, glance
        self.rows = [list(_pieces(row.squares.squares)) for row in glance.rows]
        strip = max([NARROWEST, *(pieces[-1].right for pieces in self.rows if pieces)])
        self.rest = (COMPLETED, BAR, PERCENT)
        self.title = sheet.width - strip - sum(self.rest)
        inner = {edge for pieces in self.rows for piece in pieces for edge in (piece.left, piece.right)}
        self.edges = sorted({0, strip} | inner)
        self.strip = strip

    def table(self) -> Node:
        grid = [self.title, *(right - left for left, right in pairwise(self.edges)), *self.rest]
        rows = [self._heads()]
        for row, pieces in zip(self.glance.rows, self.rows, strict=True):
            rows += self._row(row, pieces)
        return framed(self.sheet, "Report Glance", grid, rows, title=self.glance.title, words=self._words())

    def _words(self) -> str:
        """The drawing in words, as alternative text."""
        rows = (
            f"{row.code} {row.title}: {row.completed} completed; {row.progress.sentence}. "
            + "; ".join(square.sentence for square in row.squares.squares)
            for row in self.glance.rows
        )
        return " ".join(rows)

    def _heads(self) -> Node:
        widths = (self.title, self.strip, COMPLETED, BAR + PERCENT)
        spans = (1, len(self.edges) - 1, 1, 2)
        heads = [self.sheet.paragraph("Table Heading", run(head), keep=True) for head in HEADS]
        for head in heads[2:]:
            head[0].append(node("jc", val="right"))
        parts = zip(widths, heads, spans, strict=True)
        return head_row(*(cell(width, head, span=span) for width, head, span in parts))

    def _row(self, row: GlanceRow, pieces: Sequence[_Piece]) -> list[Node]:
        """Three rows: air, squares, air; the cells beside the squares span all three."""
        name = self.sheet.paragraph("Table Text", run(f"{row.code} {row.title}"), keep=True)
        return [
            self._line(AIR, "exact", [name, *self._beside(row)], [self._air()]),
            self._line(SIDE, "exact", [], list(self._squares(pieces))),
            self._line(AIR, "atLeast", [], [self._air()]),
        ]

    def _line(self, height: int, rule: str, beside: list[Node], middle: list[Node]) -> Node:
        """One of the three; the cells that `beside` begins continue in the other two."""
        merge = "restart" if beside else "continue"
        first, *others = (
            cell(width, content, properties=[node("vMerge", val=merge), node("vAlign", val="center")])
            for width, content in zip((self.title, *self.rest), beside or [self._thin() for _ in range(4)], strict=True)
        )
        properties = node("trPr", node("cantSplit"), node("trHeight", val=height, hRule=rule))
        return node("tr", properties, first, *middle, *others)

    def _air(self) -> Node:
        return cell(self.strip, self._thin(), span=len(self.edges) - 1)

    def _beside(self, row: GlanceRow) -> list[Node]:
        percent = "" if row.progress.percent is None else f"{row.progress.percent} %"
        return [
            self.sheet.paragraph("Table Number", run(row.completed), keep=True),
            self._bar(row),
            self.sheet.paragraph("Table Number", run(percent), keep=True),
        ]

    def _bar(self, row: GlanceRow) -> Node:
        if row.progress.percent is None:
            return self.sheet.paragraph("Table Number", run(row.progress.sentence), keep=True)
        width = BAR - 220
        picture = self.sheet.picture(bar_picture(row.progress), width, width * HEIGHT // WIDTH, row.progress.sentence)
        return self.sheet.paragraph("Mark Text", picture, keep=True)

    def _squares(self, pieces: Sequence[_Piece]) -> Iterator[Node]:
        for piece in pieces:
            if piece.square is None:
                yield cell(piece.right - piece.left, self._thin(), span=self._span(piece.left, piece.right))
            else:
                look = box(piece.square.health)
                sign = run(symbol(piece.square.health), coloured(look.ink), style=self.sheet.style("Symbol"))
                text = self.sheet.paragraph("Mark Text", sign, keep=True)
                centred = [*properties(look), node("vAlign", val="center")]
                yield cell(SIDE, text, span=self._span(piece.left, piece.right), properties=centred)
        end = pieces[-1].right if pieces else 0
        if end < self.strip:
            yield cell(self.strip - end, self._thin(), span=self._span(end, self.strip))

    def _span(self, left: int, right: int) -> int:
        return self.edges.index(right) - self.edges.index(left)

    def _thin(self) -> Node:
        """A paragraph almost without height, because every cell must have a paragraph."""
        lines = node("spacing", before=0, after=0, line=20, lineRule="exact")
        return paragraph(self.sheet.style("Mark Text"), properties=[node("keepNext"), lines])


def _pieces(squares: Sequence[Square]) -> Iterator[_Piece]:
    """From left to right: squares, with what is free before each but the first."""
    left = 0
    for number, square in enumerate(squares):
        free = (GAP if square.starts_activity else SLIT) if number else 0
        if free:
            yield _Piece(left, left + free)
        yield _Piece(left + free, left + free + SIDE, square)
        left += free + SIDE
