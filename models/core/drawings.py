"""What lies over the cells of a workbook: the words of text boxes, and pictures."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.core.office_package import OfficeFile, Package

_DRAWINGS = re.compile(r"xl/drawings/[^/]+\.xml")
_PICTURES = "xl/media/"


class Drawing(NamedTuple):
    """A text box with its words, or a picture with the name of its file."""

    kind: str
    words: str


def drawings_of(content: bytes) -> Iterator[Drawing]:
    """Yield the text boxes and pictures of a workbook that was opened (models/core/spreadsheet.py), and so is safe."""
    package = Package(content, OfficeFile.WORKBOOK)
    for part in package.parts:
        if _DRAWINGS.fullmatch(part):
            boxes = _TextBoxes()
            package.walk(part, boxes.start, boxes.end, boxes.text)
            yield from (Drawing("text box", words) for words in boxes.words if words)
        elif part.startswith(_PICTURES):
            yield Drawing("picture", part.removeprefix(_PICTURES))


class _TextBoxes:
    """The words of each text box of a drawing, its paragraphs joined; only the content of a run is text."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._paragraphs: list[str] = []
        self._in_run = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "txBody":
            self._paragraphs = []
        elif name == "p":
            self._paragraphs.append("")
        self._in_run = name == "t"

    def text(self, text: str) -> None:
        if self._in_run and self._paragraphs:
            self._paragraphs[-1] += text

    def end(self, name: str) -> None:
        self._in_run = False
        if name == "txBody":
            self.words.append(" ".join(filter(str.strip, self._paragraphs)))
