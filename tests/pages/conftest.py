"""Two databases that pages are opened on: one with nothing reported, one with the demonstration's two years."""

from collections.abc import Callable

import pytest
import streamlit as st
from sqlalchemy import Engine

from models.core.vocabulary import Role
from models.people import context
from models.people.permissions import RoleAssignment, User
from pages.shared import who
from tests.kit.builders import NOW, load
from tests.kit.inbox import without_mail
from tests.kit.reporters import SECRETARIAT_ROLE, add_user, load_with_cycle, reporting_plan
from tests.kit.states import State


@pytest.fixture
def empty(world: Callable[[State], Engine]) -> None:
    """A server whose database holds the plan and an empty log."""
    world(State.EMPTY)


@pytest.fixture
def reported(world: Callable[[State], Engine]) -> None:
    """A server whose database holds the demonstration."""
    world(State.DEMONSTRATION)


@pytest.fixture
def adopted(world: Callable[[State], Engine]) -> None:
    """A server whose plan is official text throughout: nothing in it is assumed."""
    world(State.ADOPTED)


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody of the secretariat looks."""
    monkeypatch.setattr(who, "resolve", lambda *_: User(1, (RoleAssignment(Role.SECRETARIAT),)))


@pytest.fixture
def own_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database of its own, with its tables alone, at the moment of the tests, on a server without mail."""
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    without_mail(monkeypatch)
    monkeypatch.setattr(context, "current_moment", lambda _session: NOW)
    st.cache_data.clear()
    return engine


@pytest.fixture
def cycle_engine(own_engine: Engine) -> Engine:
    """The same, with the cycle of AWGIPC 82 open: chair, Cambodia and others have reports to make."""
    load_with_cycle(own_engine)
    return own_engine


@pytest.fixture
def as_reader(cycle_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., User]:
    """Somebody with these roles signs in, in this process, while a cycle is open."""

    def as_reader(*roles: RoleAssignment, email: str = "reader@example.org") -> User:
        user = add_user(cycle_engine, email, *roles)
        monkeypatch.setattr(who, "resolve", lambda *_: user)
        return user

    return as_reader


@pytest.fixture
def officer_engine(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same with the reporting plan, read by an officer of the secretariat."""
    load(own_engine, reporting_plan())
    user = add_user(own_engine, "officer@example.org", SECRETARIAT_ROLE)
    monkeypatch.setattr(who, "resolve", lambda *_: user)
    return own_engine
