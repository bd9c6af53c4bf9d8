"""Commands on people and their roles: add, change, sign out, remove. Each is audited, and no row is ever deleted."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from models.core.errors import NotFound, PersonRefused
from models.core.mail_address import folded_address, is_address
from models.core.vocabulary import Role
from models.people.bulk_list import NewPerson, check_assignment, check_people
from models.people.context import Context
from models.people.directory import find_person, roles_of, subject_of
from models.people.permissions import Action, RoleAssignment, User
from models.people.sign_in import end_sessions, person_row, void_links
from models.store.audit import person_id_of
from models.store.people_tables import RoleGrant
from models.store.tables import Person

OPERATOR = User(roles=(RoleAssignment(Role.SECRETARIAT),))
"""Whoever uses the command line of the server: has the permissions of the secretariat, and no name."""


def add_people(context: Context, people: Sequence[NewPerson]) -> list[int]:
    """Add people, or give roles to existing accounts; all of them or none. Return their keys, in order.

    Raises PeopleRefused with the problems of every line.
    """
    context.require(Action.MANAGE_PEOPLE)
    check_people(people, context.plan)
    keys = []
    for person in people:
        row = person_row(context.session, person_id_of(context.session, person.email))
        row.name = person.name or row.name
        keys.append(_give(context, row, person.roles, action="add person"))
    return keys


def add_role(context: Context, person_id: int, assignment: RoleAssignment) -> None:
    """Give a person a role; a role that the person already has changes nothing."""
    context.require(Action.MANAGE_PEOPLE)
    check_assignment(assignment, context.plan)
    _give(context, person_row(context.session, person_id), (assignment,), action="add role")


def change_person(context: Context, person_id: int, *, email: str, name: str) -> None:
    """Change the name or address of a person. A new address makes the links sent to the old one invalid.

    Raises PersonRefused for an invalid address or the address of another account.
    """
    context.require(Action.MANAGE_PEOPLE)
    row, address = person_row(context.session, person_id), folded_address(email)
    if not is_address(address):
        raise PersonRefused(f"“{address}” is not an e-mail address. Write one such as name@example.org.")
    other = find_person(context.session, address)
    if other is not None and other.id != row.id:
        raise PersonRefused(
            f"Another account has the address {address}. Give the roles to that account, or remove it first."
        )
    if row.email != address:
        void_links(context.session, person_id, context.now)
    row.email, row.name = address, name.strip() or None
    context.record("change person", subject_of(person_id))


def end_role(context: Context, person_id: int, assignment: RoleAssignment) -> None:
    """End a role of a person; what the person wrote in it stays. Raises PersonRefused for the last secretariat."""
    context.require(Action.MANAGE_PEOPLE)
    grants = [
        grant
        for grant in _grants(context.session, person_row(context.session, person_id))
        if (grant.role, grant.scope) == (assignment.role.value, assignment.scope)
    ]
    _end(context, grants, person_id)
    context.record("end role", subject_of(person_id), before={"roles": [_text(assignment)]})


def remove_person(context: Context, person_id: int) -> None:
    """End every role, link and session, and clear name and address; what the person wrote stays.

    Raises PersonRefused for the last account of the secretariat.
    """
    context.require(Action.MANAGE_PEOPLE)
    row, roles = person_row(context.session, person_id), roles_of(context.session, person_id)
    _end(context, list(_grants(context.session, row)), person_id)
    void_links(context.session, person_id, context.now)
    _sign_out(context, row)
    row.email = row.name = None
    row.removed_at = context.now
    before = {"roles": [_text(assignment) for assignment in roles]}
    context.record("remove person", subject_of(person_id), before=before)


def sign_out_everywhere(context: Context, person_id: int) -> None:
    """End every session of a person; the user's own sessions need no permission."""
    if context.user.person_id != person_id:
        context.require(Action.MANAGE_PEOPLE)
    _sign_out(context, person_row(context.session, person_id))
    context.record("sign out everywhere", subject_of(person_id))


def person_at(session: Session, email: str) -> int:
    """Return the key of the person with this address; raises NotFound if there is none."""
    account = find_person(session, email)
    if account is None:
        raise NotFound(f"There is no account with the address {email}. Add the person first.")
    return account.id


def _give(context: Context, row: Person, roles: Sequence[RoleAssignment], *, action: str) -> int:
    key = row.id or 0
    held = roles_of(context.session, key)
    new = [assignment for assignment in dict.fromkeys(roles) if assignment not in held]
    for assignment in new:
        context.session.add(
            RoleGrant(
                person_id=key,
                role=assignment.role,
                scope=assignment.scope,
                granted_at=context.now,
                granted_by=context.user.person_id,
            )
        )
    context.session.flush()
    context.record(action, subject_of(key), after={"roles": [_text(assignment) for assignment in new]})
    return key


def _end(context: Context, grants: Sequence[RoleGrant], person_id: int) -> None:
    """End roles, but never those of the last of the secretariat who can sign in: nobody could then give roles."""
    if any(grant.role == Role.SECRETARIAT for grant in grants):
        query = (
            select(RoleGrant.id)
            .join(Person, col(Person.id) == RoleGrant.person_id)
            .where(
                RoleGrant.role == Role.SECRETARIAT,
                RoleGrant.person_id != person_id,
                col(RoleGrant.ended_at).is_(None),
                col(Person.email).is_not(None),
            )
        )
        if context.session.exec(query).first() is None:
            raise PersonRefused(
                "This is the last account of the secretariat with an e-mail address, without which nobody can sign in."
                " Add another one first."
            )
    for grant in grants:
        grant.ended_at, grant.ended_by = context.now, context.user.person_id


def _grants(session: Session, row: Person) -> Iterable[RoleGrant]:
    return session.exec(select(RoleGrant).where(RoleGrant.person_id == row.id, col(RoleGrant.ended_at).is_(None)))


def _sign_out(context: Context, row: Person) -> None:
    row.signed_out_at = context.now
    end_sessions(context.session, row.id or 0, context.now)


def _text(assignment: RoleAssignment) -> str:
    return f"{assignment.role} {assignment.scope}".strip()
