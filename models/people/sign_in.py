"""Sign-in by link: a link is made and used once; it starts a session that can be ended at any time.

The person gets the token and the database keeps its hash, so that a copy of the database gives no access. Every
command runs in a writing transaction, one at a time: a link used twice at the same moment signs in once.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.core.errors import NotFound, SignInRefused, TooManyTries
from models.core.mail_address import folded_address
from models.people.context import Context
from models.people.directory import LINK_REQUESTED, find_person, subject_of, user_of_credentials
from models.people.permissions import Action
from models.people.tokens import Credentials, token_hash
from models.store.audit import record_act
from models.store.people_tables import SignInAttempt, SignInLink, WebSession
from models.store.tables import Person

log = logging.getLogger(__name__)

LINK_LASTS = timedelta(days=3)
SESSION_LASTS = timedelta(days=120)
"""The length of a reporting cycle: one sign-in is enough for the reports to a meeting."""

TRIES_WITHIN = timedelta(minutes=15)
TRIES_OF_A_PLACE = 30
"""From one network address, which a whole office may share."""
TRIES_OF_AN_ADDRESS = 5
"""For one e-mail address, so that strangers cannot fill a mailbox."""

NEW_LINK = "Request a new link below, or contact the secretariat."


@dataclass(frozen=True, slots=True)
class Token:
    """The token of a link or session, for the person alone, and the moment (UTC) at which it expires."""

    text: str
    expires_at: datetime


def make_link(context: Context, person_id: int) -> Token:
    """Make a sign-in link for a person; earlier unused links become invalid. Raises NotFound for a removed account."""
    context.require(Action.MANAGE_PEOPLE)
    void_links(context.session, person_id, context.now)
    return _make(context.session, person_id, now=context.now, by=context.user.person_id)


def first_link(session: Session, person_id: int, *, now: datetime) -> Token:
    """Make the link for the first account, before anybody can have the permission to do so."""
    void_links(session, person_id, now)
    return _make(session, person_id, now=now, by=None)


def ask_for_link(session: Session, email: str, *, can_mail: bool, now: datetime) -> tuple[str, Token] | None:
    """Make the link that a person requested, to be mailed; without mail, record the request for the secretariat.

    Returns the stored address (what was typed may only look like it) and the token; None if the address has no
    account with a role, or without mail. Earlier links stay valid: otherwise a stranger could make them invalid.
    """
    person = find_person(session, email)
    if person is None or person.email is None or not person.roles:
        log.info("sign-in refused: no account with a role has the address that asked for a link")
        return None
    if can_mail:
        return person.email, _make(session, person.id, now=now, by=person.id)
    if person.link_requested_at is None:
        record_act(session, action=LINK_REQUESTED, subject=subject_of(person.id), now=now)
    return None


def person_of_link(session: Session, token: str, *, now: datetime) -> Person:
    """Return the person of a link; raises SignInRefused, with the reason, for a link that is not valid."""
    return session.get_one(Person, _good_link(session, token, now).person_id)


def use_link(session: Session, token: str, *, now: datetime) -> Token:
    """Sign the person in and return the token of the new session; this and all other links become invalid.

    Raises SignInRefused, with the reason, for a link that is not valid.
    """
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


def record_provider_sign_in(session: Session, shown: Credentials, *, now: datetime) -> None:
    """Keep in the audit trail that somebody signed in through the identity provider; a stranger leaves no trace."""
    user = user_of_credentials(session, shown, now=now)
    if user.person_id is None:
        reason = "no account has the address" if shown.address else "the provider has not checked the address"
        log.info("sign-in refused: OpenID Connect, %s", reason)
    else:
        after = {"through": "identity provider"}
        subject = subject_of(user.person_id)
        record_act(session, action="sign in", subject=subject, now=now, person_id=user.person_id, after=after)


def sign_out(session: Session, token: str | None, *, now: datetime) -> None:
    """End the session of this browser; a missing or unknown token is not an error."""
    row = session.exec(select(WebSession).where(WebSession.token_hash == token_hash(token or ""))).first()
    if row is not None and row.ended_at is None:
        row.ended_at = now
        subject = subject_of(row.person_id)
        record_act(session, action="sign out", subject=subject, now=now, person_id=row.person_id)


def end_sessions(session: Session, person_id: int, now: datetime) -> None:
    """End the sessions of a person in every browser, without a permission check."""
    query = select(WebSession).where(WebSession.person_id == person_id, col(WebSession.ended_at).is_(None))
    for row in session.exec(query):
        row.ended_at = now


def void_links(session: Session, person_id: int, now: datetime) -> None:
    """Make every unused link of the person invalid."""
    query = select(SignInLink).where(SignInLink.person_id == person_id, col(SignInLink.used_at).is_(None))
    for link in session.exec(query):
        link.expires_at = min(link.expires_at, now)


def count_attempt(session: Session, *, network_address: str, email: str | None = None, now: datetime) -> None:
    """Count an attempt from a network address, and for an e-mail address if given; raises TooManyTries at the limit.

    Runs in a transaction of its own, so that the count is kept when the attempt itself is refused.
    """
    session.execute(delete(SignInAttempt).where(col(SignInAttempt.at) <= now - TRIES_WITHIN))
    _count(session, f"place {network_address}", TRIES_OF_A_PLACE, now)
    if email is not None:
        _count(session, f"address {token_hash(folded_address(email))}", TRIES_OF_AN_ADDRESS, now)


def _count(session: Session, source: str, limit: int, now: datetime) -> None:
    query = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.source == source)
    if session.exec(query).one() >= limit:
        minutes = TRIES_WITHIN // timedelta(minutes=1)
        what = f"There were too many attempts. Wait {minutes} minutes and try again."
        raise TooManyTries(what, reason="too many tries")
    session.add(SignInAttempt(source=source, at=now))


def person_row(session: Session, person_id: int) -> Person:
    """Return the row of an account; raises NotFound for one that was removed."""
    row = session.get(Person, person_id)
    if row is None or row.removed_at is not None:
        raise NotFound("This account does not exist or was removed.")
    return row


def _make(session: Session, person_id: int, *, now: datetime, by: int | None) -> Token:
    person_row(session, person_id)
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
