"""The database behind what is asked over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.store.clock import wall_clock
from models.store.database import engine_for, migrate, writing
from tests.kit.builders import load, tiny_plan
from tests.kit.inbox import without_mail

CHAIR = "chair@example.org"


@pytest.fixture(name="url")
def _url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of this process's database, which has its tables alone."""
    url = f"sqlite:///{tmp_path / 'api.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate(engine_for(url))
    yield url
    engine_for(url).dispose()


@pytest.fixture(name="engine")
def _engine(url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same database, on a server without mail."""
    without_mail(monkeypatch)
    return engine_for(url)


@pytest.fixture(name="chair")
def _chair(engine: Engine) -> int:
    """The key of the chair of TMTF, under the tiny plan."""
    load(engine, tiny_plan())
    with writing(engine) as session:
        new = NewPerson(CHAIR, (RoleAssignment(Role.CHAIR, "TMTF"),), "<b>A. Name")
        return add_people(Context(session, OPERATOR, tiny_plan(), wall_clock()), [new])[0]
