"""The report as slides for the meeting room, at most eight: action requested, status, what needs attention.

What has no room on a slide is counted there and is in the report.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide

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
    Place,
    Slides,
    SlideText,
    describe,
    fill_in,
    fitting,
    write,
)
from reports.formats.powerpoint.glance import draw_glance
from reports.formats.powerpoint.tables import cell_text, write_table
from reports.formats.typeset import trend_picture
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine
from reports.report import Items, Paragraph, Report, Section, Table

ATTENTION_ROWS, ATTENTION_COLUMNS = 10, 4
CM = 2.54
"""Centimetres in an inch."""
NOTE_HEIGHT = 0.32


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
    """The meeting, the title, and the action requested."""
    head = report.head
    title = f"{head.title}: {head.subtitle}" if head.subtitle else head.title
    slide = slides.add(title, layout=OPENING)
    where = " · ".join(filter(None, (head.place_and_dates, head.classification, head.state)))
    slide.placeholders[1].text_frame.margin_left = 0
    fill_in(slide.placeholders[1].text_frame, [SlideText(head.meeting), _quiet(where)], points=16)
    section = report.section("action")
    if section:
        place = Place(MARGIN, 2.9, INNER, BOTTOM - 2.9)
        TextList(place, section.heading, _lettered(_lines(section))).write(slide)


def _lettered(lines: Sequence[str]) -> list[str]:
    return [f"({chr(ord('a') + place % 26)}) {line}" for place, line in enumerate(lines)]


def _lines(section: Section) -> list[str]:
    """The texts of a section line by line, whatever its blocks."""
    lines: list[str] = []
    for block in section.blocks:
        if isinstance(block, Items):
            lines += block.lines
        elif isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [": ".join(filter(None, map(cell_text, row.cells))) for row in block.rows] or [block.empty]
    return lines


@dataclass(frozen=True, slots=True)
class TextList:
    """Lines below a heading, as many as have room, and the number of those left out."""

    place: Place
    head: str
    lines: Sequence[str]

    def points(self, largest: int = LARGEST) -> int:
        """Return the size, in points, at which the lines that are drawn have room."""
        return self._room(largest)[1]

    def write(self, slide: Slide, *, largest: int = LARGEST) -> None:
        """Draw the list, at most `largest` points in size."""
        number, points = self._room(largest)
        head = [SlideText(self.head, bold=True)] if self.head else []
        texts = [*head, *map(SlideText, self.lines[:number]), *map(_quiet, self._rest(number))]
        write(slide, self.place, texts, points=points)

    def _rest(self, number: int) -> list[str]:
        return [f"{len(self.lines) - number} more in the report"] if number < len(self.lines) else []

    def _room(self, largest: int) -> tuple[int, int]:
        for number in range(len(self.lines), -1, -1):
            texts = [*filter(None, [self.head]), *self.lines[:number], *self._rest(number)]
            points = fitting(texts, self.place, largest=largest)
            if points:
                return number, points
        return 0, SMALLEST


def _quiet(text: str) -> SlideText:
    return SlideText(text, quiet=True)


def _headlines(slides: Slides, section: Section) -> None:
    """Each number in large type, with its value at the previous meeting and its meaning."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    if not tables:
        TextList(BODY, "", _lines(section)).write(slides.add(section.heading))
        return
    slide = slides.add(tables[0].caption)
    width = INNER / max(len(tables[0].rows), 1)
    for number, row in enumerate(tables[0].rows):
        name, value, before, change, meaning = (cell.text for cell in row.cells)
        left, inner = MARGIN + number * width, width - 0.35
        write(slide, Place(left, 1.7, inner, 0.5), [SlideText(name, bold=True)], points=22)
        write(slide, Place(left, 2.25, inner, 1.1), [SlideText(value, bold=True)], points=60)
        earlier = f"{tables[0].columns[2].title}: {before}; change {change}"
        place = Place(left, 3.65, inner, BOTTOM - 3.65)
        points = fitting([earlier, meaning], place) or SMALLEST
        write(slide, place, [SlideText(earlier), _quiet(meaning)], points=points)


def _glance(slides: Slides, section: Section) -> None:
    slide = slides.add(section.heading)
    for block in section.blocks:
        if isinstance(block, Glance):
            draw_glance(slide, block)


def _table(slides: Slides, section: Section) -> None:
    table = next(block for block in section.blocks if isinstance(block, Table))
    slide = slides.add(section.heading)
    write_table(slide, table.columns, table.rows)
    notes = [_quiet(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    if notes:
        write(slide, Place(MARGIN, BOTTOM - NOTE_HEIGHT, INNER, NOTE_HEIGHT), notes, points=SMALLEST)


def _trend(slides: Slides, section: Section) -> None:
    """The dated line as in the report, once there is one, with its sentence as alternative text."""
    for line in [block for block in section.blocks if isinstance(block, DatedLine)]:
        slide = slides.add(section.heading)
        height = BODY.height - 0.65
        content = trend_picture(line, width=INNER * CM, height=height * CM, text=16)
        picture = slide.shapes.add_picture(BytesIO(content), *Place(MARGIN, TOP, INNER, height).box)
        picture.name = "Trend"
        describe(picture, line.sentence)
        write(slide, Place(MARGIN, TOP + height, INNER, 0.6), [_quiet(line.note)], points=14)


def _changes(slides: Slides, section: Section) -> None:
    """The changes since the previous meeting, where there are any."""
    for block in [block for block in section.blocks if isinstance(block, Items)]:
        TextList(BODY, block.lead, block.lines).write(slides.add(section.heading))


def _attention(slides: Slides, section: Section) -> None:
    """The first ten; the rest are counted."""
    slide = slides.add(section.heading)
    table = next(block for block in section.blocks if isinstance(block, Table))
    if not table.rows:
        TextList(BODY, "", [table.empty]).write(slide)
        return
    number = write_table(slide, table.columns[:ATTENTION_COLUMNS], table.rows[:ATTENTION_ROWS], largest=18)
    if len(table.rows) > number:
        place = Place(MARGIN, BOTTOM - 0.3, INNER, 0.3)
        rest = write(slide, place, [SlideText(f"{len(table.rows) - number} more in the report", quiet=True)], points=16)
        rest.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


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
            Place(MARGIN + number * width, TOP, width - 0.35, BODY.height),
            section.heading,
            list(_short(section, LAST_SLIDE[section.key])),
        )
        for number, section in enumerate(sections)
    ]
    largest = min((text_list.points(20) for text_list in lists if text_list.lines), default=20)
    for text_list in lists:
        text_list.write(slide, largest=largest)


def _short(section: Section, columns: Sequence[int]) -> Iterable[str]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (": ".join(cell_text(row.cells[place]) for place in columns) for row in block.rows)
            if not block.rows:
                yield block.empty
        elif isinstance(block, Paragraph):
            yield block.text
