"""What was reported before: one baseline for every page and document, and "as reported" that nothing changes."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.access.archive import archived, draft
from models.access.view_choice import named, understand
from models.access.visibility import visibility_of
from models.core.errors import NotFound, UpdateRefused
from models.core.vocabulary import Basis, Step
from models.figures.rollup import Figures
from models.figures.trend import plan_figures
from models.meetings.cycles import circulate, note, open_cycle, reopen
from models.meetings.overview import overview
from models.meetings.snapshot import Paper
from models.meetings.snapshots import SnapshotMark, as_reported, baseline, list_snapshots
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.people.visibility_rules import Display
from models.plan.calendar import day_of
from models.plan.schema_parts import Meeting
from models.progress.clearing import clear
from models.progress.latest import View
from models.store.database import reading, writing
from reports.formats import Format
from reports.formats import write as write_file
from reports.meeting.context import ReportContext
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.parts.trend import describe_trend
from tests.conftest import fresh_database
from tests.kit.builders import USERS, act, changed, cleared, entry, load, officer, tiny_plan, write
from tests.kit.states import MOMENTS, State, user_of

DAYS = {81: date(2027, 1, 13), 82: date(2027, 3, 11), 83: date(2027, 7, 8)}
KEYS = [f"AWGIPC-{number}" for number in DAYS]
PLAN = tiny_plan().model_copy(
    update={
        "meetings": (
            *tiny_plan().meetings,
            *(
                Meeting(key=f"AWGIPC-{number}", body="AWGIPC", number=number, start=day, end=day)
                for number, day in DAYS.items()
            ),
        )
    }
)

days = st.dates(date(2026, 12, 1), date(2027, 9, 1))


@st.composite
def marks(draw):
    """Snapshots of the meetings in any order of steps, as they were taken."""
    taken = sorted(draw(st.lists(days, max_size=8)))
    return [
        SnapshotMark(
            id=number,
            meeting=(meeting := draw(st.sampled_from(KEYS))),
            step=draw(st.sampled_from(Step)),
            revision=draw(st.integers(1, 3)),
            as_of=min(day, DAYS[int(meeting[-2:])]),
            known_at=datetime.combine(day, time(number), UTC),
            rows_until=number,
            sha256=f"{number:064}",
            previous=None,
        )
        for number, day in enumerate(taken, start=1)
    ]


def read_by_the_method(taken, view):
    """The newest snapshot (noted, else circulated) of a meeting before the view's moment."""
    known = [mark for mark in taken if mark.known_at <= view.known_at]
    for number in sorted(DAYS, reverse=True):
        own = [mark for mark in known if mark.meeting == f"AWGIPC-{number}"]
        if DAYS[number] < view.as_of and own:
            return ([mark for mark in own if mark.step is Step.NOTED] or own)[-1]
    return None


@given(marks(), days, st.one_of(st.just(timedelta(0)), st.timedeltas(timedelta(0), timedelta(days=200))))
def test_the_baseline_is_what_the_last_meeting_with_a_snapshot_noted_else_circulated(taken, as_of, later):
    view = View(as_of, datetime.combine(as_of, time(23), UTC) + later)

    assert baseline(taken, PLAN, view) == read_by_the_method(taken, view)


def since_everywhere(context, display, view):
    """The name of the baseline in the headlines, the list and the trend of Overview, and in a report of the day."""
    session = context.session
    seen = overview(session, view, noted_only=display is Display.PUBLIC)
    source = draft(context, display, as_of=view.as_of)
    report = ReportContext(source, ReportScope(), display)
    state = ReportContext(source, ReportScope(state="KH"), display)
    titles = [describe_trend(seen.trend, seen.since).title]
    trend = describe(source, scope=ReportScope(), display=display).section("trend")
    titles += [trend.title] if trend and seen.now.has_reports else []
    told = {title.split(" since ")[1].split(";")[0] for title in titles if " since " in title}
    return {seen.since, report.since, state.since, *told}, seen, report


@pytest.mark.parametrize("display", Display)
@settings(max_examples=8, deadline=None)
@given(day=st.dates(date(2026, 1, 15), MOMENTS[State.DEMONSTRATION].date()))
def test_page_report_and_trend_name_one_baseline_and_tell_the_same_changes(world, display, day):
    with reading(world(State.DEMONSTRATION)) as session:
        context = Context.at(session, user_of(session, "secretariat"), MOMENTS[State.DEMONSTRATION])
        names, seen, report = since_everywhere(context, display, View(day, context.now))

    assert len(names) == 1
    assert (seen.changes is None) == (names == {""})
    assert (seen.changes and seen.changes.listed) == (report.changes and report.changes.listed)


ACTS = ("circulate", "note", "reopen", "import", "clear", "load", "next")


class Story:
    """A small plan through which meetings are reported to, in any order of acts that the product allows."""

    def __init__(self, engine):
        self.engine, self.now, self.number = engine, datetime(2026, 12, 1, 6, tzinfo=UTC), 0
        self.plan, self.meeting = PLAN, KEYS[0]
        load(engine, PLAN)
        self.act(open_cycle, KEYS[0])

    def act(self, function, *arguments, **named):
        return act(self.engine, function, *arguments, plan=self.plan, now=self.now, **named)

    def go(self, step):
        """One act, two weeks after the one before; what is out of turn is refused and changes nothing."""
        self.now += timedelta(days=14)
        self.number += 1
        with suppress(UpdateRefused, NotFound):
            getattr(self, f"_{step}")()

    def _circulate(self):
        self.act(circulate, self.meeting, paper=Paper())

    def _note(self):
        self.act(note, self.meeting)

    def _reopen(self):
        self.act(reopen, self.meeting, reason="A figure was typed wrong.")

    def _next(self):
        following = KEYS[min(KEYS.index(self.meeting) + 1, len(KEYS) - 1)]
        self.act(open_cycle, following)
        self.meeting = following

    def _import(self):
        """History, valid long ago and cleared long ago by its own account."""
        early = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), "2026-03-03T03:00:00Z")
        write(
            self.engine, cleared(percent=10 + self.number, valid_on="2026-03-02", **early), plan=self.plan, now=self.now
        )

    def _clear(self):
        moment = self.now.isoformat()
        waiting = entry(percent=20 + self.number, valid_on="2026-12-02", entered_at=moment, submitted_at=moment)
        (row,) = write(self.engine, waiting, plan=self.plan, now=self.now)
        self.act(clear, row)

    def _load(self):
        later = changed(self.plan, "I02", due=date(2030, 1, 1) + timedelta(days=self.number), weight=self.number)
        load(self.engine, later, now=self.now)
        self.plan = later

    def reported(self):
        """Every figure that anybody finds under "as reported", by its name in a citation."""
        cited: dict[str, Figures] = {}
        with reading(self.engine) as session:
            for user in (PUBLIC, *USERS.values()):
                visibility = visibility_of(session, user)
                for mark in visibility.snapshots:
                    today = day_of(self.now, self.plan)
                    for address in (mark.address, mark.meeting):
                        query, _ = understand(self.plan, today, visibility, at=address, basis=Basis.CLEARED.value)
                        name, figures = named(query, self.plan), plan_figures(session, query.view)
                        assert cited.setdefault(name, figures) == figures, "equal citations give equal figures"
        return cited

    def points(self):
        """The points of the solid line, by the snapshot each of them is."""
        with reading(self.engine) as session:
            view = View(day_of(self.now, self.plan), self.now)
            counted = {mark.as_of: mark.address for mark in as_reported(list_snapshots(session)).values()}
            trend = overview(session, view).trend
            return {counted[point.day]: point.reported for point in trend if point.reported}

    def documents(self):
        """The bytes of the report on each snapshot, as everybody may have it."""
        with reading(self.engine) as session:
            context = Context.at(session, officer(session), self.now)
            return {
                mark.address: write_file(
                    describe(archived(context, mark.id, Display.MEETING), scope=ReportScope(), display=Display.MEETING),
                    Format.JSON,
                )
                for mark in list_snapshots(session)
            }


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=12))
def test_nothing_labelled_as_reported_changes_after_any_act(acts):
    with fresh_database() as engine:
        story = Story(engine)
        for step in ("clear", "circulate", *acts):
            before = story.reported(), story.points(), story.documents()
            story.go(step)
            after = story.reported(), story.points(), story.documents()
            for then, now in zip(before, after, strict=True):
                assert {name: now[name] for name in then.keys() & now.keys()} == {
                    name: then[name] for name in then.keys() & now.keys()
                }
            assert before[0].keys() <= after[0].keys()


def test_without_a_snapshot_nothing_is_as_reported_whatever_history_is_imported(engine):
    story = Story(engine)
    for step in ("import", "clear", "import"):
        story.go(step)
    story.now = datetime(2027, 9, 1, tzinfo=UTC)
    with writing(engine) as session:
        seen = overview(session, View(date(2027, 9, 1), story.now))

    assert (story.reported(), story.points()) == ({}, {})
    assert (seen.since, seen.changes) == ("", None)
    assert [point.name for point in seen.trend if point.name] == ["AWGIPC 80", "AWGIPC 81", "AWGIPC 82", "AWGIPC 83"]
