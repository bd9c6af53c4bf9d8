"""The characters of the shipped fonts. No other font is used; a character that none has is drawn as a box."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    return "".join(_written(text.translate(SPACES)))


def _written(text: str) -> Iterator[str]:
    fonts = _ALL
    for character in text:
        category = unicodedata.category(character)
        having = _fonts_with(ord(character))
        if character in WITHOUT_SHAPE:
            yield character
            fonts = _ALL if character == "\n" else fonts
        elif category in {"Cc", "Cf"} or 0xFE00 <= ord(character) <= 0xFE0F:  # control characters
            continue
        elif not having:
            yield MISSING
            fonts = _fonts_with(ord(MISSING))
        elif not category.startswith("M"):
            yield character
            fonts = having
        elif fonts & having:
            yield character
            fonts &= having
        else:
            yield DOTTED_CIRCLE + character
            fonts = having & _fonts_with(ord(DOTTED_CIRCLE))


@cache
def _fonts_with(code: int) -> frozenset[str]:
    return frozenset(name for name, codes in _covered().items() if code in codes)


@cache
def _covered() -> dict[str, frozenset[int]]:
    return {path.name: frozenset(_codes(path.read_bytes())) for path in sorted(FOLDER.glob("*-Regular.ttf"))}


_ALL = frozenset(path.name for path in FOLDER.glob("*-Regular.ttf"))


def _codes(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font: those of its Unicode cmap of format 4 or 12."""
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if name == b"cmap":
            for number in range(struct.unpack_from(">H", font, start + 2)[0]):
                table = start + struct.unpack_from(">I", font, start + 8 + 8 * number)[0]
                read = {4: _segments, 12: _groups}.get(struct.unpack_from(">H", font, table)[0])
                if read:
                    yield from read(font, table)


def _segments(font: bytes, table: int) -> Iterator[int]:
    """Format 4: runs of characters; those that lead to glyph 0 have none."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, table + 14)
    starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, table + 16 + 2 * count * part) for part in (1, 2, 3)
    )
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if not offsets[place]:
                glyph = (code + deltas[place]) & 0xFFFF
            else:
                glyph_place = table + 16 + 6 * count + 2 * place + offsets[place] + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, glyph_place)[0]
            if glyph:
                yield code


def _groups(font: bytes, table: int) -> Iterator[int]:
    """Format 12: the same for characters beyond the first 65,536."""
    for number in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * number)
        yield from range(first, last + 1)
