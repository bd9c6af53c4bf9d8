"""A command runner on an empty database, and the demonstration, filled once and copied for each test."""

import pytest
from click.testing import CliRunner

from manage import manage
from models.demo.demo import fill_demonstration
from models.plan.read import read_plan
from models.store.database import engine_for, migrate, writing
from tests.kit.serving import ROOT


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


@pytest.fixture(scope="session", name="filled")
def _filled(tmp_path_factory):
    """The bytes of a database with the demonstration in it."""
    path = tmp_path_factory.mktemp("filled") / "demo.db"
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    with writing(engine) as session:
        fill_demonstration(session, read_plan(ROOT / "plan"))
    engine.dispose()
    return path.read_bytes()


@pytest.fixture(name="demonstration_url")
def _demonstration_url(filled, tmp_path):
    """A copy of it."""
    path = tmp_path / "demo.db"
    path.write_bytes(filled)
    yield f"sqlite:///{path}"
    engine_for(f"sqlite:///{path}").dispose()
