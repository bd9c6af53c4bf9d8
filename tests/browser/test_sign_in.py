"""Signing in with a link, in a real browser: the first link, an open tab after revocation, hidden pages."""

import pytest

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people, person_at, remove_person
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.store.clock import wall_clock
from models.store.database import engine_for, writing
from tests.browser.barriers import barriers_everywhere
from tests.browser.signed_in import cookie_for
from tests.kit.builders import people_of

SECRETARIAT = RoleAssignment(Role.SECRETARIAT)


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory):
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module", name="url")
def _url(folder):
    return f"sqlite:///{folder / 'people.db'}"


@pytest.fixture(scope="module", name="address")
def _address(server, url):
    return server(url)


def add(url, email, *roles):
    with writing(engine_for(url)) as session:
        return add_people(Context.at(session, OPERATOR, wall_clock()), [NewPerson(email, roles)])[0]


@pytest.fixture(name="officer")
def _officer(address, url, visit):
    """An officer of the secretariat, signed in, and the only other one."""

    def officer(email, **window):
        for one in (email, "last@example.org"):
            add(url, one, SECRETARIAT)
        user = visit(**window)
        user.page.context.add_cookies([cookie_for(url, email, address)])
        return user

    return officer


def test_the_first_link_signs_in_with_a_button_and_its_file_goes(address, folder, visit):
    file, user = folder / "first-sign-in.txt", visit()
    assert "Nobody has signed in yet: see" in user.open(address).inner_text("[data-testid=stSidebar]")
    link = file.read_text(encoding="utf-8").strip().replace("localhost", "127.0.0.1")
    user.page.goto(f"{link}?next=people-and-audit")
    assert file.exists()
    user.page.get_by_role("button", name="Sign in").click()
    user.page.get_by_role("link", name="People and audit").wait_for()
    assert not file.exists()
    user.page.get_by_role("heading", name="Add people").wait_for()
    assert user.page.url == f"{address}/people-and-audit"

    again = visit()
    again.page.goto(link)
    assert "already used" in again.page.inner_text("main")
    user.page.get_by_role("button", name="Sign out", exact=True).click()
    user.page.get_by_role("link", name="Sign in with a link").wait_for()
    assert user.complaints == []


@pytest.mark.parametrize("path", ["people-and-audit", "people-and-audit?part=audit"])
def test_a_deep_link_to_a_page_of_the_secretariat_shows_the_public_nothing_of_it(address, path, visit):
    user = visit()
    user.page.goto(f"{address}/{path}")
    user.page.get_by_role("heading", name="Sign in first").wait_for()
    assert "Add people" not in user.page.inner_text("body")
    assert "audit" not in user.page.inner_text("body").lower()


def test_an_open_tab_feels_the_end_of_its_role_at_its_next_act(address, officer, url):
    user = officer("leaving@example.org")
    page = user.open(f"{address}/people-and-audit")
    page.get_by_role("textbox", name="E-mail address").fill("smuggled@example.org")
    page.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name="Secretariat").click()
    with writing(engine_for(url)) as session:
        remove_person(Context.at(session, OPERATOR, wall_clock()), person_at(session, "leaving@example.org"))
    page.get_by_role("button", name="Add this person").click()

    page.get_by_role("link", name="Sign in with a link").wait_for()
    assert "smuggled@example.org" not in people_of(engine_for(url))
    assert "Add people" not in page.inner_text("[data-testid=stMain]")


def test_the_trail_is_taken_away_as_csv_by_whoever_may_at_that_moment(address, officer):
    page = officer("auditor@example.org").open(f"{address}/people-and-audit?part=audit")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    written = download.value.path().read_text(encoding="utf-8-sig")
    assert written.startswith("When (UTC),Who,Action,Subject,Before,After,Why\n")
    assert "auditor@example.org,sign in" in written


@pytest.mark.parametrize("path", ["people-and-audit", "people-and-audit?part=audit"])
def test_everybody_can_read_and_use_the_page(address, officer, path):
    user = officer("reader@example.org", bypass_csp=True)
    assert user.open(f"{address}/{path}").locator("h1").count() == 1
    assert barriers_everywhere(user) == []


@pytest.mark.parametrize("path", ["sign-in", "sign-in/nonsense"])
def test_everybody_can_read_the_pages_of_signing_in(address, path, visit):
    user = visit(bypass_csp=True)
    user.page.goto(f"{address}/{path}")
    assert barriers_everywhere(user) == []


def test_the_pages_of_signing_in_break_no_rule_of_the_browser(address, visit):
    user = visit()
    user.page.goto(f"{address}/sign-in")
    assert user.page.evaluate("getComputedStyle(document.querySelector('button')).color") == "rgb(255, 255, 255)"
    user.page.get_by_label("Your e-mail address").fill("stranger@example.org")
    user.page.get_by_role("button", name="Send me a new link").click()
    user.page.get_by_text("If this address belongs to somebody").wait_for()
    assert user.complaints == []
