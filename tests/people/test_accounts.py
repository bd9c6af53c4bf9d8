"""People and their roles: added all or nobody, changed, signed out, removed, with each act in the audit trail."""

import pytest
from sqlmodel import select

from models.core.errors import NotFound, NotPermitted, PeopleRefused, PersonRefused, SignInRefused
from models.core.vocabulary import Role
from models.people.accounts import (
    OPERATOR,
    add_people,
    add_role,
    change_person,
    end_role,
    person_at,
    remove_person,
    sign_out_everywhere,
)
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.directory import Account, find_person, list_people, roles_of, user_at_address, user_of
from models.people.first_sign_in import offer_first_sign_in
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.sign_in import make_link, use_link
from models.store.database import reading, writing
from models.store.people_tables import RoleGrant
from models.store.tables import AuditEvent, Person, Progress
from tests.kit.builders import LOADED, NOW, entry, load, rows_of, tiny_plan, write

PLAN = tiny_plan()
CHAIR, CAMBODIA, SECRETARIAT = (
    RoleAssignment(Role.CHAIR, "TMTF"),
    RoleAssignment(Role.FOCAL_POINT, "KH"),
    RoleAssignment(Role.SECRETARIAT),
)


@pytest.fixture(name="do")
def _do(engine):
    """Do one act in a transaction of its own, as the operator unless said otherwise."""

    def do(act, *arguments, by=OPERATOR, **named):
        with writing(engine) as session:
            return act(Context(session, by, PLAN, NOW), *arguments, **named)

    return do


@pytest.fixture(name="add")
def _add(do):
    def add(email, *roles, name=None):
        return do(add_people, [NewPerson(email, roles, name)])[0]

    return add


def signed_in(do, engine, person_id):
    token = do(make_link, person_id).text
    with writing(engine) as session:
        return use_link(session, token, now=NOW).text


def events(engine):
    with reading(engine) as session:
        return [(event.action, event.subject) for event in session.exec(select(AuditEvent))]


def test_a_person_is_added_with_roles_and_found_by_address_in_any_case(engine, add):
    key = add("Chair@Example.org", CHAIR, name="A. Name")

    with reading(engine) as session:
        known = find_person(session, " chair@example.ORG ")
    assert Account(key, "chair@example.org", "A. Name", (CHAIR,)) == known
    assert [("add person", f"person {key}")] == events(engine)


def test_all_are_added_or_nobody(engine, do):
    with pytest.raises(PeopleRefused):
        do(
            add_people,
            [NewPerson("a@example.org", (CHAIR,)), NewPerson("b@example.org", (RoleAssignment(Role.CHAIR, "NO"),))],
        )

    with reading(engine) as session:
        assert () == list_people(Context(session, OPERATOR, PLAN, NOW))
    assert [] == events(engine)


def test_somebody_known_gets_the_role_too_and_none_twice(engine, add):
    assert add("a@example.org", CHAIR, name="A. Name") == add("a@example.org", CAMBODIA, CHAIR)

    with reading(engine) as session:
        known = find_person(session, "a@example.org")
        assert known is not None
        assert (CHAIR, CAMBODIA) == known.roles
        assert "A. Name" == known.name
        assert 2 == len(session.exec(select(RoleGrant)).all())


@pytest.mark.parametrize("roles", [(), (CHAIR,), (CAMBODIA,), (RoleAssignment(Role.OBSERVER),)])
def test_only_the_secretariat_changes_people(engine, do, add, roles):
    key, user = add("a@example.org", CHAIR), User(99, roles)
    acts = [
        (add_people, [NewPerson("b@example.org", (CHAIR,))]),
        (add_role, key, CAMBODIA),
        (end_role, key, CHAIR),
        (remove_person, key),
        (sign_out_everywhere, key),
        (make_link, key),
    ]
    before = events(engine)
    for act, *arguments in acts:
        with pytest.raises(NotPermitted):
            do(act, *arguments, by=user)
    with pytest.raises(NotPermitted):
        do(change_person, key, by=user, email="c@example.org", name="")
    with reading(engine) as session, pytest.raises(NotPermitted):
        list_people(Context(session, user, PLAN, NOW))
    assert before == events(engine)


def test_a_role_is_given_and_taken(engine, do, add):
    key = add("a@example.org", CHAIR)
    do(add_role, key, CAMBODIA)
    do(end_role, key, CHAIR)

    with reading(engine) as session:
        assert (CAMBODIA,) == roles_of(session, key)
    with pytest.raises(PeopleRefused, match="“XX” is not a member state"):
        do(add_role, key, RoleAssignment(Role.FOCAL_POINT, "XX"))


def test_who_is_removed_loses_name_address_roles_sessions_and_links(engine, do, add):
    key = add("a@example.org", CHAIR, name="A. Name")
    session_token, link = signed_in(do, engine, key), do(make_link, key).text
    do(remove_person, key)

    with writing(engine) as session:
        row = session.get_one(Person, key)
        assert (None, None) == (row.email, row.name)
        assert () == roles_of(session, key)
        assert PUBLIC == user_of(session, session_token, now=NOW)
        with pytest.raises(SignInRefused):
            use_link(session, link, now=NOW)
    with pytest.raises(NotFound):
        do(make_link, key)


def test_what_a_removed_person_wrote_stays(engine, do, add):
    load(engine, PLAN)
    key = add("kh@example.org", CAMBODIA)
    write(engine, entry(author="kh@example.org", narrative="Offices file online."))
    do(remove_person, key)

    assert [(key, "Offices file online.")] == [(row.author_id, row.narrative) for row in rows_of(engine, Progress)]


def test_somebody_removed_and_added_again_is_another_person(do, add):
    key = add("a@example.org", CHAIR)
    do(remove_person, key)
    assert key != add("a@example.org", CHAIR)


def test_the_audit_trail_holds_neither_names_nor_addresses(engine, do, add):
    key = add("a@example.org", CHAIR, name="A. Name")
    do(change_person, key, email="b@example.org", name="B. Name")
    do(remove_person, key)

    with reading(engine) as session:
        for event in session.exec(select(AuditEvent)):
            assert not any(word in str(event.model_dump()) for word in ("example.org", "Name"))


def test_the_last_of_the_secretariat_stays(do, add):
    first = add("a@example.org", SECRETARIAT)
    for act, *more in ((remove_person,), (end_role, SECRETARIAT)):
        with pytest.raises(PersonRefused, match="last account of the secretariat"):
            do(act, first, *more)
    add("b@example.org", SECRETARIAT)
    do(remove_person, first)


def test_an_account_that_cannot_sign_in_is_not_one_that_stays(engine, do, add):
    """The first account has no address until somebody writes one."""
    offer_first_sign_in(engine, address="http://localhost", has_provider=False, now=NOW)
    officer = add("a@example.org", SECRETARIAT)
    for act, *more in ((remove_person,), (end_role, SECRETARIAT)):
        with pytest.raises(PersonRefused, match="nobody can sign in"):
            do(act, officer, *more)
    with reading(engine) as session:
        accounts = list_people(Context(session, OPERATOR, PLAN, NOW))
    [first] = [account.id for account in accounts if not account.email]
    do(remove_person, first)


@pytest.mark.parametrize("lookalike", ["\u212ah@example.org", "KH\u0131@example.org"])
def test_an_address_in_letters_that_only_look_alike_is_nobody_s(engine, do, add, lookalike):
    key = add("kh@example.org", CHAIR)
    with reading(engine) as session:
        assert find_person(session, lookalike) is None
        assert PUBLIC == user_at_address(session, lookalike, signed_in_at=LOADED)
    with pytest.raises(PersonRefused, match="not an e-mail address"):
        do(change_person, key, email=lookalike, name="")
    with pytest.raises(PeopleRefused, match="not an e-mail address"):
        add(lookalike, CHAIR)


def test_another_address_voids_links_sent_to_the_old_one(engine, do, add):
    key = add("a@example.org", CHAIR)
    link = do(make_link, key).text
    do(change_person, key, email="B@example.org", name=" B. Name ")

    with writing(engine) as session:
        known = find_person(session, "b@example.org")
        assert known is not None
        assert "B. Name" == known.name
        with pytest.raises(SignInRefused, match="expired"):
            use_link(session, link, now=NOW)


@pytest.mark.parametrize("email", ["not an address", "taken@example.org"])
def test_an_address_that_is_none_or_somebody_else_s_is_refused(do, add, email):
    add("taken@example.org", CHAIR)
    key = add("a@example.org", CHAIR)
    with pytest.raises(PersonRefused):
        do(change_person, key, email=email, name="")


def test_signed_out_everywhere_ends_every_session_and_what_a_provider_vouched_for(engine, do, add):
    key = add("a@example.org", CHAIR)
    tokens = [signed_in(do, engine, key) for _ in range(2)]
    with reading(engine) as session:
        assert key == user_at_address(session, "A@example.org", signed_in_at=LOADED).person_id
    do(sign_out_everywhere, key, by=User(key, (CHAIR,)))

    with reading(engine) as session:
        assert [PUBLIC, PUBLIC] == [user_of(session, token, now=NOW) for token in tokens]
        assert PUBLIC == user_at_address(session, "a@example.org", signed_in_at=LOADED)


def test_an_address_nobody_has_is_not_found(engine):
    with reading(engine) as session, pytest.raises(NotFound, match="no account with the address x@example.org"):
        person_at(session, "x@example.org")
