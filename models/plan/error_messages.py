"""Messages for the person who edits the plan: what is wrong with a value, and what to do.

The checks themselves are the types in schema.py and schema_parts.py; each kind of their errors has a message here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models.core.errors import Problem
from models.core.text import suggestion
from models.plan.schema_parts import REFUSED
from models.plan.source import UNREADABLE, Loc, RawItem, quoted

Advice = tuple[str, str]
"""What is wrong with a value, and the remedy."""

SHAPES: Mapping[str, str] = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "up to 64 letters, digits, dots, hyphens and underscores, such as I01",
    r"^https?://\S+$": "an address that starts with https:// and has no spaces",
    r"^[A-Z]{2}$": "two capital letters, such as BN",
    r"^[A-Z]{3}$": "three capital letters, such as BRN",
    r"^[^@\s]+@[^@\s]+$": "an e-mail address",
    r"^\d+(\.\d+)*$": 'numbers with dots, such as "1.0"',
}
"""The required form of a text in words, by its pattern."""


def _is(kind: str, remedy: str) -> Callable[[ErrorDetails], Advice]:
    return lambda error: (f"{quoted(error['input'])} is {kind}", remedy)


NOT_ALLOWED = "contains a character that is not allowed"
_WHOLE = _is("not a whole number", "write digits only, without quotes")
_MOMENT = _is("not a time with its zone", "write it as 2027-06-30T09:00:00+07:00")
_LIST = _is("not a list", "write a list, such as [a, b]")
_PARTS = _is("not a value with parts", "write its parts, such as {key: value}")


def _word(error: ErrorDetails) -> Advice:
    words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    if error["loc"][0] == "rule":
        words.append("at_least: NUMBER")
    remedy = suggestion(str(error["input"]), words, otherwise="use one of these")
    return f"{quoted(error['input'])} is not one of {', '.join(words)}", remedy


def _pattern(error: ErrorDetails) -> Advice:
    pattern = str(error["ctx"]["pattern"])
    return f"{quoted(error['input'])} has the wrong form", f"write {SHAPES[pattern]}"


def _out_of_range(error: ErrorDetails) -> Advice:
    words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    bounds = " and ".join(f"{words[name]} {value}" for name, value in error["ctx"].items() if name in words)
    return f"{quoted(error['input'])} is out of range", f"write a number of {bounds}"


MESSAGES: Mapping[str, Callable[[ErrorDetails], Advice]] = {
    "string_pattern_mismatch": _pattern,
    "nul": lambda _: (NOT_ALLOWED, "type it again"),
    "moment": _MOMENT,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "evidence": lambda _: ("has neither link, document nor file", "add one of them"),
    "string_too_short": lambda _: ("is empty", "write a text"),
    "string_too_long": lambda error: (f"is over {error['ctx']['max_length']} characters long", "shorten it"),
    "enum": _word,
    "literal_error": _word,
    REFUSED: lambda error: (error["ctx"]["what"], error["ctx"]["remedy"]),
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "address": _is("not an e-mail address", "write name@example.org"),
    "tuple_type": _LIST,
    "mapping_type": _PARTS,
    "dict_type": _PARTS,
    "model_type": _PARTS,
}
"""The message for each kind of error that the types of the plan can raise."""


def advice_on(error: ErrorDetails) -> Advice:
    """What is wrong with a value, and the remedy, for what is typed on a page or in a cell."""
    message = MESSAGES.get(error["type"])
    return message(error) if message else (f"{quoted(error['input'])} cannot be taken", "correct it")


def problems_of(errors: Iterable[ErrorDetails], model: type[BaseModel], item: RawItem) -> list[Problem]:
    """Return an item's errors as problems, without those that are reported elsewhere."""
    return [
        _problem(error, _written_loc(error["loc"], item.values), model, item)
        for error in errors
        if error["input"] is not UNREADABLE and not _is_reported_elsewhere(error, item)
    ]


def _is_reported_elsewhere(error: ErrorDetails, item: RawItem) -> bool:
    """Inherited values are reported at the outer item; of a union of word and mapping, only the written kind counts."""
    loc = error["loc"]
    if loc and loc[0] in item.inherited:
        return True
    other_side = "AtLeast" if not isinstance(item.get("rule"), dict) else "literal['all_applicable']"
    return loc[:2] == ("rule", other_side)


def _written_loc(loc: Loc, written: Any) -> Loc:
    """The path to a value as written, without the names that pydantic adds for a union or a key."""
    values: Any = written
    kept: list[str | int] = []
    part: Any
    for part in loc[:-1]:
        if isinstance(values, list) or (isinstance(values, dict) and part in values):
            kept.append(part)
            values = values[part]
    return *kept, *(part for part in loc[-1:] if part != "[key]" and not str(part).startswith("literal["))


def _problem(error: ErrorDetails, loc: Loc, model: type[BaseModel], item: RawItem) -> Problem:
    if error["type"] == "missing":
        return item.place.problem(loc[:-1], f"`{loc[-1]}` is missing", "add it")
    if error["type"] == "extra_forbidden":
        remedy = suggestion(str(loc[-1]), _allowed(model, loc[:-1], item))
        line = item.place.line(loc)
        return replace(item.place.problem(loc[:-1], f"unknown key {quoted(loc[-1])}", remedy), line=line)
    return item.place.problem(loc, *_advice(error, item))


def _advice(error: ErrorDetails, item: RawItem) -> Advice:
    if error["input"] is None:
        return "has no value", "write a value, or delete the key if it is optional"
    if error["type"] == "string_type":
        if isinstance(error["input"], (dict, list)):
            return "must be text", "write a single text instead of several values"
        return "must be text", "format the cell as text" if item.place.in_workbook else "put it in quotes"
    return advice_on(error)


def _allowed(model: type[BaseModel], loc: Loc, item: RawItem) -> list[str]:
    """The keys that are allowed in the part of an item at `loc`."""
    if not loc:
        return [*(name for name in model.model_fields if name not in item.inherited), *filter(None, [item.holds])]
    inner: type[BaseModel] | None = model
    for name in (part for part in loc if isinstance(part, str)):
        inner = _model_in(inner.model_fields[name].annotation) if inner and name in inner.model_fields else None
    return list(inner.model_fields) if inner else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model somewhere in a type such as `tuple[Office, ...]` or `Exit | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
