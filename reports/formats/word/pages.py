"""Landscape pages: a wide section gets pages of its own between those of the template."""

from copy import deepcopy

from docx.oxml.ns import qn

from reports.formats.word.xml import Node, node

SECTION = qn("w:sectPr")
FIRST_ONLY = ("titlePg", "pgNumType")
"""Properties of the first pages only: their own header, and the first page number."""


def text_width(section: Node) -> int:
    """Return the width between the margins, in twips."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def section_of(place: Node) -> Node:
    """Return the section properties of a paragraph of the body; Word keeps them after its last paragraph."""
    top = [place, *place.iterancestors()][-3]
    inner = (properties.find(f"{qn('w:pPr')}/{SECTION}") for properties in [top, *top.itersiblings(qn("w:p"))])
    last: Node = top.getparent().find(SECTION)
    return next((properties for properties in inner if properties is not None), last)


def is_landscape(section: Node) -> bool:
    """Return whether its pages are in landscape."""
    size = section.find(qn("w:pgSz"))
    return int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))


def split(section: Node) -> tuple[Node, Node]:
    """Return the pages before a wide section and its landscape pages; those after it keep their header and footer.

    A section begins a new page by default, so `type` is removed.
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
    """Return the paragraph that ends the pages of a section."""
    thin = node("spacing", before=0, after=0, line=20, lineRule="exact")
    return node("p", node("pPr", node("pStyle", val=style), thin, section))
