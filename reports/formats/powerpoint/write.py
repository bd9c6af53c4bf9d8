"""The report as slides for the meeting room, at most eight: action requested, status, what needs attention.

What has no room on a slide is counted there and is in the report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.util import Pt

from reports.formats.colours import DONE, GROUND, INK, WHITE, Box, box
from reports.formats.office_bytes import fixed
from reports.formats.powerpoint.deck import (
    BODY,
    BOTTOM,
    INNER,
    LARGEST,
    MARGIN,
    OPENING,
    SMALLEST,
    TOP,
    SlideArea,
    Slides,
    SlideText,
    bold,
    cell_text,
    coloured,
    describe,
    fill_in,
    fitting,
    quiet,
    write,
    write_table,
)
from reports.formats.typeset import trend_picture
from reports.parts.glance import Glance, GlanceRow
from reports.parts.marks import DatedLine, ProgressMark, Square
from reports.parts.symbols import symbol
from reports.report import Items, Paragraph, Report, Section, Table

ATTENTION_ROWS, ATTENTION_COLUMNS = 10, 4
CM = 2.54
"""Centimetres in an inch."""
NOTE_HEIGHT = 0.32

LABEL, COUNT, BAR, PERCENT = 3.7, 1.1, 1.5, 0.9
"""Widths of the parts of a row beside its squares."""
SQUARES = INNER - LABEL - COUNT - BAR - PERCENT - 0.3
LARGEST_SQUARE, SPACING, GAP = 0.46, 0.1, 0.4
"""The largest side; the space between squares and before an activity, as parts of the side."""
LEGEND = 1.15
SYMBOL_FONT = "Segoe UI Symbol"


def write_powerpoint(report: Report) -> bytes:
    """Return the presentation as the bytes of a .pptx file."""
    slides = Slides(report)
    _opening(slides, report)
    for key, draw in SECTIONS.items():
        section = report.section(key)
        if section and section.blocks:
            draw(slides, section)
    _to_follow(slides, report)
    return fixed(slides.to_bytes(), report.made_at)


def _opening(slides: Slides, report: Report) -> None:
    """The meeting, the title, and the action requested or what was noted."""
    head = report.head
    title = f"{head.title}: {head.subtitle}" if head.subtitle else head.title
    slide = slides.add(title, layout=OPENING)
    particulars = " · ".join(filter(None, (head.place_and_dates, head.classification, head.state)))
    slide.placeholders[1].text_frame.margin_left = 0
    fill_in(slide.placeholders[1].text_frame, head.meeting, quiet(particulars), points=16)
    section = report.section("action")
    if section:
        lines = [line for block in section.blocks if isinstance(block, Items) for line in _lettered(block)]
        TextList(SlideArea(MARGIN, 2.9, INNER, BOTTOM - 2.9), section.heading, lines).write(slide)


def _lettered(items: Items) -> list[str]:
    """The lead, which says what the lines are, and the lines."""
    return [items.lead, *(f"({chr(ord('a') + index % 26)}) {line}" for index, line in enumerate(items.lines))]


def _lines(section: Section, columns: Sequence[int] = ()) -> list[str]:
    """The texts of a section line by line, whatever its blocks; of a table only some columns where they are given."""
    lines: list[str] = []
    for block in section.blocks:
        if isinstance(block, Items):
            lines += block.lines
        elif isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            rows = ([row.cells[index] for index in columns] or row.cells for row in block.rows)
            lines += [": ".join(filter(None, map(cell_text, cells))) for cells in rows] or [block.empty]
    return lines


@dataclass(frozen=True, slots=True)
class TextList:
    """Lines below a heading, as many as have room, and the number of those left out."""

    area: SlideArea
    head: str
    lines: Sequence[str]

    def points(self, largest: int = LARGEST) -> int:
        """Return the size, in points, at which the lines that are drawn have room."""
        return self._room(largest)[1]

    def write(self, slide: Slide, *, largest: int = LARGEST) -> None:
        """Draw the list, at most `largest` points in size."""
        number, points = self._room(largest)
        head = [bold(self.head)] if self.head else []
        texts: list[SlideText | str] = [*head, *self.lines[:number], *map(quiet, self._rest(number))]
        write(slide, self.area, *texts, points=points)

    def _rest(self, number: int) -> list[str]:
        return [f"{len(self.lines) - number} more in the report"] if number < len(self.lines) else []

    def _room(self, largest: int) -> tuple[int, int]:
        for number in range(len(self.lines), -1, -1):
            texts = [*filter(None, [self.head]), *self.lines[:number], *self._rest(number)]
            points = fitting(texts, self.area, largest=largest)
            if points:
                return number, points
        return 0, SMALLEST


def _headlines(slides: Slides, section: Section) -> None:
    """Each number in large type, with its value at the previous meeting and its meaning."""
    if not section.tables:
        TextList(BODY, "", _lines(section)).write(slides.add(section.heading))
        return
    table = section.tables[0]
    slide = slides.add(table.caption)
    width = INNER / max(len(table.rows), 1)
    for number, row in enumerate(table.rows):
        name, value, before, change, meaning = (cell.text for cell in row.cells)
        left, inner = MARGIN + number * width, width - 0.35
        write(slide, SlideArea(left, 1.7, inner, 0.5), bold(name), points=22)
        write(slide, SlideArea(left, 2.25, inner, 1.1), bold(value), points=60)
        earlier = f"{table.columns[2].title}: {before}; change {change}"
        area = SlideArea(left, 3.65, inner, BOTTOM - 3.65)
        points = fitting([earlier, meaning], area) or SMALLEST
        write(slide, area, earlier, quiet(meaning), points=points)


def _glance(slides: Slides, section: Section) -> None:
    slide = slides.add(section.heading)
    for block in section.blocks:
        if isinstance(block, Glance):
            _draw_glance(slide, block)


def _table(slides: Slides, section: Section) -> None:
    table = section.tables[0]
    slide = slides.add(section.heading)
    write_table(slide, table.columns, table.rows)
    notes = [quiet(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    if notes:
        write(slide, SlideArea(MARGIN, BOTTOM - NOTE_HEIGHT, INNER, NOTE_HEIGHT), *notes, points=SMALLEST)


def _trend(slides: Slides, section: Section) -> None:
    """The dated line as in the report, once there is one, with its sentence as alternative text."""
    for line in [block for block in section.blocks if isinstance(block, DatedLine)]:
        slide = slides.add(section.heading)
        height = BODY.height - 0.65
        content = trend_picture(line, width=INNER * CM, height=height * CM, text=16)
        picture = slide.shapes.add_picture(BytesIO(content), *SlideArea(MARGIN, TOP, INNER, height).box)
        picture.name = "Trend"
        describe(picture, line.sentence)
        write(slide, SlideArea(MARGIN, TOP + height, INNER, 0.6), quiet(line.note), points=14)


def _changes(slides: Slides, section: Section) -> None:
    """The changes since the previous meeting, where there are any."""
    for block in [block for block in section.blocks if isinstance(block, Items)]:
        TextList(BODY, block.lead, block.lines).write(slides.add(section.heading))


def _attention(slides: Slides, section: Section) -> None:
    """The first ten; the rest are counted."""
    slide, table = slides.add(section.heading), section.tables[0]
    if not table.rows:
        TextList(BODY, "", [table.empty]).write(slide)
        return
    number = write_table(slide, table.columns[:ATTENTION_COLUMNS], table.rows[:ATTENTION_ROWS], largest=18)
    if len(table.rows) > number:
        area = SlideArea(MARGIN, BOTTOM - 0.3, INNER, 0.3)
        rest = f"{len(table.rows) - number} more in the report"
        write(slide, area, quiet(rest), points=16, anchor=MSO_ANCHOR.BOTTOM)


SECTIONS: dict[str, Callable[[Slides, Section], None]] = {
    "headlines": _headlines,
    "glance": _glance,
    "measures": _table,
    "trend": _trend,
    "changes": _changes,
    "attention": _attention,
}
"""A slide each, between the first and the last."""

LAST_SLIDE = {"not_reported": (0, 2), "due_next": (0, 2), "decisions": (1, 2, 3)}
"""The sections of the last slide, with the columns it has room for."""


def _to_follow(slides: Slides, report: Report) -> None:
    """Outstanding reports, what is due next, and matters arising, side by side."""
    sections = list(filter(None, map(report.section, LAST_SLIDE)))
    slide = slides.add("Not reported, due next, matters arising")
    width = INNER / max(len(sections), 1)
    lists = [
        TextList(
            SlideArea(MARGIN + number * width, TOP, width - 0.35, BODY.height),
            section.heading,
            _lines(section, LAST_SLIDE[section.key]),
        )
        for number, section in enumerate(sections)
    ]
    largest = min((text_list.points(20) for text_list in lists if text_list.lines), default=20)
    for text_list in lists:
        text_list.write(slide, largest=largest)


def _draw_glance(slide: Slide, glance: Glance) -> None:
    """Draw a row for each measure, and the legend below."""
    step = min((BODY.height - LEGEND) / max(len(glance.rows), 1), 1.0)
    side = min(LARGEST_SQUARE, step * 0.7, *(_side(row) for row in glance.rows))
    for number, row in enumerate(glance.rows):
        _draw_row(slide, row, TOP + number * step, step, side)
    words = "   ".join(f"{symbol(label)} {label.legend}" for label in glance.legend)
    area = SlideArea(MARGIN, BODY.top + BODY.height - LEGEND, INNER, LEGEND)
    points = fitting([words, glance.note], area, largest=16) or SMALLEST
    write(slide, area, words, quiet(glance.note), points=points)


def _side(row: GlanceRow) -> float:
    gaps = sum(square.starts_activity for square in row.squares[1:])
    return SQUARES / max(len(row.squares) * (1 + SPACING) + gaps * GAP, 1)


def _draw_row(slide: Slide, row: GlanceRow, top: float, step: float, side: float) -> None:
    left = MARGIN + LABEL
    area = SlideArea(MARGIN, top, LABEL - 0.1, step)
    write(slide, area, f"{row.code} {row.title}", points=16, anchor=MSO_ANCHOR.MIDDLE)
    group = slide.shapes.add_group_shape()
    group.name = f"Squares {row.code}"
    describe(group, "; ".join(square.sentence for square in row.squares))
    for number, square in enumerate(row.squares):
        left += side * GAP if number and square.starts_activity else 0
        _draw_square(group, square, SlideArea(left, top + (step - side) / 2, side, side))
        left += side * (1 + SPACING)
    count = SlideArea(MARGIN + LABEL + SQUARES + 0.1, top, COUNT, step)
    write(slide, count, row.completed, points=18, align=PP_ALIGN.RIGHT, anchor=MSO_ANCHOR.MIDDLE)
    _draw_progress(slide, row, SlideArea(count.left + COUNT + 0.2, top, BAR, step))


def _draw_square(group: GroupShape, square: Square, area: SlideArea) -> None:
    shape = _rectangle(group, area, box(square.health))
    points = max(int(area.width * 72 * 0.5), 6)
    fill_in(shape.text_frame, symbol(square.health), points=points, align=PP_ALIGN.CENTER)
    font = shape.text_frame.paragraphs[0].runs[0].font
    font.color.rgb, font.name = coloured(box(square.health).ink), SYMBOL_FONT
    shape.text_frame.paragraphs[0].space_after = Pt(0)
    shape.name = square.key


def _rectangle(group: GroupShape, area: SlideArea, look: Box) -> Shape:
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.box)
    shape.element.remove(shape.element.find(qn("p:style")))  # the template's shadow and colours
    shape.fill.solid()
    shape.fill.fore_color.rgb = coloured(look.fill)
    shape.line.color.rgb, shape.line.width = coloured(look.frame), Pt(1.25)
    if look.line != "solid":
        shape.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, False
    return shape


def _draw_progress(slide: Slide, row: GlanceRow, area: SlideArea) -> None:
    """Bar, tick and percent; only words while nothing is reported."""
    mark = row.progress
    if mark.percent is None:
        whole_area = SlideArea(area.left, area.top, BAR + PERCENT, area.height)
        write(slide, whole_area, mark.sentence, points=16, anchor=MSO_ANCHOR.MIDDLE)
        return
    group = slide.shapes.add_group_shape()
    group.name = f"Progress {row.code}"
    describe(group, f"{row.code} {row.title}: {mark.sentence}")
    thick = 0.2
    across = SlideArea(area.left, area.top + (area.height - thick) / 2, area.width, thick)
    _rectangle(group, across, Box(GROUND, GROUND, INK))
    if mark.percent:
        filled = SlideArea(across.left, across.top, area.width * mark.percent / 100, thick)
        _rectangle(group, filled, Box(DONE, DONE, WHITE))
    _draw_tick(group, mark, across)
    percent = SlideArea(area.left + BAR + 0.1, area.top, PERCENT - 0.1, area.height)
    write(slide, percent, f"{mark.percent} %", points=18, align=PP_ALIGN.RIGHT, anchor=MSO_ANCHOR.MIDDLE)


def _draw_tick(group: GroupShape, mark: ProgressMark, across: SlideArea) -> None:
    """A tick at the expected progress; hollow where dates are assumed."""
    if mark.expected is None:
        return
    width = 0.09 if mark.expected_is_assumed else 0.05
    left = across.left + across.width * mark.expected / 100 - width / 2
    tick = SlideArea(left, across.top - 0.09, width, across.height + 0.18)
    _rectangle(group, tick, Box(WHITE if mark.expected_is_assumed else INK, INK, INK))
