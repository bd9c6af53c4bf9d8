"""Reminders: on which days they go out, and what the mail says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.progress.cycles import CycleSpan
from models.reporting.reminders import DAYS, OwedByRole, is_time, reminder
from tests.kit.builders import tiny_plan
from tests.kit.reporters import MEETING

DUE = date(2027, 7, 12)
ADDRESS = "https://aiprap.example.org"
BY_HAT = (OwedByRole("chair of TMTF", (("I01", "ASEAN"),)), OwedByRole("Cambodia", (("I02", "KH"), ("I03", "KH"))))
CYCLE = CycleSpan(MEETING, 56, 14, datetime(2027, 6, 1, tzinfo=UTC), None)


def mail(today, owed=BY_HAT):
    return reminder("a@example.org", owed, cycle=CYCLE, plan=tiny_plan(), today=today, address=ADDRESS)


def test_it_tells_everything_owed_by_role_by_when_and_where_to_report():
    notice = mail(date(2027, 6, 30))

    assert (notice.to, notice.subject) == ("a@example.org", "Tiny: 3 reports for AWGIPC 82 are due 12 Jul 2027")
    assert notice.text == (
        "You owe 3 reports for AWGIPC 82, which are due 12 Jul 2027, in 12 days.\n\n"
        "As chair of TMTF:\n"
        "- I01 A common set of guidelines (working title): to be completed by 31 Dec 2028, an assumed date\n\n"
        "As Cambodia:\n"
        "- I02 Online filing in every office: to be completed by 31 Dec 2029\n"
        "- I03 Training of examiners (paraphrase): to be completed by 31 Dec 2030\n\n"
        "Report here: https://aiprap.example.org/my-updates\n\n"
        "If you are no longer signed in, ask for a new link: https://aiprap.example.org/sign-in\n\n"
        "A report is removed from this list as soon as you submit it; a draft stays in the list."
        " After you have submitted everything, you will not be reminded again for AWGIPC 82."
    )


@pytest.mark.parametrize(
    ("today", "beginning"),
    [
        (DUE - timedelta(days=1), "You owe 1 report for AWGIPC 82, which is due 12 Jul 2027, in 1 day."),
        (DUE, "You owe 1 report for AWGIPC 82, which is due 12 Jul 2027, today."),
        (DUE + timedelta(days=7), "You owe 1 report for AWGIPC 82, which was due 12 Jul 2027, 7 days ago."),
    ],
)
def test_before_on_and_after_the_day(today, beginning):
    assert mail(today, BY_HAT[:1]).text.startswith(beginning)


@pytest.mark.parametrize(
    ("days", "reminded", "expected"),
    [
        (-15, None, False),
        (-14, None, True),
        (-14, -14, False),
        (-14, -20, True),
        (-11, None, True),
        (-10, None, False),
        (-3, -14, True),
        (-2, -3, False),
        (-1, -4, True),
        (1, -3, True),
        (2, 1, False),
        (7, 1, True),
        (10, 1, True),
        (11, 1, False),
        (100, None, False),
    ],
)
def test_its_days(days, reminded, expected):
    reminded_on = None if reminded is None else DUE + timedelta(days=reminded)
    assert expected is is_time(DUE, DUE + timedelta(days=days), reminded_on)


@given(st.sets(st.integers(-30, 30)))
def test_however_often_the_server_looks_nobody_is_reminded_more_often_than_there_are_days(looks):
    last = None
    count = 0
    for days in sorted(looks):
        if is_time(DUE, DUE + timedelta(days=days), last):
            last, count = DUE + timedelta(days=days), count + 1

    assert count <= len(DAYS)
    assert {*DAYS} - looks or count == len(DAYS)
