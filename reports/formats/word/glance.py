"""The plan at a glance in Word: a table in which each square is a cell with its symbol, shaded by health.

Progress is a small picture: a filled bar, and a tick for what is expected, hollow on assumed dates.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.formats.colours import box
from reports.formats.word.sheet import Node, WordSheet, node, paragraph, run
from reports.formats.word.tables import boxed, cell, coloured, framed, ink, legend, whole_row
from reports.parts.glance import Glance, GlanceRow
from reports.parts.marks import ProgressMark, Square
from reports.parts.symbols import symbol

SIDE, SLIT, GAP = 290, 34, 140
"""The side of a square, between two squares, and between two activities: in twips (1 cm is 567)."""
COMPLETED, BAR, PERCENT = 1000, 1400, 560
REST = (COMPLETED, BAR, PERCENT)
"""The columns to the right of the squares."""
NARROWEST = 2400
"""The least width of the squares, for the head above them."""
AIR = 100
"""Above and below the squares, so that they stay square where the title takes two lines."""

WIDTH, HEIGHT, EDGE = 400, 54, 14
"""Of the picture of a bar, in pixels; the edge above and below the bar is free for the tick."""
TICK = 7
"""Half the width of a hollow tick, in pixels; a solid one is thinner, so that both have the same weight."""
PAPER, FILL, REMAINDER, INK = (bytes.fromhex(colour) for colour in ("ffffff", "1c5aa8", "d9dde4", "1a1a1a"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A square, or the free space before one, from left to right."""

    left: int
    right: int
    square: Square | None = None


def draw_glance(sheet: WordSheet, glance: Glance) -> list[Node]:
    """Return the table, its legend and its caption."""
    signs = ((symbol(label), ink(label), label.legend) for label in glance.legend)
    return [_GlanceTable(sheet, glance).table(), legend(sheet, signs, keep=True), sheet.figure_caption(glance.note)]


class _GlanceTable:
    """Lays all rows on one grid, whose lines are the edges of every piece."""

    def __init__(self, sheet: WordSheet, glance: Glance) -> None:
        self.sheet, self.glance = sheet, glance
        self.rows = [list(_pieces(row.squares)) for row in glance.rows]
        self.strip = max([NARROWEST, *(pieces[-1].right for pieces in self.rows if pieces)])
        self.title = sheet.width - self.strip - sum(REST)
        inner = {edge for pieces in self.rows for piece in pieces for edge in (piece.left, piece.right)}
        self.edges = sorted({0, self.strip} | inner)

    def table(self) -> Node:
        grid = [self.title, *(right - left for left, right in pairwise(self.edges)), *REST]
        rows = [self._heads()]
        for row, pieces in zip(self.glance.rows, self.rows, strict=True):
            rows += self._row(row, pieces)
        words = (
            f"{row.code} {row.title}: {row.completed} completed; {row.progress.sentence}. "
            + "; ".join(square.sentence for square in row.squares)
            for row in self.glance.rows
        )
        return framed(self.sheet, "Report Glance", grid, rows, title=self.glance.title, words=" ".join(words))

    def _heads(self) -> Node:
        columns = (
            ("Strategic measure", self.title, 1, ""),
            ("One square per initiative", self.strip, len(self.edges) - 1, ""),
            ("Completed", COMPLETED, 1, "right"),
            ("Progress", BAR + PERCENT, 2, "right"),
        )
        cells = (
            cell(width, self.sheet.paragraph("Table Heading", run(name), keep=True, side=side), span=span)
            for name, width, span, side in columns
        )
        return whole_row(*cells, head=True)

    def _row(self, row: GlanceRow, pieces: Sequence[_Piece]) -> list[Node]:
        """Three rows: air, squares, air; the cells beside the squares span all three."""
        beside = [self._text("Table Text", f"{row.code} {row.title}"), *self._figures(row)]
        return [
            self._line(AIR, "exact", beside, [self._air()]),
            self._line(SIDE, "exact", [], list(self._squares(pieces))),
            self._line(AIR, "atLeast", [], [self._air()]),
        ]

    def _line(self, height: int, rule: str, beside: list[Node], middle: list[Node]) -> Node:
        """One of the three; the cells that `beside` begins continue in the other two."""
        merge = "restart" if beside else "continue"
        first, *others = (
            cell(width, content, properties=[node("vMerge", val=merge), node("vAlign", val="center")])
            for width, content in zip((self.title, *REST), beside or [self._thin() for _ in range(4)], strict=True)
        )
        properties = node("trPr", node("cantSplit"), node("trHeight", val=height, hRule=rule))
        return node("tr", properties, first, *middle, *others)

    def _air(self) -> Node:
        return cell(self.strip, self._thin(), span=len(self.edges) - 1)

    def _text(self, style: str, text: str) -> Node:
        return self.sheet.paragraph(style, run(text), keep=True)

    def _figures(self, row: GlanceRow) -> Iterator[Node]:
        """Completed, the bar and the percent; a sentence in the place of the bar while nothing is reported."""
        mark, width = row.progress, BAR - 220
        yield self._text("Table Number", row.completed)
        if mark.percent is None:
            yield self._text("Table Number", mark.sentence)
        else:
            picture = self.sheet.picture(bar_picture(mark), width, width * HEIGHT // WIDTH, mark.sentence)
            yield self.sheet.paragraph("Mark Text", picture, keep=True)
        yield self._text("Table Number", "" if mark.percent is None else f"{mark.percent} %")

    def _squares(self, pieces: Sequence[_Piece]) -> Iterator[Node]:
        end = pieces[-1].right if pieces else 0
        for piece in (*pieces, *([_Piece(end, self.strip)] if end < self.strip else [])):
            span = self.edges.index(piece.right) - self.edges.index(piece.left)
            if piece.square is None:
                yield cell(piece.right - piece.left, self._thin(), span=span)
            else:
                look = box(piece.square.health)
                sign = run(symbol(piece.square.health), coloured(look.ink), style=self.sheet.style("Symbol"))
                text = self.sheet.paragraph("Mark Text", sign, keep=True)
                yield cell(SIDE, text, span=span, properties=[*boxed(look), node("vAlign", val="center")])

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


def bar_picture(mark: ProgressMark) -> bytes:
    """Return a PNG; it is drawn by lines, because there are only three kinds of line."""
    filled, half = WIDTH * (mark.percent or 0) // 100, TICK if mark.expected_is_assumed else TICK // 2
    middle = min(max(WIDTH * (mark.expected or 0) // 100, half), WIDTH - half)
    outside, inside = [PAPER] * WIDTH, [FILL] * filled + [REMAINDER] * (WIDTH - filled)
    edge = outside.copy()
    if mark.expected is not None:
        for line in (outside, inside, edge):
            line[middle - half : middle + half] = [INK] * (2 * half)
        if mark.expected_is_assumed:  # hollow, its frame closed above and below by the edge
            for line in (outside, inside):
                line[middle - half + 3 : middle + half - 3] = [PAPER] * (2 * half - 6)
    lines = [edge] * 2 + [outside] * (EDGE - 2) + [inside] * (HEIGHT - 2 * EDGE) + [outside] * (EDGE - 2) + [edge] * 2
    header = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"".join(line) for line in lines), 9)
    parts = (_part(b"IHDR", header), _part(b"IDAT", pixels), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
