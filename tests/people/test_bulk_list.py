"""A pasted table of people: what is understood, and every problem by its line."""

import pytest

from models.core.errors import PeopleRefused
from models.core.vocabulary import Role
from models.people.bulk_list import NewPerson, read_people, role_labels
from models.people.permissions import RoleAssignment
from tests.kit.builders import tiny_plan

PLAN = tiny_plan()
CHAIR = NewPerson("a@example.org", (RoleAssignment(Role.CHAIR, "TMTF"),), "A. Name", line=1)


def problems(text):
    with pytest.raises(PeopleRefused) as refusal:
        read_people(text, PLAN)
    return [(problem.line, problem.what) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    "line",
    [
        "chair\tTMTF\ta@example.org\tA. Name",
        "chair;TMTF;a@example.org;A. Name",
        "chair, TMTF, a@example.org, A. Name",
        "Chair\ttmtf\ta@example.org\tA. Name",
        "CHAIR\tTrademark Task Force\ta@example.org\tA. Name",
    ],
)
def test_columns_come_as_a_spreadsheet_or_a_person_writes_them(line):
    assert (CHAIR,) == read_people(line, PLAN)


def test_a_line_of_headings_and_empty_lines_are_left_out_and_lines_keep_their_number():
    people = read_people("Role;Body or state;E-mail;Name\n\nfocal point;Cambodia;k@example.org\n", PLAN)
    assert (NewPerson("k@example.org", (RoleAssignment(Role.FOCAL_POINT, "KH"),), None, line=3),) == people


def test_a_name_may_hold_the_separator_of_others():
    assert "Name, A." == read_people("chair\tTMTF\ta@example.org\tName, A.", PLAN)[0].name


def test_every_problem_of_every_line_is_stated_at_once():
    text = (
        "chair,NOPE,a@example.org\nobserver,TMTF,b@example.org\nchair,TMTF,not an address\nfocal point,,c@example.org"
    )
    assert [
        (1, "“NOPE” is not a body"),
        (2, "Observer is for the whole plan, not for “TMTF”"),
        (3, "“not an address” is not an e-mail address"),
        (4, "Focal point needs a member state"),
    ] == problems(text)


def test_lines_that_are_no_table_are_stated_before_anything_else():
    assert [(1, "“boss” is not a role"), (2, "this line has 1 column")] == problems("boss,TMTF,a@example.org\nchair")


@pytest.mark.parametrize("text", ["", "\n\n", "role,body or state,e-mail,name"])
def test_a_table_that_names_nobody_is_refused(text):
    assert [(1, "the list is empty")] == problems(text)


def test_roles_are_stated_in_words():
    roles = (
        RoleAssignment(Role.SECRETARIAT),
        RoleAssignment(Role.CHAIR, "TMTF"),
        RoleAssignment(Role.FOCAL_POINT, "KH"),
        RoleAssignment(Role.CHAIR, "GONE"),
    )
    assert ("Secretariat", "Chair, TMTF", "Focal point, Cambodia", "Chair, GONE") == role_labels(roles, PLAN)


def test_a_line_without_end_is_refused_in_words():
    text = f"E-mail,Role\n{'x' * 200_000},chair"

    with pytest.raises(PeopleRefused, match=r"2: is longer than a table's line; write on it: "):
        read_people(text, PLAN)
