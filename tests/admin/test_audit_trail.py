"""The audit trail: readable, filtered, and only for those who may read it."""

from datetime import date, timedelta

import pytest

from models.admin.audit_trail import AuditFilter, audit_choices, audit_trail
from models.core.errors import NotPermitted
from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.sign_in import make_link
from models.store.audit import record_act
from models.store.database import reading, writing
from tests.kit.builders import NOW, cleared, load, tiny_plan, write

PLAN = tiny_plan()
CHAIR = RoleAssignment(Role.CHAIR, "TMTF")


@pytest.fixture(name="people")
def _people(engine):
    """Two people and one statement; the second person got a link from the first, a day later."""
    load(engine, PLAN)
    new = [NewPerson("a@example.org", (CHAIR,), "A. Name"), NewPerson("b@example.org", (CHAIR,))]
    with writing(engine) as session:
        first, second = add_people(Context(session, OPERATOR, PLAN, NOW), new)
    with writing(engine) as session:
        officer = User(first, (RoleAssignment(Role.SECRETARIAT),))
        make_link(Context(session, officer, PLAN, NOW + timedelta(days=1)), second)
    write(engine, cleared())
    return first, second


@pytest.fixture(name="find")
def _find(engine, people):  # noqa: ARG001  # they did something first
    def find(*, limit=None, **asked):
        with reading(engine) as session:
            return audit_trail(Context(session, OPERATOR, PLAN, NOW), AuditFilter(**asked), limit=limit)

    return find


def test_each_act_says_who_did_what_to_what(find, people):
    count, lines = find()
    told = [(one.who, one.action, one.subject, one.after) for one in lines]
    assert count == len(lines) == 5
    assert ("A. Name", "make sign-in link", f"person {people[1]} (b@example.org)", "") in told
    assert ("The server", "add person", f"person {people[0]} (A. Name)", "roles: chair TMTF") in told
    assert ("chair@example.org", "record", "progress 1 (I02 KH)", "") == told[0]


def test_roles_read_the_same_in_events_of_earlier_releases(engine, find):
    with writing(engine) as session:
        record_act(session, action="end role", subject="person 1", now=NOW, before={"hats": ["chair TMTF"]})
        record_act(session, action="end role", subject="person 1", now=NOW, before={"roles": ["chair TMTF"]})
    assert ["roles: chair TMTF"] * 2 == [line.before for line in find(action="end role")[1]]


@pytest.mark.parametrize(
    ("asked", "actions"),
    [
        ({"action": "record"}, ["record"]),
        ({"subject": "i02"}, ["record"]),
        ({"subject": "a. name"}, ["add person"]),
        ({"subject": "b@example"}, ["make sign-in link", "add person"]),
        ({"subject": "%"}, []),
        ({"first": date(2027, 7, 1)}, ["make sign-in link"]),
        ({"last": date(2026, 12, 31)}, ["load edition"]),
    ],
)
def test_it_is_filtered(find, asked, actions):
    assert actions == [one.action for one in find(**asked)[1]]


def test_it_is_filtered_by_person(find, people):
    assert ["make sign-in link"] == [one.action for one in find(person_id=people[0])[1]]


def test_a_day_is_a_day_of_the_plan(find):
    """NOW is noon in UTC and 19:00 in Jakarta, of the same day; the load was at midnight in UTC, 7:00 there."""
    assert 3 == find(first=date(2027, 6, 30), last=date(2027, 6, 30))[0]


def test_a_page_holds_the_newest_and_knows_how_many_there_are(find):
    count, lines = find(limit=2)
    assert (5, 2) == (count, len(lines))


def test_the_filters_offer_what_occurs(engine, people):
    with reading(engine) as session:
        choices = audit_choices(Context(session, OPERATOR, PLAN, NOW))
    assert "A. Name" == choices.people[people[0]]
    assert people[1] not in choices.people
    assert ("add person", "load edition", "make sign-in link", "record") == choices.actions


@pytest.mark.parametrize("user", [PUBLIC, User(9, (CHAIR,))])
def test_nobody_else_reads_it(engine, user):
    with reading(engine) as session:
        with pytest.raises(NotPermitted):
            audit_trail(Context(session, user, PLAN, NOW), AuditFilter())
        with pytest.raises(NotPermitted):
            audit_choices(Context(session, user, PLAN, NOW))
