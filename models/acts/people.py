"""People and their roles: added, given hats, signed out, removed; each act audited, no row ever lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.acts.audit import record_act
from models.reads.people import hats_of
from models.rules.errors import NotFound, Problem, Refused
from models.rules.permissions import Action, Hat, Reader, Role, require
from models.rules.plan import Plan
from models.store.people_tables import RoleGrant, WebSession
from models.store.tables import Person

OPERATOR = Reader(hats=(Hat(Role.SECRETARIAT),))
"""Whoever runs the server's command line: may do what the secretariat may, under no name."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add: an address, a name if known, and hats."""

    email: str
    hats: tuple[Hat, ...]
    name: str | None = None


class PeopleRefused(Refused):
    """Nobody of a list was added, for the reasons told line by line."""


def add_people(session: Session, people: Sequence[NewPerson], *, by: Reader, plan: Plan, now: datetime) -> list[int]:
    """Add people, or give hats to those known already; all of them or nobody. Returns their keys, in order."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    problems = [problem for line, one in enumerate(people, start=1) for problem in _against(one, plan, line)]
    if problems:
        raise PeopleRefused(problems)
    return [_add(session, one, by=by, now=now) for one in people]


def _against(person: NewPerson, plan: Plan, line: int) -> Iterable[Problem]:
    name, at, domain = person.email.partition("@")
    if not (name and at and "." in domain) or any(letter.isspace() for letter in person.email):
        yield Problem(
            "people", line, f"{person.email!r} is not an e-mail address", "write one such as name@example.org"
        )
    if not person.hats:
        yield Problem("people", line, "no role is given", f"give one of {', '.join(Role)}")
    for hat in person.hats:
        known = {Role.CHAIR: plan.body, Role.FOCAL_POINT: plan.state}.get(hat.role)
        if known is None and hat.scope:
            yield Problem("people", line, f"{hat.role} has no scope", f"leave out {hat.scope}")
        elif known is not None and hat.scope not in known:
            kind = "body" if hat.role is Role.CHAIR else "member state"
            yield Problem(
                "people", line, f"{hat.scope or 'nothing'!r} is not a {kind}", f"use one of {', '.join(known)}"
            )


def _add(session: Session, person: NewPerson, *, by: Reader, now: datetime) -> int:
    row = session.exec(select(Person).where(col(Person.email) == person.email.lower())).first()
    row = row or Person(email=person.email.lower())
    row.name, row.removed_at = person.name or row.name, None
    session.add(row)
    session.flush()
    key = _key(row)
    held = hats_of(session, key)
    for hat in (hat for hat in person.hats if hat not in held):
        grant = RoleGrant(person_id=key, role=hat.role, scope=hat.scope, granted_at=now, granted_by=by.person_id)
        session.add(grant)
    after = {"hats": [f"{hat.role} {hat.scope}".strip() for hat in person.hats]}
    record_act(session, action="add person", subject=f"person {key}", now=now, person_id=by.person_id, after=after)
    return key


def remove_person(session: Session, person_id: int, *, by: Reader, plan: Plan, now: datetime) -> None:
    """End every role and session, and blank name and address; what the person wrote stays."""
    require(by, Action.MANAGE_PEOPLE, plan=plan)
    row = _row(session, person_id)
    for grant in session.exec(
        select(RoleGrant).where(RoleGrant.person_id == person_id, col(RoleGrant.ended_at).is_(None))
    ):
        grant.ended_at, grant.ended_by = now, by.person_id
    _end_sessions(session, row, now)
    row.email = row.name = None
    row.removed_at = now
    record_act(session, action="remove person", subject=f"person {person_id}", now=now, person_id=by.person_id)


def sign_out_everywhere(session: Session, person_id: int, *, by: Reader, plan: Plan, now: datetime) -> None:
    """End every session of a person; one's own needs no permission."""
    if by.person_id != person_id:
        require(by, Action.MANAGE_PEOPLE, plan=plan)
    _end_sessions(session, _row(session, person_id), now)
    record_act(session, action="sign out", subject=f"person {person_id}", now=now, person_id=by.person_id)


def _end_sessions(session: Session, person: Person, now: datetime) -> None:
    person.signed_out_at = now
    query = select(WebSession).where(WebSession.person_id == person.id, col(WebSession.ended_at).is_(None))
    for one in session.exec(query):
        one.ended_at = now


def _row(session: Session, person_id: int) -> Person:
    row = session.get(Person, person_id)
    if row is None or row.removed_at is not None:
        message = "There is no such person."
        raise NotFound(message)
    return row


def _key(person: Person) -> int:
    if person.id is None:
        message = "a stored person has a key"
        raise AssertionError(message)
    return person.id
