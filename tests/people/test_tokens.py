from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner

from models.people.tokens import PROVIDER_COOKIE, Credentials, claims_in, cookie_of, credentials_of, token_in
from tests.api.streamlit_cookie import MANY, streamlit_cookies

SECRET = "s" * 64
CLAIMS = {"email": "a@example.org", "email_verified": True, "iat": 1_800_000_000}


def test_a_cookie_carries_its_token():
    assert "token" == token_in(cookie_of("token", SECRET), SECRET)


@pytest.mark.parametrize("cookie", [None, "", "token", "token.", ".", "token.abc", cookie_of("token", "another")])
def test_a_cookie_that_this_server_did_not_sign_carries_none(cookie):
    assert token_in(cookie, SECRET) is None


@pytest.mark.parametrize("more", [{}, {"groups": MANY}], ids=["short", "in pieces"])
def test_streamlit_s_cookie_carries_the_provider_s_claims(more):
    cookies = streamlit_cookies(SECRET, **CLAIMS, **more)

    assert (len(cookies) > 1) is bool(more)
    assert (CLAIMS | more).items() <= claims_in(cookies, SECRET).items()


@pytest.mark.parametrize("which", [PROVIDER_COOKIE, f"{PROVIDER_COOKIE}_2"])
def test_a_piece_that_is_missing_or_was_changed_carries_nothing(which):
    cookies = streamlit_cookies(SECRET, **CLAIMS, groups=MANY)

    assert not claims_in(cookies | {which: cookies[which] + "x"}, SECRET)
    assert not claims_in({name: value for name, value in cookies.items() if name != which}, SECRET)


@pytest.mark.parametrize("cookies", [{}, {PROVIDER_COOKIE: "nonsense"}, streamlit_cookies("another", **CLAIMS)])
def test_claims_that_this_server_did_not_sign_are_none(cookies):
    assert not claims_in(cookies, SECRET)


def test_claims_last_as_long_as_streamlit_believes_them(monkeypatch):
    old = datetime.now(UTC) - timedelta(days=32)
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: int(old.timestamp()))
        cookies = streamlit_cookies(SECRET, **CLAIMS)

    assert not claims_in(cookies, SECRET)


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({}, "a@example.org"),
        ({"email_verified": False}, None),
        ({"email_verified": "true"}, None),
        ({"email": None}, None),
    ],
)
def test_an_address_is_believed_only_where_the_provider_has_checked_it(changed, address):
    signed_in_at = datetime.fromtimestamp(1_800_000_000, UTC)

    assert Credentials("token", address, signed_in_at) == credentials_of("token", CLAIMS | changed)
    assert Credentials(None) == credentials_of(None, {})
