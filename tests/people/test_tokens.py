from datetime import UTC, datetime

import pytest

from models.people.tokens import Credentials, cookie_of, credentials_of, token_in

SECRET = "s" * 64
CLAIMS = {"email": "a@example.org", "email_verified": True, "iat": 1_800_000_000}


def test_a_cookie_carries_its_token():
    assert "token" == token_in(cookie_of("token", SECRET), SECRET)


@pytest.mark.parametrize("cookie", [None, "", "token", "token.", ".", "token.abc", cookie_of("token", "another")])
def test_a_cookie_that_this_server_did_not_sign_carries_none(cookie):
    assert token_in(cookie, SECRET) is None


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
