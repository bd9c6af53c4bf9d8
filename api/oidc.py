"""OpenID Connect through Streamlit's own sign-in: its settings, and the steps that Streamlit does not take itself."""

import logging
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.provider_cookie import PROVIDER_PURPOSE, claims_in
from api.way_back import Pages, page_left, page_remembered, reminder
from models.core.settings import ServerSettings
from models.people.sign_in import record_provider_sign_in
from models.people.tokens import Credentials, credentials_of
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, writing
from models.store.server_secret import server_secret

log = logging.getLogger(__name__)

Section = dict[str, Any]

LOGIN, CALLBACK = "/auth/login", "/oauth2callback"
"""Streamlit's addresses: to the provider, and back from it."""

SIGN_IN_SECONDS = 900


def auth_secrets(settings: ServerSettings, database: str) -> Section | None:
    """The section `[auth]` that would otherwise be in secrets.toml; None where no provider is set."""
    provider = settings.provider
    if provider is None:
        return None
    section = {
        "redirect_uri": f"{settings.address()}/oauth2callback",
        "cookie_secret": server_secret(database, PROVIDER_PURPOSE),
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "server_metadata_url": provider.metadata_url,
    }
    return {"auth": section}


class ProviderSignIn:
    """Wraps Streamlit's sign-in: records each sign-in in the audit trail, and leads back to the page that was left."""

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, pages: Pages) -> None:
        self.app = app
        self.settings = settings
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Complete the answers of the two addresses of the sign-in; pass on every other request."""
        steps = {LOGIN: self._leaving, CALLBACK: self._back}
        complete = steps.get(scope["path"]) if scope["type"] == "http" and self.settings.provider else None
        if complete is None:
            await self.app(scope, receive, send)
            return

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] >= HTTPStatus.BAD_REQUEST:
                    log.warning("sign-in refused: OpenID Connect, the provider did not answer as it should")
                await complete(Request(scope), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, completed)

    async def _leaving(self, request: Request, answer: MutableHeaders) -> None:
        """Remember the page in a cookie, for as long as signing in may take; Streamlit does not."""
        page = page_left(request, self.pages)
        seconds = SIGN_IN_SECONDS if page else 0
        answer.append("Set-Cookie", reminder(page, seconds, secure=self.settings.is_https))

    async def _back(self, request: Request, answer: MutableHeaders) -> None:
        """Record the sign-in in the audit trail before the browser gets its cookie, then lead back to the page."""
        claims = claims_in(_cookies_set(answer), server_secret(database_url(), PROVIDER_PURPOSE))
        if not claims:
            log.info("sign-in refused: OpenID Connect, the provider vouches for nobody")
            return
        await run_in_threadpool(_record_sign_in, credentials_of(None, claims))
        answer["Location"] = f"/{page_remembered(request, self.pages)}"
        answer.append("Set-Cookie", reminder("", 0, secure=self.settings.is_https))


def _cookies_set(answer: MutableHeaders) -> dict[str, str]:
    """The cookies that an answer gives to the browser."""
    jar: SimpleCookie = SimpleCookie()
    for header in answer.getlist("Set-Cookie"):
        jar.load(header)
    return {name: cookie.value for name, cookie in jar.items()}


def _record_sign_in(credentials: Credentials) -> None:
    with writing(engine_for(database_url())) as session:
        record_provider_sign_in(session, credentials, now=wall_clock())
