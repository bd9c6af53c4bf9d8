"""The credentials of a browser: our cookie with a session token, or the claims of an identity provider.

The database keeps only hashes of tokens. Cookies are signed, so that forged ones are refused without a query.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadSignature, Signer

COOKIE = "aiprap_session"
_SALT = "aiprap session cookie"

Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The credentials of a browser: a session token, or an address that an identity provider confirmed.

    `signed_in_at` is the moment (UTC) of the sign-in at the provider. The user is looked up again at each use. Also
    kept for code that runs without a browser session, such as a download.
    """

    token: str | None
    address: str | None = None
    signed_in_at: datetime | None = None


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token, as the database keeps it: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_of(token: str, secret: str) -> str:
    """Return the value of the session cookie: the signed token."""
    return _signer(secret).sign(token).decode()


def token_in(cookie: str | None, secret: str) -> str | None:
    """Return the token in a cookie; None for a cookie that this server did not sign."""
    try:
        return _signer(secret).unsign(cookie).decode() if cookie else None
    except (BadSignature, UnicodeError):
        return None


def credentials_of(token: str | None, claims: Claims) -> Credentials:
    """Return the credentials from a token and a provider's claims; an address that is not verified is ignored."""
    address = claims.get("email") if claims.get("email_verified") is True else None
    issued = claims.get("iat")
    signed_in_at = datetime.fromtimestamp(issued, UTC) if isinstance(issued, int | float) else None
    return Credentials(token, address, signed_in_at)


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
