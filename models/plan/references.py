"""Where the plan names one of its own items by key, and what is wrong when that item does not stand in it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from models.core.errors import Problem
from models.plan.parse import KINDS, Draft
from models.plan.source import Loc, shown, suggestion


class Reference(NamedTuple):
    """A field of the items of one list that holds keys of another."""

    kind: str
    way: tuple[str, ...]
    target: str


REFERENCES = (
    Reference("activities", ("measure",), "measures"),
    Reference("initiatives", ("measure",), "measures"),
    Reference("initiatives", ("activity",), "activities"),
    Reference("initiatives", ("lead",), "bodies"),
    Reference("initiatives", ("supporting",), "bodies"),
    Reference("initiatives", ("champions",), "states"),
    Reference("initiatives", ("states",), "states"),
    Reference("initiatives", ("joins",), "states"),
    Reference("initiatives", ("due_by_state",), "states"),
    Reference("initiatives", ("partners",), "partners"),
    Reference("initiatives", ("themes",), "themes"),
    Reference("initiatives", ("ip_rights",), "ip_rights"),
    Reference("initiatives", ("withdrawn", "decided_at"), "meetings"),
    Reference("initiatives", ("merged_into", "decided_at"), "meetings"),
    Reference("initiatives", ("merged_into", "initiative"), "initiatives"),
    Reference("initiatives", ("superseded_by", "decided_at"), "meetings"),
    Reference("initiatives", ("superseded_by", "initiative"), "initiatives"),
    Reference("bodies", ("officers", "state"), "states"),
    Reference("meetings", ("body",), "bodies"),
    Reference("cooperation", ("states",), "states"),
    Reference("cooperation", ("partners",), "partners"),
    Reference("platforms", ("part_of",), "platforms"),
)


def keys_at(value: Any, way: tuple[str, ...], loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every key a field holds, with the way to it: one key, a list of them, or the keys of a mapping."""
    if value is None:
        return
    if isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from keys_at(inner, way, (*loc, index))
    elif way:
        yield from keys_at(getattr(value, way[0]), way[1:], (*loc, way[0]))
    elif isinstance(value, Mapping):
        yield from (((*loc, key), key) for key in value)
    else:
        yield loc, value


def dangling(draft: Draft) -> Iterator[Problem]:
    """Keys that name nothing; a named item that is itself broken does stand in the plan."""
    for kind, way, target in REFERENCES:
        if target in draft.raw.incomplete:
            continue
        known = dict.fromkeys(key for key, _ in draft.raw.keys(target))
        for placed in draft.of(kind):
            for loc, key in keys_at(placed.item, way):
                if key not in known:
                    what = f"{shown(key)} is not in {target}"
                    yield placed.place.problem(loc, what, suggestion(key, list(known)))


def duplicate_keys(draft: Draft) -> Iterator[Problem]:
    """Keys that two items of one list share."""
    for kind in KINDS:
        first: dict[str, str] = {}
        for key, place in draft.raw.keys(kind):
            line = place.line(("key",))
            if key in first:
                what = f"key {shown(key)} stands in {first[key]} already"
                yield place.problem(("key",), what, "give each item a key of its own")
            first.setdefault(key, f"{place.file}:{line}")


def repeated_values(draft: Draft) -> Iterator[Problem]:
    """Values that stand twice in one list of an item."""
    for placed in (placed for kind in KINDS for placed in draft.of(kind)):
        for name, values in placed.item:
            if isinstance(values, tuple):
                for index, value in enumerate(values):
                    if isinstance(value, str) and value in values[:index]:
                        yield placed.place.problem((name, index), f"{shown(value)} stands twice", "delete one of them")
