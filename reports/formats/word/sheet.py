"""The parts of a Word report: XML elements, runs of plain text, and the document with its styles and captions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips

from models.core.errors import SettingRefused

Node = BaseOxmlElement

_named = cache(qn)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTS = re.compile("(\r\n|[\n\r\t])")
FONTS = ("ascii", "hAnsi", "eastAsia", "cs")

STYLES = {
    "paragraph": (
        *("Normal", "Heading 1", "Heading 2", "Caption", "Note", "List Bullet", "List Number"),
        *("Table Heading", "Table Text", "Table Number", "Mark Text"),
    ),
    "character": ("Hyperlink", "Symbol", "Tag"),
    "table": ("Report Table", "Report Matrix", "Report Glance"),
}
"""The styles that a template must have; their format is up to the template."""


def node(tag: str, *children: Node | None, **attributes: object) -> Node:
    """Return a w: element with its children and w: attributes; a child of None is left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(_named(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def run(text: str, *properties: Node | None, style: str = "") -> Node:
    """Return text in one format. Braces and backslashes of field codes stay text, because nothing here is a field."""
    look = node("rPr", node("rStyle", val=style) if style else None, *properties)
    return node("r", look if len(look) else None, *_letters(text))


def plain(text: str) -> str:
    """Return the text with the replacement character for what XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def _letters(text: str) -> Iterable[Node]:
    for part in _PARTS.split(plain(text)):
        if part == "\t":
            yield node("tab")
        elif part in {"\n", "\r", "\r\n"}:
            yield node("br")
        elif part:
            letters = node("t")
            letters.text = part
            letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield letters


def paragraph(style: str, *runs: Node | None, properties: Iterable[Node | None] = ()) -> Node:
    """Return a paragraph in a style of the template; `properties` in the order the schema asks for."""
    return node("p", node("pPr", node("pStyle", val=style), *properties), *runs)


def field(code: str, text: str) -> Node:
    """Return a field that Word updates, with its text until then."""
    return node("fldSimple", run(text), instr=f" {code} ")


def text_of(paragraph: Node) -> str:
    """Return the paragraph's own text, without that of a text box anchored in it."""
    return "".join(letters.text or "" for letters in letters_of(paragraph))


def letters_of(paragraph: Node) -> list[Node]:
    """Return its w:t elements; a word may be spread over several of them."""
    inner = qn("w:p")
    return [letters for letters in paragraph.iter(qn("w:t")) if next(letters.iterancestors(inner)) is paragraph]


@dataclass
class WordSheet:
    """A report being written: its document, the current text width in twips, and the number of captions so far."""

    document: Document
    width: int = 0
    tables: int = 0
    figures: int = 0

    def __post_init__(self) -> None:
        self._ids = _ids(self.document)

    def style(self, name: str) -> str:
        """Return the id of a style in this template; names are the English ones in every language of Word."""
        return self._ids[name.lower()]

    def paragraph(self, style: str, *runs: Node | None, keep: bool = False, side: str = "") -> Node:
        """Return a paragraph; `keep` keeps it on the page of the next, `side` is where its lines are aligned."""
        properties = [node("keepNext") if keep else None, node("jc", val=side) if side else None]
        return paragraph(self.style(style), *runs, properties=properties)

    def table_caption(self, text: str) -> Node:
        """Return the caption above a table, which stays on its page."""
        self.tables += 1
        return self._caption("Table", self.tables, text, keep=True)

    def figure_caption(self, text: str) -> Node:
        """Return the caption below a figure."""
        self.figures += 1
        return self._caption("Figure", self.figures, text, keep=False)

    def _caption(self, label: str, number: int, text: str, *, keep: bool) -> Node:
        number_field = field(f"SEQ {label} \\* ARABIC", str(number))
        return self.paragraph("Caption", run(f"{label} "), number_field, run(f". {text}"), keep=keep)

    def linked(self, address: str, *runs: Node) -> list[Node]:
        """Return the runs as a link; unchanged without an address."""
        if not address:
            return list(runs)
        link = node("hyperlink", *runs, history="1")
        link.set(qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return [link]

    def picture(self, png: bytes, width: int, height: int, description: str) -> Node:
        """Return an inline picture with its alternative text; sizes in twips."""
        inline = self.document.part.new_pic_inline(BytesIO(png), Twips(width), Twips(height))
        inline.docPr.set("descr", description)
        return node("r", node("drawing", inline))

    def new_list(self, style: str) -> int | None:
        """Return a numbering that restarts at the first letter; None where the template does not number the style."""
        used = self.document.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{self.style(style)}']")
        number = used.find(f".//{qn('w:numId')}") if used is not None else None
        if number is None:
            return None
        numbering = self.document.part.numbering_part.element
        lists = {entry.get(qn("w:numId")): entry for entry in numbering.findall(qn("w:num"))}
        kind = lists[number.get(qn("w:val"))].find(qn("w:abstractNumId")).get(qn("w:val"))
        free = 1 + max(map(int, lists))
        start = node("lvlOverride", node("startOverride", val=1), ilvl=0)
        numbering.append(node("num", node("abstractNumId", val=kind), start, numId=free))
        return free


def _ids(document: Document) -> dict[str, str]:
    ids = {
        (style.get(qn("w:type")), style.find(qn("w:name")).get(qn("w:val")).lower()): style.get(qn("w:styleId"))
        for style in document.styles.element.findall(qn("w:style"))
    }
    missing = [name for kind, names in STYLES.items() for name in names if (kind, name.lower()) not in ids]
    if missing:
        raise SettingRefused(
            f"The report template lacks these styles: {', '.join(f'“{style}”' for style in missing)}. Start again from "
            "reports/templates/report.docx, or copy the styles from it with Word's Organizer."
        )
    return {name: key for (_, name), key in ids.items()}
