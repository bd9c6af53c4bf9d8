"""The characters of the shipped fonts. No other font is used; a character that none has is written by its code."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
DOTTED_CIRCLE = "\u25cc"
"""The carrier of a combining mark that has no letter of its own."""

SPACES = str.maketrans("\v\f\x85\u2028\u2029\t", "\n\n\n\n\n ", "\r")
WITHOUT_SHAPE = frozenset("\n\u00ad\u200b\u200c\u200d\u2060")
"""Characters that control line breaks and joining and have no shape."""


def writable(text: str) -> str:
    """Return the text without invisible characters; those that no shipped font has are codes in brackets: [U+E000]."""
    if text.isascii() and text.isprintable():
        return text
    parts = groupby(_visible(text), key=_can_be_drawn)
    return "".join(_with_marks(part) if drawn else _codes(part) for drawn, part in parts)


def not_drawn(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters of the texts that no shipped font has, and that `writable` writes as codes."""
    return frozenset(character for character in _visible("".join(texts)) if not _can_be_drawn(character))


def stand_in_note(number: int) -> str:
    """Return the sentence that tells a reader of so many characters without a shape; empty for none."""
    if number == 0:
        return ""
    if number == 1:
        return "1 character cannot be drawn by the fonts of this document; its code is shown in brackets."
    return f"{number} characters cannot be drawn by the fonts of this document; their codes are shown in brackets."


def _visible(text: str) -> list[str]:
    return [character for character in text.translate(SPACES) if not _is_invisible(character)]


def _is_invisible(character: str) -> bool:
    """Whether it is left out: a control character, or a choice between shapes."""
    controls = unicodedata.category(character) in {"Cc", "Cf"} or 0xFE00 <= ord(character) <= 0xFE0F
    return controls and character not in WITHOUT_SHAPE


def _can_be_drawn(character: str) -> bool:
    return character in WITHOUT_SHAPE or bool(_fonts_with(ord(character)))


def _codes(characters: Iterable[str]) -> str:
    return f"[{' '.join(f'U+{ord(character):04X}' for character in characters)}]"


def _with_marks(characters: Iterable[str]) -> str:
    """Carry each combining mark by a dotted circle where no font has both the mark and the letter before it."""
    return "".join(_carried(characters))


def _carried(characters: Iterable[str]) -> Iterator[str]:
    fonts: frozenset[str] = frozenset()
    for character in characters:
        fonts_with_it = _fonts_with(ord(character))
        if character in WITHOUT_SHAPE:
            yield character
            fonts = frozenset() if character == "\n" else fonts
        elif not unicodedata.category(character).startswith("M"):
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
    fonts = sorted(FOLDER.glob("*-Regular.[ot]tf"))
    return {font.name: frozenset(TTFont(BytesIO(font.read_bytes())).getBestCmap()) for font in fonts}
