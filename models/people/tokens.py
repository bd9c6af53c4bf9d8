"""The credentials of a browser: our cookie with a session token, or Streamlit's cookie with a provider's claims.

The database keeps only hashes of tokens. Cookies are signed, so that forged ones are refused without a query.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, Signer, URLSafeTimedSerializer

COOKIE = "aiprap_session"
_SALT = "aiprap session cookie"

PROVIDER_COOKIE = "_streamlit_user"
"""Streamlit's cookie for a sign-in through OpenID Connect. A long one is split into numbered parts."""
PROVIDER_PURPOSE = "openid connect"
"""The purpose under which the server's secret signs it."""

_LASTS = timedelta(days=31)
_PARTS = re.compile(r"chunks-(\d{1,2})")
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


def claims_in(cookies: Mapping[str, str], secret: str) -> Claims:
    """Return the claims in Streamlit's cookie; empty for a cookie that is over 31 days old or not signed here."""
    try:
        text = _part(cookies, PROVIDER_COOKIE, secret)
        if parts := _PARTS.fullmatch(text):
            text = "".join(_part(cookies, f"{PROVIDER_COOKIE}_{index + 1}", secret) for index in range(int(parts[1])))
        claims = json.loads(text)
    # A part that is missing or not ours makes the rest invalid: it could change the meaning.
    except (BadSignature, ValueError):
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}


def _part(cookies: Mapping[str, str], name: str, secret: str) -> str:
    return str(URLSafeTimedSerializer(secret, salt=name).loads(cookies.get(name, ""), int(_LASTS.total_seconds())))


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
