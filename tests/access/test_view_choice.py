"""What an address asks for, and how one that asks for nothing known is answered."""

from datetime import date

import pytest

from models.access.view_choice import Visibility, named, understand
from models.core.vocabulary import Basis
from models.meetings.snapshots import reported_views
from models.plan.calendar import end_of_day
from tests.kit.builders import tiny_plan

TODAY = date(2026, 11, 22)


MEETINGS = reported_views((), tiny_plan(), TODAY)
EVERYTHING = Visibility(MEETINGS)
NOTED = Visibility(MEETINGS, latest=False, submitted=False)
NOTHING_NOTED = Visibility({}, latest=False, submitted=False)


def read(at="latest", basis="cleared", visibility=EVERYTHING):
    return understand(tiny_plan(), TODAY, visibility, at=at, basis=basis)


def test_latest_is_today_as_known_today():
    asked, misread = read()

    assert (asked.view.as_of, asked.view.known_at) == (TODAY, end_of_day(TODAY, tiny_plan()))
    assert asked.is_latest
    assert misread == ()


def test_a_meeting_is_its_last_day_as_known_at_its_end():
    asked, misread = read("AWGIPC-80")

    assert (asked.view.as_of, asked.view.known_at) == (date(2026, 3, 4), end_of_day(date(2026, 3, 4), tiny_plan()))
    assert named(asked, tiny_plan()) == "as reported at AWGIPC 80, 4 Mar 2026"
    assert misread == ()


def test_a_day_is_told_as_known_today():
    asked, _ = read("2026-06-30", "reported")

    assert asked.view.as_of == date(2026, 6, 30)
    assert asked.view.known_at == end_of_day(TODAY, tiny_plan())
    assert asked.view.basis is Basis.REPORTED
    assert named(asked, tiny_plan()) == "as of 30 Jun 2026, known on 22 Nov 2026"


@pytest.mark.parametrize("at", ["", "AWGIPC-81", "2025-12-31", "2026-11-23", "2026-02-30", "2026-1-1", "<script>"])
def test_what_is_not_understood_is_latest_with_a_sentence(at):
    asked, (sentence,) = read(at)

    assert asked == read()[0]
    assert f"“{at}”" in sentence


def test_an_unknown_basis_is_cleared_with_a_sentence():
    asked, (sentence,) = read(basis="all")

    assert asked.view.basis is Basis.CLEARED
    assert "“all” is not a basis" in sentence


def test_who_sees_what_was_noted_sees_the_last_such_meeting_first():
    asked, misread = read(visibility=NOTED)

    assert (asked.meeting, asked.view) == ("AWGIPC-80", MEETINGS["AWGIPC-80"])
    assert misread == ()


@pytest.mark.parametrize("at", ["2026-06-30", "2026-11-22", "AWGIPC-81"])
def test_who_sees_what_was_noted_cannot_ask_for_another_day(at):
    asked, (sentence,) = read(at, visibility=NOTED)

    assert asked.view == MEETINGS["AWGIPC-80"]
    assert "as reported at AWGIPC 80, 4 Mar 2026 is shown" in sentence


def test_who_sees_only_what_was_noted_cannot_ask_for_what_was_submitted():
    asked, (sentence,) = read(basis="reported", visibility=NOTED)

    assert asked.view.basis is Basis.CLEARED
    assert "cleared statements are shown" in sentence


def test_before_anything_was_noted_no_row_of_the_log_is_looked_at():
    asked, misread = read(visibility=NOTHING_NOTED)

    assert (asked.view.as_of, asked.view.rows_until) == (TODAY, 0)
    assert misread == ()
