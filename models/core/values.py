"""The table of types: how a text, a number, a percent or a truth value is read, whatever type it comes in.

A value that can mean two things is refused in words; never is it read as another one than the reader sees.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from models.core.folding import bare, folded, kept, quoted


class ValueRefused(ValueError):
    """A value cannot be taken: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what, self.remedy = what, remedy


TRUTHS: Final = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}
"""The words of a truth value, and what they mean."""

_NUMBER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_COMMA: Final = re.compile(r"([-+]?[0-9]+),([0-9]+)")
_PERCENT: Final = re.compile(r"([^%]*?) ?(%|percent|per cent|pct\.?)?")
_THOUSANDS = 3
_TRUSTED_DIGITS = 12
"""A spreadsheet computes with 15 digits; the last ones are noise."""


def read_text(content: object) -> str:
    """Return words as they are stored; a number is its digits. Raises ValueRefused for another type."""
    if isinstance(content, bool) or not isinstance(content, (str, int, float)):
        raise ValueRefused(f"{shown(content)} is not a text", "format the cell as text, and type it again")
    return kept(str(content))


def read_address(text: str) -> str:
    """Return an address on the web as it is stored; the https:// that people leave out before www is put in front."""
    address = bare(text)
    return f"https://{address}" if address.lower().startswith("www.") else address


def read_truth(content: object) -> bool:
    """Return true or false, also for TRUE as a text, yes, no, 1 and 0. Raises ValueRefused for anything else."""
    word = folded(int(content) if isinstance(content, (bool, float)) and content in (0, 1) else content)
    if word not in TRUTHS:
        raise ValueRefused(f"{shown(content)} is neither true nor false", "write true or false")
    return TRUTHS[word]


def read_number(content: object) -> Decimal:
    """Return a number exactly as it is written. Raises ValueRefused, with both readings where a comma allows two."""
    number = _decimal(content)
    if number is None:
        text = folded(content)
        if comma := _COMMA.fullmatch(text):
            either = "" if len(comma[2]) != _THOUSANDS else f", or {comma[1]}{comma[2]}"
            what = f"{shown(content)} has a comma, which separates thousands for some and decimals for others"
            raise ValueRefused(what, f"write {comma[1]}.{comma[2]}{either}")
        if text.endswith("%") and (part := _decimal(text[:-1])) is not None:
            raise ValueRefused(f"{shown(content)} is a percentage", f"write the number, such as {plain(part / 100)}")
        raise ValueRefused(f"{shown(content)} is not a number", "write a number such as 1 or 0.5")
    return number


def read_whole(content: object) -> int:
    """Return a whole number, also where it is kept as a text or as 2.0. Raises ValueRefused for anything else."""
    number = _decimal(content)
    if number is None or number != int(number):
        raise ValueRefused(f"{shown(content)} is not a whole number", "write digits only")
    return int(number)


def read_percent(content: object) -> int:
    """Return a percentage of 0 to 100, from 75, “75 %” or “75,0 %”. Raises ValueRefused for a part of one such as 0.75.

    A number that a cell shows as a percentage arrives as the text that it shows.
    """
    match = _PERCENT.fullmatch(folded(content))
    written, sign = (match[1], match[2]) if match else ("", None)
    comma = _COMMA.fullmatch(written)
    if comma and len(comma[2]) != _THOUSANDS:
        written = f"{comma[1]}.{comma[2]}"
    number = None if isinstance(content, (bool, date)) else _decimal(written)
    if number is None or not 0 <= number <= 100:
        raise ValueRefused(f"{shown(content)} is not a percentage", "write a whole number from 0 to 100, such as 75")
    if number != int(number):
        if not sign and number < 1 and number * 100 == int(number * 100):
            what = f"{shown(content)} can mean {plain(number)} % or {plain(number * 100)} %"
            raise ValueRefused(what, f"write {plain(number * 100)}, if that is meant")
        raise ValueRefused(
            f"{shown(content)} is not a whole percentage", f"write a whole number, such as {int(number)}"
        )
    return int(number)


def percentage_shown(number: float) -> str:
    """The text that a cell shows for a number in the format of a percentage: 75 % for 0.75."""
    return f"{plain(round(Decimal(str(number)) * 100, _TRUSTED_DIGITS - 2))} %"


def plain(number: Decimal) -> str:
    """A number in digits, without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(content: object) -> str:
    """A value as a message quotes it: a day as 2029-12-31, true and false as a spreadsheet writes them."""
    return quoted(str(content).upper() if isinstance(content, bool) else content)


def _decimal(content: object) -> Decimal | None:
    """The number that digits say; None for what says none, or could say two."""
    if isinstance(content, (bool, date)):
        return None
    text = str(content) if isinstance(content, float) else folded(content)
    if isinstance(content, float) and content == content and abs(content) != float("inf"):  # noqa: PLR0124  # not a number
        return Decimal(text)
    return Decimal(text) if _NUMBER.fullmatch(text) else None
