"""Signing in through OpenID Connect: a real provider, a real browser, and what an address vouched for opens."""

import pytest
from sqlmodel import select

from models.core.vocabulary import Role, Status
from models.people.accounts import OPERATOR, add_people, sign_out_everywhere
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment, User
from models.plan.editions import plan_as_known
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.store.clock import current_moment, wall_clock
from models.store.database import engine_for, writing
from models.store.tables import Evidence
from tests.kit.serving import LOOPBACK, PROVIDER_METADATA, free_port, serving_dashboard, serving_provider

OFFICER, UNCHECKED, STRANGER = "officer@example.org", "unchecked@example.org", "stranger@example.org"
USERS = [
    {"sub": "officer", "email": OFFICER, "email_verified": True},
    {"sub": "unchecked", "email": UNCHECKED, "email_verified": False},
    {"sub": "stranger", "email": STRANGER, "email_verified": True},
]


@pytest.fixture(scope="module", name="url")
def _url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('provider') / 'provider.db'}"


@pytest.fixture(scope="module", name="address")
def _address(url):
    port = free_port()
    with serving_provider(*USERS) as provider:
        settings = {
            "PUBLIC_URL": f"http://{LOOPBACK}:{port}",
            "OIDC_CLIENT_ID": "aiprap",
            "OIDC_CLIENT_SECRET": "secret",
            "OIDC_METADATA_URL": f"{provider}{PROVIDER_METADATA}",
        }
        with serving_dashboard(url, port=port, environment=settings) as address:
            yield address


@pytest.fixture(scope="module", name="officer")
def _officer(address, url):  # noqa: ARG001  # the server makes the database
    with writing(engine_for(url)) as session:
        plan = plan_as_known(session, current_moment(session)).plan
        new = [NewPerson(one, (RoleAssignment(Role.SECRETARIAT),)) for one in (OFFICER, UNCHECKED)]
        return add_people(Context(session, OPERATOR, plan, wall_clock()), new)[0]


@pytest.fixture(scope="module", name="file")
def _file(officer, url):
    """A restricted file of a cleared statement."""
    with writing(engine_for(url)) as session:
        plan, now = plan_as_known(session, current_moment(session)).plan, current_moment(session)
        speaker = plan.states[0].key
        received = Received(
            speaker=speaker,
            commitment=spoken_for(speaker, plan)[0],
            fields={"status": Status.NOT_STARTED, "narrative": "Not yet."},
            valid_on=plan.period.start,
            came_with="E-mail",
        )
        by = User(officer, (RoleAssignment(Role.SECRETARIAT),))
        record_on_behalf(Context(session, by, plan, now), received, file=("mail.txt", b"restricted"), cleared=True)
        return session.exec(select(Evidence.id)).one()


@pytest.fixture(name="come_as")
def _come_as(address, officer, visit):  # noqa: ARG001  # who is known is known before
    """Sign in at the provider as one of its users."""

    def come_as(user, path="", button="Sign in"):
        page = visit().open(f"{address}/{path}")
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_role("button", name=user, exact=True).click()
        page.get_by_role("button", name="Sign out", exact=True).wait_for()
        return page

    return come_as


def sidebar_of(page):
    return page.inner_text("[data-testid=stSidebar]")


def test_a_verified_address_opens_what_its_person_may_and_signing_out_ends_it(come_as, address):
    page = come_as("officer")
    assert OFFICER in sidebar_of(page)
    page.get_by_role("link", name="People and audit").click()
    page.get_by_role("heading", name="Add people").wait_for()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(lambda url: not url.startswith(address))
    page.goto(address)
    page.get_by_role("button", name="Sign in", exact=True).wait_for()


def test_from_the_door_of_a_page_one_comes_back_to_it_and_the_sign_in_is_kept_and_known_to_files(
    come_as, address, file
):
    page = come_as("officer", "people-and-audit?part=audit", "Sign in with your organisation’s account")
    page.get_by_text("identity provider").first.wait_for()
    assert page.url == f"{address}/people-and-audit?part=audit"
    assert page.request.get(f"{address}/api/evidence/{file}").text() == "restricted"

    page.context.clear_cookies()
    assert page.request.get(f"{address}/api/evidence/{file}").status == 404


@pytest.mark.parametrize(
    ("user", "told"), [("unchecked", "did not confirm your e-mail address"), ("stranger", STRANGER)]
)
def test_an_address_not_verified_or_not_known_is_the_public_and_is_informed(come_as, user, told):
    page = come_as(user)
    assert told in sidebar_of(page)
    assert "ask the secretariat to add you" in sidebar_of(page)
    assert page.get_by_role("link", name="People and audit").count() == 0


def test_signed_out_everywhere_it_opens_nothing_any_more_although_its_cookie_lasts(come_as, officer, url):
    page = come_as("officer")
    with writing(engine_for(url)) as session:
        plan = plan_as_known(session, current_moment(session)).plan
        sign_out_everywhere(Context(session, OPERATOR, plan, wall_clock()), officer)
    page.reload()
    page.get_by_text("can read the public pages only").wait_for()
    assert page.get_by_role("link", name="People and audit").count() == 0
