"""Who uses this browser, read from the database at that moment.

Fragments, dialogs and callbacks run without the menu, in tabs that may have been open since before a role was ended.
So no page keeps a user: every write and every restricted read looks the user up again, here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from models.core.settings import server_settings
from models.people.context import Context
from models.people.directory import user_of_credentials
from models.people.permissions import User
from models.people.tokens import COOKIE, Credentials, credentials_of, token_in
from models.store.clock import wall_clock
from models.store.database import OpenSession, database_url, engine_for, reading, writing
from models.store.server_secret import server_secret


def credentials() -> Credentials:
    """The credentials of this browser; a cookie that we did not sign is none."""
    token = token_in(st.context.cookies.get(COOKIE), server_secret(database_url(), COOKIE))
    return credentials_of(token, st.user.to_dict() if comes_through_provider() else {})


def comes_through_provider() -> bool:
    """Whether this browser is signed in at the identity provider, if there is one."""
    # The setting first: st.user looks for a file of secrets each time, which was two thirds of a page's cost.
    return server_settings().provider is not None and bool(getattr(st.user, "is_logged_in", False))


def vouched_address() -> str | None:
    """The address that the identity provider vouches for; None where nobody came through one."""
    return credentials().address


def resolve(session: OpenSession, by: Credentials) -> User:
    """The user with these credentials at this moment; the public if they are missing, invalid or expired."""
    return user_of_credentials(session, by, now=wall_clock())


def current_user() -> User:
    """The user at this browser, for a page that chooses what it shows."""
    with reading(engine_for(database_url())) as session:
        return resolve(session, credentials())


@contextmanager
def asking(by: Credentials | None = None) -> Iterator[Context]:
    """The context of one restricted read, at one moment of the data."""
    with reading(engine_for(database_url())) as session:
        yield Context.at(session, resolve(session, by or credentials()))


@contextmanager
def acting(by: Credentials | None = None) -> Iterator[Context]:
    """The context of one act, in one transaction: no role can end between the check and the write."""
    with writing(engine_for(database_url())) as session:
        yield Context.at(session, resolve(session, by or credentials()))
