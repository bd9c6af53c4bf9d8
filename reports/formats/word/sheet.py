"""Shared by the blocks of a Word report: the template's styles, numbering, captions, links and pictures."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Twips

from models.core.errors import SettingRefused
from reports.formats.word.xml import Node, field, node, paragraph, run

STYLES = {
    "paragraph": (
        *("Normal", "Heading 1", "Heading 2", "Caption", "Note", "List Bullet", "List Number"),
        *("Table Heading", "Table Text", "Table Number", "Mark Text"),
    ),
    "character": ("Hyperlink", "Symbol", "Tag"),
    "table": ("Report Table", "Report Matrix", "Report Glance"),
}
"""The styles that a template must have; their format is up to the template."""


@dataclass
class Sheet:
    """One report being written: its document, the present width of text in twips, and how many captions it has."""

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

    def _caption(self, what: str, number: int, text: str, *, keep: bool) -> Node:
        counted = field(f"SEQ {what} \\* ARABIC", str(number))
        return self.paragraph("Caption", run(f"{what} "), counted, run(f". {text}"), keep=keep)

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
        lists = {item.get(qn("w:numId")): item for item in numbering.findall(qn("w:num"))}
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
