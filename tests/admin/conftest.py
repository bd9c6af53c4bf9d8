"""Fixtures of the tests of `verify`."""

import pytest
from sqlalchemy import Engine

from tests.admin.acts import People


@pytest.fixture(name="people")
def _people(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> People:
    """A chair, a focal point and an officer on a new database."""
    return People(engine, monkeypatch)
