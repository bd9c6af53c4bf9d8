"""Acts keep their order when the clock of the server is set back."""

from datetime import timedelta

import pytest

from models.core.text import public_text
from models.people.context import Context
from models.progress.clearing import clear, withdraw
from models.store.clock import current_moment
from models.store.database import reading, writing
from models.store.tables import Progress
from tests.kit.builders import NOW, entry, faults_of, load, officer, rows_of, tiny_plan, write

MICROSECOND, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(name="shows")
def _shows(monkeypatch):
    """Sets what the clock of the server shows."""
    return lambda moment: monkeypatch.setattr("models.store.clock.wall_clock", lambda: moment)


def moment_of(engine):
    with reading(engine) as session:
        return current_moment(session)


def test_a_statement_is_cleared_and_withdrawn_in_order_though_the_clock_was_set_back(engine, shows):
    load(engine, tiny_plan())
    (row,) = write(engine, entry(entered_at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}", submitted_at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}"))
    shows(NOW - HOUR)
    for act in (clear, withdraw):
        with writing(engine) as session:
            act(Context.at(session, officer(session)), row, reason=public_text("By mistake"))

    (statement,) = rows_of(engine, Progress)
    assert statement.submitted_at
    assert statement.cleared_at
    assert statement.withdrawn_at
    assert statement.submitted_at < statement.cleared_at < statement.withdrawn_at
    assert [] == faults_of(engine)


@pytest.mark.parametrize(("back", "moment"), [(HOUR, NOW + MICROSECOND), (DAY, NOW + MICROSECOND), (-HOUR, NOW + HOUR)])
def test_what_is_done_next_comes_after_the_last_act(engine, shows, back, moment):
    load(engine, tiny_plan(), now=NOW)
    shows(NOW - back)

    assert moment == moment_of(engine)


def test_a_clock_that_was_further_ahead_than_a_day_is_not_followed(engine, shows):
    load(engine, tiny_plan(), now=NOW)
    shows(NOW - DAY - MICROSECOND)

    assert NOW - DAY - MICROSECOND == moment_of(engine)


def test_acts_that_lie_further_ahead_do_not_hide_those_of_the_last_hour(engine, shows):
    load(engine, tiny_plan(), now=NOW)
    write(engine, entry(), now=NOW + 2 * DAY)
    shows(NOW - HOUR)

    assert NOW + MICROSECOND == moment_of(engine)
