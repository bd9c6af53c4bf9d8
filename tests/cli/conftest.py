"""The demonstration, filled once for the tests of this folder; each has a copy of its own."""

import pytest

from models.demo.demo import fill_demonstration
from models.plan.read import read_plan
from models.store.database import engine_for, migrate, writing
from tests.kit.serving import ROOT


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
