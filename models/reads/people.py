"""Who somebody is: the hats they wear now, and who stands behind a session's token."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlmodel import Session, col

from models.rules.permissions import PUBLIC, Hat, Reader, Role
from models.store.people_tables import RoleGrant, WebSession
from models.store.tables import Person


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the secretariat sees them in the list of people."""

    id: int
    email: str | None
    name: str | None
    hats: tuple[Hat, ...]


def hats_of(session: Session, person_id: int) -> tuple[Hat, ...]:
    """The hats a person wears now, in the order they were given."""
    query = (
        select(col(RoleGrant.role), col(RoleGrant.scope))
        .where(col(RoleGrant.person_id) == person_id, col(RoleGrant.ended_at).is_(None))
        .order_by(col(RoleGrant.id))
    )
    return tuple(Hat(Role(role), scope) for role, scope in session.execute(query))


def reader_of(session: Session, token: str | None, *, now: datetime) -> Reader:
    """Who the session's token stands for at this moment; the public when it stands for nobody (any more)."""
    if not token:
        return PUBLIC
    query = (
        select(col(WebSession.person_id))
        .join(Person, col(Person.id) == WebSession.person_id)
        .where(
            col(WebSession.token_hash) == sha256(token.encode()).hexdigest(),
            col(WebSession.ended_at).is_(None),
            col(WebSession.expires_at) > now,
            col(Person.removed_at).is_(None),
        )
    )
    person_id = session.execute(query).scalar()
    return Reader(person_id, hats_of(session, person_id)) if person_id is not None else PUBLIC


def list_people(session: Session) -> tuple[Known, ...]:
    """Everybody who holds or held a role and was not removed, by address."""
    query = select(Person).where(col(Person.removed_at).is_(None)).order_by(col(Person.email))
    known = ((row, hats_of(session, row.id or 0)) for row in session.execute(query).scalars())
    return tuple(Known(row.id or 0, row.email, row.name, hats) for row, hats in known if hats)
