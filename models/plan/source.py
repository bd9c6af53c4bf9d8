"""The plan as written, before it is checked: plain values with their locations.

A folder of YAML files and a workbook are both read to this shape, so that one set of checks serves both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from models.core import folding
from models.core.errors import Problem
from models.core.folding import named

Loc = tuple[str | int, ...]
"""The path to a value: keys and positions, outermost first."""


WAYS_IN = (
    "fill in the workbook that `plan export --format xlsx --out plan.xlsx` writes, or copy your own list into the"
    " workbook for the official text on the page Editions"
)
"""The two ways into the plan for a list of one's own."""

UNPRINTABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that not every page, document and spreadsheet can contain, or that break lines invisibly."""


def unprintable(sign: str) -> str:
    """What is wrong with a text that has one of these characters."""
    return f"contains the control character {named(sign).removesuffix(' control character')}"


class Unreadable:
    """The type of `UNREADABLE`."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = Unreadable()
"""Replaces a value whose problem is already reported, so that it is not reported twice."""


def path_text(loc: Loc) -> str:
    """Return the path to a value as text: `activities[0].initiatives[2].due`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).removeprefix(".")


def quoted(value: object) -> str:
    """Return a value as a problem of the plan quotes it, every hidden character by its name."""
    return folding.quoted(value, "``")


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """The location of an item: its file, the path to it, and the line of every value in that file."""

    file: str
    lines: Mapping[Loc, int] = field(default_factory=dict)
    loc: Loc = ()
    in_workbook: bool = False

    def inside(self, *loc: str | int) -> "SourceLocation":
        """Return the location of a part of this item."""
        return SourceLocation(self.file, self.lines, (*self.loc, *loc), self.in_workbook)

    def line(self, loc: Loc = ()) -> int:
        """Return the line of a value of this item, or of the nearest value around it that has a line; else 1."""
        path = self.loc + loc
        return next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), 1)

    def problem(self, loc: Loc, what: str, remedy: str) -> Problem:
        """Return a problem at a value of this item."""
        return Problem(self.file, self.line(loc), what, remedy, path_text(self.loc + loc))


@dataclass(frozen=True, slots=True)
class Located:
    """One file as plain Python (`UNREADABLE` when nothing of it could be read), with lines and problems."""

    place: SourceLocation
    data: Any
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RawItem:
    """An item as written.

    `inherited` has the values that follow from its position in the file (the measure and activity above it);
    `holds` names the list of further items that it may contain.
    """

    values: Any
    place: SourceLocation
    inherited: Mapping[str, Any] = field(default_factory=dict)
    holds: str = ""

    def get(self, name: str) -> Any:
        """A value as written, or None."""
        return self.values.get(name) if isinstance(self.values, dict) else None


@dataclass(slots=True)
class RawPlan:
    """A whole plan as written, its lists by the field of `Plan` they fill.

    A list in `incomplete` could not be read completely: a missing item proves nothing. `not_taken` names the words in
    the file that belong to no item.
    """

    file: str
    head: RawItem | None = None
    items: dict[str, list[RawItem]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)

    def items_of(self, kind: str) -> list[RawItem]:
        """The items of a list of the plan."""
        return self.items.setdefault(kind, [])

    def keys(self, kind: str) -> Iterator[tuple[str, SourceLocation]]:
        """The keys in a list with their locations, including those of items that are otherwise broken."""
        for item in self.items_of(kind):
            if isinstance(key := item.get("key"), str):
                yield key, item.place
