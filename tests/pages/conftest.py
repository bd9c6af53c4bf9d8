"""Two databases that pages are opened on: one with nothing reported, one with the demonstration's two years."""

from pathlib import Path

import pytest
import streamlit as st

from models.admin.start import prepare
from models.core.vocabulary import Role, Wording
from models.demo.demo import fill_demonstration
from models.people import context
from models.people.permissions import Hat, Reader
from models.plan.read import read_plan
from models.store.database import migrate, open_engine, writing
from pages.shared import who
from tests.kit.builders import NOW, load
from tests.kit.reporters import SECRETARIAT_HAT, add_reader, reporting_plan

PLAN = Path(__file__).parent.parent.parent / "plan"


@pytest.fixture(scope="session")
def empty_url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'pages.db'}"
    engine = open_engine(url)
    migrate(engine)
    prepare(engine, PLAN)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def reported_url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('reported') / 'pages.db'}"
    engine = open_engine(url)
    migrate(engine)
    with writing(engine) as session:
        fill_demonstration(session, read_plan(PLAN))
    engine.dispose()
    return url


@pytest.fixture
def empty(empty_url, monkeypatch):
    """A server whose database holds the plan and an empty log."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    st.cache_data.clear()


@pytest.fixture
def reported(reported_url, monkeypatch):
    """A server whose database holds the demonstration."""
    monkeypatch.setenv("DATABASE_URL", reported_url)
    st.cache_data.clear()


@pytest.fixture
def officer(monkeypatch):
    """Somebody of the secretariat looks."""
    monkeypatch.setattr(who, "resolve", lambda *_: Reader(1, (Hat(Role.SECRETARIAT),)))


@pytest.fixture
def own_engine(tmp_path, monkeypatch):
    """A database of its own, with its tables and nothing in them, at the moment of the tests."""
    url = f"sqlite:///{tmp_path / 'pages.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(context, "current_moment", lambda _session: NOW)
    st.cache_data.clear()
    engine = open_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def adopted(own_engine):
    """A server whose plan is official text throughout: nothing in it is assumed."""
    plan = read_plan(PLAN)
    official = {"wording": Wording.OFFICIAL, "source": "https://asean.org/plan", "source_quotes": (), "assumed": ()}
    initiatives = [row.model_copy(update=official | {"older_text": False}) for row in plan.initiatives]
    activities = [row.model_copy(update={"assumed": ()}) for row in plan.activities]
    load(own_engine, plan.model_copy(update={"initiatives": tuple(initiatives), "activities": tuple(activities)}))


@pytest.fixture
def officer_engine(own_engine, monkeypatch):
    """The same with the reporting plan, read by an officer of the secretariat."""
    load(own_engine, reporting_plan())
    reader = add_reader(own_engine, "officer@example.org", SECRETARIAT_HAT)
    monkeypatch.setattr(who, "resolve", lambda *_: reader)
    return own_engine
