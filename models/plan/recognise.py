"""What people wrote in a plan as the plan writes it: keys for names, words in their case, texts without hidden marks.

Runs on the values of files and workbooks before they are checked, so that every door recognises the same.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from models.core.errors import Problem
from models.core.folding import bare, folded, kept, unmarked
from models.core.names import Names, key_of, nearest, split_names
from models.core.vocabulary import Word
from models.plan.names import raw_names
from models.plan.schema_parts import KEY, In, is_model
from models.plan.source import UNREADABLE, RawItem, RawPlan, SourceLocation, quoted

_COMMAS = re.compile(r"[,;\n]")
_UNIONS = (Union, UnionType)


@dataclass(slots=True)
class Recogniser:
    """Recognises the values of one plan; `problems` collects the names that nothing of the plan has."""

    raw: RawPlan
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Names] = field(default_factory=dict)

    def item(self, item: RawItem, model: type[BaseModel]) -> RawItem:
        """An item with its values as the plan writes them; those that follow from its position as well."""
        if not isinstance(item.values, dict):
            return item
        inherited = {name: unmarked(key) if isinstance(key, str) else key for name, key in item.inherited.items()}
        return replace(item, values=self._fields(item.values, model, item.place), inherited=inherited)

    def _fields(self, values: Mapping[str, Any], model: type[BaseModel], place: SourceLocation) -> dict[str, Any]:
        names = {folded(name): name for name in model.model_fields}
        written: dict[str, Any] = {}
        for given, value in values.items():
            name = names.get(folded(given), given)
            name = given if name in written or (name != given and name in values) else name
            about = model.model_fields.get(name)
            inside = place.inside(given)
            written[name] = self._value(value, about.annotation, tuple(about.metadata), inside) if about else value
        return written

    def _value(self, value: Any, annotation: Any, marks: tuple[Any, ...], place: SourceLocation) -> Any:
        """A value of a type; `marks` is what the type is annotated with."""
        annotation, marks = _opened(annotation, marks)
        origin = get_origin(annotation)
        if origin is tuple:
            return self._list(value, get_args(annotation)[0], place)
        if origin is Mapping:
            return self._dates(value, annotation, place)
        if origin in _UNIONS:
            return self._one_of(value, get_args(annotation), place)
        if isinstance(value, dict) and is_model(annotation):
            return self._fields(value, annotation, place)
        return self._single(value, annotation, marks, place) if isinstance(value, str) else value

    def _single(self, text: str, annotation: Any, marks: tuple[Any, ...], place: SourceLocation) -> Any:
        """A key, a word of a closed list, or a text."""
        kind = next((mark.kind for mark in marks if isinstance(mark, In)), None)
        return self._key(text, kind, place) if kind else _word(text, annotation) or _text(text, marks)

    def _one_of(self, value: Any, options: tuple[Any, ...], place: SourceLocation) -> Any:
        """The kind of value that fits what was written: parts for a model, else the first that takes a text."""
        fits = [
            option for option in options if option is not type(None) and is_model(option) == isinstance(value, dict)
        ]
        return self._value(value, fits[0], (), place) if fits else value

    def _list(self, value: Any, part: Any, place: SourceLocation) -> Any:
        annotation, marks = _opened(part, ())
        kind = next((mark.kind for mark in marks if isinstance(mark, In)), None)
        separable = kind is not None or get_origin(annotation) is Literal
        if isinstance(value, str) and separable:
            value = [value]
        if not isinstance(value, list):
            return value
        parts: list[Any] = []
        for text in value:
            if kind and isinstance(text, str):
                parts += split_names(text, self._table(kind))
            elif separable and isinstance(text, str):
                parts += filter(None, map(str.strip, _COMMAS.split(text)))
            else:
                parts.append(text)
        return [self._value(each, part, (), place.inside(index)) for index, each in enumerate(parts)]

    def _dates(self, value: Any, annotation: Any, place: SourceLocation) -> Any:
        if not isinstance(value, dict):
            return value
        _, marks = _opened(get_args(annotation)[0], ())
        kind = next((mark.kind for mark in marks if isinstance(mark, In)), "")
        keys = [self._key(name, kind, place.inside(name)) for name in value]
        return dict(zip(keys if len(set(keys)) == len(keys) else value, value.values(), strict=True))

    def _key(self, name: str, kind: str, place: SourceLocation) -> Any:
        """The key of a name; one that can be no key and is nobody's name is a problem, with the nearest name."""
        table = self._table(kind)
        if name in table.values():
            return name
        if (key := key_of(name, table)) is not None:
            return key
        text = unmarked(name)
        if not text or KEY.fullmatch(text) or kind in self.raw.incomplete:
            return text
        remedy = nearest(text, table, dict.fromkeys(table.values()))
        self.problems.append(place.problem((), f"{quoted(name)} is not in {kind}", remedy))
        return UNREADABLE

    def _table(self, kind: str) -> Names:
        if kind not in self.tables:
            self.tables[kind] = raw_names(self.raw, kind)
        return self.tables[kind]


def _opened(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """A type without its annotations and without None, and these annotations."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation, marks = annotation.__origin__, (*marks, *annotation.__metadata__)
            continue
        options = [option for option in get_args(annotation) if option is not type(None)]
        if get_origin(annotation) in _UNIONS and len(options) == 1:
            annotation = options[0]
            continue
        return annotation, marks


def _word(text: str, annotation: Any) -> str | None:
    """The word of a closed list, whatever its case and however its blanks are written."""
    if get_origin(annotation) is Literal:
        named = {word: word.replace("_", " ") for word in get_args(annotation)}
    elif isinstance(annotation, type) and issubclass(annotation, Word):
        named = {word.value: word.label for word in annotation}
    else:
        return None
    return {folded(name): word for word, label in named.items() for name in (word, label)}.get(folded(text))


def _text(value: Any, marks: tuple[Any, ...]) -> Any:
    """A text as it is stored; a control character stays, for its refusal by name."""
    if not isinstance(value, str) or any(unicodedata.category(sign) == "Cc" and not sign.isspace() for sign in value):
        return value
    pattern = next((mark.pattern for mark in marks if isinstance(mark, StringConstraints) and mark.pattern), None)
    if pattern is None:
        return kept(value)
    return unmarked(value) if pattern == KEY.pattern else bare(value)
