"""The menu of the public, of a chair and of the secretariat, each signed in with a session of the database."""

import re
from datetime import timedelta

import pytest
import streamlit as st

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people, remove_person
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.first_sign_in import offer_first_sign_in
from models.people.permissions import Audience, RoleAssignment
from models.people.sign_in import make_link, use_link
from models.people.tokens import Credentials
from models.store.clock import wall_clock
from models.store.database import migrate, open_engine, writing
from models.store.kept_backups import keep_backup
from pages.menu_pages import PAGES
from pages.people import backup as backup_part
from pages.shared import who
from tests.kit.builders import load, people_of, tiny_plan
from tests.pages.opening import html_of, open_address, open_page, text_of

PAGE = "people/page.py"
PLAN = tiny_plan()
CHAIR, SECRETARIAT = RoleAssignment(Role.CHAIR, "TMTF"), RoleAssignment(Role.SECRETARIAT)
RESTRICTED = [entry.path for entry in PAGES if entry.audience is not Audience.VIEWER]


@pytest.fixture(name="engine")
def _engine(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'people.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    st.cache_data.clear()
    engine = open_engine(url)
    migrate(engine)
    load(engine, PLAN)
    yield engine
    engine.dispose()


@pytest.fixture(name="sign_in")
def _sign_in(engine, monkeypatch):
    """Somebody signs in with a link; Streamlit's test has no cookies, so the browser's token is put in their place."""

    def sign_in(*roles, email="a@example.org", name="A. Name"):
        now = wall_clock()
        with writing(engine) as session:
            key = add_people(Context(session, OPERATOR, PLAN, now), [NewPerson(email, roles, name)])[0]
            token = use_link(session, make_link(Context(session, OPERATOR, PLAN, now), key).text, now=now)
        monkeypatch.setattr(who, "credentials", lambda: Credentials(token.text))
        return key

    return sign_in


@pytest.fixture(name="officer")
def _officer(sign_in):
    return sign_in(SECRETARIAT)


def remove(engine, person_id):
    with writing(engine) as session:
        add_people(Context(session, OPERATOR, PLAN, wall_clock()), [NewPerson("last@example.org", (SECRETARIAT,))])
        remove_person(Context(session, OPERATOR, PLAN, wall_clock()), person_id)


def sidebar_of(page):
    return re.sub(r"<[^>]+>", " ", " ".join(block.proto.body for block in page.sidebar.get("html")))


def press(page, label):
    next(one for one in page.button if one.label == label).click().run()
    return page


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("path", RESTRICTED)
def test_for_the_public_no_restricted_page_exists(path):
    with pytest.raises(ValueError, match="Known pages"):
        open_page(path)


def test_a_chair_does_not_have_the_pages_of_the_secretariat(sign_in):
    sign_in(CHAIR)
    with pytest.raises(ValueError, match="Known pages"):
        open_page(PAGE)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("entry", [entry for entry in PAGES if entry.path in RESTRICTED], ids=lambda one: one.url_path)
def test_at_its_address_the_public_reads_whom_it_is_for_and_how_to_sign_in(entry):
    page = open_address(entry.url_path)

    assert ["Sign in first"] == [one.value for one in page.title]
    page_text, way_in = html_of(page)[-2:]
    assert f"This page is for {entry.readers}." in page_text
    assert f'href="/sign-in?next={entry.url_path}"' in way_in
    page.query_params["part"] = "audit"
    assert f'href="/sign-in?next={entry.url_path}%3Fpart%3Daudit"' in html_of(page.run())[-1]


def test_at_the_address_of_another_role_s_page_it_says_whose_it_is(sign_in):
    sign_in(CHAIR)
    page = open_address("people-and-audit")

    assert "This page is for the secretariat" == page.title[0].value
    assert "Ask the secretariat for it" in text_of(page)
    assert "/sign-in" not in "".join(html_of(page))


@pytest.mark.usefixtures("engine")
def test_the_public_reads_how_to_sign_in():
    page = open_page("measures/page.py")
    assert "Sign in with a link" in sidebar_of(page)
    assert "Sign out" not in sidebar_of(page)
    assert "/sign-in?next=measures" in " ".join(block.proto.body for block in page.sidebar.get("html"))


def test_before_the_first_sign_in_everybody_reads_where_its_link_stands(engine):
    offer_first_sign_in(engine, address="http://localhost:8501", has_provider=False, now=wall_clock())
    assert "Nobody has signed in yet: see " in sidebar_of(open_page())
    assert "/first-sign-in.txt on the server." in sidebar_of(open_page())


def test_the_menu_names_who_is_signed_in_and_their_roles(sign_in):
    sign_in(CHAIR, RoleAssignment(Role.FOCAL_POINT, "KH"))
    page_text = sidebar_of(open_page())
    assert "A. Name" in page_text
    assert "Chair, TMTF" in page_text
    assert "Focal point, Cambodia" in page_text
    assert "Sign out" in page_text


def test_somebody_is_added_with_a_link_shown_once(engine, officer):  # noqa: ARG001
    page = open_page(PAGE)
    page.text_input(key="people-email").set_value("b@example.org")
    page.selectbox(key="people-role").set_value(CHAIR)
    press(page, "Add this person")

    assert (CHAIR,) == people_of(engine)["b@example.org"].roles
    assert re.search(r"/sign-in/[\w-]{43}$", page.code[0].value)
    assert "1 person was added" in page.success[0].value
    assert not page.run().code


def test_a_table_is_added_whole_with_a_link_for_each(engine, officer):  # noqa: ARG001
    page = open_page(PAGE)
    page.text_area(key="people-table").set_value("chair,TMTF,b@example.org\nfocal point,Cambodia,c@example.org")
    press(page, "Add everybody in the table")

    assert ["b@example.org", "c@example.org"] == [line.partition("\t")[0] for line in page.code[0].value.splitlines()]
    assert {"b@example.org", "c@example.org"} < people_of(engine).keys()


def test_of_a_table_with_a_fault_nobody_is_added_and_it_stays_to_be_corrected(engine, officer):  # noqa: ARG001
    page, text = open_page(PAGE), "chair,TMTF,b@example.org\nchair,NO,c@example.org"
    page.text_area(key="people-table").set_value(text)
    press(page, "Add everybody in the table")

    assert "Line 2" in page.error[0].value
    assert text == page.text_area(key="people-table").value
    assert {"a@example.org"} == people_of(engine).keys()


def test_a_person_is_changed_signed_out_and_removed(engine, officer, sign_in, monkeypatch):  # noqa: ARG001
    by_officer = who.credentials
    other = sign_in(CHAIR, email="b@example.org", name="B. Name")
    monkeypatch.setattr(who, "credentials", by_officer)
    page = open_page(PAGE)
    page.selectbox(key="people-chosen").set_value(other).run()

    page.text_input(key=f"people-name-{other}").set_value("C. Name")
    assert "C. Name" == people_of(press(page, "Change") and engine)["b@example.org"].name
    press(page, "End Chair, TMTF")
    assert "b@example.org" not in people_of(engine)


@pytest.mark.parametrize("label", ["Make a link", "Sign out everywhere", "Remove this person"])
def test_a_tab_left_open_does_nothing_once_its_person_is_removed(engine, officer, label):
    page = open_page(PAGE)
    page.selectbox(key="people-chosen").set_value(officer).run()
    remove(engine, officer)
    before = people_of(engine)
    press(page, label)

    assert before == people_of(engine)
    assert "Sign in with a link" in sidebar_of(page)
    assert not any("/sign-in/" in one.value for one in page.code)


def test_who_asks_for_a_link_is_shown_and_answered(engine, officer):  # noqa: ARG001
    from models.people.sign_in import ask_for_link

    with writing(engine) as session:
        add_people(Context(session, OPERATOR, PLAN, wall_clock()), [NewPerson("b@example.org", (CHAIR,))])
        ask_for_link(session, "b@example.org", can_mail=False, now=wall_clock())
    page = open_page(PAGE)
    assert "1 person asks for a new link" in text_of(page)
    page.button(key=f"people-answer-{people_of(engine)['b@example.org'].id}").click().run()

    assert "/sign-in/" in page.code[0].value
    assert people_of(engine)["b@example.org"].link_requested_at is None


def test_the_audit_trail_is_filtered(officer):  # noqa: ARG001
    page = open_page(PAGE, part="audit")
    assert "load edition" in text_of(page)
    next(one for one in page.selectbox if one.label == "Action").set_value("sign in").run()
    assert "1 act in the audit trail" == page.title[0].value
    assert "load edition" not in text_of(page)


def test_text_in_names_is_never_markup(sign_in):
    sign_in(SECRETARIAT, name="<img src=x> **bold**")
    page = open_page(PAGE)
    assert "<img" not in " ".join(block.proto.body for block in [*page.main.get("html"), *page.sidebar.get("html")])


def test_the_age_of_the_last_backup_is_stated_and_that_there_is_none(engine, officer, monkeypatch):  # noqa: ARG001
    assert "There is no backup of this database." in text_of(open_page(PAGE))

    keep_backup(engine, now=wall_clock())
    page_text = text_of(open_page(PAGE, part="audit"))
    assert "Last backup just now" in page_text
    assert "1 kept in " in page_text
    assert "There is no backup" not in page_text

    monkeypatch.setattr(backup_part, "wall_clock", lambda: wall_clock() + timedelta(days=3))
    assert "The last backup was made 3 days ago" in text_of(open_page(PAGE))
