"""Permissions: one table of role, action and scope, checked by every command and every restricted query.

The menu hides what a user may not do; this table refuses it. A user may have several roles, and may do what any of
them allows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.core.errors import NotPermitted
from models.core.vocabulary import ASEAN, Role, Word
from models.plan.calendar import WORKING_GROUP
from models.plan.schema import Commitment, Plan


class Action(Word):
    """What a person may be allowed to do."""

    DRAFT = "draft", "write a draft on a commitment"
    SUBMIT = "submit", "submit an update on a commitment"
    TAKE_BACK = "take_back", "withdraw an update before it is cleared"
    RECORD_ON_BEHALF = "record_on_behalf", "record an update on behalf of a body or state"
    CLEAR = "clear", "clear an update"
    RETURN = "return", "return an update with a note"
    WITHDRAW = "withdraw", "withdraw an update after it was cleared"
    READ_SUBMITTED = "read_submitted", "read what is submitted and not yet cleared"
    ASK_QUESTIONS = "ask_questions", "see the questions the chair may wish to ask"
    LOAD_EDITION = "load_edition", "load an edition of the plan"
    MANAGE_CYCLES = "manage_cycles", "open and change reporting cycles"
    MANAGE_PEOPLE = "manage_people", "add people, give them roles and links"
    READ_AUDIT = "read_audit", "read the audit trail"
    REMIND = "remind", "see which reports are missing, and send reminders"


class Reach(Word):
    """How far a permission of a role goes."""

    ALL = "all", "everywhere"
    LEADS = "leads", "the ASEAN commitment of what the body leads"
    STATE = "state", "the state's national commitments and the ASEAN commitment of what it champions"
    WORKING_GROUP = "working_group", "as chair of AWGIPC"


class Audience(Word):
    """The audience of a page."""

    VIEWER = "viewer", "Everyone"
    REPORTER = "reporter", "Reporting"
    SECRETARIAT = "secretariat", "Secretariat"


WRITES_OWN = (Action.DRAFT, Action.SUBMIT, Action.TAKE_BACK)

PERMISSIONS: Mapping[Role, Mapping[Action, Reach]] = {
    Role.SECRETARIAT: dict.fromkeys((action for action in Action if action not in WRITES_OWN), Reach.ALL),
    Role.CHAIR: {
        **dict.fromkeys((*WRITES_OWN, Action.READ_SUBMITTED), Reach.LEADS),
        Action.ASK_QUESTIONS: Reach.WORKING_GROUP,
    },
    Role.FOCAL_POINT: dict.fromkeys((*WRITES_OWN, Action.READ_SUBMITTED), Reach.STATE),
    Role.OBSERVER: {},
}
"""Everything that is not listed is refused."""

AUDIENCES: Mapping[Audience, frozenset[Role]] = {
    Audience.REPORTER: frozenset({Role.CHAIR, Role.FOCAL_POINT}),
    Audience.SECRETARIAT: frozenset({Role.SECRETARIAT}),
}
"""The roles that may open the pages of an audience; a page for everyone needs none."""


@dataclass(frozen=True, slots=True)
class RoleAssignment:
    """A role of a person, with the body or state it is for; empty for a role for the whole plan."""

    role: Role
    scope: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """A user: a person with roles, or the public, without a key and without roles."""

    person_id: int | None = None
    roles: tuple[RoleAssignment, ...] = ()


PUBLIC = User()


def belongs(user: User, audience: Audience) -> bool:
    """Whether the user belongs to the audience of a page."""
    return audience not in AUDIENCES or any(assignment.role in AUDIENCES[audience] for assignment in user.roles)


def could(user: User, action: Action | None) -> bool:
    """Whether any role allows the action on anything at all; no action (None) is allowed to everybody."""
    reaches = ((assignment, PERMISSIONS[assignment.role].get(action)) for assignment in user.roles if action)
    return action is None or any(
        reach is not None and (reach is not Reach.WORKING_GROUP or assignment.scope == WORKING_GROUP)
        for assignment, reach in reaches
    )


def may(user: User, action: Action, *, plan: Plan, commitment: Commitment | None = None) -> bool:
    """Whether any role allows the action, on the commitment if one is given."""
    return any(_allows(assignment, action, plan, commitment) for assignment in user.roles)


def require(user: User, action: Action, *, plan: Plan, commitment: Commitment | None = None) -> None:
    """Raise NotPermitted, with what to do, unless the user may."""
    if may(user, action, plan=plan, commitment=commitment):
        return
    if user == PUBLIC:
        raise NotPermitted("You are not signed in. Nothing was changed. Sign in and try again.")
    about = f" on {commitment[0]} for {commitment[1]}" if commitment else ""
    raise NotPermitted(f"You do not have permission to {action.label}{about}. Contact the secretariat if you need it.")


def assignment_of(speaker: str, plan: Plan) -> RoleAssignment:
    """Return the role in which a body or state reports."""
    return RoleAssignment(Role.CHAIR if speaker in plan.body else Role.FOCAL_POINT, speaker)


def commitments_of(assignment: RoleAssignment, plan: Plan) -> Iterable[Commitment]:
    """Yield the commitments a role reports on, in the plan's order."""
    for commitment in plan.commitments():
        if _allows(assignment, Action.SUBMIT, plan, commitment):
            yield commitment


def assignment_for(user: User, *, plan: Plan, commitment: Commitment) -> RoleAssignment | None:
    """Return the first role in which the user reports on the commitment, None if there is none."""
    return next((assignment for assignment in user.roles if _allows(assignment, Action.SUBMIT, plan, commitment)), None)


def _allows(assignment: RoleAssignment, action: Action, plan: Plan, commitment: Commitment | None) -> bool:
    reach = PERMISSIONS[assignment.role].get(action)
    if reach is None or reach is Reach.ALL:
        return reach is Reach.ALL
    if reach is Reach.WORKING_GROUP:
        return assignment.scope == WORKING_GROUP
    return commitment is not None and _reaches(assignment.scope, reach, plan, commitment)


def _reaches(scope: str, reach: Reach, plan: Plan, commitment: Commitment) -> bool:
    key, party = commitment
    initiative = plan.initiative.get(key)
    if initiative is None or party not in initiative.parties:
        return False
    if reach is Reach.LEADS:
        return party == ASEAN and initiative.lead == scope
    return party == scope or (party == ASEAN and scope in initiative.champions)
