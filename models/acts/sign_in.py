"""Signing in by link: made, sent, used once behind a button; then a session that can be ended at any time.

The tokens go to the person; the database keeps their hashes, so that a copy of it signs nobody in.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.acts.audit import record_act
from models.rules.errors import SignInRefused
from models.store.people_tables import SignInAttempt, SignInLink, WebSession
from models.store.tables import Person

LINK_LASTS = timedelta(days=3)
SESSION_LASTS = timedelta(days=120)
"""A reporting cycle: who signed in for one meeting need not do so again before it is noted."""

ATTEMPTS, ATTEMPTS_WITHIN = 10, timedelta(minutes=15)
ASK_AGAIN = "Ask for a new link on the sign-in page, or ask the secretariat."


def token_hash(token: str) -> str:
    """What the database keeps of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(session: Session, person_id: int, *, now: datetime, by: int | None = None) -> str:
    """Make a link's token for a person; earlier links that were not used are void."""
    query = select(SignInLink).where(SignInLink.person_id == person_id, col(SignInLink.used_at).is_(None))
    for earlier in session.exec(query):
        earlier.expires_at = min(earlier.expires_at, now)
    token = secrets.token_urlsafe(32)
    link = SignInLink(person_id=person_id, token_hash=token_hash(token), made_at=now, expires_at=now + LINK_LASTS)
    session.add(link)
    record_act(session, action="make sign-in link", subject=f"person {person_id}", now=now, person_id=by)
    return token


def use_link(session: Session, token: str, *, now: datetime) -> str:
    """Sign the person in: the link is used up, and the token of a new session is returned."""
    link = session.exec(select(SignInLink).where(SignInLink.token_hash == token_hash(token))).first()
    if link is None:
        raise SignInRefused(f"This link is not one of ours. {ASK_AGAIN}")
    if link.used_at is not None:
        raise SignInRefused(f"This link was used already. {ASK_AGAIN}")
    person = session.get_one(Person, link.person_id)
    if link.expires_at <= now or person.removed_at is not None:
        raise SignInRefused(f"This link has expired. {ASK_AGAIN}")
    link.used_at = now
    return _start_session(session, link.person_id, now)


def _start_session(session: Session, person_id: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    row = WebSession(person_id=person_id, token_hash=token_hash(token), made_at=now, expires_at=now + SESSION_LASTS)
    session.add(row)
    record_act(session, action="sign in", subject=f"person {person_id}", now=now, person_id=person_id)
    return token


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """End the session of one browser; a token that names none is no error."""
    row = session.exec(select(WebSession).where(WebSession.token_hash == token_hash(token))).first()
    if row is not None and row.ended_at is None:
        row.ended_at = now
        record_act(session, action="sign out", subject=f"person {row.person_id}", now=now, person_id=row.person_id)


def count_attempt(session: Session, source: str, *, now: datetime) -> None:
    """Count one try from a place; refuse when there were too many lately."""
    since = now - ATTEMPTS_WITHIN
    recent = select(func.count()).where(SignInAttempt.source == source, col(SignInAttempt.at) > since)
    if session.exec(recent).one() >= ATTEMPTS:
        raise SignInRefused("Too many tries. Wait a quarter of an hour and try again.")
    session.add(SignInAttempt(source=source, at=now))
