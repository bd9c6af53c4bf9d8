"""The course of the plan from meeting to meeting, and what it is compared with."""

from datetime import UTC, date, datetime

import pytest

from models.meetings.cycles import circulate, note, open_cycle
from models.meetings.overview import overview
from models.meetings.snapshot import Paper
from models.plan.cache_key import data_version
from models.plan.calendar import end_of_day
from models.plan.schema_parts import Meeting
from models.progress.latest import View
from models.store.database import reading
from reports.parts.changes import changes_title
from reports.parts.trend import describe_trend
from tests.kit.builders import act, changed, cleared, load, tiny_plan, write

TODAY = date(2027, 6, 30)
DAYS = {80: date(2026, 3, 4), 81: date(2026, 7, 16), 82: date(2027, 3, 11)}


def plan_with_meetings():
    meetings = tuple(Meeting(key=f"AWGIPC-{n}", body="AWGIPC", number=n, start=on, end=on) for n, on in DAYS.items())
    return tiny_plan().model_copy(update={"meetings": meetings})


def said(percent, on):
    moments = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), f"{on}T03:00:00Z")
    return cleared(percent=percent, valid_on=str(on), **moments)


def at(on):
    return datetime(on.year, on.month, on.day, 6, tzinfo=UTC)


@pytest.fixture(name="engine")
def _engine(engine):
    """AWGIPC 80 had no snapshot; 81 noted 20 percent; nothing was taken at 82."""
    plan = plan_with_meetings()
    load(engine, plan, now=datetime(2026, 1, 5, tzinfo=UTC))
    write(engine, said(20, date(2026, 2, 1)), plan=plan)
    act(engine, open_cycle, "AWGIPC-81", plan=plan, now=at(date(2026, 5, 1)))
    act(engine, circulate, "AWGIPC-81", paper=Paper(), plan=plan, now=at(date(2026, 7, 1)))
    act(engine, note, "AWGIPC-81", plan=plan, now=at(DAYS[81]))
    write(engine, said(80, date(2026, 7, 10)), plan=plan, now=at(TODAY))
    return engine


def read(engine):
    with reading(engine) as session:
        return overview(session, View(TODAY, end_of_day(TODAY, tiny_plan())))


def test_a_late_report_restates_the_meeting_it_came_too_late_for(engine):
    points = {one.name: one for one in read(engine).trend}

    told, known = points["AWGIPC 81"].reported, points["AWGIPC 81"].restated
    assert told is not None
    assert told.progress_percent is not None
    assert known.progress_percent == 4 * told.progress_percent + 1


def test_as_reported_exists_only_where_a_snapshot_does(engine):
    points = read(engine).trend

    assert [(one.name, one.reported is not None) for one in points] == [
        ("AWGIPC 80", False),
        ("AWGIPC 81", True),
        ("AWGIPC 82", False),
        ("", False),
    ]


def test_the_comparison_is_with_the_last_meeting_that_has_a_snapshot(engine):
    seen = read(engine)

    assert seen.since == "AWGIPC 81"
    assert seen.changes is not None
    assert (
        changes_title(seen.changes, seen.since)
        == "Since AWGIPC 81: 1 entered the count, 1 progressed; N unchanged at 3"
    )
    assert " since AWGIPC 81" in describe_trend(seen.trend, seen.since).title


def test_a_paper_nobody_noted_is_named_as_one_until_the_meeting_notes_it(engine):
    plan = plan_with_meetings()
    act(engine, open_cycle, "AWGIPC-82", plan=plan, now=at(date(2027, 1, 1)))
    act(engine, circulate, "AWGIPC-82", paper=Paper(), plan=plan, now=at(date(2027, 3, 1)))

    assert read(engine).since == "the paper for AWGIPC 82, circulated 1 Mar 2027"
    assert "paper for AWGIPC 82, circulated 1 Mar 2027" in [one.name for one in read(engine).trend]

    act(engine, note, "AWGIPC-82", plan=plan, now=at(DAYS[82]))

    assert read(engine).since == "AWGIPC 82"
    assert [one.name for one in read(engine).trend] == ["AWGIPC 80", "AWGIPC 81", "AWGIPC 82", ""]


def test_visitors_compare_with_what_was_noted_only(engine):
    plan = plan_with_meetings()
    act(engine, open_cycle, "AWGIPC-82", plan=plan, now=at(date(2027, 1, 1)))
    act(engine, circulate, "AWGIPC-82", paper=Paper(), plan=plan, now=at(date(2027, 3, 1)))
    with reading(engine) as session:
        seen = overview(session, View(TODAY, end_of_day(TODAY, tiny_plan())), noted_only=True)

    assert seen.since == "AWGIPC 81"
    assert [one.name for one in seen.trend if one.reported] == ["AWGIPC 81"]


def test_every_write_counts_the_version_up(engine):
    with reading(engine) as session:
        before = data_version(session)
    load(engine, changed(plan_with_meetings(), "I01", title="Another title"), now=at(TODAY))
    with reading(engine) as session:
        assert data_version(session) > before
