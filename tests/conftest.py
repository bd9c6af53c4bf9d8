"""Fixtures every test may use. A fresh SQLite database each time."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from models.people.context import Context
from models.people.permissions import User
from models.plan.schema import Plan
from models.store.database import migrate, open_engine, writing
from tests.kit.builders import NOW, OFFICER, load, tiny_plan
from tests.kit.inbox import Inbox, receiving
from tests.kit.reporters import CAMBODIA_ROLE, SECRETARIAT_ROLE, add_user, load_with_cycle
from tests.kit.states import MOMENTS, State, database_in, enter

# The same examples on every run, on machines of any speed; HYPOTHESIS_PROFILE=default looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@cache
def _migrated() -> bytes:
    """The bytes of an empty database with its tables: made once, copied for every test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        engine = open_engine(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


@contextmanager
def fresh_database() -> Iterator[Engine]:
    """An empty database with its tables, for tests that need one per example."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        path.write_bytes(_migrated())
        engine = open_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()


@pytest.fixture(name="engine")
def _engine() -> Iterator[Engine]:
    """An empty database with its tables."""
    with fresh_database() as engine:
        yield engine


@pytest.fixture(name="tiny")
def _tiny(engine: Engine) -> Plan:
    """The tiny plan, loaded."""
    load(engine, tiny_plan())
    return tiny_plan()


@pytest.fixture(name="plan")
def _plan(engine: Engine) -> Plan:
    """The tiny plan, loaded, with the cycle of its next meeting open."""
    return load_with_cycle(engine)


@pytest.fixture(name="cambodia")
def _cambodia(engine: Engine, plan: Plan) -> User:
    """The focal point of Cambodia."""
    return add_user(engine, "kh@example.org", CAMBODIA_ROLE, plan=plan)


@pytest.fixture(name="officer")
def _officer(engine: Engine, plan: Plan) -> User:
    """An officer of the secretariat."""
    return add_user(engine, OFFICER, SECRETARIAT_ROLE, plan=plan)


@pytest.fixture(name="do")
def _do(engine: Engine, plan: Plan) -> Callable[..., Any]:
    """Runs one act in a transaction of its own: `do(save_field, user, commitment, ...)`."""

    def do(act: Callable[..., Any], user: User, *arguments: Any, now: datetime = NOW, **named: Any) -> Any:
        with writing(engine) as session:
            return act(Context(session, user, plan, now), *arguments, **named)

    return do


@pytest.fixture(name="inbox")
def _inbox() -> Iterator[Inbox]:
    """A mail server that takes in what is sent."""
    with receiving() as inbox:
        yield inbox


@pytest.fixture(name="world")
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[State], Engine]]:
    """Puts this process into a state of the world: its database, its moment, and no page kept from before."""
    with ExitStack() as stack:

        def world(state: State) -> Engine:
            engine = stack.enter_context(database_in(state, tmp_path))
            enter(engine, MOMENTS[state], monkeypatch)
            return engine

        yield world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI=true a skipped test has failed: what is not tested there is tested nowhere."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI=true: {call.excinfo and call.excinfo.value}"
    return report
