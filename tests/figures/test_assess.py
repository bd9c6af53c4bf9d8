"""The roll-up equals the naive oracle, for any log, any two editions, any day, moment and basis."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.amendments.load import LoadReason, load_edition
from models.core.text import public_text
from models.core.vocabulary import Basis, Grouping
from models.figures.assess import assessment, figures
from models.plan.canonical import export, from_document
from models.plan.editions import plan_as_known
from models.progress.import_jsonl import import_progress
from models.progress.latest import View
from models.store.database import reading, writing
from tests.conftest import fresh_database
from tests.kit import plans
from tests.kit.oracle import Oracle

FIRST_LOAD = datetime(2026, 3, 1, tzinfo=UTC)
SECOND_LOAD = datetime(2027, 6, 1, tzinfo=UTC)


@contextmanager
def filled(documents, lines):
    """A session on a database with two editions and a log between them, and both editions as exported."""
    with fresh_database() as engine:
        first, second = fill(engine, documents, lines)
        with reading(engine) as session:
            yield session, first, second


def fill(engine, documents, lines):
    """Load the first edition, take in the log, load the second edition; returns both as exported."""
    first, second = map(from_document, documents)
    data = [json.dumps(line).encode() for line in lines]
    with writing(engine) as session:
        load_edition(session, first, why=LoadReason(public_text("first")), now=FIRST_LOAD, file="plan")
    with writing(engine) as session:
        import_progress(session, data, file="log", plan=first, now=plans.NOW)
    with writing(engine) as session:
        load_edition(session, second, why=LoadReason(public_text("second")), now=SECOND_LOAD, file="plan")
    return export(first), export(second)


@settings(max_examples=80)
@given(
    st.data(),
    plans.editions(),
    plans.days,
    st.one_of(plans.moments, st.just(plans.NOW)),
    st.sampled_from(list(Basis)),
)
def test_every_roll_up_equals_the_naive_computation(data, documents, as_of, known_at, basis):
    lines = data.draw(plans.logs(documents[0]))
    view = View(as_of=as_of, known_at=known_at, basis=basis)

    with filled(documents, lines) as (session, first, second):
        known = [first] if known_at < SECOND_LOAD else [first, second]
        oracle = Oracle(known, lines, as_of, known_at, basis.value, first)

        for by in Grouping:
            assert oracle.rollup(by.value) == [row.to_json() for row in figures(session, view, by)]


@settings(max_examples=25)
@given(st.data(), plans.editions(), plans.days)
def test_a_second_edition_changes_no_figure_known_before_its_load(data, documents, as_of):
    lines = data.draw(plans.logs(documents[0]))
    view = View(as_of=as_of, known_at=SECOND_LOAD - timedelta(microseconds=1))

    with filled((documents[0], documents[0]), lines) as (before, *_), filled(documents, lines) as (after, *_):
        for by in Grouping:
            assert figures(before, view, by) == figures(after, view, by)


@settings(max_examples=25)
@given(st.data(), plans.editions(), plans.days)
def test_measures_activities_and_initiatives_add_up_to_the_plan(data, documents, as_of):
    view = View(as_of=as_of, known_at=plans.NOW)

    with filled(documents, data.draw(plans.logs(documents[0]))) as (session, *_):
        (plan,) = figures(session, view, Grouping.PLAN)
        for by in (Grouping.MEASURE, Grouping.ACTIVITY, Grouping.INITIATIVE, Grouping.BODY):
            rows = figures(session, view, by)
            for name in ("in_scope", "completed", "due", "due_completed", "commitments", "without_report", "excluded"):
                assert getattr(plan, name) == sum(getattr(row, name) for row in rows)


@settings(max_examples=25)
@given(st.data(), plans.editions(), plans.days)
def test_progress_is_100_only_when_everything_is_completed(data, documents, as_of):
    with filled(documents, data.draw(plans.logs(documents[0]))) as (session, *_):
        for by in Grouping:
            for row in figures(session, View(as_of=as_of, known_at=plans.NOW), by):
                assert (row.progress_percent == 100) == (row.in_scope > 0 and row.completed == row.in_scope)


def test_the_first_edition_answers_for_moments_before_any_load():
    with filled((plans.document([]), plans.document([])), []) as (session, first, _):
        known = plan_as_known(session, datetime(2020, 1, 1, tzinfo=UTC))
        assert first["sha256"] == known.edition.sha256
        assert () == assessment(session, View(as_of=plans.FIRST_DAY, known_at=plans.NOW)).standings
