"""Reads one YAML file to plain Python with a line for every value; the only module that knows YAML.

Values are built from the parser's events, one by one. So a file can be refused at the first event that is not allowed
in a plan (an alias, a tag, the thirteenth level), before anything is expanded. Plain words mean what an editor
expects: `on`, `yes` and `no` are text, 1_000 and 0x1F too, and a date is a day that exists.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from models.core.errors import PlanError, Problem
from models.plan.source import UNPRINTABLE, UNREADABLE, Loc, Located, SourceLocation, quoted, unprintable

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 10_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PLAIN: tuple[tuple[str, re.Pattern[str], Callable[[str], Any]], ...] = (
    ("null", re.compile(r"(?:~|null|Null|NULL|)\Z"), lambda _: None),
    ("bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), lambda text: text.lower() == "true"),
    ("int", re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z"), int),
    ("float", re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?\Z"), float),
    ("float", re.compile(r"[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)\Z"), lambda text: float(text.replace(".", ""))),
    ("timestamp", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"), date.fromisoformat),
)
"""What a word without quotes may be other than text: YAML's name of the type, the pattern, the value."""


def read_yaml(path: Path, name: str) -> Located:
    """Return the content of a file, which problems call `name`; never raises, whatever the file contains."""
    try:
        return read_yaml_text(_text(path, name), name)
    except PlanError as error:
        return Located(SourceLocation(name), UNREADABLE, error.problems)


def read_yaml_text(text: str, name: str) -> Located:
    """Return the content of a YAML text; raises PlanError if nothing of it can be used."""
    text = text.replace("\r\n", "\n")
    if match := UNPRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise _refusal(name, line, unprintable(match[0]), "delete it")
    try:
        return _Builder(name, iter(yaml.parse(text, Loader=_LOADER)), text.split("\n")).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _refusal(
            name, line, f"is not YAML: {_in_words(error)}", "check indents, colons and quotes here"
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise _refusal(name, 1, "is not YAML", "check indents, colons and quotes") from None


_IN_WORDS: tuple[tuple[str, str], ...] = (
    ("mapping", "a colon with a blank behind it is in the middle of a text"),
    ("cannot start any", "a tab, or a sign with which no value begins"),
    ("stream", "quotes or brackets are open to the end"),
    ("'}'", "a comma or } is missing"),
    ("']'", "a comma or ] is missing"),
    ("':'", "a colon is missing"),
    ("'-'", "a line is not indented as those around it, or its hyphen is missing"),
    ("expected key", "a line is not indented as those around it"),
    ("block end", "a line is not indented as those around it"),
    ("escape", "a backslash within double quotes is followed by a sign that is none of its codes"),
)
"""What the parser says, by a part of its sentence, as an editor of the plan would say it."""


def _in_words(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    return next((words for part, words in _IN_WORDS if part in problem), "its signs do not fit together")


def dump_yaml(data: object) -> str:
    """Return plain Python data as YAML for an editor; `read_yaml` returns the same data."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _refusal(name: str, line: int, what: str, remedy: str) -> PlanError:
    return PlanError([Problem(name, line, what, remedy)])


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refusal(name, 1, f"cannot be read ({error.strerror})", "check the file and its permissions") from None
    if len(content) > MAX_BYTES:
        raise _refusal(name, 1, "is over 1 MB", "split the file, or delete what does not belong to the plan")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _refusal(name, line, "is not UTF-8", "save the file as UTF-8") from None


def _plain(text: str) -> Any:
    """The value of a word without quotes; raises ValueError if it looks like a date or number but is not valid."""
    value = next((read(text) for _, pattern, read in _PLAIN if pattern.match(text)), text)
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(text)
    return value


class _Builder:
    """Builds the content of a file from the parser's events, and notes what a plan file may not contain."""

    def __init__(self, name: str, events: Iterator[yaml.Event], text: list[str]) -> None:
        self.name, self.events, self.text = name, events, text
        self.values = 0
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []

    def read(self) -> Located:
        """The content of the file."""
        root, documents = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    remedy = "delete the `---` line, or split the file"
                    raise _refusal(self.name, _line(event), "contains a second document", remedy)
            elif isinstance(event, yaml.NodeEvent):
                self.lines[()] = _line(event)
                root = self._value(event, ())
        if root is None:
            raise _refusal(self.name, 1, "is empty", "write its content, or delete the file if it is optional")
        return Located(SourceLocation(self.name, self.lines), root, tuple(self.problems))

    def _value(self, event: Any, loc: Loc) -> Any:
        self.values += 1
        if self.values > MAX_VALUES:
            raise _refusal(self.name, _line(event), f"contains more than {MAX_VALUES} values", "split the file")
        if event.anchor is not None:
            self._note(event, loc, "aliases are not allowed", "write the value in full")
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = quoted(tag.replace("tag:yaml.org,2002:", "!!"))
            self._note(event, loc, f"tag {short} is not allowed", "delete the tag and write a plain value")
        if isinstance(event, yaml.CollectionStartEvent):
            if len(loc) >= MAX_DEPTH:
                what = f"is nested deeper than {MAX_DEPTH} levels"
                raise _refusal(self.name, _line(event), what, "use fewer levels")
            inner = self._mapping(loc) if isinstance(event, yaml.MappingStartEvent) else self._list(loc)
            return inner if tag is None else UNREADABLE
        return UNREADABLE if tag is not None or isinstance(event, yaml.AliasEvent) else self._scalar(event, loc)

    def _list(self, loc: Loc) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.CollectionEndEvent):
            inner = (*loc, len(values))
            self.lines[inner] = _line(event)
            values.append(self._value(event, inner))
        return values

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.CollectionEndEvent):
            key = self._key(event, values, loc)
            inner = (*loc, "?" if key is None else key)
            self.lines.setdefault(inner, _line(event))
            event = next(self.events)
            value = self._value(event, inner)
            if key is not None:
                values[key] = value
            if not isinstance(value, (dict, list)):
                self.lines[inner] = _line(event)
        return values

    def _key(self, event: yaml.Event, mapping: dict[str, Any], loc: Loc) -> str | None:
        """The key of a mapping; None for one that cannot be used, whose value is read and dropped."""
        key = self._value(event, (*loc, "?") if isinstance(event, yaml.CollectionStartEvent) else loc)
        if key == "<<":
            self._note(event, loc, "merge keys are not allowed", "write the values in full")
        elif not isinstance(key, str):
            if key is not UNREADABLE:
                name = "that is a list or has parts" if isinstance(key, (list, dict)) else quoted(key)
                self._note(event, loc, f"key {name} is not text", "write a text, in quotes if necessary")
        elif key in mapping:
            self._note(event, loc, f"key {quoted(key)} is given twice", "keep one of the two")
        else:
            return key
        return None

    def _scalar(self, event: Any, loc: Loc) -> Any:
        if not event.implicit[0]:
            return event.value
        try:
            value = _plain(event.value)
        except ValueError:
            meant = "calendar day" if event.value.count("-") == 2 else "finite number"
            remedy = "correct it, or put it in quotes if it is text"
            self._note(event, loc, f"{quoted(event.value)} is not a {meant}", remedy)
            return UNREADABLE
        if isinstance(value, str) and (remark := self._remark_behind(event)):
            what = f"ends where a blank and # begin a remark: {quoted(remark)} is not read"
            self._note(event, loc, what, "put the value in quotes, or the remark on a line of its own")
        return value

    def _remark_behind(self, event: Any) -> str:
        """The remark that follows a value without quotes in its last line; empty if there is none."""
        line = self.text[event.end_mark.line] if event.end_mark.line < len(self.text) else ""
        rest = line[event.end_mark.column :]
        return rest.strip() if re.match(r"\s+#", rest) else ""

    def _note(self, event: yaml.Event, loc: Loc, what: str, remedy: str) -> None:
        """A problem that leaves the rest of the file readable."""
        self.problems.append(SourceLocation(self.name, {loc: _line(event)}).problem(loc, what, remedy))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Dumper(yaml.SafeDumper):
    """Quotes exactly the texts that `read_yaml` would not read as text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # the base class declares it so

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # overrides
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # overrides
        super().increase_indent(flow, indentless=False)


def _represent_list(dumper: yaml.SafeDumper, values: Sequence[Any]) -> yaml.SequenceNode:
    """A short list is written on one line, a longer one with an item per line."""
    short = len(values) <= 12 and all(isinstance(value, str) and len(value) <= 24 for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(tuple, _represent_list)
_Dumper.add_multi_representer(str, lambda dumper, word: dumper.represent_str(str(word)))
for _tag, _look, _ in _PLAIN:
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _look, None)
