"""People to add: a single person, or a pasted table with the columns role, body or state, e-mail and name."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.core.errors import PeopleRefused, Problem
from models.core.folding import folded, kept, quoted, unmarked
from models.core.mail_address import is_address
from models.core.names import Names, key_of, name_table, nearest, split_names
from models.core.text import counted
from models.core.vocabulary import Role
from models.people.permissions import RoleAssignment
from models.plan.names import plan_names
from models.plan.schema import Plan

COLUMNS = ("role", "body or state", "e-mail", "name")
SEPARATORS = "\t;,"
"""A spreadsheet copies its columns with tabs; a file has one of the others."""

ROLES = name_table((role.value, [role.label]) for role in Role)
"""Roles by what people write: the stored value or its label."""

SOURCE = "people"
"""The name used for the file in problems of a pasted table."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to add: address, roles, name if known, and the line of the table."""

    email: str
    roles: tuple[RoleAssignment, ...]
    name: str | None = None
    line: int = 1


def read_people(text: str, plan: Plan) -> tuple[NewPerson, ...]:
    """Return the people of a pasted table, one role a line; raises PeopleRefused with every problem of every line."""
    separator = next((sign for sign in SEPARATORS if sign in text), ",")
    rows = []
    for line, row in enumerate(text.splitlines(), start=1):
        try:
            cells = [cell.strip() for cell in next(csv.reader([row], delimiter=separator), [])]
        except csv.Error as error:
            problem = Problem(SOURCE, line, "is longer than a table's line", f"write on it: {', '.join(COLUMNS)}")
            raise PeopleRefused([problem]) from error
        if any(map(folded, cells)):
            rows.append((line, cells))
    if rows and folded(rows[0][1][0]) == COLUMNS[0]:
        rows = rows[1:]
    if not rows:
        raise PeopleRefused([Problem(SOURCE, 1, "the list is empty", f"write on each line: {', '.join(COLUMNS)}")])
    problems = [problem for line, cells in rows for problem in _line_problems(line, cells)]
    if problems:
        raise PeopleRefused(problems)
    people = tuple(_person(line, cells, plan) for line, cells in rows)
    check_people(people, plan)
    return people


def check_people(people: Sequence[NewPerson], plan: Plan) -> None:
    """Raise PeopleRefused with every reason why these people cannot be added."""
    problems = [problem for person in people for problem in _person_problems(person, plan)]
    if problems:
        raise PeopleRefused(problems)


def check_assignment(assignment: RoleAssignment, plan: Plan) -> None:
    """Raise PeopleRefused for a role whose body or state is not in the plan."""
    problems = list(_assignment_problems(assignment, plan, line=0))
    if problems:
        raise PeopleRefused(problems)


def _line_problems(line: int, cells: Sequence[str]) -> Iterator[Problem]:
    if len(cells) not in {len(COLUMNS) - 1, len(COLUMNS)}:
        remedy = f"write {', '.join(COLUMNS)}; the name is optional"
        yield Problem(SOURCE, line, f"this line has {counted(len(cells), 'column')}", remedy)
    elif key_of(cells[0], ROLES) is None:
        yield Problem(SOURCE, line, f"{quoted(cells[0])} is not a role", nearest(cells[0], ROLES, Role))


def _person(line: int, cells: Sequence[str], plan: Plan) -> NewPerson:
    role = Role(key_of(cells[0], ROLES) or "")
    names = scope_names(role, plan)
    keys = split_names(cells[1], names) if names else [unmarked(cells[1])]
    roles = tuple(RoleAssignment(role, key) for key in keys or [""])
    return NewPerson(unmarked(cells[2]), roles, kept("".join(cells[3:])).strip() or None, line)


def scope_names(role: Role, plan: Plan) -> Names:
    """The names of the bodies or states a role can be for, as people write them."""
    if role is Role.CHAIR:
        return plan_names(plan, "bodies")
    return plan_names(plan, "states") if role is Role.FOCAL_POINT else {}


def scopes(role: Role, plan: Plan) -> Mapping[str, str]:
    """Return the bodies or states a role can be for: name by key; empty for a role for the whole plan."""
    if role is Role.CHAIR:
        return {key: body.name for key, body in plan.body.items()}
    return {key: state.name for key, state in plan.state.items()} if role is Role.FOCAL_POINT else {}


def role_labels(roles: Iterable[RoleAssignment], plan: Plan) -> tuple[str, ...]:
    """Return each role as text, such as “Focal point, Thailand”; a scope that is not in the plan by its key."""
    return tuple(", ".join(filter(None, (assignment.role.label, _short(assignment, plan)))) for assignment in roles)


def _short(assignment: RoleAssignment, plan: Plan) -> str:
    """The key of a body, the name of a state."""
    return (
        scopes(assignment.role, plan).get(assignment.scope, assignment.scope)
        if assignment.role is Role.FOCAL_POINT
        else assignment.scope
    )


def _person_problems(person: NewPerson, plan: Plan) -> Iterator[Problem]:
    if not is_address(person.email):
        yield Problem(SOURCE, person.line, f"{quoted(person.email)} is not an e-mail address", "write name@example.org")
    if not person.roles:
        yield Problem(SOURCE, person.line, "no role is given", f"write one of {', '.join(Role)}")
    for assignment in person.roles:
        yield from _assignment_problems(assignment, plan, person.line)


def _assignment_problems(assignment: RoleAssignment, plan: Plan, line: int) -> Iterator[Problem]:
    known = scopes(assignment.role, plan)
    kind = "a body" if assignment.role is Role.CHAIR else "a member state"
    if known and assignment.scope not in known:
        what = f"{assignment.role.label} needs {kind}"
        if assignment.scope:
            what = f"{quoted(assignment.scope)} is not {kind}"
        yield Problem(SOURCE, line, what, nearest(assignment.scope, scope_names(assignment.role, plan), known))
    elif not known and assignment.scope:
        what = f"{assignment.role.label} is for the whole plan, not for {quoted(assignment.scope)}"
        yield Problem(SOURCE, line, what, "leave the body or state empty")
