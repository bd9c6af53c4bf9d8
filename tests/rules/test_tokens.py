import pytest

from models.rules.tokens import cookie_of, token_in

SECRET = "s" * 64


def test_a_cookie_carries_its_token():
    assert "token" == token_in(cookie_of("token", SECRET), SECRET)


@pytest.mark.parametrize("cookie", [None, "", "token", "token.", ".", "token.abc", cookie_of("token", "another")])
def test_a_cookie_that_this_server_did_not_sign_carries_none(cookie):
    assert token_in(cookie, SECRET) is None
