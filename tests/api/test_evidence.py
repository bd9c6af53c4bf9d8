"""Files of evidence over HTTP: attachments, for those who may read them."""

import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.evidence import evidence_route
from models.access.visibility import VISITORS_SEE
from models.core.text import public_text
from models.core.vocabulary import VisitorsSee
from models.people.accounts import OPERATOR, person_at, sign_out_everywhere
from models.people.context import Context
from models.people.tokens import COOKIE
from models.progress.clearing import clear, withdraw
from models.progress.drafts import attach_file, save_field, set_public
from models.progress.submit import submit_drafts
from models.store.clock import wall_clock
from models.store.database import engine_for, reading, writing
from models.store.reporting_tables import DraftEvidence
from models.store.tables import Setting
from tests.api.streamlit_cookie import provider_cookies
from tests.browser.signed_in import cookie_for
from tests.kit.builders import NOW, arrange
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    SECRETARIAT_ROLE,
    add_user,
    load_with_cycle,
    reporting_plan,
)

PDF = b"%PDF-1.7 minutes"
SECRETARIAT, CAMBODIAN, BRUNEIAN = "officer@example.org", "kh@example.org", "bn@example.org"


@pytest.fixture(name="made")
def _made(url):
    """A submitted statement of Cambodia with one file, public or restricted, cleared or not."""

    def made(*, public=False, cleared=False, withdrawn=False, name="Biên bản.pdf", visitors=VisitorsSee.LATEST):
        engine = engine_for(url)
        plan = load_with_cycle(engine)
        user, officer = add_user(engine, CAMBODIAN, CAMBODIA_ROLE), add_user(engine, SECRETARIAT, SECRETARIAT_ROLE)
        add_user(engine, BRUNEIAN, BRUNEI_ROLE)
        with writing(engine) as session:
            arrange(session, Setting(key=VISITORS_SEE, value=visitors))
            for field, value in {"status": "ongoing", "percent": 50, "narrative": "Done."}.items():
                save_field(Context(session, user, plan, NOW), CAMBODIA, field, value)
            attach_file(Context(session, user, plan, NOW), CAMBODIA, name, PDF)
            set_public(Context(session, user, plan, NOW), CAMBODIA, 1, public=public)
            submit_drafts(Context(session, user, plan, NOW), [CAMBODIA])
            if cleared:
                clear(Context(session, officer, plan, NOW), 1)
            if withdrawn:
                withdraw(Context(session, officer, plan, NOW), 1, reason=public_text("Wrong file."))
        with reading(engine) as session:
            assert session.get(DraftEvidence, 1) is None
        engine.dispose()

    return made


@pytest.fixture(name="ask")
def _ask(url):
    """Asks for a file, signed in or not."""

    def ask(number=1, email=None, cookies=None):
        client = TestClient(Starlette(routes=[evidence_route()]))
        cookies = cookies or ({COOKIE: cookie_for(url, email, "http://testserver")["value"]} if email else {COOKIE: ""})
        cookie_header = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return client.get(f"/api/evidence/{number}", headers={"Cookie": cookie_header})

    return ask


@pytest.fixture(name="provider")
def _provider(monkeypatch):
    """This server is registered at an identity provider."""
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PUBLIC_URL", "https://aiprap.example.org")
    monkeypatch.setenv("OIDC_METADATA_URL", "https://provider.example")


def test_it_is_an_attachment_that_no_browser_shows_or_guesses_at(made, ask):
    made(public=True, cleared=True)
    answer = ask()

    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename=\"Bin bn.pdf\"; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ({"public": True, "cleared": True}, {None, CAMBODIAN, BRUNEIAN, SECRETARIAT}),
        ({"public": True, "cleared": False}, {CAMBODIAN, SECRETARIAT}),
        ({"public": False, "cleared": True}, {CAMBODIAN, BRUNEIAN, SECRETARIAT}),
        ({"public": False, "cleared": True, "withdrawn": True}, {CAMBODIAN, SECRETARIAT}),
        ({"public": False, "cleared": False}, {CAMBODIAN, SECRETARIAT}),
        ({"public": True, "cleared": True, "withdrawn": True}, {CAMBODIAN, SECRETARIAT}),
    ],
)
def test_only_those_who_may_read_it_get_it(made, ask, state, readers):
    made(**state)

    assert {email for email in (None, CAMBODIAN, BRUNEIAN, SECRETARIAT) if ask(1, email).status_code == 200} == readers


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(
    ("email", "claims", "code"),
    [
        (BRUNEIAN, {}, 200),
        (BRUNEIAN.upper(), {}, 200),
        (BRUNEIAN, {"email_verified": False}, 404),
        ("stranger@example.org", {}, 404),
    ],
)
def test_who_came_through_the_provider_is_known_here_too(made, ask, url, email, claims, code):
    made(cleared=True)

    assert code == ask(cookies=provider_cookies(url, email, wall_clock(), **claims)).status_code


@pytest.mark.usefixtures("provider")
def test_signed_out_everywhere_the_provider_s_cookie_opens_nothing_any_more(made, ask, url):
    made(cleared=True)
    cookies = provider_cookies(url, BRUNEIAN, wall_clock())
    engine = engine_for(url)
    with writing(engine) as session:
        sign_out_everywhere(Context(session, OPERATOR, reporting_plan(), wall_clock()), person_at(session, BRUNEIAN))
    later = provider_cookies(url, BRUNEIAN, wall_clock() + timedelta(seconds=1))

    assert [404, 200] == [ask(cookies=one).status_code for one in (cookies, later)]


def test_a_provider_that_is_no_longer_set_vouches_for_nobody(made, ask, url):
    made(cleared=True)

    assert 404 == ask(cookies=provider_cookies(url, BRUNEIAN, wall_clock())).status_code


def test_visitors_get_no_file_of_what_the_working_group_has_not_noted(made, ask):
    made(public=True, cleared=True, visitors=VisitorsSee.NOTED)

    assert [404, 200] == [ask(1, email).status_code for email in (None, BRUNEIAN)]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1.0", "9" * 40, "%31%00"])
def test_an_unknown_number_and_one_not_for_the_reader_are_answered_alike(made, ask, number):
    made()
    unknown, not_for_you = ask(number), ask(1)

    assert unknown.status_code == not_for_you.status_code == 404
    assert unknown.text == not_for_you.text
    assert not re.search("minutes|Cambodia", unknown.text)
