"""Signing in by link, and out: the HTTP of it, since no Streamlit page can set a cookie.

A GET shows a page with a button and changes nothing; the button's POST uses the link up. Streamlit's own addresses for
OpenID Connect (/auth/login, /auth/logout, /oauth2callback) are left to Streamlit.
"""

import logging
from contextlib import AbstractContextManager

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from api.origin import SameOriginOnly
from api.request_user import token_of
from api.sign_in_page import HEADERS, confirm_page, link_requested_page, refused_page, request_link_page
from api.way_back import PAGE_COOKIE, Pages, page_named, page_remembered, reminder
from models.core.errors import MailRefused, SignInRefused, TooManyTries
from models.core.mail_address import is_address
from models.core.settings import ServerSettings
from models.people.accounts import sign_out_everywhere
from models.people.context import Context
from models.people.directory import user_of
from models.people.first_sign_in import remove_used_first_link
from models.people.mail import send_link
from models.people.sign_in import LINK_LASTS, Token, ask_for_link, count_attempt, person_of_link, sign_out, use_link
from models.people.sign_in_mail import with_way_back
from models.people.tokens import COOKIE, cookie_of
from models.plan.editions import plan_as_known
from models.store.clock import current_moment, wall_clock
from models.store.database import OpenSession, database_url, engine_for, reading, writing
from models.store.server_secret import server_secret

log = logging.getLogger(__name__)

LONGEST_FORM = 2_000
"""Bytes of a form that holds one e-mail address."""

FROM_ELSEWHERE = "This request did not come from a page of this dashboard. Open the link again and press the button."
INCOMPLETE = "The form was not complete; try again."


def sign_in_routes(settings: ServerSettings, pages: Pages) -> list[Route]:
    """Every address of signing in and out; `pages` are those to which a person may return."""
    answers = SignIn(settings, pages)
    middleware = Middleware(SameOriginOnly, public_url=settings.public_url, otherwise=answers.refuse_other_sites)
    same_origin_only = [middleware]
    return [
        Route("/sign-in", answers.show_form, methods=["GET"]),
        Route("/sign-in", answers.ask, methods=["POST"], middleware=same_origin_only),
        Route("/sign-in/{token}", answers.show_button, methods=["GET"]),
        Route("/sign-in/{token}", answers.use, methods=["POST"], middleware=same_origin_only),
        Route("/sign-out", answers.leave, methods=["POST"], middleware=same_origin_only),
        Route("/sign-out-everywhere", answers.leave_everywhere, methods=["POST"], middleware=same_origin_only),
    ]


class SignIn:
    """The answers, under the settings of this server. Those that wait for the database run in Starlette's threads."""

    def __init__(self, settings: ServerSettings, pages: Pages) -> None:
        self.settings = settings
        self.pages = pages

    def show_form(self, request: Request) -> Response:
        """How to get a link; this browser remembers the page that was left, also for a link from the secretariat."""
        page = page_named(request, self.pages)
        response = _html(request_link_page(page))
        if page:
            seconds = int(LINK_LASTS.total_seconds())
            response.headers.append("Set-Cookie", reminder(page, seconds, secure=self.settings.is_https))
        return response

    def show_button(self, request: Request) -> Response:
        """Whom the link would sign in, behind a button; or why it signs in nobody."""
        page = page_named(request, self.pages)
        try:
            with _reading() as session:
                person = person_of_link(session, request.path_params["token"], now=wall_clock())
                name = person.name or person.email or "the first account of the secretariat"
        except SignInRefused as refusal:
            return _refused(refusal, page)
        return _html(confirm_page(name, with_way_back(request.url.path, page)))

    def use(self, request: Request) -> Response:
        """Use the link up, and give the browser the cookie of a new session."""
        try:
            with _writing() as session:
                token = use_link(session, request.path_params["token"], now=wall_clock())
                # Whoever was signed in here before is signed out.
                sign_out(session, token_of(request), now=wall_clock())
        except SignInRefused as refusal:
            return self._count_refusal(request, refusal)
        remove_used_first_link(engine_for(database_url()))
        response = self._signed_in(token, page_named(request, self.pages) or page_remembered(request, self.pages))
        if PAGE_COOKIE in request.cookies:
            response.headers.append("Set-Cookie", reminder("", 0, secure=self.settings.is_https))
        return response

    async def ask(self, request: Request) -> Response:
        """Take the request for a new link; the answer comes before anything is looked up, and is always the same."""
        page, email = page_named(request, self.pages), await _typed_address(request)
        if email is None:
            return _html(refused_page(INCOMPLETE, page), 400)
        if not is_address(email):
            what = f"“{email}” is not an e-mail address. Please check it and try again."
            return _html(refused_page(what, page), 400)
        try:
            await run_in_threadpool(_count, request, email)
        except TooManyTries as refusal:
            return _refused(refusal, page)
        return _html(link_requested_page(), background=BackgroundTask(self._mail_link, email, page))

    def refuse_other_sites(self, request: Request) -> Response:
        """The answer to what another site made a browser send."""
        return _html(refused_page(FROM_ELSEWHERE, page_named(request, self.pages)), 403)

    def leave(self, request: Request) -> Response:
        """End the session of this browser."""
        with _writing() as session:
            sign_out(session, token_of(request), now=wall_clock())
        return self._signed_out()

    def leave_everywhere(self, request: Request) -> Response:
        """End the person's sessions in every browser."""
        with _writing() as session:
            user = user_of(session, token_of(request), now=wall_clock())
            if user.person_id is not None:
                plan = plan_as_known(session, current_moment(session)).plan
                sign_out_everywhere(Context(session, user, plan, wall_clock()), user.person_id)
        return self._signed_out()

    def _mail_link(self, email: str, page: str) -> None:
        """Make and mail the link after the answer went out, so that its time reveals nothing either."""
        with _writing() as session:
            link = ask_for_link(session, email, can_mail=self.settings.mail is not None, now=wall_clock())
            plan = plan_as_known(session, current_moment(session)).plan if link else None
        if link and plan:
            address, token = link
            try:
                send_link(self.settings, token, to=address, plan=plan, page=page)
            except MailRefused:  # the request waits for the secretariat
                with _writing() as session:
                    ask_for_link(session, address, can_mail=False, now=wall_clock())

    def _count_refusal(self, request: Request, refusal: SignInRefused) -> Response:
        try:
            _count(request)
        except TooManyTries as too_many:
            refusal = too_many
        return _refused(refusal, page_named(request, self.pages))

    def _signed_in(self, token: Token, page: str) -> Response:
        response = RedirectResponse(f"/{page}", status_code=303, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            COOKIE,
            cookie_of(token.text, server_secret(database_url(), COOKIE)),
            max_age=int((token.expires_at - wall_clock()).total_seconds()),
            secure=self.settings.is_https,
            httponly=True,
            samesite="lax",
        )
        return response

    def _signed_out(self) -> Response:
        response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
        response.delete_cookie(COOKIE, secure=self.settings.is_https, httponly=True, samesite="lax")
        return response


async def _typed_address(request: Request) -> str | None:
    """What was typed as address; None where the form has no such field, or is cut off or far too long."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > LONGEST_FORM:
        return None
    typed = (await request.form()).get("email")
    return typed.strip() if isinstance(typed, str) else None


def _reading() -> AbstractContextManager[OpenSession]:
    return reading(engine_for(database_url()))


def _writing() -> AbstractContextManager[OpenSession]:
    return writing(engine_for(database_url()))


def _count(request: Request, email: str | None = None) -> None:
    client_address = request.client.host if request.client else "unknown"
    with _writing() as session:
        count_attempt(session, network_address=client_address, email=email, now=wall_clock())


def _html(page: str, status: int = 200, *, background: BackgroundTask | None = None) -> Response:
    return HTMLResponse(page, status, headers=HEADERS, background=background)


def _refused(refusal: SignInRefused, page: str) -> Response:
    log.info("sign-in refused: %s", refusal.reason)
    return _html(refused_page(str(refusal), page), 429 if isinstance(refusal, TooManyTries) else 410)
