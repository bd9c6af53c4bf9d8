"""Pages that lie on their side: a wide section gets pages of its own between those of the template."""

from copy import deepcopy

from docx.oxml.ns import qn

from reports.formats.word.xml import Node, node

SECTION = qn("w:sectPr")
FIRST_ONLY = ("titlePg", "pgNumType")
"""What belongs to the first pages of a document alone: their own head, and from which number pages are counted."""


def text_width(section: Node) -> int:
    """Between the margins, in twips."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def section_of(place: Node) -> Node:
    """The pages a paragraph of the body stands on: Word keeps them after their last paragraph."""
    top = [place, *place.iterancestors()][-3]
    inner = (properties.find(f"{qn('w:pPr')}/{SECTION}") for properties in [top, *top.itersiblings(qn("w:p"))])
    last: Node = top.getparent().find(SECTION)
    return next((properties for properties in inner if properties is not None), last)


def lies(section: Node) -> bool:
    """Whether its pages are wider than high."""
    size = section.find(qn("w:pgSz"))
    return int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))


def split(section: Node) -> tuple[Node, Node]:
    """The pages before a wide section and its own, on their side; those after it remain, with the same head and foot.

    Where a section begins a page of its own, Word asks for no word; so `type` goes.
    """
    before = deepcopy(section)
    for name in (*FIRST_ONLY, "type"):
        for child in section.findall(qn(f"w:{name}")):
            section.remove(child)
    turned = deepcopy(section)
    size = turned.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    for name, value in (("w", height), ("h", width), ("orient", "landscape")):
        size.set(qn(f"w:{name}"), value)
    return before, turned


def ending(style: str, section: Node) -> Node:
    """The paragraph that ends the pages of a section."""
    thin = node("spacing", before=0, after=0, line=20, lineRule="exact")
    return node("p", node("pPr", node("pStyle", val=style), thin, section))
