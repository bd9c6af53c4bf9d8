"""Links that sign in once, sessions that can be ended, tries that are counted, and the first link of all."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from models.core.errors import SignInRefused, TooManyTries
from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.directory import list_people, user_of
from models.people.first_sign_in import first_link_file, offer_first_sign_in, remove_used_first_link
from models.people.permissions import PUBLIC, RoleAssignment
from models.people.sign_in import (
    LINK_LASTS,
    SESSION_LASTS,
    TRIES_OF_A_PLACE,
    TRIES_OF_AN_ADDRESS,
    TRIES_WITHIN,
    ask_for_link,
    count_attempt,
    make_link,
    sign_out,
    use_link,
)
from models.people.tokens import token_hash
from models.store.base import Base
from models.store.database import reading, writing
from models.store.people_tables import SignInAttempt, SignInLink, WebSession
from models.store.tables import Person
from tests.kit.builders import NOW, tiny_plan

PLAN = tiny_plan()
CHAIR, SECRETARIAT = RoleAssignment(Role.CHAIR, "TMTF"), RoleAssignment(Role.SECRETARIAT)
SOON = timedelta(seconds=1)


@pytest.fixture(name="chair")
def _chair(engine):
    with writing(engine) as session:
        return add_people(Context(session, OPERATOR, PLAN, NOW), [NewPerson("a@example.org", (CHAIR,))])[0]


@pytest.fixture(name="link")
def _link(engine, chair):
    return made(engine, chair)


def made(engine, person_id, now=NOW):
    with writing(engine) as session:
        return make_link(Context(session, OPERATOR, PLAN, now), person_id).text


def use(engine, link, now=NOW):
    with writing(engine) as session:
        return use_link(session, link, now=now).text


def who(engine, token, now=NOW):
    with reading(engine) as session:
        return user_of(session, token, now=now)


def ask(engine, email, *, can_mail):
    with writing(engine) as session:
        return ask_for_link(session, email, can_mail=can_mail, now=NOW)


def waiting(engine):
    with reading(engine) as session:
        return [
            account.email for account in list_people(Context(session, OPERATOR, PLAN, NOW)) if account.link_requested_at
        ]


def test_a_link_signs_its_person_in(engine, chair, link):
    user = who(engine, use(engine, link))
    assert (chair, (CHAIR,)) == (user.person_id, user.roles)


def test_it_signs_in_once(engine, link):
    use(engine, link)
    with pytest.raises(SignInRefused, match="already used"):
        use(engine, link)


def test_used_twice_at_once_it_signs_in_once(engine, link):
    def attempt(_):
        try:
            return use(engine, link)
        except SignInRefused:
            return None

    with ThreadPoolExecutor(8) as threads:
        tokens = list(filter(None, threads.map(attempt, range(8))))

    assert 1 == len(tokens)
    with reading(engine) as session:
        assert 1 == len(session.exec(select(WebSession)).all())


def test_it_expires(engine, link):
    with pytest.raises(SignInRefused, match="expired"):
        use(engine, link, now=NOW + LINK_LASTS)


def test_a_made_up_link_signs_nobody_in(engine, link):
    for wrong in ("", "nonsense", link[:-1], token_hash(link)):
        with pytest.raises(SignInRefused, match="not valid"):
            use(engine, wrong)


def test_a_newer_link_takes_the_place_of_an_older_one(engine, chair, link):
    newer = made(engine, chair)
    with pytest.raises(SignInRefused, match="newer link has replaced it"):
        use(engine, link)
    use(engine, newer)


def test_the_database_holds_no_token_only_hashes(engine, link):
    token = use(engine, link)

    with reading(engine) as session:
        cells = [
            str(cell)
            for name in Base.metadata.tables
            for row in session.execute(text(f"SELECT * FROM {name}"))
            for cell in row
        ]
    assert not any(secret in cell for cell in cells for secret in (link, token))
    assert {token_hash(link), token_hash(token)} <= set(cells)


def test_nobody_has_a_password_and_a_new_database_has_no_account(engine):
    columns = {f"{table}.{column.name}" for table, made in Base.metadata.tables.items() for column in made.columns}

    assert "person.email" in columns
    assert [] == [column for column in columns if "password" in column]
    with reading(engine) as session:
        assert session.exec(select(Person)).all() == []


def test_a_session_ends_when_signed_out_and_when_its_time_is_over(engine, link):
    token = use(engine, link)
    assert PUBLIC == who(engine, token, now=NOW + SESSION_LASTS)
    assert PUBLIC != who(engine, token, now=NOW + SESSION_LASTS - SOON)
    with writing(engine) as session:
        sign_out(session, token, now=NOW)
        sign_out(session, token, now=NOW)
        sign_out(session, None, now=NOW)
    assert PUBLIC == who(engine, token)


@pytest.mark.parametrize("token", [None, "", "nonsense"])
def test_no_session_is_the_public(engine, token):
    assert PUBLIC == who(engine, token)


def test_where_mail_goes_out_whoever_asks_gets_a_link_and_keeps_the_older_one(engine, link):
    address, made = ask(engine, "A@example.org", can_mail=True)
    assert "a@example.org" == address
    assert who(engine, use(engine, link)) != PUBLIC
    with pytest.raises(SignInRefused):
        use(engine, made.text)


def test_without_mail_the_wish_waits_once_for_the_secretariat(engine, chair):
    assert ask(engine, "a@example.org", can_mail=False) is None
    assert ask(engine, "a@example.org", can_mail=False) is None
    assert ["a@example.org"] == waiting(engine)
    made(engine, chair, now=NOW + SOON)
    assert [] == waiting(engine)


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize("can_mail", [True, False])
def test_an_address_that_opens_nothing_gets_nothing(engine, can_mail):
    assert ask(engine, "stranger@example.org", can_mail=can_mail) is None
    assert [] == waiting(engine)
    with reading(engine) as session:
        assert [] == session.exec(select(SignInLink)).all()


def tries(engine, count, now=NOW, **source):
    for _ in range(count):
        with writing(engine) as session:
            count_attempt(session, **source, now=now)


def test_tries_are_limited_by_place_and_by_address_and_forgotten_after_a_while(engine):
    tries(engine, TRIES_OF_AN_ADDRESS, network_address="1", email="a@example.org")
    with pytest.raises(TooManyTries, match="Wait 15 minutes"):
        tries(engine, 1, network_address="2", email="A@example.org")
    tries(engine, TRIES_OF_A_PLACE - TRIES_OF_AN_ADDRESS, network_address="1")
    with pytest.raises(TooManyTries):
        tries(engine, 1, network_address="1")
    tries(engine, 1, network_address="1", now=NOW + TRIES_WITHIN)
    with reading(engine) as session:
        assert 1 == len(session.exec(select(SignInAttempt)).all())


def offer(engine, now=NOW, *, has_provider=False):
    return offer_first_sign_in(engine, address="http://localhost:8501", has_provider=has_provider, now=now)


def test_the_first_link_stands_in_a_file_for_its_owner_alone_until_it_is_used(engine):
    _, link, where = offer(engine)
    file = first_link_file(engine)

    assert str(file) in where
    assert link == file.read_text(encoding="utf-8").strip()
    if os.name != "nt":
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    remove_used_first_link(engine)
    assert file.exists()

    user = who(engine, use(engine, Path(link).name))
    assert (SECRETARIAT,) == user.roles
    remove_used_first_link(engine)
    assert not file.exists()
    assert [] == offer(engine)


def test_a_second_start_tells_the_same_link_and_a_late_one_a_new_one(engine):
    first, second = offer(engine)[1], offer(engine)[1]
    later = offer(engine, now=NOW + LINK_LASTS)[1]

    assert first == second != later
    with reading(engine) as session:
        assert 1 == len(list_people(Context(session, OPERATOR, PLAN, NOW)))


def test_an_account_of_the_secretariat_that_exists_gets_the_first_link(engine):
    with writing(engine) as session:
        key = add_people(Context(session, OPERATOR, PLAN, NOW), [NewPerson("s@example.org", (SECRETARIAT,))])[0]
    assert [] == offer(engine, has_provider=True)
    assert key == who(engine, use(engine, Path(offer(engine)[1]).name)).person_id
