"""The report in Word, the document of record: the template's places filled with the described sections."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn

from reports.formats import typeset
from reports.formats.office_bytes import fixed
from reports.formats.word.glance import draw_glance
from reports.formats.word.matrix import draw_matrix
from reports.formats.word.sheet import Node, WordSheet, node, plain, run
from reports.formats.word.tables import draw_table
from reports.formats.word.template import SHIPPED, fill_in, known_places, mark_every_page, open_template, places
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine, StatusMatrix
from reports.report import Block, Items, Paragraph, Report, Section, Table

TREND_HEIGHT = 5.0
"""In centimetres."""
TWIPS_IN_CM = 567
FIRST_ONLY = ("titlePg", "pgNumType")
"""Properties of the first pages only: their own header, and the first page number."""
PROPERTY = 255
"""Characters that a property of a document may have."""


def write_word(report: Report, template: Path | None = None) -> bytes:
    """Return the report as .docx, on the given template, else the shipped one."""
    document = open_template(template or SHIPPED)
    texts = asdict(report.head) | {"foot": report.foot, "demonstration": report.demonstration}
    values = {name: plain(text) for name, text in texts.items()}
    sections = known_places() - values.keys()
    marked = [(place, name) for place, name in places(document) if name in sections]
    fill_in(document, values, sections)
    sheet = WordSheet(document)
    for place, name in marked:
        _fill(sheet, place, report.section(name))
    _append(sheet, [section for section in report.sections if section.key not in {name for _, name in marked}])
    mark_every_page(document, above=report.demonstration, below=report.foot)
    return fixed(_saved(document, report), report.made_at)


def _saved(document: Document, report: Report) -> bytes:
    properties = document.core_properties
    properties.title, properties.subject = (plain(text)[:PROPERTY] for text in (report.head.title, report.head.meeting))
    properties.language = "en-GB"
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(sheet: WordSheet, place: Node, section: Section | None) -> None:
    """Replace the paragraph by the content of its section; without the section only remove it."""
    if section is not None:
        new_page = place.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
        _put(sheet, place, section, new_page=new_page)
    container = place.getparent()
    must_stay = place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or container.tag == qn("w:tc")
    if must_stay:
        place[:] = [child for child in place if child.tag == qn("w:pPr")]
    else:
        container.remove(place)


def _put(sheet: WordSheet, place: Node, section: Section, *, new_page: bool) -> None:
    """Add the content before the place; a wide section on landscape pages of its own."""
    pages = _pages_of(place)
    if section.wide and place.getparent().tag == qn("w:body") and not _is_landscape(pages):
        before, landscape = _split(pages)
        place.addprevious(_ending(sheet, before))
        _add(sheet, place, section, landscape, new_page=False)
        place.addprevious(_ending(sheet, landscape))
    else:
        _add(sheet, place, section, pages, new_page=new_page)


def _add(sheet: WordSheet, place: Node, section: Section, pages: Node, *, new_page: bool) -> None:
    sheet.width = _text_width(pages)
    heading = sheet.paragraph("Heading 1", run(section.heading))
    if new_page:
        heading[0].append(node("pageBreakBefore"))
    place.addprevious(heading)
    for block in section.blocks:
        for element in _elements_of(sheet, block):
            place.addprevious(element)


def _append(sheet: WordSheet, sections: list[Section]) -> None:
    """Sections without a place in the template follow at the end."""
    body = sheet.document.element.body
    for section in sections:
        place = node("p")
        body.find(qn("w:sectPr")).addprevious(place)
        _put(sheet, place, section, new_page=section.new_page)
        body.remove(place)


def _elements_of(sheet: WordSheet, block: Block) -> list[Node]:
    if isinstance(block, Paragraph):
        return [sheet.paragraph("Note" if block.quiet else "Normal", run(block.text))]
    if isinstance(block, Items):
        return list(_items(sheet, block))
    if isinstance(block, Table):
        return draw_table(sheet, block)
    if isinstance(block, Glance):
        return draw_glance(sheet, block)
    return draw_matrix(sheet, block) if isinstance(block, StatusMatrix) else _trend(sheet, block)


def _items(sheet: WordSheet, items: Items) -> Iterator[Node]:
    """A lead that ends in a colon is a sentence, any other a heading."""
    yield sheet.paragraph("Normal" if items.lead.endswith(":") else "Heading 2", run(items.lead), keep=True)
    style = "List Number" if items.lettered else "List Bullet"
    number = sheet.new_list(style) if items.lettered else None
    for line in items.lines:
        item = sheet.paragraph(style, run(line))
        if number is not None:
            item[0].append(node("numPr", node("ilvl", val=0), node("numId", val=number)))
        yield item


def _trend(sheet: WordSheet, line: DatedLine) -> list[Node]:
    png = typeset.trend_picture(line, width=sheet.width / TWIPS_IN_CM, height=TREND_HEIGHT)
    picture = sheet.picture(png, sheet.width, int(TREND_HEIGHT * TWIPS_IN_CM), line.sentence)
    return [sheet.paragraph("Normal", picture, keep=True), sheet.figure_caption(line.note)]


def _text_width(section: Node) -> int:
    """The width between the margins, in twips."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def _pages_of(place: Node) -> Node:
    """The section properties of a paragraph of the body; Word keeps them after its last paragraph."""
    top = [place, *place.iterancestors()][-3]
    inner = (properties.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for properties in [top, *top.itersiblings(qn("w:p"))])
    last: Node = top.getparent().find(qn("w:sectPr"))
    return next((properties for properties in inner if properties is not None), last)


def _is_landscape(section: Node) -> bool:
    size = section.find(qn("w:pgSz"))
    return int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))


def _split(section: Node) -> tuple[Node, Node]:
    """The pages before a wide section and its landscape pages; those after it keep their header and footer.

    A section begins a new page by default, so `type` is removed.
    """
    before = deepcopy(section)
    for name in (*FIRST_ONLY, "type"):
        for child in section.findall(qn(f"w:{name}")):
            section.remove(child)
    landscape = deepcopy(section)
    size = landscape.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    for name, value in (("w", height), ("h", width), ("orient", "landscape")):
        size.set(qn(f"w:{name}"), value)
    return before, landscape


def _ending(sheet: WordSheet, pages: Node) -> Node:
    """The paragraph that ends the pages of a section."""
    thin = node("spacing", before=0, after=0, line=20, lineRule="exact")
    return node("p", node("pPr", node("pStyle", val=sheet.style("Note")), thin, pages))
