"""The plan as written, before it is checked: plain values, each still knowing where it stands.

A folder of YAML files and a workbook both come to this shape, so that one set of checks serves the two.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from models.core.errors import Problem

Loc = tuple[str | int, ...]
"""The way to a value: keys and positions, outermost first."""


UNPRINTABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that not every page, document and spreadsheet can hold, or that break lines unseen."""


class Unreadable:
    """The type of `UNREADABLE`."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = Unreadable()
"""Stands for a value whose problem is already reported, so that nobody complains of it twice."""


def path_text(loc: Loc) -> str:
    """The way to a value as people write it: `activities[0].initiatives[2].due`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).removeprefix(".")


def shown(value: object) -> str:
    """A value as an error line quotes it: on one line, and short."""
    text = " ".join(str(value).split())
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one item stands: its file, the way to it, and the line of everything in that file."""

    file: str
    lines: Mapping[Loc, int] = field(default_factory=dict)
    loc: Loc = ()
    in_workbook: bool = False

    def inside(self, *loc: str | int) -> "Place":
        """The place of something in this item."""
        return Place(self.file, self.lines, (*self.loc, *loc), self.in_workbook)

    def line(self, loc: Loc = ()) -> int:
        """The line of a value of this item, or of the nearest thing around it that has a line."""
        way = self.loc + loc
        return next((self.lines[way[:end]] for end in range(len(way), -1, -1) if way[:end] in self.lines), 1)

    def problem(self, loc: Loc, what: str, remedy: str) -> Problem:
        """One thing to mend at a value of this item."""
        return Problem(self.file, self.line(loc), what, remedy, path_text(self.loc + loc))


@dataclass(frozen=True, slots=True)
class Located:
    """One file as plain Python (`UNREADABLE` when nothing of it could be read), with lines and problems."""

    place: Place
    data: Any
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RawItem:
    """One item as written.

    `inherited` holds what its place in the file says of it (the measure and activity above it);
    `holds` names the list of further items that may stand in it.
    """

    values: Any
    place: Place
    inherited: Mapping[str, Any] = field(default_factory=dict)
    holds: str = ""

    def get(self, name: str) -> Any:
        """A value as written, or None."""
        return self.values.get(name) if isinstance(self.values, dict) else None


@dataclass(slots=True)
class RawPlan:
    """A whole plan as written, its lists by the `Plan` field they fill.

    A list in `incomplete` could not be read to its end: nothing may be concluded from what it lacks.
    """

    file: str
    head: RawItem | None = None
    items: dict[str, list[RawItem]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: str) -> list[RawItem]:
        """The items that fill a field of the plan."""
        return self.items.setdefault(kind, [])

    def keys(self, kind: str) -> Iterator[tuple[str, Place]]:
        """The keys that stand in a list, also those of items that are otherwise broken."""
        for item in self.of(kind):
            if isinstance(key := item.get("key"), str):
                yield key, item.place
