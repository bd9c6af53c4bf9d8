"""Signing in over HTTP: the button, the cookie, what comes from elsewhere, and what a refused link says."""

import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient

from api import sign_in
from api.sign_in import sign_in_routes
from api.way_back import PAGE_COOKIE
from models.core.settings import MailServer, ServerSettings
from models.people.accounts import OPERATOR, remove_person
from models.people.context import Context
from models.people.directory import list_people, user_of
from models.people.permissions import PUBLIC
from models.people.sign_in import TRIES_OF_A_PLACE, TRIES_OF_AN_ADDRESS, make_link
from models.people.sign_in_mail import with_way_back
from models.people.tokens import COOKIE, token_in
from models.store.clock import wall_clock
from models.store.database import reading, writing
from models.store.server_secret import server_secret
from tests.kit.builders import tiny_plan
from tests.kit.serving import LOOPBACK, free_port

PLAN = tiny_plan()
ADDRESS = "chair@example.org"
HERE = {"Origin": "http://testserver"}
MAILED = ServerSettings("https://aiprap.example.org", mail=MailServer("smtp://localhost", "from@example.org"))


@pytest.fixture(name="link")
def _link(engine, chair):
    with writing(engine) as session:
        return f"/sign-in/{make_link(Context(session, OPERATOR, PLAN, wall_clock()), chair).text}"


@pytest.fixture(name="browser")
def _browser(engine):  # noqa: ARG001  # the database stands first
    return browser_of(ServerSettings())


def browser_of(settings, base_url="http://testserver"):
    routes = sign_in_routes(settings, frozenset({"", "my-updates"}))
    return TestClient(Starlette(routes=routes), base_url=base_url, follow_redirects=False)


def user(engine, browser, url):
    token = token_in(browser.cookies.get(COOKIE), server_secret(url, COOKIE))
    with reading(engine) as session:
        return user_of(session, token, now=wall_clock())


def test_opening_a_link_signs_nobody_in_and_pressing_its_button_does(browser, link, engine, chair, url):
    for _ in range(3):
        opened = browser.get(link)
    assert 200 == opened.status_code
    assert "set-cookie" not in opened.headers
    assert f'<form method="post" action="{link}">' in opened.text
    assert "&lt;b&gt;A. Name" in opened.text

    pressed = browser.post(link, headers=HERE)
    assert (303, "/") == (pressed.status_code, pressed.headers["location"])
    assert chair == user(engine, browser, url).person_id


BACK = pytest.mark.parametrize("page", ["my-updates", "my-updates?show=timeline&at=AWGIPC-80", "?basis=reported"])


def form_in(answer):
    """Where the form of a page is sent."""
    (action,) = re.findall(r'action="([^"]+)"', answer.text)
    return unescape(action)


@BACK
def test_one_comes_back_to_the_page_one_asked_for_and_its_filters(browser, link, chair, monkeypatch, page):  # noqa: ARG001
    mailed = []
    monkeypatch.setattr(sign_in, "send_link", lambda *_, page, **__: mailed.append(page))
    asking = browser_of(MAILED)
    form = form_in(asking.get(with_way_back("/sign-in", page)))
    asking.post(form, headers={"Origin": "https://aiprap.example.org"}, data={"email": ADDRESS})
    assert [page] == mailed

    form = form_in(browser.get(with_way_back(link, mailed[0])))
    assert f"/{page}" == browser.post(form, headers=HERE).headers["location"]


@BACK
def test_a_link_that_the_secretariat_gives_leads_back_too_in_the_browser_that_asked(browser, link, page):
    browser.get(with_way_back("/sign-in", page))
    answer = browser.post(link, headers=HERE)

    assert f"/{page}" == answer.headers["location"]
    assert PAGE_COOKIE not in browser.cookies


@BACK
def test_no_refusal_loses_the_way_back(browser, link, page):
    used = with_way_back(link, page)
    browser.post(link, headers=HERE)
    refused = [browser.get(used), browser.post(used, headers=HERE), browser.post(used)]
    refused += [
        browser.post(with_way_back("/sign-in", page), headers=HERE, data=form)
        for form in ({}, {"email": "nobody"}, *[{"email": ADDRESS}] * (TRIES_OF_AN_ADDRESS + 1))
    ]

    assert {200, 400, 403, 410, 429} == {answer.status_code for answer in refused}
    forms = {form_in(answer) for answer in refused if answer.status_code != 200}
    assert {with_way_back("/sign-in", page)} == forms


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "http://["}, {}])
def test_what_comes_from_elsewhere_is_refused_alike_each_time(engine, headers):  # noqa: ARG001
    routes = sign_in_routes(ServerSettings(), frozenset({""}))
    app = Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=1)])
    answers = [TestClient(app).post("/sign-out", headers=headers) for _ in range(3)]

    assert [403] * 3 == [answer.status_code for answer in answers]
    assert 1 == len({answer.text for answer in answers})
    assert sign_in.FROM_ELSEWHERE in answers[2].text


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (iter([b"email=chair%40example.org"]), {}),
        (b"name=chair%40example.org", {}),
        (b"", {}),
        (b"email=" + b"a" * 5000, {}),
    ],
    ids=["no length", "no such field", "empty", "too long"],
)
def test_a_form_that_is_not_whole_says_so(browser, content, headers):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.post("/sign-in", headers=HERE | form | headers, content=content)

    assert 400 == answer.status_code
    assert sign_in.INCOMPLETE in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "//evil.example",
        "https://evil.example",
        "%2F%2Fevil.example",
        "elsewhere",
        '"><b',
        "my-updates/x",
        "my-updates%23x",
    ],
)
def test_a_page_that_is_not_ours_is_never_where_one_ends(browser, link, page):
    for path in ("/sign-in", link):
        assert "next" not in browser.get(f"{path}?next={page}").text
    assert "/" == browser.post(f"{link}?next={page}", headers=HERE).headers["location"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser, link):
    cookie = browser.post(link, headers=HERE).headers["set-cookie"]
    assert re.search(rf"^{COOKIE}=[\w-]+\.[\w-]+; HttpOnly; Max-Age=\d+; Path=/; SameSite=lax$", cookie)


def test_behind_https_the_cookie_is_sent_by_https_alone(engine, link):  # noqa: ARG001
    browser = browser_of(ServerSettings("https://aiprap.example.org"))
    answer = browser.post(link, headers={"Origin": "https://aiprap.example.org"})
    assert answer.headers["set-cookie"].endswith("; Secure")


def test_a_link_signs_in_once(browser, link, engine, url):
    browser.post(link, headers=HERE)
    other = browser_of(ServerSettings())
    for refused in (other.post(link, headers=HERE), other.get(link)):
        assert 410 == refused.status_code
        assert "already used" in refused.text
        assert "Send me a new link" in refused.text
    assert PUBLIC == user(engine, other, url)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "link", "/sign-out", "/sign-out-everywhere"])
def test_what_another_site_sends_is_refused_and_changes_nothing(browser, link, headers, path):
    refused = browser.post(link if path == "link" else path, headers=headers, data={"email": ADDRESS})
    assert 403 == refused.status_code
    assert 303 == browser.post(link, headers={"Sec-Fetch-Site": "same-origin"}).status_code


def test_the_address_set_is_the_only_one_that_is_ours(engine, link):  # noqa: ARG001
    browser = browser_of(ServerSettings("https://aiprap.example.org"))
    assert 403 == browser.post(link, headers=HERE).status_code


def test_the_pages_run_no_script_and_nobody_keeps_them(browser, link):
    for path in ("/sign-in", link, "/sign-in/nonsense"):
        answer = browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src" not in policy
        assert "default-src 'none'; style-src 'sha256-" in policy
        assert "<script" not in answer.text
        assert "no-store" == answer.headers["cache-control"]


def test_signed_out_the_session_is_over_even_for_a_copy_of_the_cookie(browser, link, engine, url):
    browser.post(link, headers=HERE)
    kept = browser.cookies.get(COOKIE)
    assert 303 == browser.post("/sign-out", headers=HERE).status_code
    assert browser.cookies.get(COOKIE) is None

    browser.cookies.set(COOKIE, kept)
    assert PUBLIC == user(engine, browser, url)


def test_signed_out_everywhere_ends_the_other_browser_too(browser, link, engine, chair, url):
    browser.post(link, headers=HERE)
    other = browser_of(ServerSettings())
    with writing(engine) as session:
        second = make_link(Context(session, OPERATOR, PLAN, wall_clock()), chair).text
    other.post(f"/sign-in/{second}", headers=HERE)
    other.post("/sign-out-everywhere", headers=HERE)
    assert PUBLIC == user(engine, browser, url)


def test_a_stranger_who_signs_out_everywhere_ends_nothing(browser, engine):  # noqa: ARG001
    assert 303 == browser.post("/sign-out-everywhere", headers=HERE).status_code


def test_who_signs_in_after_another_leaves_no_session_of_theirs_behind(browser, link, engine, chair, url):
    browser.post(link, headers=HERE)
    kept = browser.cookies.get(COOKIE)
    with writing(engine) as session:
        second = make_link(Context(session, OPERATOR, PLAN, wall_clock()), chair).text
    browser.post(f"/sign-in/{second}", headers=HERE)
    assert PUBLIC != user(engine, browser, url)
    browser.cookies.set(COOKIE, kept, domain="testserver.local", path="/")
    assert PUBLIC == user(engine, browser, url)


def test_a_removed_person_s_link_is_refused(browser, link, engine, chair):
    with writing(engine) as session:
        remove_person(Context(session, OPERATOR, PLAN, wall_clock()), chair)
    assert 410 == browser.post(link, headers=HERE).status_code


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(browser, chair, engine):  # noqa: ARG001
    answers = [browser.post("/sign-in", headers=HERE, data={"email": one}) for one in (ADDRESS, "stranger@example.org")]
    assert answers[0].text == answers[1].text
    assert {200} == {one.status_code for one in answers}
    with reading(engine) as session:
        assert [ADDRESS] == [one.email for one in list_people(Context.at(session, OPERATOR)) if one.link_requested_at]


def test_where_mail_goes_out_the_link_goes_to_the_address_on_record(chair, engine, monkeypatch):  # noqa: ARG001
    sent = []
    monkeypatch.setattr(sign_in, "send_link", lambda _settings, token, *, to, **_: sent.append((token.text, to)))
    browser = browser_of(MAILED)
    headers = {"Origin": "https://aiprap.example.org"}
    for email in ("stranger@example.org", " Chair@Example.org "):
        browser.post("/sign-in", headers=headers, data={"email": email})

    [(token, to)] = sent
    assert ADDRESS == to
    assert 303 == browser.post(f"/sign-in/{token}", headers=headers).status_code


def test_a_refused_sign_in_leaves_one_line_with_the_reason(browser, link, caplog):
    caplog.set_level("INFO", "api")
    browser.post(link, headers=HERE)
    for path in (link, f"{link}x"):
        browser.get(path)
        browser.post(path, headers=HERE)

    reasons = ["used link", "used link", "unknown link", "unknown link"]
    assert [f"sign-in refused: {reason}" for reason in reasons] == [
        one.message for one in caplog.records if one.name == "api.sign_in"
    ]


def test_a_wish_that_no_mail_server_took_waits_for_the_secretariat(chair, engine, caplog):  # noqa: ARG001
    mail = MailServer(f"smtp://{LOOPBACK}:{free_port()}", "from@example.org")
    browser = browser_of(ServerSettings("https://aiprap.example.org", mail=mail))
    browser.post("/sign-in", headers={"Origin": "https://aiprap.example.org"}, data={"email": ADDRESS})

    with reading(engine) as session:
        assert [ADDRESS] == [one.email for one in list_people(Context.at(session, OPERATOR)) if one.link_requested_at]
    warnings = [one.message for one in caplog.records if one.levelname == "WARNING"]
    assert ["mail refused: ConnectionRefusedError"] == warnings
    assert "/sign-in/" not in caplog.text


@pytest.mark.parametrize("form", [{"email": ""}, {"email": "<b>nobody"}, {"email": f"{'a' * 500}@example.org"}])
def test_a_form_without_an_address_is_answered_with_a_sentence(browser, form):
    answer = browser.post("/sign-in", headers=HERE, data=form)
    assert 400 == answer.status_code
    assert "is not an e-mail address" in answer.text
    assert "<b>nobody" not in answer.text


def test_wishes_for_one_address_are_limited(browser):
    answers = [browser.post("/sign-in", headers=HERE, data={"email": ADDRESS}) for _ in range(TRIES_OF_AN_ADDRESS + 1)]
    assert [200] * TRIES_OF_AN_ADDRESS + [429] == [one.status_code for one in answers]


def test_guesses_from_one_place_are_limited_and_a_good_link_still_works(browser, link):
    codes = [browser.post("/sign-in/nonsense", headers=HERE).status_code for _ in range(TRIES_OF_A_PLACE + 1)]
    assert [410] * TRIES_OF_A_PLACE + [429] == codes
    assert 303 == browser.post(link, headers=HERE).status_code
