"""Fixtures every test may use. A fresh SQLite database each time."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import streamlit
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from models.store.database import migrate, open_engine
from tests.kit.states import MOMENTS, State, database_in

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


@pytest.fixture(name="world")
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[State], Engine]]:
    """Puts this process into a state of the world: its database, its moment, and no page kept from before."""
    with ExitStack() as stack:

        def world(state: State) -> Engine:
            engine = stack.enter_context(database_in(state, tmp_path))
            monkeypatch.setenv("DATABASE_URL", str(engine.url))
            for module in ("store.clock", "plan.cache_key"):
                monkeypatch.setattr(f"models.{module}.wall_clock", lambda: MOMENTS[state])
            streamlit.cache_data.clear()
            return engine

        yield world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI=true a skipped test has failed: what is not tested there is tested nowhere."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI=true: {call.excinfo.value}"
    return report
