"""Who sends a request, asked of the database at that moment: by our own session, or through the identity provider."""

from starlette.requests import Request

from api.provider_cookie import PROVIDER_PURPOSE, claims_in
from models.core.settings import server_settings
from models.people.directory import user_of_credentials
from models.people.permissions import User
from models.people.tokens import COOKIE, credentials_of, token_in
from models.store.clock import wall_clock
from models.store.database import OpenSession, database_url
from models.store.server_secret import server_secret


def token_of(request: Request) -> str | None:
    """The session's token that the request carries."""
    return token_in(request.cookies.get(COOKIE), server_secret(database_url(), COOKIE))


def user_of_request(session: OpenSession, request: Request) -> User:
    """Who that is; the public for an unknown or ended session. A provider that is not set vouches for nobody."""
    is_set = server_settings().provider is not None
    claims = claims_in(request.cookies, server_secret(database_url(), PROVIDER_PURPOSE)) if is_set else {}
    return user_of_credentials(session, credentials_of(token_of(request), claims), now=wall_clock())
