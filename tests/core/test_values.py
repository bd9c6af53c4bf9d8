"""One table of types: each value is read as it is shown, or the doubt is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.values import (
    ValueRefused,
    percentage_shown,
    plain,
    read_number,
    read_percent,
    read_text,
    read_truth,
    read_whole,
)


def refusal(read, content):
    with pytest.raises(ValueRefused) as refused:
        read(content)
    return str(refused.value)


@pytest.mark.parametrize(
    "content", [True, "TRUE", "true", " True\u00a0", "YES", "y", "\ufeffyes", 1, 1.0, "1"], ids=repr
)
def test_true_is_read_in_every_form(content):
    assert read_truth(content) is True


@pytest.mark.parametrize("content", [False, "FALSE", "false", "False\u200b", "No", "n", 0, 0.0, "0", "ＮＯ"], ids=repr)
def test_false_is_read_in_every_form(content):
    assert read_truth(content) is False


@pytest.mark.parametrize(
    "content", [None, "", "maybe", 2, -1, 0.5, "true or false", "at risk", "–", "2026-01-01"], ids=repr
)
def test_anything_else_is_neither_true_nor_false(content):
    assert refusal(read_truth, content).endswith("is neither true nor false; write true or false")


@pytest.mark.parametrize(
    "content", [75, 75.0, "75", "75%", "75 %", "75\u00a0%", "75,0 %", "75.0 %", "75 percent", "７５ %"], ids=repr
)
def test_a_percentage_is_read_in_every_form(content):
    assert 75 == read_percent(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (0.75, "“0.75” can mean 0.75 % or 75 %; write 75, if that is meant"),
        ("0,75", "“0,75” can mean 0.75 % or 75 %; write 75, if that is meant"),
        (0.005, "“0.005” is not a whole percentage; write a whole number, such as 0"),
        ("75.5 %", "“75.5 %” is not a whole percentage; write a whole number, such as 75"),
        ("75,000 %", "“75,000 %” is not a percentage; write a whole number from 0 to 100, such as 75"),
        (750, "“750” is not a percentage; write a whole number from 0 to 100, such as 75"),
        (-1, "“-1” is not a percentage; write a whole number from 0 to 100, such as 75"),
        ("7⁵", "“7⁵” is not a percentage; write a whole number from 0 to 100, such as 75"),
        ("three quarters", "“three quarters” is not a percentage; write a whole number from 0 to 100, such as 75"),
        (True, "“TRUE” is not a percentage; write a whole number from 0 to 100, such as 75"),
        ("", "“” is not a percentage; write a whole number from 0 to 100, such as 75"),
        ("70-75 %", "“70-75 %” is not a percentage; write a whole number from 0 to 100, such as 75"),
    ],
)
def test_a_doubtful_percentage_is_stated_with_what_it_can_mean(content, told):
    assert told == refusal(read_percent, content)


@pytest.mark.parametrize(
    ("content", "number"), [("0.5", "0.5"), (0.1, "0.1"), (2, "2"), (" 3\u00a0", "3"), ("-1.25", "-1.25")]
)
def test_a_number_is_read_exactly_as_it_is_written(content, number):
    assert Decimal(number) == read_number(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("0,5", "“0,5” has a comma, which separates thousands for some and decimals for others; write 0.5"),
        (
            "1,000",
            "“1,000” has a comma, which separates thousands for some and decimals for others; write 1.000, or 1000",
        ),
        ("50 %", "“50 %” is a percentage; write the number, such as 0.5"),
        ("1_996", "“1_996” is not a number; write a number such as 1 or 0.5"),
        ("03714", "“03714” is not a number; write a number such as 1 or 0.5"),
        ("1:25", "“1:25” is not a number; write a number such as 1 or 0.5"),
        ("1e3", "“1e3” is not a number; write a number such as 1 or 0.5"),
        (True, "“TRUE” is not a number; write a number such as 1 or 0.5"),
        (float("nan"), "“nan” is not a number; write a number such as 1 or 0.5"),
        (float("inf"), "“inf” is not a number; write a number such as 1 or 0.5"),
    ],
)
def test_a_doubtful_number_is_stated_with_what_it_can_mean(content, told):
    assert told == refusal(read_number, content)


@pytest.mark.parametrize("content", [85, 85.0, "85", "85.0", "\u00a085 ", "８５"], ids=repr)
def test_a_whole_number_is_read_in_every_form(content):
    assert 85 == read_whole(content)


@pytest.mark.parametrize(
    "content", [8.5, "8.5", "8,5", "1_996", "03714", "1:25", "0x1F", True, None, "", "eight"], ids=repr
)
def test_anything_else_is_not_a_whole_number(content):
    assert refusal(read_whole, content).endswith("is not a whole number; write digits only")


def test_a_number_in_a_cell_for_text_is_its_digits_and_true_is_no_text():
    assert ("2026", "1.5") == (read_text(2026), read_text(1.5))
    assert "“TRUE” is not a text; format the cell as text, and type it again" == refusal(read_text, True)


@given(st.integers(0, 100))
def test_a_number_shown_as_a_percentage_is_the_percentage_that_is_shown(percent):
    assert f"{percent} %" == percentage_shown(percent / 100)
    assert percent == read_percent(percentage_shown(percent / 100))


@given(st.decimals(0, 100, places=2))
def test_no_form_of_a_percentage_is_read_as_another_number(number):
    for text in (plain(number), plain(number).replace(".", ","), f"{plain(number)} %"):
        try:
            assert read_percent(text) == number
        except ValueRefused:
            assert number != int(number)
