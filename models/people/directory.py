"""Who somebody is: the hats they wear now, who stands behind a session's token, and who waits for a link."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from models.core.vocabulary import Role
from models.people.context import Context
from models.people.permissions import PUBLIC, Action, Hat, Reader
from models.people.tokens import Shown, token_hash
from models.store.people_tables import RoleGrant, SignInLink, WebSession
from models.store.tables import AuditEvent, Person

ASKED_FOR_LINK = "ask for sign-in link"
"""The audit action of somebody who wants a new link on a server that sends no mail."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the secretariat sees them in the list of people."""

    id: int
    email: str | None
    name: str | None
    hats: tuple[Hat, ...]
    signed_in_at: datetime | None = None
    asked_at: datetime | None = None
    """Since when they wait for a link they asked for."""

    @property
    def called(self) -> str:
        """Name, else address, else what is known of somebody with neither."""
        return self.name or self.email or f"Person {self.id}, no name or address yet"


def called(person: Person) -> str:
    """How somebody is named beside what they wrote or cleared, to the few who may know it."""
    return person.name or person.email or "somebody since removed"


def names_of(session: Session, keys: Collection[int]) -> dict[int, str]:
    """How people are called today, by their keys."""
    rows = session.execute(select(Person).where(col(Person.id).in_(keys))).scalars()
    return {person.id: called(person) for person in rows if person.id is not None}


def subject_of(person_id: int) -> str:
    """How the audit trail names a person; name and address stand in one table, where they can be blanked."""
    return f"person {person_id}"


def hats_of(session: Session, person_id: int) -> tuple[Hat, ...]:
    """The hats a person wears now, in the order they were given."""
    return _hats(session, col(RoleGrant.person_id) == person_id).get(person_id, ())


def reader_of(session: Session, token: str | None, *, now: datetime) -> Reader:
    """Who the session's token stands for at this moment; the public when it stands for nobody (any more)."""
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
    return _reader(session, query)


def reader_at_address(session: Session, email: str, *, since: datetime) -> Reader:
    """Who has the address that an identity provider vouched for; the public if signed out everywhere since then."""
    query = select(col(Person.id)).where(
        col(Person.email) == email.lower(),
        col(Person.removed_at).is_(None),
        or_(col(Person.signed_out_at).is_(None), col(Person.signed_out_at) < since),
    )
    return _reader(session, query)


def reader_shown(session: Session, shown: Shown, *, now: datetime) -> Reader:
    """Who is behind what a browser shows, at this moment; the public when nobody is, or nobody any more."""
    found = reader_of(session, shown.token, now=now)
    if found == PUBLIC and shown.address and shown.since:
        return reader_at_address(session, shown.address, since=shown.since)
    return found


def find_person(session: Session, email: str) -> Known | None:
    """The person with this address."""
    return next(iter(_known(session, col(Person.email) == email.strip().lower())), None)


def person(session: Session, person_id: int) -> Known | None:
    """The person under this key, if not removed."""
    return next(iter(_known(session, col(Person.id) == person_id)), None)


def list_people(context: Context) -> tuple[Known, ...]:
    """Everybody who holds a role, by address; who has no address comes first."""
    context.require(Action.MANAGE_PEOPLE)
    return tuple(one for one in _known(context.session) if one.hats)


def has_secretariat_with_address(session: Session) -> bool:
    """Whether an account of the secretariat has an address, by which an identity provider can vouch for it."""
    secretariat = (one for one in _known(session) if any(hat.role is Role.SECRETARIAT for hat in one.hats))
    return any(one.email for one in secretariat)


def has_secretariat_signed_in(session: Session) -> bool:
    """Whether anybody of the secretariat ever came in by a link."""
    query = (
        select(col(WebSession.id))
        .join(RoleGrant, col(RoleGrant.person_id) == WebSession.person_id)
        .where(col(RoleGrant.role) == Role.SECRETARIAT)
    )
    return session.execute(query.limit(1)).first() is not None


def _reader(session: Session, query: Select[int | None]) -> Reader:
    person_id = session.execute(query).scalar()
    return Reader(person_id, hats_of(session, person_id)) if person_id is not None else PUBLIC


def _hats(session: Session, *which: ColumnElement[bool]) -> dict[int, tuple[Hat, ...]]:
    query = select(*map(col, (RoleGrant.person_id, RoleGrant.role, RoleGrant.scope))).where(
        col(RoleGrant.ended_at).is_(None), *which
    )
    held: defaultdict[int, list[Hat]] = defaultdict(list)
    for person_id, role, scope in session.execute(query.order_by(col(RoleGrant.id))):
        held[person_id].append(Hat(Role(role), scope))
    return {person_id: tuple(hats) for person_id, hats in held.items()}


def _known(session: Session, *which: ColumnElement[bool]) -> tuple[Known, ...]:
    query = select(Person).where(col(Person.removed_at).is_(None), *which)
    rows = session.execute(query.order_by(func.coalesce(col(Person.email), ""), col(Person.id))).scalars().all()
    hats, signed_in, asked = _hats(session), _signed_in(session), _waiting(session)
    return tuple(_one(row, hats, signed_in, asked) for row in rows)


def _one(
    row: Person,
    hats: Mapping[int, tuple[Hat, ...]],
    signed_in: Mapping[int, datetime],
    asked: Mapping[str, datetime],
) -> Known:
    key = row.id or 0
    return Known(key, row.email, row.name, hats.get(key, ()), signed_in.get(key), asked.get(subject_of(key)))


def _signed_in(session: Session) -> dict[int, datetime]:
    query = select(col(WebSession.person_id), func.max(col(WebSession.made_at))).group_by(col(WebSession.person_id))
    return dict(session.execute(query).all())


def _waiting(session: Session) -> dict[str, datetime]:
    """Since when somebody waits, by subject of the audit: asked after the last link was made for them."""
    made = select(col(SignInLink.person_id), func.max(col(SignInLink.made_at))).group_by(col(SignInLink.person_id))
    answered = {subject_of(key): at for key, at in session.execute(made)}
    query = (
        select(col(AuditEvent.subject), func.max(col(AuditEvent.at)))
        .where(col(AuditEvent.action) == ASKED_FOR_LINK)
        .group_by(col(AuditEvent.subject))
    )
    asked = session.execute(query)
    return {subject: at for subject, at in asked if subject not in answered or answered[subject] < at}
