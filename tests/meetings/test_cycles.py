"""Reporting cycles: opened, closed by the next, moved with their meeting; what is owed and what is stale."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.core.errors import NotPermitted, UpdateRefused
from models.core.vocabulary import Grouping
from models.figures.assess import figures
from models.meetings.cycles import change_days, open_cycle
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.plan.schema_parts import Meeting
from models.progress.clearing import return_to_author
from models.progress.cycles import cycle_at, list_cycles
from models.progress.latest import View
from models.reporting.owed import owed_in
from models.store.database import reading, writing
from tests.kit.builders import cleared, entry, load, officer, tiny_plan, write

FIRST_OPENED = datetime(2026, 9, 14, tzinfo=UTC)
SECOND_OPENED = datetime(2027, 1, 12, tzinfo=UTC)
NOW = datetime(2027, 6, 30, 12, tzinfo=UTC)


def meeting(number, start):
    return Meeting(key=f"AWGIPC-{number}", body="AWGIPC", number=number, start=start, end=start + timedelta(days=3))


def plan():
    meetings = (meeting(80, date(2026, 11, 9)), meeting(81, date(2027, 3, 8)))
    return tiny_plan().model_copy(update={"meetings": meetings})


@pytest.fixture(autouse=True)
def _cycles(engine):
    load(engine, plan())
    for key, opened in (("AWGIPC-80", FIRST_OPENED), ("AWGIPC-81", SECOND_OPENED)):
        with writing(engine) as session:
            open_cycle(Context(session, OPERATOR, plan(), opened), key)


def cycles(engine, of=None):
    with reading(engine) as session:
        return list_cycles(session, of or plan())


def owed(engine, number=1):
    with reading(engine) as session:
        return owed_in(session, list_cycles(session, plan())[number], known_at=NOW)


def reported(**fields):
    """An update submitted in the second cycle."""
    return entry(
        valid_on="2027-02-01", entered_at="2027-02-02T09:00:00Z", submitted_at="2027-02-02T09:00:00Z", **fields
    )


def test_a_cycle_closes_when_the_next_one_opens(engine):
    first, second = cycles(engine)

    assert (SECOND_OPENED, None) == (first.closed_at, second.closed_at)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (FIRST_OPENED - timedelta(seconds=1), None),
        (FIRST_OPENED, "AWGIPC-80"),
        (SECOND_OPENED - timedelta(seconds=1), "AWGIPC-80"),
        (SECOND_OPENED, "AWGIPC-81"),
    ],
)
def test_an_update_belongs_to_the_cycle_open_when_it_was_submitted(engine, moment, expected):
    found = cycle_at(cycles(engine), moment)

    assert expected == (found.meeting.key if found else None)


def test_a_cycle_moves_with_its_meeting(engine):
    later = plan().model_copy(update={"meetings": (plan().meetings[0], meeting(81, date(2027, 4, 12)))})

    assert (date(2027, 2, 22), date(2027, 3, 29)) == (cycles(engine)[1].due, cycles(engine, later)[1].due)


def test_the_days_of_a_cycle_can_be_changed(engine):
    with writing(engine) as session:
        change_days(Context(session, OPERATOR, plan(), NOW), "AWGIPC-81", opens_days=40, due_days=7)

    assert date(2027, 3, 1) == cycles(engine)[1].due


@pytest.mark.parametrize(
    ("meeting_key", "now", "why"),
    [
        ("AWGIPC-80", NOW, "opened already"),
        ("AWGIPC-99", NOW, "is not a meeting"),
        ("AWGIPC-82", NOW, "has ended"),
        ("AWGIPC-79", FIRST_OPENED, "comes after AWGIPC-79"),
    ],
)
def test_a_cycle_is_opened_once_and_only_for_the_next_meetings_of_the_plan(engine, meeting_key, now, why):
    more = (*plan().meetings, meeting(82, date(2027, 5, 10)), meeting(79, date(2026, 10, 12)))
    longer = plan().model_copy(update={"meetings": more})

    with pytest.raises(UpdateRefused, match=why), writing(engine) as session:
        open_cycle(Context(session, OPERATOR, longer, now), meeting_key)


def test_only_the_secretariat_opens_cycles(engine):
    with pytest.raises(NotPermitted), writing(engine) as session:
        open_cycle(Context(session, PUBLIC, plan(), NOW), "AWGIPC-81")


def test_everything_started_and_open_is_owed_until_something_was_submitted(engine):
    everything = [("I01", "ASEAN"), ("I02", "BN"), ("I02", "KH"), ("I02", "TL"), ("I03", "BN"), ("I03", "KH")]

    assert everything == list(owed(engine))

    write(engine, reported(), plan=plan())

    assert [one for one in everything if one != ("I02", "KH")] == list(owed(engine))


def test_a_nil_report_is_owed_no_longer(engine):
    write(engine, reported(kind="nil", status=None, percent=None, narrative=None), plan=plan())

    assert ("I02", "KH") not in owed(engine)


def test_what_was_completed_or_is_not_applicable_is_not_owed(engine):
    early = {"valid_on": "2026-10-01", "entered_at": "2026-10-02T09:00:00Z", "submitted_at": "2026-10-02T09:00:00Z"}
    write(
        engine,
        entry(status="completed", evidence=({"document": "Record"},), **early),
        entry(party="BN", status="not_applicable", **early),
        plan=plan(),
    )

    assert not {("I02", "KH"), ("I02", "BN")} & set(owed(engine))


def test_a_returned_update_is_owed_again(engine):
    (row,) = write(engine, reported(), plan=plan())
    with writing(engine) as session:
        return_to_author(Context(session, officer(session), plan(), NOW), row, note="Which document?")

    assert ("I02", "KH") in owed(engine)


def test_stale_is_what_the_last_closed_cycle_did_not_hear_of(engine):
    in_first = {"entered_at": "2026-10-02T09:00:00Z", "submitted_at": "2026-10-02T09:00:00Z"}
    write(engine, cleared(valid_on="2026-10-01", cleared_at="2026-10-03T09:00:00Z", **in_first), plan=plan())

    def stale(known_at):
        with reading(engine) as session:
            rows = figures(session, View(as_of=date(2027, 6, 30), known_at=known_at), Grouping.INITIATIVE)
            return {row.key: row.stale for row in rows}

    assert {"I01": 0, "I02": 0, "I03": 0} == stale(SECOND_OPENED - timedelta(seconds=1))
    assert {"I01": 1, "I02": 0, "I03": 1} == stale(NOW)
