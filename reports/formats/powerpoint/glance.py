"""The N at a glance on a slide, drawn as shapes, each row with an alternative text."""

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.util import Pt

from reports.formats.colours import DONE, GROUND, INK, WHITE, Box, box
from reports.formats.powerpoint.deck import (
    BODY,
    INNER,
    MARGIN,
    SMALLEST,
    TOP,
    Place,
    SlideText,
    coloured,
    describe,
    fill_in,
    fitting,
    write,
)
from reports.parts.glance import Glance, GlanceRow
from reports.parts.marks import Progress, Square
from reports.parts.symbols import symbol

LABEL, COUNT, BAR, PERCENT = 3.7, 1.1, 1.5, 0.9
"""Widths of the parts of a row beside its squares."""
SQUARES = INNER - LABEL - COUNT - BAR - PERCENT - 0.3
LARGEST_SQUARE, SPACING, GAP = 0.46, 0.1, 0.4
"""The largest side; the space between squares and before an activity, as parts of the side."""
LEGEND = 1.15
SYMBOL_FONT = "Segoe UI Symbol"


def draw_glance(slide: Slide, glance: Glance) -> None:
    """Draw a row for each measure, and the legend below."""
    step = min((BODY.height - LEGEND) / max(len(glance.rows), 1), 1.0)
    side = min(LARGEST_SQUARE, step * 0.7, *(_side(row) for row in glance.rows))
    for number, row in enumerate(glance.rows):
        _draw_row(slide, row, TOP + number * step, step, side)
    words = "   ".join(f"{symbol(label)} {label.legend}" for label in glance.legend)
    place = Place(MARGIN, BODY.top + BODY.height - LEGEND, INNER, LEGEND)
    points = fitting([words, glance.note], place, largest=16) or SMALLEST
    write(slide, place, [SlideText(words), SlideText(glance.note, quiet=True)], points=points)


def _side(row: GlanceRow) -> float:
    gaps = sum(square.starts_activity for square in row.squares.squares[1:])
    return SQUARES / max(len(row.squares.squares) * (1 + SPACING) + gaps * GAP, 1)


def _draw_row(slide: Slide, row: GlanceRow, top: float, step: float, side: float) -> None:
    left = MARGIN + LABEL
    label = write(slide, Place(MARGIN, top, LABEL - 0.1, step), [SlideText(f"{row.code} {row.title}")], points=16)
    label.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    group = slide.shapes.add_group_shape()
    group.name = f"Squares {row.code}"
    describe(group, "; ".join(square.sentence for square in row.squares.squares))
    for number, square in enumerate(row.squares.squares):
        left += side * GAP if number and square.starts_activity else 0
        _draw_square(group, square, Place(left, top + (step - side) / 2, side, side))
        left += side * (1 + SPACING)
    count = Place(MARGIN + LABEL + SQUARES + 0.1, top, COUNT, step)
    counted = write(slide, count, [SlideText(row.completed)], points=18, align=PP_ALIGN.RIGHT)
    counted.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _draw_progress(slide, row, Place(count.left + COUNT + 0.2, top, BAR, step))


def _draw_square(group: GroupShape, square: Square, place: Place) -> None:
    shape = _rectangle(group, place, box(square.health))
    fill_in(shape.text_frame, [SlideText(symbol(square.health))], points=_points(place.width), align=PP_ALIGN.CENTER)
    font = shape.text_frame.paragraphs[0].runs[0].font
    font.color.rgb, font.name = coloured(box(square.health).ink), SYMBOL_FONT
    shape.text_frame.paragraphs[0].space_after = Pt(0)
    shape.name = square.key


def _points(side: float) -> int:
    return max(int(side * 72 * 0.5), 6)


def _rectangle(group: GroupShape, place: Place, look: Box) -> Shape:
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.box)
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


def _draw_progress(slide: Slide, row: GlanceRow, place: Place) -> None:
    """Bar, tick and percent; only words while nothing is reported."""
    mark = row.progress
    if mark.percent is None:
        words = write(
            slide, Place(place.left, place.top, BAR + PERCENT, place.height), [SlideText(mark.sentence)], points=16
        )
        words.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        return
    group = slide.shapes.add_group_shape()
    group.name = f"Progress {row.code}"
    describe(group, f"{row.code} {row.title}: {mark.sentence}")
    thick = 0.2
    across = Place(place.left, place.top + (place.height - thick) / 2, place.width, thick)
    _rectangle(group, across, Box(GROUND, GROUND, INK))
    if mark.percent:
        reached = Place(across.left, across.top, place.width * mark.percent / 100, thick)
        _rectangle(group, reached, Box(DONE, DONE, WHITE))
    _draw_tick(group, mark, across)
    percent = Place(place.left + BAR + 0.1, place.top, PERCENT - 0.1, place.height)
    box = write(slide, percent, [SlideText(f"{mark.percent} %")], points=18, align=PP_ALIGN.RIGHT)
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _draw_tick(group: GroupShape, mark: Progress, across: Place) -> None:
    """A tick at the expected progress; hollow where dates are assumed."""
    if mark.expected is None:
        return
    width = 0.09 if mark.expected_is_assumed else 0.05
    left = across.left + across.width * mark.expected / 100 - width / 2
    tick = Place(left, across.top - 0.09, width, across.height + 0.18)
    _rectangle(group, tick, Box(WHITE if mark.expected_is_assumed else INK, INK, INK))
