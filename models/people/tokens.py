"""What a browser shows to be believed: our own cookie with a session's token, or Streamlit's with a provider's claims.

Of tokens the database keeps hashes alone; cookies are signed, so that made-up ones are refused before anybody asks it.
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
"""Streamlit's: who came through OpenID Connect. A long one is cut into pieces, named by its number."""
PROVIDER_PURPOSE = "openid connect"
"""Under which the server's secret signs it."""

_LASTS = timedelta(days=31)
_PIECES = re.compile(r"chunks-(\d{1,2})")
Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a browser shows to be believed: a session's token, or an address its identity provider vouches for.

    Not who that is: this is asked anew each time. Kept for what runs where Streamlit knows no browser, such as a
    download.
    """

    token: str | None
    address: str | None = None
    signed_in_at: datetime | None = None


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


def credentials_of(token: str | None, claims: Claims) -> Credentials:
    """What the token and a provider's claims come to: an address that the provider has not checked may be anybody's."""
    address = claims.get("email") if claims.get("email_verified") is True else None
    signed_in_at = claims.get("iat")
    moment = datetime.fromtimestamp(signed_in_at, UTC) if isinstance(signed_in_at, int | float) else None
    return Credentials(token, address, moment)


def claims_in(cookies: Mapping[str, str], secret: str) -> Claims:
    """The claims that Streamlit's cookie carries; none for a cookie that this server did not sign, or long ago."""
    try:
        text = _piece(cookies, PROVIDER_COOKIE, secret)
        cut = _PIECES.fullmatch(text)
        if cut:
            text = "".join(_piece(cookies, f"{PROVIDER_COOKIE}_{one + 1}", secret) for one in range(int(cut[1])))
        claims = json.loads(text)
    # One piece that is missing or not ours spoils the rest: what was left out could change what it says.
    except (BadSignature, ValueError):
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}


def _piece(cookies: Mapping[str, str], name: str, secret: str) -> str:
    return str(URLSafeTimedSerializer(secret, salt=name).loads(cookies.get(name, ""), int(_LASTS.total_seconds())))


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256)
