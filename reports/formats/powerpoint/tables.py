"""Tables on slides: as many rows as are legible in the room, none cut off."""

from collections.abc import Sequence

from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Inches, Pt

from reports.formats.colours import GROUND, HEAD, WHITE
from reports.formats.powerpoint.deck import (
    BODY,
    INNER,
    LETTER,
    MARGIN,
    SMALLEST,
    TOP,
    Place,
    SlideText,
    coloured,
    fill_in,
    height_of,
)
from reports.parts.symbols import symbol
from reports.report import Cell, Column, Row


def cell_text(cell: Cell) -> str:
    """Return the text of a cell with its symbol before and its tag after it."""
    mark = f"{symbol(cell.health)} " if cell.health else ""
    return f"{mark}{cell.text}{f' ({cell.tag})' if cell.tag else ''}"


def write_table(slide: Slide, columns: Sequence[Column], rows: Sequence[Row], *, largest: int = 20) -> int:
    """Draw a table as large as possible and return the number of rows that had room."""
    heads = [column.title for column in columns]
    texts = [[cell_text(cell) for cell in row.cells[: len(columns)]] for row in rows]
    number, points = _room([heads, *texts], largest)
    widths = _widths([heads, *texts], points)
    frame = slide.shapes.add_table(number + 1, len(columns), *Place(MARGIN, TOP, INNER, 0.4).box)
    frame.name = "Table"
    for place, width in enumerate(widths):
        frame.table.columns[place].width = Inches(width)
    for place, line in enumerate([heads, *texts[:number]]):
        _write_row(frame.table, place, line, columns, points, bold=place == 0 or rows[place - 1].total)
        frame.table.rows[place].height = Inches(_row_height(line, widths, points))
    return number


def _room(lines: Sequence[Sequence[str]], largest: int) -> tuple[int, int]:
    """The number of rows with room and their size in points: fewer rows rather than illegible or cut off ones."""
    for number in range(len(lines) - 1, 0, -1):
        for points in range(largest, SMALLEST - 1, -1):
            widths = _widths(lines, points)
            if sum(_row_height(line, widths, points) for line in lines[: number + 1]) <= BODY.height - 0.35:
                return number, points
    return min(1, len(lines) - 1), SMALLEST


LEAST, SHORT, CAPITAL = 4, 22, 0.64
"""The letters a column has room for at least, those of a column that is as wide as its longest text (the others share
the rest), and how wide a capital is."""


def _widths(lines: Sequence[Sequence[str]], points: int) -> list[float]:
    longest = [max((line[place] for line in lines[1:] or lines), key=len) for place in range(len(lines[0]))]
    words = [max(line.split(" "), key=len).ljust(LEAST) for line in lines[0]]
    needed = [max(map(_letters, pair)) * points / 72 + 0.2 for pair in zip(longest, words, strict=True)]
    free = [len(text) if len(text) > SHORT else 0 for text in longest]
    rest = INNER - sum(width for width, share in zip(needed, free, strict=True) if not share)
    if not any(free):
        return [INNER * width / sum(needed) for width in needed]
    return [rest * share / sum(free) if share else width for width, share in zip(needed, free, strict=True)]


def _letters(text: str) -> float:
    return len(text) * (CAPITAL if text.isupper() or " " not in text else LETTER + 0.02)


def _row_height(texts: Sequence[str], widths: Sequence[float], points: int) -> float:
    return max(height_of(text, width - 0.18, points) for text, width in zip(texts, widths, strict=True)) + 0.1


def _write_row(
    table: Table, number: int, texts: Sequence[str], columns: Sequence[Column], points: int, *, bold: bool
) -> None:
    for place, (text, column) in enumerate(zip(texts, columns, strict=True)):
        cell = table.cell(number, place)
        _paint(cell, HEAD if number == 0 else GROUND if bold else WHITE)
        align = PP_ALIGN.RIGHT if column.numeric else PP_ALIGN.LEFT
        fill_in(cell.text_frame, [SlideText(text, bold=bold)], points=points, align=align)
        cell.text_frame.paragraphs[0].space_after = Pt(0)
        if number == 0:
            cell.text_frame.paragraphs[0].runs[0].font.color.rgb = coloured(WHITE)


def _paint(cell: _Cell, colour: str) -> None:
    cell.fill.solid()  # type: ignore[no-untyped-call]
    cell.fill.fore_color.rgb = coloured(colour)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.08)
