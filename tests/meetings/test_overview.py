"""The course of the plan from meeting to meeting, and the meeting it is compared with."""

from datetime import UTC, date, datetime

import pytest

from models.figures.trend import trend
from models.meetings.overview import overview
from models.meetings.snapshots import reported_views
from models.plan.cache_key import data_version
from models.plan.calendar import end_of_day
from models.plan.schema_parts import Meeting
from models.progress.latest import View
from models.store.database import reading
from tests.kit.builders import cleared, load, tiny_plan, write

TODAY = date(2027, 6, 30)


def plan_with_meetings():
    days = {80: date(2026, 3, 4), 81: date(2026, 7, 16), 82: date(2027, 3, 11)}
    meetings = tuple(Meeting(key=f"AWGIPC-{n}", body="AWGIPC", number=n, start=on, end=on) for n, on in days.items())
    return tiny_plan().model_copy(update={"meetings": meetings})


@pytest.fixture(name="session")
def _session(engine):
    plan = plan_with_meetings()
    load(engine, plan, now=datetime(2026, 1, 5, tzinfo=UTC))
    write(
        engine,
        cleared(
            percent=20,
            valid_on="2026-02-01",
            entered_at="2026-02-02T00:00:00Z",
            submitted_at="2026-02-02T00:00:00Z",
            cleared_at="2026-02-03T00:00:00Z",
        ),
        cleared(
            percent=80,
            valid_on="2026-07-01",
            entered_at="2026-08-01T00:00:00Z",
            submitted_at="2026-08-01T00:00:00Z",
            cleared_at="2026-08-02T00:00:00Z",
        ),
        plan=plan,
    )
    with reading(engine) as session:
        yield session


def view():
    return View(TODAY, end_of_day(TODAY, tiny_plan()))


def test_a_late_report_restates_the_meeting_it_came_too_late_for(session):
    plan = plan_with_meetings()
    points = {one.name: one for one in trend(session, plan, view(), reported_views((), plan, TODAY))}

    reported = points["AWGIPC 81"].reported.progress_percent
    assert reported == points["AWGIPC 80"].reported.progress_percent
    assert reported is not None
    assert points["AWGIPC 81"].restated.progress_percent == 4 * reported + 1
    assert "" not in points, "today adds no point while nothing moved since the last meeting"


def test_the_comparison_is_with_the_last_meeting_since_which_something_moved(session):
    seen = overview(session, view())

    assert seen.last_meeting is not None
    assert seen.before is not None
    assert (seen.last_meeting.name, seen.before.as_of) == ("AWGIPC 81", date(2026, 7, 16))


def test_every_write_counts_the_version_up(engine):
    with reading(engine) as session:
        before = data_version(session)
    load(engine, tiny_plan())
    with reading(engine) as session:
        assert data_version(session) > before
