"""What an address asks for, and how one that asks for nothing known is answered."""

from datetime import UTC, date, datetime

import pytest

from models.access.view_choice import Visibility, named, understand
from models.core.vocabulary import Basis, Step
from models.meetings.snapshots import SnapshotMark
from models.plan.calendar import end_of_day
from tests.kit.builders import tiny_plan

TODAY = date(2026, 11, 22)


def mark(number, step, as_of, *, meeting="AWGIPC-80", revision=1):
    taken = datetime(as_of.year, as_of.month, as_of.day, 9, tzinfo=UTC)
    return SnapshotMark(number, meeting, step, revision, as_of, taken, 7 * number, f"{number}abcdef0123456", None)


MEETING = date(2026, 3, 4)
PAPER, HELD = mark(1, Step.CIRCULATED, date(2026, 2, 20)), mark(2, Step.NOTED, MEETING)
AGAIN = mark(3, Step.CIRCULATED, date(2026, 3, 4), revision=2)
EVERYTHING = Visibility((PAPER, HELD, AGAIN))
NOTED = Visibility((HELD,), latest=False, submitted=False, noted_only=True)
NOTHING_NOTED = Visibility((), latest=False, submitted=False, noted_only=True)


def read(at="latest", basis="cleared", visibility=EVERYTHING):
    return understand(tiny_plan(), TODAY, visibility, at=at, basis=basis)


def test_latest_is_today_as_known_today():
    asked, misread = read()

    assert (asked.view.as_of, asked.view.known_at) == (TODAY, end_of_day(TODAY, tiny_plan()))
    assert asked.is_latest
    assert misread == ()


def test_a_meeting_is_what_it_noted_though_a_paper_was_circulated_for_it_since():
    asked, misread = read("AWGIPC-80")

    assert asked.view == HELD.view()
    assert named(asked, tiny_plan()) == "as noted at AWGIPC 80, 4 Mar 2026, revision 1, snapshot 2abcdef0"
    assert misread == ()


@pytest.mark.parametrize(
    ("at", "expected", "name"),
    [
        ("AWGIPC-80-circulated-1", PAPER, "paper for AWGIPC 80, circulated 20 Feb 2026, revision 1, snapshot 1abcdef0"),
        ("AWGIPC-80-noted-1", HELD, "as noted at AWGIPC 80, 4 Mar 2026, revision 1, snapshot 2abcdef0"),
        ("AWGIPC-80-circulated-2", AGAIN, "paper for AWGIPC 80, circulated 4 Mar 2026, revision 2, snapshot 3abcdef0"),
    ],
)
def test_each_step_and_revision_has_its_own_address_and_name(at, expected, name):
    asked, misread = read(at)

    assert (asked.view, misread) == (expected.view(), ())
    assert named(asked, tiny_plan()) == name


def test_a_meeting_without_a_snapshot_has_nothing_that_was_reported_at_it():
    asked, (sentence,) = read("AWGIPC-80", visibility=Visibility(()))

    assert asked.is_latest
    assert "“AWGIPC-80” is not shown to you" in sentence


def test_visitors_are_not_shown_a_paper_that_nobody_noted():
    _, (sentence,) = read("AWGIPC-80-circulated-2", visibility=NOTED)

    assert "“AWGIPC-80-circulated-2” is not shown to you" in sentence


def test_a_day_is_stated_as_known_today():
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
    assert "“all” is not available here" in sentence


def test_who_sees_what_was_noted_sees_the_last_such_meeting_first():
    asked, misread = read(visibility=NOTED)

    assert (asked.mark, asked.view, asked.noted_only) == (HELD, HELD.view(), True)
    assert misread == ()


@pytest.mark.parametrize("at", ["2026-06-30", "2026-11-22", "AWGIPC-81"])
def test_who_sees_what_was_noted_cannot_ask_for_another_day(at):
    asked, (sentence,) = read(at, visibility=NOTED)

    assert asked.view == HELD.view()
    assert "as noted at AWGIPC 80, 4 Mar 2026, revision 1, snapshot 2abcdef0 is shown" in sentence


def test_who_sees_only_what_was_noted_cannot_ask_for_what_was_submitted():
    asked, (sentence,) = read(basis="reported", visibility=NOTED)

    assert asked.view.basis is Basis.CLEARED
    assert "cleared statements are shown" in sentence


def test_before_anything_was_noted_no_row_of_the_log_is_looked_at():
    asked, misread = read(visibility=NOTHING_NOTED)

    assert (asked.view.as_of, asked.view.rows_until) == (TODAY, 0)
    assert misread == ()
