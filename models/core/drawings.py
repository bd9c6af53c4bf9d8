"""What lies over the cells of a workbook: the words of text boxes, and pictures."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import unescape
from zipfile import ZipFile

_PARAGRAPH = re.compile(r"<a:p[ >].*?</a:p>", re.DOTALL)
_WORDS = re.compile(r"<a:t(?: [^>]*)?>([^<]*)</a:t>")


class Drawing(NamedTuple):
    """A text box with its words, or a picture with the name of its file."""

    kind: str
    words: str


def drawings_of(content: bytes) -> Iterator[Drawing]:
    """Yield the text boxes and pictures of a workbook that was opened (models/core/spreadsheet.py), and so is safe."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/drawings/[^/]+\.xml", name):
                yield from (Drawing("text box", words) for words in _texts(archive.read(name).decode(errors="replace")))
            elif name.startswith("xl/media/"):
                yield Drawing("picture", name.rpartition("/")[2])


def _texts(part: str) -> Iterator[str]:
    """The words of each text body, its paragraphs joined."""
    for body in re.split(r"</[a-z]+:txBody>", part):
        lines = ("".join(_WORDS.findall(paragraph)) for paragraph in _PARAGRAPH.findall(body))
        if text := unescape(" ".join(filter(str.strip, lines))):
            yield text
