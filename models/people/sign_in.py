"""Signing in by link: made, used once behind a button; then a session that can be ended at any time.

The tokens go to the person; the database keeps their hashes, so that a copy of it signs nobody in. Every act here
runs in a writing transaction, of which there is one at a time: a link used twice at once signs in once.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.core.errors import NotFound, SignInRefused, TooManyTries
from models.people.context import Context
from models.people.directory import ASKED_FOR_LINK, find_person, reader_shown, subject_of
from models.people.permissions import Action
from models.people.tokens import Shown, token_hash
from models.store.audit import record_act
from models.store.people_tables import SignInAttempt, SignInLink, WebSession
from models.store.tables import Person

log = logging.getLogger(__name__)

LINK_LASTS = timedelta(days=3)
SESSION_LASTS = timedelta(days=120)
"""A reporting cycle: who signed in for one meeting need not do so again before it is noted."""

TRIES_WITHIN = timedelta(minutes=15)
TRIES_OF_A_PLACE = 30
"""Of one network address: a whole office may share it."""
TRIES_OF_AN_ADDRESS = 5
"""Of one e-mail address: nobody's mailbox is to be filled by strangers."""

NEW_LINK = "Ask for a new one below, or ask the secretariat."


@dataclass(frozen=True, slots=True)
class Token:
    """What goes to the person alone: the token of a link or a session, and until when it is good."""

    text: str
    expires_at: datetime


def make_link(context: Context, person_id: int) -> Token:
    """Make a link for a person, to be handed over; earlier links that were not used are void."""
    context.require(Action.MANAGE_PEOPLE)
    void_links(context.session, person_id, context.now)
    return _make(context.session, person_id, now=context.now, by=context.user.person_id)


def first_link(session: Session, person_id: int, *, now: datetime) -> Token:
    """Make the link for the first account, of which nobody's permission can be asked yet."""
    void_links(session, person_id, now)
    return _make(session, person_id, now=now, by=None)


def ask_for_link(session: Session, email: str, *, can_mail: bool, now: datetime) -> tuple[str, Token] | None:
    """Make the link that a person asked for, to be mailed; without mail the wish waits for the secretariat.

    With it comes the address it goes to, as we have it: what was typed may only look like it. None for an address that
    opens nothing. Earlier links stay good: otherwise a stranger's asking would void them.
    """
    person = find_person(session, email)
    if person is None or person.email is None or not person.hats:
        log.info("sign-in refused: no account with a role has the address that asked for a link")
        return None
    if can_mail:
        return person.email, _make(session, person.id, now=now, by=person.id)
    if person.asked_at is None:
        record_act(session, action=ASKED_FOR_LINK, subject=subject_of(person.id), now=now)
    return None


def person_of_link(session: Session, token: str, *, now: datetime) -> Person:
    """Whom a link would sign in; raises SignInRefused, with the reason, for one that signs in nobody."""
    return session.get_one(Person, _good_link(session, token, now).person_id)


def use_link(session: Session, token: str, *, now: datetime) -> Token:
    """Sign the person in: the link is used up, others are void, and the token of a new session is returned."""
    link = _good_link(session, token, now)
    link.used_at = now
    session.flush()
    void_links(session, link.person_id, now)
    made = Token(secrets.token_urlsafe(32), now + SESSION_LASTS)
    row = WebSession(
        person_id=link.person_id, token_hash=token_hash(made.text), made_at=now, expires_at=made.expires_at
    )
    session.add(row)
    subject = subject_of(link.person_id)
    record_act(session, action="sign in", subject=subject, now=now, person_id=link.person_id)
    return made


def come_through_provider(session: Session, shown: Shown, *, now: datetime) -> None:
    """Keep in the audit trail that somebody signed in through the identity provider; a stranger leaves no trace."""
    reader = reader_shown(session, shown, now=now)
    if reader.person_id is None:
        reason = "no account has the address" if shown.address else "the provider has not checked the address"
        log.info("sign-in refused: OpenID Connect, %s", reason)
    else:
        after = {"through": "identity provider"}
        subject = subject_of(reader.person_id)
        record_act(session, action="sign in", subject=subject, now=now, person_id=reader.person_id, after=after)


def sign_out(session: Session, token: str | None, *, now: datetime) -> None:
    """End the session of one browser; no token, or one that names no session, is no error."""
    row = session.exec(select(WebSession).where(WebSession.token_hash == token_hash(token or ""))).first()
    if row is not None and row.ended_at is None:
        row.ended_at = now
        subject = subject_of(row.person_id)
        record_act(session, action="sign out", subject=subject, now=now, person_id=row.person_id)


def end_sessions(session: Session, person_id: int, now: datetime) -> None:
    """End the sessions of a person in every browser."""
    query = select(WebSession).where(WebSession.person_id == person_id, col(WebSession.ended_at).is_(None))
    for one in session.exec(query):
        one.ended_at = now


def void_links(session: Session, person_id: int, now: datetime) -> None:
    """Make the person's unused links invalid."""
    query = select(SignInLink).where(SignInLink.person_id == person_id, col(SignInLink.used_at).is_(None))
    for one in session.exec(query):
        one.expires_at = min(one.expires_at, now)


def count_try(session: Session, *, place: str, email: str | None = None, now: datetime) -> None:
    """Count one try from a network address, about an e-mail address if it names one; refuse when there were too many.

    In a transaction of its own: what it counts is kept when the try itself is refused.
    """
    session.execute(delete(SignInAttempt).where(col(SignInAttempt.at) <= now - TRIES_WITHIN))
    _count(session, f"place {place}", TRIES_OF_A_PLACE, now)
    if email is not None:
        _count(session, f"address {token_hash(email.strip().lower())}", TRIES_OF_AN_ADDRESS, now)


def _count(session: Session, source: str, limit: int, now: datetime) -> None:
    query = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.source == source)
    if session.exec(query).one() >= limit:
        minutes = TRIES_WITHIN // timedelta(minutes=1)
        what = f"There were too many attempts. Wait {minutes} minutes and try again."
        raise TooManyTries(what, reason="too many tries")
    session.add(SignInAttempt(source=source, at=now))


def _make(session: Session, person_id: int, *, now: datetime, by: int | None) -> Token:
    person = session.get(Person, person_id)
    if person is None or person.removed_at is not None:
        raise NotFound("This account does not exist or was removed.")
    made = Token(secrets.token_urlsafe(32), now + LINK_LASTS)
    link = SignInLink(person_id=person_id, token_hash=token_hash(made.text), made_at=now, expires_at=made.expires_at)
    session.add(link)
    record_act(session, action="make sign-in link", subject=subject_of(person_id), now=now, person_id=by)
    return made


def _good_link(session: Session, token: str, now: datetime) -> SignInLink:
    link = session.exec(select(SignInLink).where(SignInLink.token_hash == token_hash(token))).first()
    if link is None:
        what = f"This link is not valid. Perhaps it was not copied completely. {NEW_LINK}"
        raise SignInRefused(what, reason="unknown link")
    if link.used_at is not None:
        what = f"This link was already used. Each link signs in only once. {NEW_LINK}"
        raise SignInRefused(what, reason="used link")
    if link.expires_at <= now:
        what = f"This link has expired, or a newer link has replaced it. {NEW_LINK}"
        raise SignInRefused(what, reason="expired link")
    return link
