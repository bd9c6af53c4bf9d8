"""Accounts: their current roles, the user of a session token, and who requested a sign-in link."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from models.core.mail_address import folded_address
from models.core.vocabulary import Role
from models.people.context import Context
from models.people.permissions import PUBLIC, Action, RoleAssignment, User
from models.people.tokens import Credentials, token_hash
from models.store.people_tables import RoleGrant, SignInLink, WebSession
from models.store.tables import AuditEvent, Person

CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the clock of an identity provider may be ahead of ours."""
LINK_REQUESTED = "ask for sign-in link"
"""The audit action of a request for a new link on a server that sends no mail."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person in the list of people of the secretariat; moments are UTC."""

    id: int
    email: str | None
    name: str | None
    roles: tuple[RoleAssignment, ...]
    signed_in_at: datetime | None = None
    link_requested_at: datetime | None = None
    """When the person requested a link that was not made yet."""

    @property
    def display_name(self) -> str:
        """Name, else address, else the number of the account."""
        return self.name or self.email or f"Person {self.id}, no name or address yet"


def person_name(person: Person) -> str:
    """Return the name of an author or clearing officer, for readers who may see persons."""
    return person.name or person.email or "a removed account"


def names_of(session: Session, keys: Collection[int]) -> dict[int, str]:
    """How people are called today, by their keys."""
    rows = session.execute(select(Person).where(col(Person.id).in_(keys))).scalars()
    return {person.id: person_name(person) for person in rows if person.id is not None}


def subject_of(person_id: int) -> str:
    """Return the subject of a person in the audit trail: a key, since name and address may be cleared later."""
    return f"person {person_id}"


def roles_of(session: Session, person_id: int) -> tuple[RoleAssignment, ...]:
    """Return the current roles of a person, in the order in which they were given."""
    return _roles(session, col(RoleGrant.person_id) == person_id).get(person_id, ())


def user_of(session: Session, token: str | None, *, now: datetime) -> User:
    """Return the user of a session token, or the public user if it is missing, invalid, ended or expired at `now`."""
    if not token:
        return PUBLIC
    query = (
        select(col(WebSession.person_id))
        .join(Person, col(Person.id) == WebSession.person_id)
        .where(
            col(WebSession.token_hash) == token_hash(token),
            col(WebSession.ended_at).is_(None),
            col(WebSession.expires_at) > now,
            col(Person.removed_at).is_(None),
        )
    )
    return _user(session, query)


def user_at_address(session: Session, email: str, *, signed_in_at: datetime) -> User:
    """Return the user with the address that an identity provider confirmed at `signed_in_at`.

    The public user if no account has it, or if the person was signed out everywhere after that moment.
    """
    query = select(col(Person.id)).where(
        col(Person.email) == folded_address(email),
        col(Person.removed_at).is_(None),
        or_(col(Person.signed_out_at).is_(None), col(Person.signed_out_at) < signed_in_at),
    )
    return _user(session, query)


def user_of_credentials(session: Session, credentials: Credentials, *, now: datetime) -> User:
    """Return the user of a browser's credentials, or the public user if they are not valid at `now` (real time).

    A sign-in at the provider that lies ahead is not valid: it would outlive being signed out everywhere.
    """
    user = user_of(session, credentials.token, now=now)
    signed_in_at = credentials.signed_in_at
    if user == PUBLIC and credentials.address and signed_in_at and signed_in_at <= now + CLOCKS_DIFFER:
        return user_at_address(session, credentials.address, signed_in_at=signed_in_at)
    return user


def find_person(session: Session, email: str) -> Account | None:
    """Return the account with this address, None if there is none."""
    return next(iter(_accounts(session, col(Person.email) == folded_address(email))), None)


def person(session: Session, person_id: int) -> Account | None:
    """Return the account with this key, None if it was removed."""
    return next(iter(_accounts(session, col(Person.id) == person_id)), None)


def list_people(context: Context) -> tuple[Account, ...]:
    """Return every account with a role, by address; accounts without an address come first."""
    context.require(Action.MANAGE_PEOPLE)
    return tuple(account for account in _accounts(context.session) if account.roles)


def has_secretariat_with_address(session: Session) -> bool:
    """Whether an account of the secretariat has an address, so that it can use an identity provider."""
    accounts = (account for account in _accounts(session) if account.email)
    return any(assignment.role is Role.SECRETARIAT for account in accounts for assignment in account.roles)


def has_secretariat_signed_in(session: Session) -> bool:
    """Whether a member of the secretariat has ever signed in with a link."""
    query = (
        select(col(WebSession.id))
        .join(RoleGrant, col(RoleGrant.person_id) == WebSession.person_id)
        .where(col(RoleGrant.role) == Role.SECRETARIAT)
    )
    return session.execute(query.limit(1)).first() is not None


def _user(session: Session, query: Select[int | None]) -> User:
    person_id = session.execute(query).scalar()
    return User(person_id, roles_of(session, person_id)) if person_id is not None else PUBLIC


def _roles(session: Session, *conditions: ColumnElement[bool]) -> dict[int, tuple[RoleAssignment, ...]]:
    query = select(*map(col, (RoleGrant.person_id, RoleGrant.role, RoleGrant.scope))).where(
        col(RoleGrant.ended_at).is_(None), *conditions
    )
    held: defaultdict[int, list[RoleAssignment]] = defaultdict(list)
    for person_id, role, scope in session.execute(query.order_by(col(RoleGrant.id))):
        held[person_id].append(RoleAssignment(Role(role), scope))
    return {person_id: tuple(roles) for person_id, roles in held.items()}


def _accounts(session: Session, *conditions: ColumnElement[bool]) -> tuple[Account, ...]:
    query = select(Person).where(col(Person.removed_at).is_(None), *conditions)
    rows = session.execute(query.order_by(func.coalesce(col(Person.email), ""), col(Person.id))).scalars().all()
    roles, signed_in, requested = _roles(session), _signed_in(session), _open_requests(session)
    return tuple(
        Account(key, row.email, row.name, roles.get(key, ()), signed_in.get(key), requested.get(subject_of(key)))
        for row in rows
        for key in (row.id or 0,)
    )


def _signed_in(session: Session) -> dict[int, datetime]:
    query = select(col(WebSession.person_id), func.max(col(WebSession.made_at))).group_by(col(WebSession.person_id))
    return dict(session.execute(query).all())


def _open_requests(session: Session) -> dict[str, datetime]:
    """The moment of each request for a link after the last link was made, by subject of the audit trail."""
    links = select(col(SignInLink.person_id), func.max(col(SignInLink.made_at))).group_by(col(SignInLink.person_id))
    made = {subject_of(key): moment for key, moment in session.execute(links)}
    query = (
        select(col(AuditEvent.subject), func.max(col(AuditEvent.at)))
        .where(col(AuditEvent.action) == LINK_REQUESTED)
        .group_by(col(AuditEvent.subject))
    )
    requests = session.execute(query)
    return {subject: moment for subject, moment in requests if subject not in made or made[subject] < moment}
