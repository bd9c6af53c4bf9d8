"""Streamlit's cookie, made by the installed Streamlit: whoever upgrades it learns here what changed."""

from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner

from api.provider_cookie import PROVIDER_COOKIE, claims_in
from tests.api.streamlit_cookie import MANY, streamlit_cookies

SECRET = "s" * 64
CLAIMS = {"email": "a@example.org", "email_verified": True, "iat": 1_800_000_000}


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
