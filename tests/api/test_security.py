import pytest
from starlette.responses import Response

from api.security import SecurityHeaders, content_security_policy, security_headers
from tests.api.asking import ask

HEADERS = security_headers(["'sha256-abc='"], is_https=True)


def guarded(**headers):
    return SecurityHeaders(
        Response("text", headers={n.replace("_", "-"): text for n, text in headers.items()}), HEADERS
    )


def test_a_page_gets_them_all():
    answer = ask(guarded(Content_Type="text/html"), "/")
    assert {name.lower(): text for name, text in HEADERS.items()}.items() <= answer.headers.items()


def test_what_an_answer_says_of_itself_stands():
    answer = ask(guarded(Content_Security_Policy="default-src 'self'"), "/")
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("kind", ["text/javascript; charset=utf-8", "text/css", "font/woff2"])
def test_what_is_never_shown_as_a_page_is_spared_the_policy(kind):
    answer = ask(guarded(Content_Type=kind), "/static/x")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in answer.headers


def test_a_drawing_may_be_opened_as_a_page_and_keeps_the_policy():
    assert "content-security-policy" in ask(guarded(Content_Type="image/svg+xml"), "/x.svg").headers


def test_only_the_scripts_named_run():
    policy = content_security_policy(["'sha256-abc='", "'sha256-def='"])
    assert "script-src 'self' 'sha256-abc=' 'sha256-def=';" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_browsers_are_bound_to_https_only_where_people_come_by_it():
    assert "max-age=31536000" == HEADERS["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in security_headers([], is_https=False)
