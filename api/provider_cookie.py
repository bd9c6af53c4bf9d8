"""Streamlit's cookie of a sign-in by OpenID Connect, read with Streamlit's own functions.

They are no public interface of Streamlit: check this module when its version changes.
"""

import json
from collections.abc import Mapping

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from models.people.tokens import Claims

PROVIDER_COOKIE = "_streamlit_user"
"""A long one is cut into pieces, named by their number."""
PROVIDER_PURPOSE = "openid connect"
"""The purpose for which the server's secret signs it."""


def claims_in(cookies: Mapping[str, str], secret: str) -> Claims:
    """The provider's claims; none where a piece is missing, too old, or was not signed by this server."""

    def piece(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies.get(name, ""))

    try:
        claims = json.loads(get_cookie_with_chunks(piece, PROVIDER_COOKIE) or b"null")
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}
