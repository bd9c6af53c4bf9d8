"""What is wrong with a value, and what to do, in words for the person who edits the plan.

The checks themselves are the types in plan.py and plan_parts.py; here each kind of their errors gets its sentence.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models.core.errors import Problem
from models.core.text import suggestion
from models.plan.source import UNREADABLE, Loc, RawItem, shown


class Say(NamedTuple):
    """One complaint: what is wrong, and the remedy."""

    what: str
    remedy: str


SHAPES: Mapping[str, str] = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "up to 64 letters, digits, dots, hyphens and underscores, such as I01",
    r"^https?://\S+$": "an address that starts with https:// and has no spaces",
    r"^[A-Z]{2}$": "two capital letters, such as BN",
    r"^[A-Z]{3}$": "three capital letters, such as BRN",
    r"^[^@\s]+@[^@\s]+$": "an e-mail address",
    r"^\d+(\.\d+)*$": 'numbers with dots, such as "1.0"',
}
"""What a text must look like, by the pattern that says so to the machine."""


def _date(error: ErrorDetails) -> Say:
    return Say(f"{shown(error['input'])} is not a date", "write year, month and day, such as 2026-12-31")


def _whole_number(error: ErrorDetails) -> Say:
    return Say(f"{shown(error['input'])} is not a whole number", "write digits only, without quotes")


def _number(error: ErrorDetails) -> Say:
    return Say(f"{shown(error['input'])} is not a number", "write a number such as 1 or 0.5, without quotes")


def _list(error: ErrorDetails) -> Say:
    return Say(f"{shown(error['input'])} is not a list", "write a list, such as [a, b]")


def _mapping(error: ErrorDetails) -> Say:
    return Say(f"{shown(error['input'])} is not a mapping", "write a mapping, such as {key: value}")


def _word(error: ErrorDetails) -> Say:
    words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    if error["loc"][0] == "rule":
        words.append("at_least: NUMBER")
    remedy = suggestion(str(error["input"]), words, otherwise="use one of these")
    return Say(f"{shown(error['input'])} is not one of {', '.join(words)}", remedy)


def _pattern(error: ErrorDetails) -> Say:
    pattern = str(error["ctx"]["pattern"])
    shape = SHAPES.get(pattern, f"text that matches {pattern}")
    return Say(f"{shown(error['input'])} has the wrong form", f"write {shape}")


def _too_long(error: ErrorDetails) -> Say:
    return Say(f"is over {error['ctx']['max_length']} characters long", "shorten it")


def _out_of_range(error: ErrorDetails) -> Say:
    words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    bounds = " and ".join(f"{words[name]} {value}" for name, value in error["ctx"].items() if name in words)
    return Say(f"{shown(error['input'])} is out of range", f"write a number of {bounds}")


SENTENCES: Mapping[str, Callable[[ErrorDetails], Say]] = {
    "string_pattern_mismatch": _pattern,
    "string_too_short": lambda _: Say("is empty", "write it"),
    "string_too_long": _too_long,
    "enum": _word,
    "literal_error": _word,
    "bool_type": lambda error: Say(f"{shown(error['input'])} is neither true nor false", "write true or false"),
    "int_type": _whole_number,
    "weight": _number,
    "value_error": _number,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "day": _date,
    "address": lambda error: Say(f"{shown(error['input'])} is not an e-mail address", "write name@example.org"),
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "tuple_type": _list,
    "mapping_type": _mapping,
    "dict_type": _mapping,
    "model_type": _mapping,
}
"""The sentence for each kind of error the types of the plan can raise."""


def problems_of(errors: Iterable[ErrorDetails], model: type[BaseModel], item: RawItem) -> list[Problem]:
    """An item's errors as problems, without those already told at another place."""
    return [
        _problem(error, _written_loc(error["loc"], item.values), model, item)
        for error in errors
        if error["input"] is not UNREADABLE and not _is_told_elsewhere(error, item)
    ]


def _is_told_elsewhere(error: ErrorDetails, item: RawItem) -> bool:
    """Inherited values are the outer item's; of a choice between a word and a mapping, one side was never meant."""
    loc = error["loc"]
    if loc and loc[0] in item.inherited:
        return True
    other_side = "AtLeast" if not isinstance(item.get("rule"), dict) else "literal['all_applicable']"
    return loc[:2] == ("rule", other_side)


def _written_loc(loc: Loc, written: Any) -> Loc:
    """The way to a value as written, without the names pydantic adds for a choice or for a key."""
    values: Any = written
    kept: list[str | int] = []
    part: Any
    for part in loc[:-1]:
        if isinstance(values, list) or (isinstance(values, dict) and part in values):
            kept.append(part)
            values = values[part]
    return (*kept, *(part for part in loc[-1:] if part != "[key]" and not str(part).startswith("literal[")))


def _problem(error: ErrorDetails, loc: Loc, model: type[BaseModel], item: RawItem) -> Problem:
    if error["type"] == "missing":
        return item.place.problem(loc[:-1], f"`{loc[-1]}` is missing", "add it")
    if error["type"] == "extra_forbidden":
        remedy = suggestion(str(loc[-1]), _allowed(model, loc[:-1], item))
        line = item.place.line(loc)
        told = item.place.problem(loc[:-1], f"unknown key {shown(loc[-1])}", remedy)
        return Problem(told.file, line, told.what, told.remedy, told.path)
    say = _sentence(error, item)
    return item.place.problem(loc, say.what, say.remedy)


def _sentence(error: ErrorDetails, item: RawItem) -> Say:
    if error["input"] is None:
        return Say("has no value", "write one, or delete the key if it is optional")
    if error["type"] == "string_type":
        return _not_text(error["input"], item)
    sentence = SENTENCES.get(error["type"])
    return sentence(error) if sentence else Say(f"{shown(error['input'])}: {error['msg']}", "correct it")


def _not_text(value: object, item: RawItem) -> Say:
    if isinstance(value, (dict, list)):
        return Say("must be text", "write one text instead of several values")
    return Say("must be text", "format the cell as text" if item.place.in_workbook else "put it in quotes")


def _allowed(model: type[BaseModel], loc: Loc, item: RawItem) -> list[str]:
    """The keys an editor may write in the part of an item that `loc` leads to."""
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
