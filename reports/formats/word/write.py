"""The report in Word, the document of record: the template's places filled with the described sections."""

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn

from reports.formats import typeset
from reports.formats.office_bytes import fixed
from reports.formats.word.glance import glance
from reports.formats.word.matrix import matrix
from reports.formats.word.pages import ending, lies, section_of, split, text_width
from reports.formats.word.sheet import Sheet
from reports.formats.word.tables import table
from reports.formats.word.template import (
    SHIPPED,
    fill_in,
    known_places,
    open_template,
    places,
    say_on_every_page,
)
from reports.formats.word.xml import Node, node, plain, run
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine, StatusMatrix
from reports.report import Block, Items, Paragraph, Report, Section, Table

TREND_HEIGHT = 5.0
"""In centimetres."""
TWIPS_IN_CM = 567
PROPERTY = 255
"""How many letters a property of a document may have."""


def write_word(report: Report, template: Path | None = None) -> bytes:
    """The report as .docx, on the template given, else our own."""
    document = open_template(template or SHIPPED)
    values = _values(report)
    sections = known_places() - values.keys()
    found = [(place, name) for place, name in places(document) if name in sections]
    fill_in(document, values, sections)
    sheet = Sheet(document, width=text_width(document.element.body.find(qn("w:sectPr"))))
    for place, name in found:
        _fill(sheet, place, report.section(name))
    _append(sheet, [one for one in report.sections if one.key not in {name for _, name in found}])
    say_on_every_page(document, above=report.demonstration, below=report.foot)
    return fixed(_saved(document, report), report.made_at)


def _values(report: Report) -> dict[str, str]:
    told = asdict(report.head) | {"foot": report.foot, "demonstration": report.demonstration}
    return {name: plain(value) for name, value in told.items()}


def _saved(document: Document, report: Report) -> bytes:
    properties = document.core_properties
    properties.title, properties.subject = (plain(one)[:PROPERTY] for one in (report.head.title, report.head.meeting))
    properties.language = "en-GB"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _fill(sheet: Sheet, place: Node, section: Section | None) -> None:
    """The section's content takes the place of its paragraph; a report without the section has nothing there."""
    if section is not None:
        new_page = place.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
        _put(sheet, place, section, new_page=new_page)
    around = place.getparent()
    kept = place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or around.tag == qn("w:tc")
    if kept:
        place[:] = [one for one in place if one.tag == qn("w:pPr")]
    else:
        around.remove(place)


def _put(sheet: Sheet, place: Node, section: Section, *, new_page: bool) -> None:
    pages = section_of(place)
    turns = section.wide and place.getparent().tag == qn("w:body") and not lies(pages)
    if turns:
        before, turned = split(pages)
        place.addprevious(ending(sheet.style("Note"), before))
        sheet.width = text_width(turned)
        _add(sheet, place, section, new_page=False)
        place.addprevious(ending(sheet.style("Note"), turned))
    else:
        sheet.width = text_width(pages)
        _add(sheet, place, section, new_page=new_page)


def _add(sheet: Sheet, place: Node, section: Section, *, new_page: bool) -> None:
    heading = sheet.paragraph("Heading 1", run(section.heading))
    if new_page:
        heading[0].append(node("pageBreakBefore"))
    place.addprevious(heading)
    for block in section.blocks:
        for one in _drawn(sheet, block):
            place.addprevious(one)


def _append(sheet: Sheet, sections: list[Section]) -> None:
    """What the template has no place for follows at the end, so that nothing is lost."""
    body = sheet.document.element.body
    for section in sections:
        place = node("p")
        body.find(qn("w:sectPr")).addprevious(place)
        _put(sheet, place, section, new_page=section.new_page)
        body.remove(place)


def _drawn(sheet: Sheet, block: Block) -> list[Node]:
    if isinstance(block, Paragraph):
        return [sheet.paragraph("Note" if block.quiet else "Normal", run(block.text))]
    if isinstance(block, Items):
        return list(_items(sheet, block))
    if isinstance(block, Table):
        return table(sheet, block)
    if isinstance(block, Glance):
        return glance(sheet, block)
    return matrix(sheet, block) if isinstance(block, StatusMatrix) else _trend(sheet, block)


def _items(sheet: Sheet, told: Items) -> Iterator[Node]:
    """A lead that ends in a colon is a sentence, any other a heading."""
    yield sheet.paragraph("Normal" if told.lead.endswith(":") else "Heading 2", run(told.lead), keep=True)
    style = "List Number" if told.lettered else "List Bullet"
    number = sheet.new_list(style) if told.lettered else None
    for line in told.lines:
        made = sheet.paragraph(style, run(line))
        if number is not None:
            made[0].append(node("numPr", node("ilvl", val=0), node("numId", val=number)))
        yield made


def _trend(sheet: Sheet, told: DatedLine) -> list[Node]:
    png = typeset.trend_picture(told, width=sheet.width / TWIPS_IN_CM, height=TREND_HEIGHT)
    drawn = sheet.picture(png, sheet.width, int(TREND_HEIGHT * TWIPS_IN_CM), told.sentence)
    return [sheet.paragraph("Normal", drawn, keep=True), sheet.figure_caption(told.note)]
