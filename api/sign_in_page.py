"""The pages of signing in: plain HTML, without script, that any mail reader's browser shows."""

import base64
import hashlib
from html import escape
from pathlib import Path

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

_ASK = """<form method="post" action="{action}">
<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="254" required>
<button type="submit">Send me a new link</button>
</form>"""


def confirm_page(called: str, action: str) -> str:
    """Ask for the press of a button: mail scanners open links, but press nothing."""
    form = f'<form method="post" action="{escape(action)}"><button type="submit">Sign in</button></form>'
    shared = "This browser then stays signed in. Sign out when you leave a computer that others use."
    return _page(TITLE, f"<p>You are signing in as <strong>{escape(called)}</strong>.</p>{form}<p>{shared}</p>")


def ask_page(page: str = "") -> str:
    """How to get a link, which leads back to the page that was asked for."""
    told = "There are no passwords here. A link signs you in; the secretariat gives you the first one."
    return _page(TITLE, f"<p>{told}</p>{_ask(page)}")


def asked_page() -> str:
    """The same answer whether the address is known or not: nobody learns here who has an account."""
    told = (
        "If this address belongs to somebody who reports or clears here, a new link is on its way, from this server "
        "or from the secretariat. It signs in once. If none comes, ask the secretariat."
    )
    return _page("Thank you", f"<p>{told}</p>")


def refused_page(why: str) -> str:
    """Why nobody was signed in, and the way on."""
    return _page("You are not signed in", f"<p>{escape(why)}</p>{_ask()}")


def _ask(page: str = "") -> str:
    return _ASK.format(action=escape(with_way_back("/sign-in", page)))


def _page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · AIPRAP 2026–2030</title>
<link rel="icon" href="/app/static/mark.svg">
<style>{_STYLE}</style>
</head>
<body>
<main>
<p class="product">{PRODUCT}</p>
<h1>{escape(title)}</h1>
{content}
<p><a href="/">Back to the dashboard</a></p>
</main>
</body>
</html>
"""
