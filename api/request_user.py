"""The user who sends a request, by our own session or through the identity provider; read at each request."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from api.provider_cookie import PROVIDER_PURPOSE, claims_in
from models.core.settings import server_settings
from models.people.directory import user_of_credentials
from models.people.permissions import User
from models.people.tokens import COOKIE, credentials_of, token_in
from models.store.clock import wall_clock
from models.store.database import OpenSession, database_url, engine_for, reading
from models.store.server_secret import server_secret


def token_of(request: HTTPConnection) -> str | None:
    """The session's token that the request carries."""
    return token_in(request.cookies.get(COOKIE), server_secret(database_url(), COOKIE))


def user_of_request(session: OpenSession, request: HTTPConnection) -> User:
    """The user; the public for an unknown or ended session, and for claims of a provider that is not configured."""
    is_set = server_settings().provider is not None
    claims = claims_in(request.cookies, server_secret(database_url(), PROVIDER_PURPOSE)) if is_set else {}
    return user_of_credentials(session, credentials_of(token_of(request), claims), now=wall_clock())


async def user_now(request: HTTPConnection) -> User:
    """The same, for what runs on the event loop: in a thread, since it waits for the database."""

    def look() -> User:
        with reading(engine_for(database_url())) as session:
            return user_of_request(session, request)

    return await run_in_threadpool(look)
