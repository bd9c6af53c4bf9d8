"""What a YAML file means to the plan: plain values, each with its line."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.core.errors import PlanError
from models.plan.source import UNPRINTABLE, UNREADABLE
from models.plan.yaml_lines import dump_yaml, read_yaml, read_yaml_text

PRINTABLE = st.text(st.characters(codec="utf-8").filter(lambda letter: not UNPRINTABLE.match(letter)))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    PRINTABLE,
    st.sampled_from(["yes", "no", "on", "~", "null", "<<", "=", "1_000", "0x1F", "012", "1:30", ".nan", "-.inf"]),
    st.sampled_from(["2026-01-01", "2026-02-30", "1e5", "1.", ".5", "- a", "a: b", "#", "!x", "&a", "*a", "---"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE.filter(lambda key: key != "<<"), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("1.1", 1.1),
        ("0.1", 0.1),
        ("12", 12),
        ("012", "012"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        ("~", None),
        ("2026-12-31", date(2026, 12, 31)),
        ("'2026-12-31'", "2026-12-31"),
        ("2026-12-31 10:00:00", "2026-12-31 10:00:00"),
    ],
)
def test_a_plain_word_means_what_an_editor_expects(written: str, meant: object) -> None:
    value = read_yaml_text(f"a: {written}\n", "a.yaml").data["a"]
    assert (value, type(value)) == (meant, type(meant))


def test_every_value_knows_its_line() -> None:
    place = read_yaml_text("a: 1\nb:\n  - c: 2\n    d: >-\n      long\n  - 3\n", "a.yaml").place
    ways: list[tuple[str | int, ...]] = [("a",), ("b",), ("b", 0), ("b", 0, "c"), ("b", 0, "d"), ("b", 1)]
    assert [place.line(way) for way in ways] == [1, 2, 3, 3, 4, 6]


def test_a_missing_value_has_the_line_of_what_it_is_missing_from() -> None:
    place = read_yaml_text("a: 1\nb:\n  - c: 2\n", "a.yaml").place
    assert place.line(("b", 0, "title")) == 3


def test_windows_line_ends_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: é\r\n".encode())
    document = read_yaml(path, "a.yaml")
    assert (document.data, document.place.line(("b",))) == ({"a": 1, "b": "é"}, 2)


def test_all_problems_of_one_file_are_stated_and_the_rest_stays_readable() -> None:
    document = read_yaml_text("a: 1\na: 2\nb: !x 3\nc: 2026-02-30\nd: 4\n", "a.yaml")
    assert [problem.line for problem in document.problems] == [2, 3, 4]
    assert document.data == {"a": 1, "b": UNREADABLE, "c": UNREADABLE, "d": 4}


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise_anything(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    document = read_yaml(path, "any.yaml")
    assert document.problems or document.data is not UNREADABLE


@given(st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#, \n\t~<=0.\\x\ud800", max_size=60))
def test_no_text_whatever_raises_anything_but_a_plan_error(text: str) -> None:
    with suppress(PlanError):
        read_yaml_text(text, "any.yaml")


@settings(max_examples=50)
@given(st.dictionaries(PRINTABLE.filter(lambda key: key != "<<"), VALUES, min_size=1))
def test_what_is_written_is_read_back_unchanged(data: dict[str, Any]) -> None:
    document = read_yaml_text(dump_yaml(data), "a.yaml")
    assert (document.data, document.problems) == (data, ())
