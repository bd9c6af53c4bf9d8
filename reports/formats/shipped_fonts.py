"""The characters of the shipped fonts. No other font is used; a character that none has is drawn as a box."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
MISSING = "□"
DOTTED_CIRCLE = "\u25cc"
"""The carrier of a combining mark that has no letter of its own."""

SPACES = str.maketrans("\v\f\x85\u2028\u2029\t", "\n\n\n\n\n ", "\r")
WITHOUT_SHAPE = frozenset("\n\u00ad\u200b\u200c\u200d\u2060")
"""Characters that control line breaks and joining and have no shape."""


def writable(text: str) -> str:
    """Return the text with a box for each character that no shipped font has, without invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_writable_characters(text.translate(SPACES)))


def _writable_characters(text: str) -> Iterator[str]:
    fonts = _ALL
    for character in text:
        category = unicodedata.category(character)
        fonts_with_it = _fonts_with(ord(character))
        if character in WITHOUT_SHAPE:
            yield character
            fonts = _ALL if character == "\n" else fonts
        elif category in {"Cc", "Cf"} or 0xFE00 <= ord(character) <= 0xFE0F:  # control characters
            continue
        elif not fonts_with_it:
            yield MISSING
            fonts = _fonts_with(ord(MISSING))
        elif not category.startswith("M"):
            yield character
            fonts = fonts_with_it
        elif fonts & fonts_with_it:
            yield character
            fonts &= fonts_with_it
        else:
            yield DOTTED_CIRCLE + character
            fonts = fonts_with_it & _fonts_with(ord(DOTTED_CIRCLE))


@cache
def _fonts_with(code: int) -> frozenset[str]:
    return frozenset(name for name, codes in _covered().items() if code in codes)


@cache
def _covered() -> dict[str, frozenset[int]]:
    fonts = sorted(FOLDER.glob("*-Regular.ttf"))
    return {font.name: frozenset(TTFont(BytesIO(font.read_bytes())).getBestCmap()) for font in fonts}


_ALL = frozenset(path.name for path in FOLDER.glob("*-Regular.ttf"))
