"""The template of the Word report: the secretariat's letterhead, fonts and order of sections.

It holds places such as {{meeting}} within its text, and {{action}} alone in a paragraph for each section.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.section import _Footer, _Header

from models.core.errors import SettingRefused
from reports.formats.word.xml import Node, letters_of, text_of

SHIPPED = Path(__file__).parents[2] / "templates" / "report.docx"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
SECTION = qn("w:sectPr")
MORE_THAN_TEXT = (qn("w:fldChar"), qn("w:fldSimple"), qn("w:drawing"))


def open_template(path: Path) -> Document:
    """The template; raises SettingRefused where there is no such file, or it is none."""
    if not path.is_file():
        raise SettingRefused(
            f"REPORT_TEMPLATE is {str(path)!r}, where no file is; give the path of a Word template, or leave it out."
        )
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise SettingRefused(
            f"The template of the report, {path.name}, is not a Word document; save it in Word as .docx."
        ) from error


def stories(document: Document) -> Iterator[Node]:
    """The body, and every header and footer."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}:
            yield relation.target_part.element


def places(document: Document) -> list[tuple[Node, str]]:
    """Each paragraph of the body that is the place of a section, found before anything is filled in."""
    found = ((one, PLACE.fullmatch(text_of(one).strip())) for one in document.element.body.iter(qn("w:p")))
    return [(one, match[1]) for one, match in found if match]


def fill_in(document: Document, values: Mapping[str, str], sections: frozenset[str]) -> None:
    """Write the values where they stand in the text; raises SettingRefused for a place that the report has not."""
    paragraphs = list(chain.from_iterable(story.iter(qn("w:p")) for story in stories(document)))
    alone = [one for one, name in places(document) if name in sections]
    for one in paragraphs:
        if one not in alone and (asked := PLACE.findall(text_of(one))):
            _check(asked, values, sections)
            _write(one, values)


def _check(asked: list[str], values: Mapping[str, str], sections: frozenset[str]) -> None:
    for name in asked:
        if name in sections:
            raise SettingRefused(
                f"In the template of the report {{{{{name}}}}} stands within other text; "
                "give the section a paragraph of its own in the body."
            )
        if name not in values:
            known = ", ".join((*values, *sorted(sections)))
            raise SettingRefused(f"The template of the report asks for {{{{{name}}}}}; what there is: {known}.")


def _write(paragraph: Node, values: Mapping[str, str]) -> None:
    """A place may be spread over several runs: the value goes where it begins, in that run's look.

    Words such as “Agenda item” go with their values where none of these is known.
    """
    letters, found = letters_of(paragraph), list(PLACE.finditer(text_of(paragraph)))
    for match in reversed(found):
        _replace(letters, match.start(), match.end(), values[match[1]])
    if not any(values[match[1]] for match in found) and not list(paragraph.iter(*MORE_THAN_TEXT)):
        _replace(letters, 0, len(text_of(paragraph)), "")
    if not text_of(paragraph).strip():
        _take_away(paragraph)


def _replace(letters: list[Node], start: int, end: int, value: str) -> None:
    at = 0
    for one in letters:
        text = one.text or ""
        first, last, at = max(start - at, 0), min(end - at, len(text)), at + len(text)
        if first < last:
            one.text, value = text[:first] + value + text[last:], ""
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _take_away(paragraph: Node) -> None:
    """A line that held only what is not known or does not apply leaves no gap; the only line of a cell must stay."""
    around = paragraph.getparent()
    if len(around.findall(qn("w:p"))) > 1 and paragraph.find(f".//{SECTION}") is None:
        around.remove(paragraph)


@cache
def known_places() -> frozenset[str]:
    """Every place that stands alone in the template we ship: among them all sections a report can have."""
    return frozenset(name for _, name in places(open_template(SHIPPED)))


def say_on_every_page(document: Document, *, above: str, below: str) -> None:
    """A template that lost the mark of made-up data, or the foot, gets them back: no page goes without."""
    odd_and_even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        pairs: list[tuple[_Header, _Footer]] = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            pairs.append((section.first_page_header, section.first_page_footer))
        if odd_and_even:
            pairs.append((section.even_page_header, section.even_page_footer))
        for header, footer in pairs:
            said = _text(header.part.element) + _text(footer.part.element)
            if above and above not in said:
                header.add_paragraph(above)
            if below and below not in said:
                footer.add_paragraph(below)


def _text(story: Node) -> str:
    return "".join(one.text or "" for one in story.iter(qn("w:t")))
