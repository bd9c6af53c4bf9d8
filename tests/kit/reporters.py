"""People who report, for the tests of drafts: a chair, focal points, and an officer of the secretariat."""

from datetime import date

from sqlalchemy import Engine

from models.core.vocabulary import Role
from models.meetings.cycles import open_cycle
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment, User
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.store.database import writing
from tests.kit.builders import LOADED, NOW, load, tiny_plan

CHAIR_ROLE, CAMBODIA_ROLE = RoleAssignment(Role.CHAIR, "TMTF"), RoleAssignment(Role.FOCAL_POINT, "KH")
BRUNEI_ROLE, SECRETARIAT_ROLE = RoleAssignment(Role.FOCAL_POINT, "BN"), RoleAssignment(Role.SECRETARIAT)
REGIONAL, CAMBODIA, BRUNEI = ("I01", "ASEAN"), ("I02", "KH"), ("I02", "BN")
MEETING = Meeting(key="AWGIPC-82", body="AWGIPC", number=82, start=date(2027, 7, 26), end=date(2027, 7, 29))


def reporting_plan() -> Plan:
    """The tiny plan with a meeting four weeks after NOW."""
    plan = tiny_plan()
    return plan.model_copy(update={"meetings": (*plan.meetings, MEETING)})


def add_user(engine: Engine, email: str, *roles: RoleAssignment, plan: Plan | None = None) -> User:
    """Somebody with roles, as the sign-in would give them."""
    with writing(engine) as session:
        keys = add_people(Context(session, OPERATOR, plan or reporting_plan(), LOADED), [NewPerson(email, roles)])
    return User(keys[0], roles)


def load_with_cycle(engine: Engine) -> Plan:
    """The plan, with the cycle of its next meeting open."""
    plan = reporting_plan()
    load(engine, plan)
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, plan, NOW), MEETING.key)
    return plan
