"""One reader of days: the day that is shown, within the window, or a refusal that says what the value probably is."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.days import EXCEL_DAY_0, Window, outside, read_day
from models.core.values import ValueRefused

WINDOW = Window(date(2021, 1, 1), date(2035, 12, 31))
DAY = date(2029, 12, 31)


def refusal(content, window=WINDOW):
    with pytest.raises(ValueRefused) as refused:
        read_day(content, window)
    return str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        datetime(2029, 12, 31),  # noqa: DTZ001  # a cell has no zone
        "2029-12-31",
        "2029/12/31",
        "2029-12-31 00:00:00",
        "2029-12-31T00:00:00",
        "31 December 2029",
        "31st of December 2029",
        "31 dec 2029",
        "31-Dec-2029",
        "December 31, 2029",
        "Dec. 31 2029",
        "31/12/2029",
        "12/31/2029",
        "31.12.2029",
        "31 . 12 . 2029",
        " 2029-12-31\u00a0",
        "2029\u201112\u201131",
        "２０２９-12-31",
        "31\u00a0December\u200b 2029",
    ],
)
def test_a_day_is_read_as_people_write_it(written):
    assert DAY == read_day(written, WINDOW)


REFUSED = {
    "a year as a number": (2026, "the number 2026 is probably a year; write a day of it, such as 2026-12-31"),
    "a year as a day": (
        date(1905, 7, 18),
        "18 Jul 1905 is what a spreadsheet makes of the number 2026, which is probably a year; write the whole day,"
        " such as 2026-12-31",
    ),
    "a year as a text": ("2029", "“2029” is a year and not a day; write a day of it, such as 2029-12-31"),
    "a month": ("June 2029", "“June 2029” is a month and not a day; write a day of it, such as 2029-06-30"),
    "a month in figures": ("2028-02", "“2028-02” is a month and not a day; write a day of it, such as 2028-02-29"),
    "digits without end": ("9" * 5000, f"“{'9' * 57}...” is not a date; write year, month and day, such as 2026-12-31"),
    "a quarter": ("Q4 2029", "“Q4 2029” is a quarter and not a day; write a day of it, such as 2029-12-31"),
    "two digits": ("31-Dec-29", "“31-Dec-29” has a year of two digits; write the year in full, such as 2029-12-31"),
    "two digits in figures": (
        "31/12/29",
        "“31/12/29” has a year of two digits; write the year in full, such as 2029-12-31",
    ),
    "a hundred years before": (
        date(1929, 12, 31),
        "31 Dec 1929 is probably a year of two digits; write the year in full, such as 2029-12-31",
    ),
    "day and month": ("03/04/2029", "“03/04/2029” can be 3 Apr 2029 or 4 Mar 2029; write 2029-04-03 or 2029-03-04"),
    "the number of a day": (
        47483,
        "the number 47483 is not a date; a spreadsheet means 31 Dec 2029 by it; format the cell as a date, or write"
        " 2029-12-31",
    ),
    "a small number": (
        29,
        "the number 29 is probably a year of two digits; write year, month and day, such as 2026-12-31",
    ),
    "a time of day": (
        datetime(2029, 12, 31, 9, 30),  # noqa: DTZ001  # a cell has no zone
        "“2029-12-31 09:30:00” has a time of day; write the day alone, 2029-12-31",
    ),
    "no day of the calendar": (
        "2029-02-30",
        "“2029-02-30” is not a day of the calendar; write year, month and day, such as 2026-12-31",
    ),
    "too late": (date(2072, 1, 1), "1 Jan 2072 is not between 1 Jan 2021 and 31 Dec 2035; correct the date"),
    "another thousand": ("3027-01-01", "1 Jan 3027 is not between 1 Jan 2021 and 31 Dec 2035; correct the date"),
    "words": ("continuous", "“continuous” is not a date; write year, month and day, such as 2026-12-31"),
    "true": (True, "“TRUE” is not a date; write year, month and day, such as 2026-12-31"),
    "a time alone": (time(9, 30), "“09:30:00” is not a date; write year, month and day, such as 2026-12-31"),
}


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_day_is_stated_as_what_it_probably_is(content, told):
    assert told == refusal(content)


FORMS = (
    "{0:%Y-%m-%d}",
    "{0.day} {0:%B} {0.year:04}",
    "{0:%d-%b-}{0.year:04}",
    "{0:%B} {0.day}, {0.year:04}",
    "{0:%Y/%m/%d}",
)


@given(st.dates(), st.sampled_from(FORMS))
def test_a_day_of_any_century_in_words_is_read_as_it_is_shown_or_refused(value, form):
    text = form.format(value)
    if value in WINDOW:
        assert value == read_day(text, WINDOW)
    else:
        assert refusal(text)


@given(st.dates(), st.sampled_from("/.-"), st.booleans())
def test_figures_are_read_only_where_day_and_month_cannot_change_places(value, sign, american):
    parts = (value.month, value.day) if american else (value.day, value.month)
    text = f"{parts[0]:02}{sign}{parts[1]:02}{sign}{value.year:04}"
    if value not in WINDOW or (value.day <= 12 and value.day != value.month):
        assert refusal(text)
    else:
        assert value == read_day(text, WINDOW)


@given(st.integers() | st.floats())
def test_a_number_is_never_taken_for_a_day(number):
    assert refusal(number)


@given(st.integers(1900, 2199))
def test_a_year_in_a_cell_for_dates_is_stated_as_a_year(year):
    assert f"number {year}" in " ".join(outside(EXCEL_DAY_0 + timedelta(days=year), WINDOW) or ())


@given(st.text())
def test_any_text_is_a_day_or_is_refused_in_one_line(text):
    try:
        told = str(read_day(text, WINDOW))
    except ValueRefused as refused:
        told = str(refused)
    assert re.fullmatch("[^\n]+", told)
