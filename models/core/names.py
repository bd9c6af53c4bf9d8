"""Names as people write them, alone and in lists: one way to recognise them for every door.

A table of names gives the key behind each name, as `name_table` folds it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from models.core.folding import folded
from models.core.text import suggestion

Names = Mapping[str, str]
"""The key behind each name, by the folded name."""

_SEPARATOR: Final = re.compile(r"\s*(?:[,/&+•]\s*(?:and\b)?|\band\b)\s*", re.IGNORECASE)
_LINES: Final = re.compile(r"[;\n\r\u2028\u2029]+")
_ABBREVIATED: Final = re.compile(r"(?<=[^\W\d_])\.")
_WITH_BRACKETS: Final = re.compile(r"(.+) \((.+)\)")
_MAX_SUGGESTED = 64


def name_folded(name: object) -> str:
    """A name for comparison: without accents, an article, the dots of an abbreviation, and hyphens as blanks."""
    text = _ABBREVIATED.sub("", folded(name))
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[-_]", " ", bare).split()).removeprefix("the ")


def name_table(named: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """The table of keys with their names; a name of two keys means neither, and a key always means itself."""
    pairs = [(key, {name_folded(name) for name in names if name}) for key, names in named]
    uses = Counter(name for _, own in pairs for name in own)
    table = {name: key for key, own in pairs for name in own if uses[name] == 1}
    return {**table, **{name_folded(key): key for key, _ in pairs}}


def key_of(name: object, names: Names) -> str | None:
    """The key behind a name, also where a second name of it follows in brackets; None if the table does not have it."""
    if isinstance(name, str) and names.get(name.lower()) == name:
        return name
    text = name_folded(name)
    if text not in names and (both := _WITH_BRACKETS.fullmatch(text)) and names.get(both[1]) == names.get(both[2]):
        return names.get(both[1])
    return names.get(text)


def split_names(text: str, names: Names) -> list[str]:
    """The names of a list as keys, and what the table does not have as it was written.

    Names are separated by commas, semicolons, slashes, ampersands, “and” and new lines; a name that contains one of
    these stays whole.
    """
    separators = max((len(_SEPARATOR.findall(name)) for name in names), default=0)
    most = 2 * separators + 1  # a second name can follow in brackets
    return [part for line in _LINES.split(text) if folded(line) for part in _parts(line.strip(), names, most)]


def nearest(name: object, names: Names, labels: Iterable[str]) -> str:
    """The remedy for a name that no table has: the key of the nearest name, otherwise the list."""
    text = name_folded(name)
    near = get_close_matches(text, list(names), n=1, cutoff=0.7) if len(text) <= _MAX_SUGGESTED else []
    return f"did you mean `{names[near[0]]}`?" if near else suggestion(str(name), list(labels))


def _parts(line: str, names: Names, most: int) -> list[str]:
    """The longest known names of a line, one after the other; no name has more than `most` parts.

    Without this limit a long sentence with commas, pasted into a list, would take minutes.
    """
    ends = [0, *(place for match in _SEPARATOR.finditer(line) for place in match.span()), len(line)]
    spans = list(zip(ends[::2], ends[1::2], strict=True))
    parts = []
    while spans:
        length, part = next(
            (
                (count, key)
                for count in range(min(len(spans), most), 0, -1)
                if (key := _known(line, spans[:count], names))
            ),
            (1, line[slice(*spans[0])]),
        )
        parts += [part] if folded(part) else []
        spans = spans[length:]
    return parts


def _known(line: str, spans: list[tuple[int, int]], names: Names) -> str | None:
    return key_of(line[spans[0][0] : spans[-1][1]], names)
