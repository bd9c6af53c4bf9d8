"""The credentials of a browser: our cookie with a session token, or the claims of an identity provider.

The database keeps only hashes of tokens. Cookies are signed, so that forged ones are refused without a query.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from itsdangerous import BadSignature, Signer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.core.mail_address import is_address

COOKIE = "aiprap_session"
_SALT = "aiprap session cookie"

Claims = Mapping[str, Any]
_YEAR_9999 = 253_402_300_799
"""The last second (since 1970) that is a moment."""


class _CheckedClaims(BaseModel):
    """What a provider must say of somebody who signs in; `iat` is when it said so, in seconds since 1970."""

    model_config = ConfigDict(strict=True)

    email: str
    email_verified: bool
    iat: Annotated[float, Field(ge=0, le=_YEAR_9999)]


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
    """Return the credentials from a token and a provider's claims.

    Claims that lack an address, its verification or a moment, or hold something else in their place, say nothing.
    """
    try:
        checked = _CheckedClaims.model_validate(dict(claims))
    except ValidationError:
        return Credentials(token)
    if not checked.email_verified or not is_address(checked.email):
        return Credentials(token)
    return Credentials(token, checked.email, datetime.fromtimestamp(checked.iat, UTC))


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
