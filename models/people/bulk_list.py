"""People to add: one given by hand, or many pasted from a table with a role, a body or state, an e-mail and a name."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.core.errors import PeopleRefused, Problem
from models.core.mail_address import is_address
from models.core.vocabulary import Role
from models.people.permissions import Hat
from models.plan.schema import Plan

COLUMNS = ("role", "body or state", "e-mail", "name")
SEPARATORS = "\t;,"
"""A spreadsheet copies its columns with tabs; a file has one of the others."""

SOURCE = "people"
"""What stands for the file where a line is told."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add: an address, hats, a name if known, and the line that says so."""

    email: str
    hats: tuple[Hat, ...]
    name: str | None = None
    line: int = 1


def read_people(text: str, plan: Plan) -> tuple[NewPerson, ...]:
    """The people of a pasted table, one hat a line; raises PeopleRefused with every problem of every line."""
    rows = [(line, cells) for line, cells in _rows(text) if any(cells)]
    if rows and rows[0][1][0].casefold() == COLUMNS[0]:
        rows = rows[1:]
    if not rows:
        raise PeopleRefused([Problem(SOURCE, 1, "nobody is named", f"give on each line: {', '.join(COLUMNS)}")])
    problems = [problem for line, cells in rows for problem in _misread(line, cells)]
    if problems:
        raise PeopleRefused(problems)
    people = tuple(_person(line, cells, plan) for line, cells in rows)
    refuse_wrong(people, plan)
    return people


def refuse_wrong(people: Sequence[NewPerson], plan: Plan) -> None:
    """Raise PeopleRefused with everything that speaks against adding these people."""
    problems = [problem for person in people for problem in _against(person, plan)]
    if problems:
        raise PeopleRefused(problems)


def refuse_wrong_hat(hat: Hat, plan: Plan) -> None:
    """Raise PeopleRefused for a hat that the plan has no body or state for."""
    problems = list(_against_hat(hat, plan, line=0))
    if problems:
        raise PeopleRefused(problems)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    separator = next((sign for sign in SEPARATORS if sign in text), ",")
    for line, row in enumerate(text.splitlines(), start=1):
        cells = next(csv.reader([row], delimiter=separator), [])
        yield line, [cell.strip() for cell in cells]


def _misread(line: int, cells: Sequence[str]) -> Iterator[Problem]:
    if len(cells) not in {len(COLUMNS) - 1, len(COLUMNS)}:
        remedy = f"give {', '.join(COLUMNS)}; the name may be left out"
        yield Problem(SOURCE, line, f"{len(cells)} columns stand here", remedy)
    elif cells[0].casefold() not in _roles():
        yield Problem(SOURCE, line, f"“{cells[0]}” is not a role", f"use one of {', '.join(Role)}")


def _person(line: int, cells: Sequence[str], plan: Plan) -> NewPerson:
    role = _roles()[cells[0].casefold()]
    hat = Hat(role, _scope_names(role, plan).get(cells[1].casefold(), cells[1]))
    return NewPerson(cells[2], (hat,), "".join(cells[3:]) or None, line)


def _roles() -> dict[str, Role]:
    """Roles by what people write: the stored word or its label."""
    return {name.casefold(): role for role in Role for name in (role.value, role.label)}


def _scope_names(role: Role, plan: Plan) -> dict[str, str]:
    """Keys of bodies or states by what people write: the key or the name."""
    return {name.casefold(): key for key, one in scopes(role, plan).items() for name in (key, one)}


def scopes(role: Role, plan: Plan) -> Mapping[str, str]:
    """What a role can be for, by key, with its name; empty for a role that is for the whole plan."""
    if role is Role.CHAIR:
        return {key: body.name for key, body in plan.body.items()}
    return {key: state.name for key, state in plan.state.items()} if role is Role.FOCAL_POINT else {}


def hats_told(hats: Iterable[Hat], plan: Plan) -> tuple[str, ...]:
    """Each hat in words: “Chair, TMTF”, “Focal point, Thailand”; a scope the plan no longer knows by its key."""
    return tuple(", ".join(filter(None, (hat.role.label, _short(hat, plan)))) for hat in hats)


def _short(hat: Hat, plan: Plan) -> str:
    """A body goes by its key, a state by its name."""
    return scopes(hat.role, plan).get(hat.scope, hat.scope) if hat.role is Role.FOCAL_POINT else hat.scope


def _against(person: NewPerson, plan: Plan) -> Iterator[Problem]:
    if not is_address(person.email):
        yield Problem(SOURCE, person.line, f"“{person.email}” is not an e-mail address", "write name@example.org")
    if not person.hats:
        yield Problem(SOURCE, person.line, "no role is given", f"give one of {', '.join(Role)}")
    for hat in person.hats:
        yield from _against_hat(hat, plan, person.line)


def _against_hat(hat: Hat, plan: Plan, line: int) -> Iterator[Problem]:
    known = scopes(hat.role, plan)
    kind = "a body" if hat.role is Role.CHAIR else "a member state"
    if known and hat.scope not in known:
        what = f"“{hat.scope}” is not {kind}" if hat.scope else f"{hat.role.label} needs {kind}"
        yield Problem(SOURCE, line, what, f"use one of {', '.join(known)}")
    elif not known and hat.scope:
        what = f"{hat.role.label} is for the whole plan, not for “{hat.scope}”"
        yield Problem(SOURCE, line, what, "leave the body or state out")
