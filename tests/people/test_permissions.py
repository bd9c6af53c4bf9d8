"""Who may do what: every cell of role and action, and the commitments that each assignment reaches."""

import pytest

from models.core.errors import NotPermitted
from models.core.vocabulary import Role
from models.people.permissions import (
    PUBLIC,
    Action,
    Audience,
    RoleAssignment,
    User,
    belongs,
    commitments_of,
    may,
    require,
)
from tests.kit.builders import tiny_plan

PLAN = tiny_plan()
SECRETARIAT, OBSERVER = RoleAssignment(Role.SECRETARIAT), RoleAssignment(Role.OBSERVER)
TMTF, AWGIPC = RoleAssignment(Role.CHAIR, "TMTF"), RoleAssignment(Role.CHAIR, "AWGIPC")
CAMBODIA, BRUNEI = RoleAssignment(Role.FOCAL_POINT, "KH"), RoleAssignment(Role.FOCAL_POINT, "BN")
ROLES = {"secretariat": SECRETARIAT, "tmtf": TMTF, "awgipc": AWGIPC, "cambodia": CAMBODIA, "observer": OBSERVER}

GUIDELINES = ("I01", "ASEAN")
"""Led by TMTF, championed by Cambodia."""

ALLOWED = {
    Action.DRAFT: {"tmtf", "cambodia"},
    Action.SUBMIT: {"tmtf", "cambodia"},
    Action.TAKE_BACK: {"tmtf", "cambodia"},
    Action.READ_SUBMITTED: {"secretariat", "tmtf", "cambodia"},
    Action.RECORD_ON_BEHALF: {"secretariat"},
    Action.CLEAR: {"secretariat"},
    Action.RETURN: {"secretariat"},
    Action.WITHDRAW: {"secretariat"},
    Action.ASK_QUESTIONS: {"secretariat", "awgipc"},
    Action.LOAD_EDITION: {"secretariat"},
    Action.MANAGE_CYCLES: {"secretariat"},
    Action.MANAGE_PEOPLE: {"secretariat"},
    Action.READ_AUDIT: {"secretariat"},
    Action.REMIND: {"secretariat"},
}
"""Who may do each thing to the guidelines, written out by hand."""

CELLS = [(action, name) for action in ALLOWED for name in ROLES]


def wearing(*roles):
    return User(1, roles)


def test_every_action_is_written_out():
    assert set(Action) == set(ALLOWED)


@pytest.mark.parametrize(("action", "name"), CELLS, ids=str)
def test_each_cell_allows_or_refuses(action, name):
    assert (name in ALLOWED[action]) is may(wearing(ROLES[name]), action, plan=PLAN, commitment=GUIDELINES)


@pytest.mark.parametrize("action", Action)
def test_the_public_may_do_nothing_but_read_what_everybody_reads(action):
    assert not may(PUBLIC, action, plan=PLAN, commitment=GUIDELINES)
    with pytest.raises(NotPermitted, match="You are not signed in"):
        require(PUBLIC, action, plan=PLAN, commitment=GUIDELINES)


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        (SECRETARIAT, []),
        (OBSERVER, []),
        (TMTF, [("I01", "ASEAN")]),
        (AWGIPC, []),
        (CAMBODIA, [("I01", "ASEAN"), ("I02", "KH"), ("I03", "KH")]),
        (BRUNEI, [("I02", "BN"), ("I03", "BN")]),
    ],
)
def test_a_role_reports_on_its_commitments_and_no_others(assignment, expected):
    assert expected == list(commitments_of(assignment, PLAN))


@pytest.mark.parametrize("commitment", [("I02", "KH"), ("I02", "ASEAN"), ("I99", "KH"), ("I03", "TL"), ("I01", "KH")])
def test_a_role_for_one_state_does_not_reach_another_or_what_does_not_exist(commitment):
    assert not may(wearing(BRUNEI), Action.SUBMIT, plan=PLAN, commitment=commitment)


def test_a_body_that_leads_a_national_initiative_does_not_report_for_the_states():
    assert not may(wearing(TMTF), Action.SUBMIT, plan=PLAN, commitment=("I03", "KH"))


def test_what_is_about_a_commitment_needs_one():
    assert not may(wearing(TMTF, CAMBODIA), Action.SUBMIT, plan=PLAN)


def test_several_roles_allow_what_any_of_them_allows():
    both = wearing(TMTF, SECRETARIAT)
    assert may(both, Action.SUBMIT, plan=PLAN, commitment=GUIDELINES)
    assert may(both, Action.CLEAR, plan=PLAN, commitment=GUIDELINES)


def test_a_refusal_says_what_and_whom_to_ask():
    with pytest.raises(
        NotPermitted, match="You do not have permission to clear an update on I02 for KH. Contact the secretariat"
    ):
        require(wearing(CAMBODIA), Action.CLEAR, plan=PLAN, commitment=("I02", "KH"))


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.VIEWER, {"secretariat", "tmtf", "awgipc", "cambodia", "observer"}),
        (Audience.REPORTER, {"tmtf", "awgipc", "cambodia"}),
        (Audience.SECRETARIAT, {"secretariat"}),
    ],
)
def test_pages_open_to_their_audience(audience, expected):
    assert expected == {name for name, assignment in ROLES.items() if belongs(wearing(assignment), audience)}
    assert belongs(PUBLIC, audience) is (audience is Audience.VIEWER)
