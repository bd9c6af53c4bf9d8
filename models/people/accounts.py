"""People and their roles: added, given hats, signed out, removed; each act audited, no row ever lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.core.errors import NotFound, PersonRefused
from models.core.vocabulary import Role
from models.people.bulk_list import NewPerson, is_address, refuse_wrong, refuse_wrong_hat
from models.people.directory import find_person, hats_of, subject_of
from models.people.permissions import Action, Hat, Reader, require
from models.people.sign_in import end_sessions, void_links
from models.plan.schema import Plan
from models.store.audit import person_id_of, record_act
from models.store.people_tables import RoleGrant
from models.store.tables import Person

OPERATOR = Reader(hats=(Hat(Role.SECRETARIAT),))
"""Whoever runs the server's command line: may do what the secretariat may, under no name."""


def add_people(session: Session, people: Sequence[NewPerson], *, by: Reader, plan: Plan, now: datetime) -> list[int]:
    """Add people, or give hats to those known already; all of them or nobody. Returns their keys, in order."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    refuse_wrong(people, plan)
    return [_add(session, one, by=by, now=now) for one in people]


def add_hat(session: Session, person_id: int, hat: Hat, *, by: Reader, plan: Plan, now: datetime) -> None:
    """Give a person one more hat; one worn already changes nothing."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    refuse_wrong_hat(hat, plan)
    _give(session, _row(session, person_id), (hat,), by=by, now=now, action="add role")


def change_person(
    session: Session, person_id: int, *, email: str, name: str, by: Reader, plan: Plan, now: datetime
) -> None:
    """Give a person another name or address. With another address, links sent to the old one are void."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    row, address = _row(session, person_id), email.strip().lower()
    _refuse_address(session, row, address)
    if row.email != address:
        void_links(session, person_id, now)
    row.email, row.name = address, name.strip() or None
    record_act(session, action="change person", subject=subject_of(person_id), now=now, person_id=by.person_id)


def end_role(session: Session, person_id: int, hat: Hat, *, by: Reader, plan: Plan, now: datetime) -> None:
    """Take one hat off a person; what they wrote under it stays."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    grants = [grant for grant in _grants(session, _row(session, person_id)) if (grant.role, grant.scope) == _pair(hat)]
    _end(session, grants, person_id, by=by, now=now)
    before = {"hats": [_told(hat)]}
    record_act(
        session, action="end role", subject=subject_of(person_id), now=now, person_id=by.person_id, before=before
    )


def remove_person(session: Session, person_id: int, *, by: Reader, plan: Plan, now: datetime) -> None:
    """End every role, link and session, and blank name and address; what the person wrote stays."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    row, hats = _row(session, person_id), hats_of(session, person_id)
    _end(session, list(_grants(session, row)), person_id, by=by, now=now)
    void_links(session, person_id, now)
    _sign_out(session, row, now)
    row.email = row.name = None
    row.removed_at = now
    before = {"hats": [_told(hat) for hat in hats]}
    record_act(
        session, action="remove person", subject=subject_of(person_id), now=now, person_id=by.person_id, before=before
    )


def sign_out_everywhere(session: Session, person_id: int, *, by: Reader, plan: Plan, now: datetime) -> None:
    """End every session of a person; one's own needs no permission."""
    if by.person_id != person_id:
        require(by, Action.MANAGE_PEOPLE, plan=plan)
    _sign_out(session, _row(session, person_id), now)
    record_act(session, action="sign out everywhere", subject=subject_of(person_id), now=now, person_id=by.person_id)


def person_at(session: Session, email: str) -> int:
    """The key of the person with this address; raises NotFound for an address nobody has."""
    found = find_person(session, email)
    if found is None:
        raise NotFound(f"Nobody has the address {email}. Add the person first.")
    return found.id


def _add(session: Session, person: NewPerson, *, by: Reader, now: datetime) -> int:
    row = _row(session, person_id_of(session, person.email))
    row.name = person.name or row.name
    return _give(session, row, person.hats, by=by, now=now, action="add person")


def _give(session: Session, row: Person, hats: Sequence[Hat], *, by: Reader, now: datetime, action: str) -> int:
    key = row.id or 0
    held = hats_of(session, key)
    new = [hat for hat in dict.fromkeys(hats) if hat not in held]
    for hat in new:
        session.add(RoleGrant(person_id=key, role=hat.role, scope=hat.scope, granted_at=now, granted_by=by.person_id))
    session.flush()
    after = {"hats": [_told(hat) for hat in new]}
    record_act(session, action=action, subject=subject_of(key), now=now, person_id=by.person_id, after=after)
    return key


def _refuse_address(session: Session, row: Person, address: str) -> None:
    if not is_address(address):
        raise PersonRefused(f"“{address}” is not an e-mail address. Write one such as name@example.org.")
    other = find_person(session, address)
    if other is not None and other.id != row.id:
        raise PersonRefused(
            f"Somebody else has the address {address}. Give that person the roles, or remove them first."
        )


def _end(session: Session, grants: Sequence[RoleGrant], person_id: int, *, by: Reader, now: datetime) -> None:
    """End roles, but never the last of the secretariat: nobody could give a role again."""
    if any(grant.role == Role.SECRETARIAT for grant in grants):
        query = select(RoleGrant.id).where(
            RoleGrant.role == Role.SECRETARIAT, RoleGrant.person_id != person_id, col(RoleGrant.ended_at).is_(None)
        )
        if session.exec(query).first() is None:
            raise PersonRefused("This is the last account of the secretariat. Add another one first.")
    for grant in grants:
        grant.ended_at, grant.ended_by = now, by.person_id


def _grants(session: Session, row: Person) -> Iterable[RoleGrant]:
    return session.exec(select(RoleGrant).where(RoleGrant.person_id == row.id, col(RoleGrant.ended_at).is_(None)))


def _sign_out(session: Session, row: Person, now: datetime) -> None:
    row.signed_out_at = now
    end_sessions(session, row.id or 0, now)


def _row(session: Session, person_id: int) -> Person:
    row = session.get(Person, person_id)
    if row is None or row.removed_at is not None:
        raise NotFound("This account does not exist or was removed.")
    return row


def _pair(hat: Hat) -> tuple[str, str]:
    return hat.role.value, hat.scope


def _told(hat: Hat) -> str:
    return f"{hat.role} {hat.scope}".strip()
