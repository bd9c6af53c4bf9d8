"""Messages are in the words of officers: no word that only programmers know, in any text or answer of the product."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models.core.errors import ImportRefused, PlanError, TrackerError
from models.plan.error_messages import SHAPES, advice_on
from models.plan.parse import KINDS
from models.plan.schema import PlanHead
from models.plan.source import Located
from models.plan.yaml_lines import read_yaml_text
from models.progress.import_jsonl import import_progress
from models.progress.statement import EvidenceItem, StatementFields
from models.store.database import writing
from tests.kit.builders import NOW, tiny_plan
from tests.test_structure import SOURCES

WORDS = (
    *(
        "codec",
        "decode",
        "decoding",
        "encode",
        "encoding",
        "parse",
        "parser",
        "parsing",
        "token",
        "tokens",
        "traceback",
    ),
    *("mapping", "mappings", "mapped", "dict", "dictionary object", "tuple", "array", "string", "strings", "boolean"),
    *("integer", "integers", "float", "regex", "regular expression", "pattern", "MIME", "callback", "schema"),
    *(
        "traceback",
        "null",
        "NUL",
        "NoneType",
        "datetime",
        "timestamp",
        "validation error",
        "exception",
        "stderr",
        "stdout",
    ),
    *("stream", "byte string", "surrogate", "ascii", "unicode", "utf8", "delimiter", "whitespace", "instance of"),
)
"""What no message says. JSON, YAML, UTF-8 and Excel are names of what a file is saved as, and stay."""

BANNED = re.compile(rf"\b({'|'.join(WORDS)})\b")
CODE = re.compile(r"^[\s(]*(SELECT|CREATE|RAISE|CASE|.*\bIS (NOT )?NULL\b|.*charset=)|PRAGMA|sha256-", re.DOTALL)
"""Texts that are no message: SQL and headers of HTTP."""


def sentences() -> Iterator[tuple[str, str]]:
    """Every text with a blank in it that the product has, with its place; docstrings are none."""
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and id(node) not in docstrings and " " in value.strip():
                yield f"{path.name}:{node.lineno}", value  # type: ignore[attr-defined]  # a constant has a line


def test_no_text_of_the_product_has_a_word_that_only_programmers_know() -> None:
    texts = list(sentences())

    assert len(texts) > 1_000
    assert [] == [f"{place}: {text}" for place, text in texts if BANNED.search(text) and not CODE.search(text)]


NAMES_ONLY = {"missing", "extra_forbidden"}
"""The errors that are told by the name of the field alone."""


def wrong_values() -> Iterator[Any]:
    yield from (None, True, 0, -1, 7, 2.5, 10**30, "", " ", "x", "x" * 30_000, "a b", "\x00", "a@b", "2027-13-01", "=1")
    yield from ([], [1], ["x"], {}, {"x": 1}, {"key": "x"}, [[]], [{}], [None])


@pytest.mark.parametrize(
    "model", [PlanHead, *KINDS.values(), StatementFields, EvidenceItem], ids=lambda model: model.__name__
)
def test_every_wrong_value_of_every_field_is_stated_in_words(model: Any) -> None:
    told = []
    for name in get_type_hints(model).keys() & model.model_fields.keys():
        for value in wrong_values():
            try:
                model.model_validate({name: value})
            except ValidationError as error:
                wrong = [each for each in error.errors(include_url=False) if each["loc"][:1] == (name,)]
                told += [
                    " ".join(advice_on(each)) for each in wrong if each["type"] not in {"missing", "extra_forbidden"}
                ]
    texts = [re.sub(r"`.*?`|“.*?”", "", text, flags=re.DOTALL) for text in told]
    assert [] == [text for text in texts if BANNED.search(text) or "^" in text or "\\" in text]


def test_every_form_of_a_text_is_stated_without_its_signs() -> None:
    assert [] == [text for text in SHAPES.values() if re.search(r"[\\^$*+?]", text) or BANNED.search(text)]


CUT_OFF = [
    "a: b: c",
    "a:\n\t- b",
    "a: 'open",
    'a: "open',
    "a: [1, 2",
    "a: {b: c",
    "- a\n b: c",
    "a: b\n c: d",
    '"\\q"',
    "a: @b",
    "a: `b`",
    "a: %b",
    "? a\n? b\n- c",
    "a: |x",
    "&",
    "*a",
    "!",
    "%YAML 9.9\n---\na",
    "a\n...\nb\n---",
    "]",
]


@pytest.mark.parametrize("text", CUT_OFF)
def test_a_plan_file_that_is_no_yaml_is_stated_in_words(text: str) -> None:
    told = told_of(text)
    assert not BANNED.search(told), told


@settings(max_examples=60)
@given(st.text("ab: -\n[]{}\"'#&*!|>%@`,\\\t?", max_size=30))
def test_no_text_of_a_plan_file_brings_up_a_word_of_a_program(text: str) -> None:
    assert not BANNED.search(re.sub(r"`.*?`", "", told_of(text)))


def told_of(text: str) -> str:
    """What is told of a plan file with this text."""
    try:
        document: Located = read_yaml_text(text, "plan.yaml")
    except PlanError as error:
        return str(error)
    return "\n".join(map(str, document.problems))


LINES = [
    b"\xff\xfe{}",
    b"caf\xe9",
    b"{",
    b"[" * 100_000,
    b"nonsense",
    b'{"percent": NaN}',
    b'{"a": 1, "a": 2}',
    b'{"kind": null',
    b'{"a" 1}',
    b"1",
    b'"text"',
    b"[]",
    b"null",
    json.dumps({"initiative": ["I01"], "evidence": [{"file_id": 1}], "entered_at": 5}).encode(),
]


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_a_line_that_cannot_be_imported_is_stated_in_words(engine: Any, line: bytes) -> None:
    with pytest.raises(ImportRefused) as refused, writing(engine) as session:
        import_progress(session, [line], file="log.jsonl", plan=tiny_plan(), now=NOW)
    assert isinstance(refused.value, TrackerError)
    assert not BANNED.search(re.sub(r"`.*?`", "", str(refused.value)))


def test_the_search_finds_what_it_is_for() -> None:
    assert BANNED.search("is not a mapping; write a mapping")
    assert BANNED.search("'utf-8' codec can't decode byte 0xe9")
    assert not BANNED.search("save the file as UTF-8; write digits only")
