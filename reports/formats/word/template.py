"""The template of the Word report: the secretariat's letterhead, fonts and order of sections.

It holds places such as {{meeting}} within its text, and {{action}} alone in a paragraph for each section.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import _Footer, _Header

from models.core.errors import SettingRefused
from models.core.file_formats import open_package
from models.core.office_package import OfficeFile, PackageRefused
from reports.formats.word.sheet import Node, letters_of, text_of

SHIPPED = Path(__file__).parents[2] / "templates" / "report.docx"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
SECTION = qn("w:sectPr")
MORE_THAN_TEXT = (qn("w:fldChar"), qn("w:fldSimple"), qn("w:drawing"))


def open_template(path: Path) -> Document:
    """Return the template; raise SettingRefused where there is no such file, or it is not a Word document."""
    if not path.is_file():
        raise SettingRefused(
            f"REPORT_TEMPLATE is {str(path)!r}, where no file is; give the path of a Word template, or leave it out."
        )
    content = path.read_bytes()
    try:
        open_package(content, OfficeFile.DOCUMENT)
        return docx.Document(BytesIO(content))
    except PackageRefused as error:
        raise SettingRefused(f"The report template, {path.name}, {error.what}; {error.remedy}.") from error
    except Exception as error:  # python-docx lets through whatever its parsing of a damaged file meets
        raise SettingRefused(
            f"The report template, {path.name}, is not a Word document; save it in Word as .docx."
        ) from error


def stories(document: Document) -> Iterator[Node]:
    """Yield the body, and every header and footer."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}:
            yield relation.target_part.element


def places(document: Document) -> list[tuple[Node, str]]:
    """Return each paragraph of the body that holds only a place, with its name."""
    matches = (
        (paragraph, PLACE.fullmatch(text_of(paragraph).strip())) for paragraph in document.element.body.iter(qn("w:p"))
    )
    return [(paragraph, match[1]) for paragraph, match in matches if match]


def fill_in(document: Document, values: Mapping[str, str], sections: frozenset[str]) -> None:
    """Replace the places in the text by their values; raise SettingRefused for a name that the report does not have."""
    paragraphs = list(chain.from_iterable(story.iter(qn("w:p")) for story in stories(document)))
    alone = [paragraph for paragraph, name in places(document) if name in sections]
    for paragraph in paragraphs:
        if paragraph not in alone and (names := PLACE.findall(text_of(paragraph))):
            _check(names, values, sections)
            _write(paragraph, values)


def _check(names: list[str], values: Mapping[str, str], sections: frozenset[str]) -> None:
    for name in names:
        if name in sections:
            raise SettingRefused(
                f"In the report template, {{{{{name}}}}} is inside other text; "
                "put it in a paragraph of its own in the body."
            )
        if name not in values:
            allowed = ", ".join((*values, *sorted(sections)))
            raise SettingRefused(f"The report template contains {{{{{name}}}}}, which does not exist; use {allowed}.")


def _write(paragraph: Node, values: Mapping[str, str]) -> None:
    """A place may be spread over several runs: the value is written in the first, in its format.

    Labels such as “Agenda item” are removed where none of their values is known.
    """
    letters, matches = letters_of(paragraph), list(PLACE.finditer(text_of(paragraph)))
    for match in reversed(matches):
        _replace(letters, match.start(), match.end(), values[match[1]])
    if not any(values[match[1]] for match in matches) and not list(paragraph.iter(*MORE_THAN_TEXT)):
        _replace(letters, 0, len(text_of(paragraph)), "")
    if not text_of(paragraph).strip():
        _remove_empty(paragraph)


def _replace(letters: list[Node], start: int, end: int, value: str) -> None:
    position = 0
    for letter in letters:
        text = letter.text or ""
        first, last, position = max(start - position, 0), min(end - position, len(text)), position + len(text)
        if first < last:
            letter.text, value = text[:first] + value + text[last:], ""
            letter.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _remove_empty(paragraph: Node) -> None:
    """Remove an empty line, so that it leaves no gap; the only line of a cell must stay."""
    container = paragraph.getparent()
    if len(container.findall(qn("w:p"))) > 1 and paragraph.find(f".//{SECTION}") is None:
        container.remove(paragraph)


@cache
def known_places() -> frozenset[str]:
    """Return every place in a paragraph of its own in the shipped template: all sections that a report can have."""
    return frozenset(name for _, name in places(open_template(SHIPPED)))


def mark_every_page(document: Document, *, above: str, below: str) -> None:
    """Add the demonstration mark and the foot to all pages of a template that lacks them."""
    odd_and_even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        pairs: list[tuple[_Header, _Footer]] = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            pairs.append((section.first_page_header, section.first_page_footer))
        if odd_and_even:
            pairs.append((section.even_page_header, section.even_page_footer))
        for header, footer in pairs:
            letters = (story.part.element.iter(qn("w:t")) for story in (header, footer))
            text = "".join(letter.text or "" for letter in chain.from_iterable(letters))
            if above and above not in text:
                header.add_paragraph(above)
            if below and below not in text:
                footer.add_paragraph(below)
