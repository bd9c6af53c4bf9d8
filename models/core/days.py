"""One reader of days for every door: the forms in which people write a day, and the window in which it must lie.

A day is taken only where it can be no other one. A number, a year alone, a year of two digits, and day and month that
can change places are refused, each as what it probably is, with the form to write.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from models.core.folding import folded
from models.core.text import MONTHS, day
from models.core.values import ValueRefused, shown


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a field can have, the first and the last included."""

    first: date
    last: date

    def __contains__(self, value: date) -> bool:
        return self.first <= value <= self.last


ANY_DAY: Final = Window(date.min, date.max)
EXCEL_DAY_0: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, for every day from March 1900 on."""

FORM: Final = "write year, month and day, such as 2026-12-31"
_CENTURY = 100
_YEARS: Final = range(1900, 2200)
_EXCEL_DAYS: Final = range(36_526, 73_051)
"""The numbers of the days from 2000 to 2099 in a spreadsheet."""

_MONTH_NUMBERS: Final = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_PLAIN_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_DAY_WORD: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ ./-]*([a-z]+)\.?[ ,./-]*'?([0-9]{4}|[0-9]{2})")
_WORD_DAY: Final = re.compile(r"([a-z]+)\.?[ ./-]*([0-9]{1,2})(?:st|nd|rd|th)?[ ,./-]+([0-9]{4}|[0-9]{2})")
_FIGURES: Final = re.compile(r"([0-9]{1,2}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})")
_WHOLE_NUMBER: Final = re.compile("[0-9]{1,9}")
"""Longer ones are no days of a spreadsheet, and Python reads no text of more than 4,300 digits as a number."""
_PART_OF_A_YEAR: Final = re.compile(
    r"(?:(?P<word>[a-z]+)\.?[ ,/-]*|(?P<quarter>q[1-4])[ ,/-]*)?(?P<year>(?:19|20|21)[0-9]{2})"
    r"(?:[ ,/-]*(?P<after>q[1-4])|[-/](?P<month>0?[1-9]|1[0-2]))?"
)


def read_day(content: Any, window: Window = ANY_DAY) -> date:
    """Return the one day that a value can mean; raises ValueRefused for any other value, and outside the window."""
    if isinstance(content, datetime):
        if content.time() != time.min or content.tzinfo:
            raise ValueRefused(f"{shown(content)} has a time of day", f"write the day alone, {content.date()}")
        content = content.date()
    if isinstance(content, date):
        value = content
    elif isinstance(content, bool) or not isinstance(content, (str, int, float)):
        raise ValueRefused(f"{shown(content)} is not a date", FORM)
    elif isinstance(content, str):
        value = _day_of_text(content)
    else:
        raise ValueRefused(*_about_number(content))
    if refusal := outside(value, window):
        raise ValueRefused(*refusal)
    return value


def outside(value: date, window: Window) -> tuple[str, str] | None:
    """Return what a day outside the window probably is, and the form to write; None for a day within it."""
    if value in window:
        return None
    serial = (value - EXCEL_DAY_0).days
    if serial in _YEARS:
        what = f"{day(value)} is what a spreadsheet makes of the number {serial}, which is probably a year"
        return what, f"write the whole day, such as {serial}-12-31"
    if (later := _a_century_later(value)) in window:
        return f"{day(value)} is probably a year of two digits", f"write the year in full, such as {later}"
    return f"{day(value)} is not between {day(window.first)} and {day(window.last)}", "correct the date"


def _a_century_later(value: date) -> date:
    """The same day a hundred years on; 28 February for a day that then is none."""
    year = min(value.year + _CENTURY, date.max.year)
    return value.replace(year=year, day=28 if (value.month, value.day) == (2, 29) else value.day)


def _day_of_text(text: str) -> date:
    if _PLAIN_DAY.fullmatch(text):
        return _existing(text, *map(int, text.split("-")))
    written = folded(text)
    if match := _YEAR_FIRST.fullmatch(written):
        return _existing(text, int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_WORD.fullmatch(written):
        number, word, year = match.groups()
    elif match := _WORD_DAY.fullmatch(written):
        word, number, year = match.groups()
    elif match := _FIGURES.fullmatch(written):
        return _of_figures(text, int(match[1]), int(match[3]), match[4])
    else:
        raise ValueRefused(*_about_text(text, written))
    month = _month(word)
    if month is None:
        raise ValueRefused(*_about_text(text, written))
    return _existing(text, _whole_year(text, year, f"{month:02}-{int(number):02}"), month, int(number))


def _of_figures(text: str, first: int, second: int, year: str) -> date:
    """The day of 31/12/2029; where the two could change places, both readings are named."""
    readings = [(month, number) for number, month in ((first, second), (second, first)) if month <= len(MONTHS)]
    if not readings:
        raise ValueRefused(f"{shown(text)} is not a day of the calendar", FORM)
    whole = _whole_year(text, year, "{:02}-{:02}".format(*readings[0]))
    days = list(dict.fromkeys(_existing(text, whole, *reading) for reading in readings))
    if len(days) > 1:
        what = f"{shown(text)} can be {day(days[0])} or {day(days[1])}"
        raise ValueRefused(what, f"write {days[0]} or {days[1]}")
    return days[0]


def _whole_year(text: str, year: str, rest: str) -> int:
    if len(year) == len("2029"):
        return int(year)
    raise ValueRefused(f"{shown(text)} has a year of two digits", f"write the year in full, such as 20{year}-{rest}")


def _existing(text: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueRefused(f"{shown(text)} is not a day of the calendar", FORM) from None


def _month(word: str) -> int | None:
    """The month of its English name, or of its first three letters."""
    if word in _MONTH_NAMES or word in {*_MONTH_NUMBERS, "sept"}:
        return _MONTH_NUMBERS[word[:3]]
    return None


def _about_text(text: str, written: str) -> tuple[str, str]:
    """A year, a month or a quarter is named as such, with the form of a day in it."""
    if _WHOLE_NUMBER.fullmatch(written) and int(written) not in _YEARS:
        return _about_number(int(written))
    match = _PART_OF_A_YEAR.fullmatch(written)
    if not match or (match["word"] and match["word"] != "year" and _month(match["word"]) is None):
        return f"{shown(text)} is not a date", FORM
    if match["quarter"] or match["after"]:
        return f"{shown(text)} is a quarter and not a day", f"write a day of it, such as {match['year']}-12-31"
    month = int(match["month"]) if match["month"] else _month(match["word"] or "")
    if month:
        last = date(int(match["year"]) + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return f"{shown(text)} is a month and not a day", f"write a day of it, such as {last}"
    return f"{shown(text)} is a year and not a day", f"write a day of it, such as {match['year']}-12-31"


def _about_number(number: float) -> tuple[str, str]:
    if number in _YEARS:
        return f"the number {number:g} is probably a year", f"write a day of it, such as {number:g}-12-31"
    if number in _EXCEL_DAYS:
        probable = EXCEL_DAY_0 + timedelta(days=int(number))
        what = f"the number {number:g} is not a date; a spreadsheet means {day(probable)} by it"
        return what, f"format the cell as a date, or write {probable}"
    if 0 <= number < _CENTURY and number == int(number):
        return f"the number {number:g} is probably a year of two digits", FORM
    return f"{shown(number)} is not a date", FORM
