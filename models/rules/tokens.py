"""Tokens that stand for a link or a session: what the database keeps of them, and how a cookie carries one."""

import hashlib

from itsdangerous import BadSignature, Signer

COOKIE = "aiprap_session"
_SALT = "aiprap session cookie"


def token_hash(token: str) -> str:
    """What the database keeps of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_of(token: str, secret: str) -> str:
    """The cookie's value: the token, signed, so that made-up ones are refused before anybody asks the database."""
    return _signer(secret).sign(token).decode()


def token_in(cookie: str | None, secret: str) -> str | None:
    """The token a cookie carries; None for a cookie that this server did not sign."""
    try:
        return _signer(secret).unsign(cookie).decode() if cookie else None
    except (BadSignature, UnicodeError):
        return None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
