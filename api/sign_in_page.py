"""The pages of signing in: plain HTML, without script, that any mail reader's browser shows."""

import base64
import hashlib
from pathlib import Path

import htpy as h
from htpy import Element, Node
from markupsafe import Markup

from models.people.sign_in_mail import with_way_back

TITLE = "Sign in"
PRODUCT = "ASEAN IPR Action Plan 2026–2030"

_STYLE = Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; font-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # The address holds the token, and the page names a person: nobody keeps it and no search engine lists it.
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}

STAYS_SIGNED_IN = "This browser then stays signed in. On a computer that others also use, sign out when you leave."
NO_PASSWORDS = "There are no passwords here. A link signs you in. The secretariat gives you your first link."
ON_ITS_WAY = (
    "If this address belongs to somebody who reports or clears here, a new link is on its way, from this server or from"
    " the secretariat. It can be used once. If you receive no link, please ask the secretariat."
)


def confirm_page(name: str, action: str) -> str:
    """Ask for the press of a button: mail scanners open links, but press nothing."""
    person = h.p["You are signing in as ", h.strong[name], "."]
    form = h.form(method="post", action=action)[h.button(type="submit")["Sign in"]]
    return _page(TITLE, [person, form, h.p[STAYS_SIGNED_IN]])


def request_link_page(page: str = "") -> str:
    """How to get a link, which leads back to the given page."""
    return _page(TITLE, [h.p[NO_PASSWORDS], _form(page)])


def link_requested_page() -> str:
    """The same answer whether the address is known or not: nobody learns here who has an account."""
    return _page("Thank you", h.p[ON_ITS_WAY])


def refused_page(reason: str, page: str = "") -> str:
    """Why nobody was signed in, and what to do; the way back stays."""
    return _page("You are not signed in", [h.p[reason], _form(page)])


def _form(page: str) -> Element:
    return h.form(method="post", action=with_way_back("/sign-in", page))[
        h.label(for_="email")["Your e-mail address"],
        h.input(id="email", name="email", type="email", autocomplete="email", maxlength="254", required=True),
        h.button(type="submit")["Send me a new link"],
    ]


def _page(title: str, content: Node) -> str:
    page = h.html(lang="en")[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.title[f"{title} · AIPRAP 2026–2030"],
            h.link(rel="icon", href="/app/static/mark.svg"),
            h.style[Markup(_STYLE)],  # noqa: S704  # our own file
        ],
        h.body[h.main[h.p(".product")[PRODUCT], h.h1[title], content, h.p[h.a(href="/")["Back to the dashboard"]]]],
    ]
    return str(page)
