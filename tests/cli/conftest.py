"""A command runner on a database that is not there, is empty or holds the tiny plan; a copy of the demonstration."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.store.database import engine_for, migrate
from tests.kit.builders import TINY_PLAN, today_is
from tests.kit.commands import invoke
from tests.kit.states import State, database_in

Run = Callable[..., str]
"""Runs a command, `run("plan", "load", path)`, and gives what it printed."""


@pytest.fixture(name="url")
def _url(tmp_path: Path) -> Iterator[str]:
    """The address of a database that does not exist yet."""
    url = f"sqlite:///{tmp_path / 'data' / 'aiprap.db'}"
    yield url
    engine_for(url).dispose()


@pytest.fixture(name="run")
def _run(url: str) -> Run:
    """Run a command on that database; return what it printed, or its errors where it is refused."""

    def run(*arguments: object, exit_code: int = 0) -> str:
        result = invoke("--database", url, *arguments)
        assert exit_code == result.exit_code, result.output
        return result.stdout if exit_code == 0 else result.stderr

    return run


@pytest.fixture(name="empty")
def _empty(run: Run, url: str) -> Run:
    """The same on a database with its tables and nothing in them."""
    migrate(engine_for(url))
    return run


@pytest.fixture(name="tiny")
def _tiny(empty: Run, url: str) -> Run:
    """The same on a database with the tiny plan, whose today is always 30 June 2027."""
    run = empty
    today_is(engine_for(url))
    run("plan", "load", TINY_PLAN, "--reason", "Adopted")
    return run


@pytest.fixture(name="demonstration_url")
def _demonstration_url(tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the demonstration."""
    with database_in(State.DEMONSTRATION, tmp_path) as engine:
        yield str(engine.url)
