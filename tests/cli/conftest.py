"""A command runner on an empty database, and a copy of the demonstration."""

import pytest
from click.testing import CliRunner

from manage import manage
from models.store.database import engine_for
from tests.kit.states import State, database_in


@pytest.fixture(name="url")
def _url(tmp_path):
    """The address of a database that does not exist yet."""
    url = f"sqlite:///{tmp_path / 'data' / 'aiprap.db'}"
    yield url
    engine_for(url).dispose()


@pytest.fixture(name="run")
def _run(url):
    """Run a command on that database; return what it printed, or its errors where it is refused."""

    def run(*arguments, exit_code=0):
        result = CliRunner().invoke(manage, ["--database", url, *map(str, arguments)])
        assert exit_code == result.exit_code, result.output
        return result.stdout if exit_code == 0 else result.stderr

    return run


@pytest.fixture(name="demonstration_url")
def _demonstration_url(tmp_path):
    """The address of a copy of the demonstration."""
    with database_in(State.DEMONSTRATION, tmp_path) as engine:
        yield str(engine.url)
