"""People and their roles: added, given hats, signed out, removed; each act audited, no row ever lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.core.errors import NotFound, PersonRefused
from models.core.mail_address import is_address
from models.core.vocabulary import Role
from models.people.bulk_list import NewPerson, refuse_wrong, refuse_wrong_hat
from models.people.context import Context
from models.people.directory import find_person, hats_of, subject_of
from models.people.permissions import Action, Hat, Reader
from models.people.sign_in import end_sessions, void_links
from models.store.audit import person_id_of
from models.store.people_tables import RoleGrant
from models.store.tables import Person

OPERATOR = Reader(hats=(Hat(Role.SECRETARIAT),))
"""Whoever runs the server's command line: may do what the secretariat may, under no name."""


def add_people(context: Context, people: Sequence[NewPerson]) -> list[int]:
    """Add people, or give hats to those known already; all of them or nobody. Returns their keys, in order."""
    context.require(Action.MANAGE_PEOPLE)
    refuse_wrong(people, context.plan)
    return [_add(context, one) for one in people]


def add_hat(context: Context, person_id: int, hat: Hat) -> None:
    """Give a person one more hat; one worn already changes nothing."""
    context.require(Action.MANAGE_PEOPLE)
    refuse_wrong_hat(hat, context.plan)
    _give(context, _row(context.session, person_id), (hat,), action="add role")


def change_person(context: Context, person_id: int, *, email: str, name: str) -> None:
    """Give a person another name or address. With another address, links sent to the old one are void."""
    context.require(Action.MANAGE_PEOPLE)
    row, address = _row(context.session, person_id), email.strip().lower()
    _refuse_address(context.session, row, address)
    if row.email != address:
        void_links(context.session, person_id, context.now)
    row.email, row.name = address, name.strip() or None
    context.record("change person", subject_of(person_id))


def end_role(context: Context, person_id: int, hat: Hat) -> None:
    """Take one hat off a person; what they wrote under it stays."""
    context.require(Action.MANAGE_PEOPLE)
    grants = [
        grant
        for grant in _grants(context.session, _row(context.session, person_id))
        if (grant.role, grant.scope) == _pair(hat)
    ]
    _end(context, grants, person_id)
    before = {"hats": [_told(hat)]}
    context.record("end role", subject_of(person_id), before=before)


def remove_person(context: Context, person_id: int) -> None:
    """End every role, link and session, and blank name and address; what the person wrote stays."""
    context.require(Action.MANAGE_PEOPLE)
    row, hats = _row(context.session, person_id), hats_of(context.session, person_id)
    _end(context, list(_grants(context.session, row)), person_id)
    void_links(context.session, person_id, context.now)
    _sign_out(context.session, row, context.now)
    row.email = row.name = None
    row.removed_at = context.now
    before = {"hats": [_told(hat) for hat in hats]}
    context.record("remove person", subject_of(person_id), before=before)


def sign_out_everywhere(context: Context, person_id: int) -> None:
    """End every session of a person; one's own needs no permission."""
    if context.user.person_id != person_id:
        context.require(Action.MANAGE_PEOPLE)
    _sign_out(context.session, _row(context.session, person_id), context.now)
    context.record("sign out everywhere", subject_of(person_id))


def person_at(session: Session, email: str) -> int:
    """The key of the person with this address; raises NotFound for an address nobody has."""
    found = find_person(session, email)
    if found is None:
        raise NotFound(f"Nobody has the address {email}. Add the person first.")
    return found.id


def _add(context: Context, person: NewPerson) -> int:
    row = _row(context.session, person_id_of(context.session, person.email))
    row.name = person.name or row.name
    return _give(context, row, person.hats, action="add person")


def _give(context: Context, row: Person, hats: Sequence[Hat], *, action: str) -> int:
    key = row.id or 0
    held = hats_of(context.session, key)
    new = [hat for hat in dict.fromkeys(hats) if hat not in held]
    for hat in new:
        context.session.add(
            RoleGrant(
                person_id=key, role=hat.role, scope=hat.scope, granted_at=context.now, granted_by=context.user.person_id
            )
        )
    context.session.flush()
    after = {"hats": [_told(hat) for hat in new]}
    context.record(action, subject_of(key), after=after)
    return key


def _refuse_address(session: Session, row: Person, address: str) -> None:
    if not is_address(address):
        raise PersonRefused(f"“{address}” is not an e-mail address. Write one such as name@example.org.")
    other = find_person(session, address)
    if other is not None and other.id != row.id:
        raise PersonRefused(
            f"Somebody else has the address {address}. Give that person the roles, or remove them first."
        )


def _end(context: Context, grants: Sequence[RoleGrant], person_id: int) -> None:
    """End roles, but never the last of the secretariat: nobody could give a role again."""
    if any(grant.role == Role.SECRETARIAT for grant in grants):
        query = select(RoleGrant.id).where(
            RoleGrant.role == Role.SECRETARIAT, RoleGrant.person_id != person_id, col(RoleGrant.ended_at).is_(None)
        )
        if context.session.exec(query).first() is None:
            raise PersonRefused("This is the last account of the secretariat. Add another one first.")
    for grant in grants:
        grant.ended_at, grant.ended_by = context.now, context.user.person_id


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
