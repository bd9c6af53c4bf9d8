"""The cookie that Streamlit gives a browser which came through OpenID Connect, made by Streamlit itself."""

from datetime import datetime
from hashlib import sha256

from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from api.provider_cookie import PROVIDER_COOKIE, PROVIDER_PURPOSE
from models.store.server_secret import server_secret

MANY = [sha256(bytes([one])).hexdigest() for one in range(150)]
"""Claims of somebody in so many groups that one cookie does not hold them, however it is packed."""


def streamlit_cookies(secret: str, **claims: object) -> dict[str, str]:
    """Its name and value; several where the claims are long."""
    cookies: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def put(name: str, value: str) -> None:
        cookies[name] = sign(name, value).decode()

    set_cookie_with_chunks(put, sign, PROVIDER_COOKIE, claims | {"is_logged_in": True}, cookie_attr_size=60)
    return cookies


def provider_cookies(database_url: str, email: str, since: datetime, **claims: object) -> dict[str, str]:
    """Of somebody whose address the provider of this server vouches for since a moment."""
    facts = {"email": email, "email_verified": True, "iat": int(since.timestamp())}
    return streamlit_cookies(server_secret(database_url, PROVIDER_PURPOSE), **(facts | claims))
