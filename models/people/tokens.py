"""What a browser shows to be believed: our own cookie with a session's token, or the claims of an identity provider.

Of tokens the database keeps hashes alone; cookies are signed, so that made-up ones are refused before anybody asks it.
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
class Shown:
    """What a browser shows to be believed: a session's token, or an address its identity provider vouches for.

    Not who that is: this is asked anew each time. Kept for what runs where Streamlit knows no browser, such as a
    download.
    """

    token: str | None
    address: str | None = None
    since: datetime | None = None


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


def shown_by(token: str | None, claims: Claims) -> Shown:
    """What the token and a provider's claims come to: an address that the provider has not checked may be anybody's."""
    address = claims.get("email") if claims.get("email_verified") is True else None
    since = claims.get("iat")
    moment = datetime.fromtimestamp(since, UTC) if isinstance(since, int | float) else None
    return Shown(token, address, moment)


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
