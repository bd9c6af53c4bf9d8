"""How one value of the plan stands in one cell of a workbook.

A text, number, date, true or false stands as it is. A list of keys is separated by semicolons (`TMTF; PTF`), a list of
texts has one text a line. Whatever has parts of its own is written in braces, and a list of those in brackets:
`{TL: 2030-12-31}`, `{at_least: 8}`, `[{name: Department of Industrial Property, abbreviation: DIP}]`. An empty cell
leaves the value out.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from models.core.errors import PlanError, Problem
from models.core.spreadsheet import SheetCell, cell_refusal
from models.plan.schema_parts import Frozen, Text, Url
from models.plan.source import UNREADABLE, SourceLocation
from models.plan.yaml_lines import read_yaml_text

Cell = str | int | float | bool | date | None


class Column(NamedTuple):
    """One column of a sheet: the field it fills, and how its cells are taken apart."""

    name: str
    required: bool
    has_parts: bool
    separator: str | None


def columns(model: type[Frozen]) -> dict[str, Column]:
    """The columns of a sheet whose rows are items of a model, in the model's order."""
    return {
        name: Column(name, field.is_required(), _has_parts(field.annotation), _separator(field.annotation))
        for name, field in model.model_fields.items()
    }


def to_cell(value: Any, column: Column) -> Cell:
    """A value (as `model_dump` gives it) as the content of a cell."""
    if value is None or value in ((), {}):
        return None
    if not isinstance(value, (tuple, list, dict)):
        return str(value) if isinstance(value, str) else value
    if column.separator and all(isinstance(part, str) for part in value):
        text = {";": "; ", "\n": "\n"}[column.separator].join(value)
        if _reads_back(text, column, [*value]):
            return text
    return json.dumps(value, ensure_ascii=False, default=str)


def _reads_back(text: str, column: Column, value: list[str]) -> bool:
    try:
        return bool(from_cell(text, column) == value)
    except PlanError:  # a text such as a lone brace looks like something with parts
        return False


def from_cell(content: Any, column: Column) -> Any:
    """The value a cell holds; a `PlanError` when its braces or brackets cannot be read."""
    if isinstance(content, datetime):
        return content.date() if content == datetime.combine(content.date(), datetime.min.time()) else content
    if not isinstance(content, str) or not column.has_parts:
        return content
    if content.lstrip().startswith(("{", "[")):
        return _braces(content, column)
    if column.separator:
        return [part for part in map(str.strip, re.split(f"[\n{column.separator}]", content)) if part]
    return content


def read_cell(cell: SheetCell, column: Column, place: SourceLocation, problems: list[Problem]) -> Any:
    """The value of a cell, or `UNREADABLE` with its problems noted."""
    if refusal := cell_refusal(cell):
        problems.append(place.problem((column.name,), *refusal))
        return UNREADABLE
    try:
        return from_cell(cell.value, column)
    except PlanError as error:
        problems.extend(place.problem((column.name,), each.what, each.remedy) for each in error.problems)
    return UNREADABLE


def _braces(content: str, column: Column) -> Any:
    document = read_yaml_text(content, column.name)
    if document.problems:
        raise PlanError(document.problems)
    return document.data


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _has_parts(annotation: Any) -> bool:
    if get_origin(annotation) in (tuple, Mapping) or _is_model(annotation):
        return True
    return any(_has_parts(inner) for inner in get_args(annotation) if not isinstance(inner, str))


def _separator(annotation: Any) -> str | None:
    """What separates the values of a list: keys and words never hold a semicolon, texts may."""
    if get_origin(annotation) is not tuple or _is_model(get_args(annotation)[0]):
        return None
    return "\n" if get_args(annotation)[0] in (Text, Url) else ";"
