"""What the blocks of a Word report share: the template's styles, its numbering, captions, links and pictures."""

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
"""The styles a template must have; what they look like is the template's."""


@dataclass
class Sheet:
    """One report being written: its document, the width of its text now (in twips), and how much is numbered."""

    document: Document
    width: int
    tables: int = 0
    figures: int = 0

    def __post_init__(self) -> None:
        self._ids = _ids(self.document)

    def style(self, name: str) -> str:
        """The key of a style in this template; names are those of Word in English, in every language of Word."""
        return self._ids[name.lower()]

    def paragraph(self, style: str, *runs: Node | None, keep: bool = False) -> Node:
        """A paragraph; `keep` holds it on the page of what follows."""
        return paragraph(self.style(style), *runs, properties=[node("keepNext") if keep else None])

    def table_caption(self, text: str) -> Node:
        """Above a table, and never alone at the foot of a page."""
        self.tables += 1
        return self._caption("Table", self.tables, text, keep=True)

    def figure_caption(self, text: str) -> Node:
        """Below a figure."""
        self.figures += 1
        return self._caption("Figure", self.figures, text, keep=False)

    def _caption(self, what: str, number: int, text: str, *, keep: bool) -> Node:
        counted = field(f"SEQ {what} \\* ARABIC", str(number))
        return self.paragraph("Caption", run(f"{what} "), counted, run(f". {text}"), keep=keep)

    def linked(self, address: str, *runs: Node) -> list[Node]:
        """The runs as a link that opens the product; as they are where it has no address."""
        if not address:
            return list(runs)
        link = node("hyperlink", *runs, history="1")
        link.set(qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return [link]

    def picture(self, png: bytes, width: int, height: int, description: str) -> Node:
        """A picture in the line, with what it shows in words for whoever does not see it."""
        inline = self.document.part.new_pic_inline(BytesIO(png), Twips(width), Twips(height))
        inline.docPr.set("descr", description)
        return node("r", node("drawing", inline))

    def new_list(self, style: str) -> int | None:
        """A numbering that begins again at the first letter; None where the template does not number the style."""
        used = self.document.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{self.style(style)}']")
        number = used.find(f".//{qn('w:numId')}") if used is not None else None
        if number is None:
            return None
        numbering = self.document.part.numbering_part.element
        like = next(
            definition
            for definition in numbering.findall(qn("w:num"))
            if definition.get(qn("w:numId")) == number.get(qn("w:val"))
        )
        kind = like.find(qn("w:abstractNumId")).get(qn("w:val"))
        free = 1 + max(int(definition.get(qn("w:numId"))) for definition in numbering.findall(qn("w:num")))
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
            f"The template of the report has no style {', '.join(f'“{style}”' for style in missing)}; start again from "
            "reports/templates/report.docx, or copy the styles from it with Word's Organizer."
        )
    return {name: key for (_, name), key in ids.items()}
