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


@pytest.mark.parametrize("iat", [1_800_000_000, 1_800_000_000.0])
def test_an_address_is_believed_since_the_moment_at_which_the_provider_has_checked_it(iat):
    signed_in_at = datetime.fromtimestamp(1_800_000_000, UTC)

    assert Credentials("token", "a@example.org", signed_in_at) == credentials_of("token", CLAIMS | {"iat": iat})


VALUES: list[object] = [None, "", "a", 0, 1, -1, True, False, "true", [], ["a@example.org"], {}, {"a": 1}]
VALUES += [float("inf"), float("-inf"), float("nan"), 1e300, 10**400, -1e9]
WRONG = [
    (claim, value)
    for claim in CLAIMS
    for value in VALUES
    if (claim, type(value)) != ("iat", int) or value not in {0, 1}
    if claim != "email_verified" or value is not True
]


@pytest.mark.parametrize(("claim", "value"), WRONG, ids=repr)
def test_claims_of_any_other_kind_say_nothing_and_break_nothing(claim, value):
    assert Credentials("token") == credentials_of("token", CLAIMS | {claim: value})


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_that_lack_one_say_nothing(claim):
    assert Credentials(None) == credentials_of(None, {name: value for name, value in CLAIMS.items() if name != claim})
