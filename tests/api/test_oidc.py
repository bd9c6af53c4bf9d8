"""Around Streamlit's sign-in at a provider: what the audit trail keeps of it, and the page one comes back to."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.oidc import ProviderSignIn
from api.way_back import PAGE_COOKIE
from models.core.settings import Provider, ServerSettings
from models.people.accounts import OPERATOR, remove_person
from models.people.context import Context
from models.store.clock import wall_clock
from models.store.database import engine_for, reading, writing
from models.store.tables import AuditEvent
from tests.api.streamlit_cookie import MANY, provider_cookies
from tests.kit.builders import tiny_plan

PLAN, PAGES = tiny_plan(), frozenset({"", "my-updates"})
ADDRESS = "chair@example.org"
SETTINGS = ServerSettings("https://aiprap.example.org", Provider("id", "secret", "https://provider.example"))


@pytest.fixture(name="browser")
def _browser(url):
    """A browser before Streamlit's two addresses; the second gives it the cookies of whoever came."""

    def browser(email=ADDRESS, settings=SETTINGS, **claims):
        def answer(request):
            response = RedirectResponse("/", 302)
            if request.url.path == "/oauth2callback" and email:
                since = wall_clock() + timedelta(seconds=1)
                for name, value in provider_cookies(url, email, since, **claims).items():
                    response.set_cookie(name, value)
            return response

        routes = [Route("/auth/login", answer), Route("/oauth2callback", answer), Route("/other", answer)]
        around = [Middleware(ProviderSignIn, settings=settings, pages=PAGES)]
        app = Starlette(routes=routes, middleware=around)
        return TestClient(app, base_url="https://aiprap.example.org", follow_redirects=False)

    return browser


def sign_ins(url):
    with reading(engine_for(url)) as session:
        return session.exec(select(AuditEvent).where(AuditEvent.action == "sign in")).all()


@pytest.mark.parametrize("more", [{}, {"groups": MANY}], ids=["short", "in pieces"])
def test_each_sign_in_stands_in_the_audit_trail_once(browser, url, chair, more):
    page = browser(**more)
    page.get("/oauth2callback")
    for _ in range(3):
        page.get("/other")

    [event] = sign_ins(url)
    assert (event.person_id, event.subject) == (chair, f"person {chair}")
    assert "identity provider" in event.after


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ({"email": "stranger@example.org"}, "no account has the address"),
        ({"email_verified": False}, "the provider has not checked the address"),
        ({"email": ""}, "the provider vouches for nobody"),
    ],
)
def test_a_stranger_leaves_a_line_in_the_log_and_no_other_trace(browser, url, who, reason, caplog):
    caplog.set_level("INFO")
    assert 302 == browser(**who).get("/oauth2callback").status_code
    assert [] == sign_ins(url)
    said = [one.message for one in caplog.records if one.name.startswith(("api.", "models."))]
    assert [f"sign-in refused: OpenID Connect, {reason}"] == said


def test_somebody_removed_leaves_no_trace(browser, url, chair):
    with writing(engine_for(url)) as session:
        remove_person(Context(session, OPERATOR, PLAN, wall_clock()), chair)
    browser().get("/oauth2callback")

    assert [] == sign_ins(url)


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize(
    ("left", "back"),
    [
        ("https://aiprap.example.org/my-updates?at=AWGIPC-80&q=a%26b", "/my-updates?at=AWGIPC-80&q=a%26b"),
        ("https://aiprap.example.org/?basis=reported", "/?basis=reported"),
        ("http://[", "/"),
        ("https://aiprap.example.org/", "/"),
        ("https://aiprap.example.org/elsewhere", "/"),
        ("https://evil.example//evil.example/my-updates/x", "/"),
        ("", "/"),
    ],
)
def test_one_comes_back_to_the_page_one_left_if_it_is_ours(browser, left, back):
    page = browser()
    page.get("/auth/login", headers={"Referer": left})

    assert back == page.get("/oauth2callback").headers["location"]
    assert "/" == page.get("/oauth2callback").headers["location"]


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize("forged", ["//evil.example", "https://evil.example", "elsewhere"])
def test_a_forged_cookie_leads_nowhere_else(browser, forged):
    answer = browser().get("/oauth2callback", headers={"Cookie": f"{PAGE_COOKIE}={forged}"})

    assert "/" == answer.headers["location"]


def test_the_page_left_is_remembered_by_https_alone_and_not_for_long(browser):
    cookie = browser().get("/auth/login", headers={"Referer": "https://aiprap.example.org/my-updates"})

    attributes = "Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure"
    assert f"{PAGE_COOKIE}=my-updates; {attributes}" == cookie.headers["set-cookie"]


@pytest.mark.usefixtures("chair")
def test_without_a_provider_nothing_is_believed(browser, url):
    browser(settings=ServerSettings()).get("/oauth2callback")

    assert [] == sign_ins(url)
