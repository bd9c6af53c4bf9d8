"""The layout of slides: 16:9, a title on each, text as large as there is room for, the foot below.

Tables have as many rows as are legible in the room, none cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from models.core.text import tidy
from reports.formats.colours import GROUND, HEAD, INK, SOFT, WHITE
from reports.parts.symbols import symbol
from reports.report import Report, TableCell, TableColumn, TableRow

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
"""In inches, like all lengths here."""
INNER = WIDTH - 2 * MARGIN
TOP, BOTTOM = 1.5, 6.75
"""Content area between header and footer."""
LARGEST, SMALLEST = 24, 14
"""In points. From 16 points a text is legible at the back of a room; smaller sizes avoid cutting it off."""
LETTER, LINE = 0.54, 1.25
"""Width of a letter and height of a line as parts of the size, with some room for other fonts."""
AFTER = 0.4
"""The space after a paragraph, in parts of the size."""
TITLE_SIZES = (36, 30, 26, 22)
OPENING, TITLED = 0, 5
"""The layouts used: a title with a subtitle, and a title alone."""

EAST_ASIAN_FONT, COMPLEX_FONT = "Microsoft YaHei", "Leelawadee UI"
"""The fonts of Windows and Office for Chinese, Japanese and Korean, and for Thai, Lao and Khmer; Office replaces them
by others where they are missing or lack a letter, as it does for Burmese.
"""


@dataclass(frozen=True, slots=True)
class SlideArea:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def box(self) -> tuple[Inches, Inches, Inches, Inches]:
        """Left, top, width and height for python-pptx."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


BODY = SlideArea(MARGIN, TOP, INNER, BOTTOM - TOP)


@dataclass(frozen=True, slots=True)
class SlideText:
    """A paragraph of a slide."""

    text: str
    bold: bool = False
    quiet: bool = False


def bold(text: str) -> SlideText:
    return SlideText(text, bold=True)


def quiet(text: str) -> SlideText:
    return SlideText(text, quiet=True)


def height_of(text: str, width: float, points: float) -> float:
    """Return the estimated height of a text in inches, rather too high than too low."""
    room = max(int(width / (LETTER * points / 72)), 1)
    return sum(len(wrap(line, room)) or 1 for line in text.split("\n")) * LINE * points / 72


def fitting(texts: Sequence[str], area: SlideArea, *, largest: int = LARGEST) -> int | None:
    """Return the largest size, in points, at which all texts have room; None below the smallest."""
    for points in range(largest, SMALLEST - 1, -1):
        if sum(height_of(text, area.width - 0.1, points) + AFTER * points / 72 for text in texts) <= area.height:
            return points
    return None


class Slides:
    """The presentation of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._deck = _wide_deck()

    def add(self, title: str, *, layout: int = TITLED) -> Slide:
        """Return a new slide with its title, foot, number and the demonstration mark."""
        slide: Slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        if slide.shapes.title is not None:
            slide.shapes.title.text_frame.text = tidy(title)
            sizes, height = (TITLE_SIZES, 1.4) if layout == OPENING else (TITLE_SIZES[1:], 1.1)
            points = next((size for size in sizes if height_of(title, INNER, 1.1 * size) <= height), TITLE_SIZES[-1])
            slide.shapes.title.text_frame.margin_left = 0
            _sized(slide.shapes.title.text_frame, points)
        self._foot(slide)
        return slide

    def _foot(self, slide: Slide) -> None:
        number = str(len(self._deck.slides))
        write(slide, SlideArea(MARGIN, 6.86, INNER - 0.8, 0.45), quiet(self._report.foot), points=10)
        write(slide, SlideArea(WIDTH - MARGIN - 0.7, 6.86, 0.7, 0.45), number, points=12, align=PP_ALIGN.RIGHT)
        if self._report.demonstration:
            mark = write(slide, SlideArea(MARGIN, 0.14, INNER, 0.32), bold(self._report.demonstration), points=14)
            mark.name = "Demonstration"

    def to_bytes(self) -> bytes:
        """Return the bytes of the file."""
        _name_fonts(self._deck)
        properties = self._deck.core_properties
        properties.title, properties.author = tidy(self._report.head.title), "AIPRAP 2026-2030"
        properties.comments, properties.last_modified_by = self._report.demonstration, ""
        properties.revision = 1
        content = BytesIO()
        self._deck.save(content)
        return content.getvalue()


def _wide_deck() -> Deck:
    """python-pptx's own template is 4:3: its master and layouts are stretched to the width, titles to the left."""
    deck = Presentation()
    stretch = WIDTH / 10
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            if shape.element.find(qn("p:spPr")).find(qn("a:xfrm")) is not None:
                shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
    _place_titles(deck)
    return deck


def _name_fonts(deck: Deck) -> None:
    """Name fonts for the scripts that Calibri lacks, in the theme, for which python-pptx has no function."""
    theme: Part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for element, font in (("ea", EAST_ASIAN_FONT), ("cs", COMPLEX_FONT)):
        named = theme.blob.replace(f'<a:{element} typeface=""/>'.encode(), f'<a:{element} typeface="{font}"/>'.encode())
        theme.blob = named


def _place_titles(deck: Deck) -> None:
    opening, titled = deck.slide_layouts[OPENING].placeholders, deck.slide_layouts[TITLED].placeholders
    _put(opening[0], SlideArea(MARGIN, 1.45, INNER, 1.35))
    _put(opening[1], SlideArea(MARGIN, 0.5, INNER, 1.0))
    for title in (titled[0], deck.slide_master.placeholders[0]):
        _put(title, SlideArea(MARGIN, 0.48, INNER, 0.98))
    for shape in (opening[0], opening[1], titled[0]):
        frame: TextFrame = shape.text_frame  # type: ignore[attr-defined]  # these are placeholders for text
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT


def coloured(colour: str) -> RGBColor:
    """Return a colour, given as RRGGBB, for python-pptx."""
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def _put(shape: BaseShape, area: SlideArea) -> None:
    shape.left, shape.top, shape.width, shape.height = area.box


def _sized(frame: TextFrame, points: int) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(points), True, coloured(HEAD)


def describe(shape: BaseShape, words: str) -> None:
    """Set the alternative text of a drawing, for which python-pptx has no function."""
    shape.element.xpath("./*/p:cNvPr")[0].set("descr", tidy(words))


def write(
    slide: Slide,
    area: SlideArea,
    *texts: SlideText | str,
    points: int,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR | None = None,
) -> Shape:
    """Write paragraphs in a new box and return it."""
    box = slide.shapes.add_textbox(*area.box)
    box.text_frame.word_wrap = True
    box.text_frame.margin_left = box.text_frame.margin_right = 0
    box.text_frame.vertical_anchor = anchor
    fill_in(box.text_frame, *texts, points=points, align=align)
    return box


def fill_in(frame: TextFrame, *texts: SlideText | str, points: int, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Write paragraphs into a frame."""
    for number, text in enumerate(SlideText(text) if isinstance(text, str) else text for text in texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()  # type: ignore[no-untyped-call]
        paragraph.alignment, paragraph.space_after = align, Pt(AFTER * points)
        run = paragraph.add_run()
        run.text = tidy(text.text)
        run.font.size, run.font.bold = Pt(points), text.bold
        run.font.color.rgb = coloured(SOFT if text.quiet else INK)


def cell_text(cell: TableCell) -> str:
    """Return the text of a cell with its symbol before and its tag after it."""
    mark = f"{symbol(cell.health)} " if cell.health else ""
    return f"{mark}{cell.text}{f' ({cell.tag})' if cell.tag else ''}"


def write_table(slide: Slide, columns: Sequence[TableColumn], rows: Sequence[TableRow], *, largest: int = 20) -> int:
    """Draw a table as large as possible and return the number of rows that had room."""
    heads = [column.title for column in columns]
    texts = [[cell_text(cell) for cell in row.cells[: len(columns)]] for row in rows]
    number, points = _room([heads, *texts], largest)
    widths = _widths([heads, *texts], points)
    frame = slide.shapes.add_table(number + 1, len(columns), *SlideArea(MARGIN, TOP, INNER, 0.4).box)
    frame.name = "Table"
    for index, width in enumerate(widths):
        frame.table.columns[index].width = Inches(width)
    for index, line in enumerate([heads, *texts[:number]]):
        _write_row(frame.table, index, line, columns, points, total=index == 0 or rows[index - 1].total)
        frame.table.rows[index].height = Inches(_row_height(line, widths, points))
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
    longest = [max((line[index] for line in lines[1:] or lines), key=len) for index in range(len(lines[0]))]
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
    table: Table, number: int, texts: Sequence[str], columns: Sequence[TableColumn], points: int, *, total: bool
) -> None:
    for index, (text, column) in enumerate(zip(texts, columns, strict=True)):
        cell = table.cell(number, index)
        cell.fill.solid()  # type: ignore[no-untyped-call]
        cell.fill.fore_color.rgb = coloured(HEAD if number == 0 else GROUND if total else WHITE)
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        cell.margin_left = cell.margin_right = Inches(0.08)
        align = PP_ALIGN.RIGHT if column.numeric else PP_ALIGN.LEFT
        fill_in(cell.text_frame, SlideText(text, total), points=points, align=align)
        cell.text_frame.paragraphs[0].space_after = Pt(0)
        if number == 0:
            cell.text_frame.paragraphs[0].runs[0].font.color.rgb = coloured(WHITE)
