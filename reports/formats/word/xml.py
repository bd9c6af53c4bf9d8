"""Small pieces of WordprocessingML: elements, and runs of plain text."""

import re
from collections.abc import Iterable
from functools import cache

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Node = BaseOxmlElement

_named = cache(qn)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTS = re.compile("(\r\n|[\n\r\t])")
FONTS = ("ascii", "hAnsi", "eastAsia", "cs")


def node(tag: str, *children: Node | None, **attributes: object) -> Node:
    """Return a w: element with its children and w: attributes; a child of None is left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_named(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


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
