"""What each kind of user sees of a statement: every cell of the table, and whose display it is."""

import pytest

from models.core.vocabulary import Role
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.visibility_rules import Detail, Display, display_of, shows

SEEN_BY = {
    Detail.NARRATIVE: {Display.SECRETARIAT, Display.MEETING},
    Detail.OBSTACLES: {Display.SECRETARIAT, Display.MEETING},
    Detail.RESTRICTED_EVIDENCE: {Display.SECRETARIAT, Display.MEETING},
    Detail.PROPOSALS: {Display.SECRETARIAT, Display.MEETING},
    Detail.OWED: {Display.SECRETARIAT, Display.MEETING},
    Detail.CORRECTIONS: {Display.SECRETARIAT, Display.MEETING},
    Detail.DECISIONS: {Display.SECRETARIAT, Display.MEETING},
    Detail.PAPER_HEAD: {Display.SECRETARIAT, Display.MEETING},
    Detail.PARTIES: set(Display),
    Detail.PERSONS: {Display.SECRETARIAT},
    Detail.NOT_CLEARED: {Display.SECRETARIAT},
    Detail.QUESTIONS: {Display.SECRETARIAT},
}
"""Who sees each part, written out by hand."""


@pytest.mark.parametrize("detail", Detail)
def test_each_part_is_shown_to_those_it_is_for(detail):
    assert SEEN_BY[detail] == {display for display in Display if shows(display, detail)}


@pytest.mark.parametrize(
    ("roles", "display"),
    [
        ((), Display.PUBLIC),
        ((RoleAssignment(Role.OBSERVER),), Display.MEETING),
        ((RoleAssignment(Role.CHAIR, "TMTF"),), Display.MEETING),
        ((RoleAssignment(Role.FOCAL_POINT, "KH"),), Display.MEETING),
        ((RoleAssignment(Role.SECRETARIAT),), Display.SECRETARIAT),
        ((RoleAssignment(Role.FOCAL_POINT, "KH"), RoleAssignment(Role.SECRETARIAT)), Display.SECRETARIAT),
    ],
)
def test_a_user_s_roles_decide_and_whoever_has_none_is_the_public(roles, display):
    assert display == display_of(User(1, roles))
    assert Display.PUBLIC == display_of(PUBLIC)
