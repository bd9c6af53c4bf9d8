"""The mail with a sign-in link, and the addresses of signing in."""

from datetime import datetime
from urllib.parse import quote

from models.core.text import moment
from models.plan.schema import Plan

NEXT = "next"
"""The parameter of a sign-in address that names the page to return to."""


def link_address(server: str, token: str, page: str = "") -> str:
    """Return the full address of a sign-in link on the server, which leads on to the page."""
    return with_way_back(f"{server}/sign-in/{token}", page)


def with_way_back(address: str, page: str) -> str:
    """Return a sign-in address that leads to the page, with its filters, afterwards."""
    return f"{address}?{NEXT}={quote(page, safe='')}" if page else address


def sign_in_mail(link: str, expires_at: datetime, plan: Plan) -> tuple[str, str]:
    """Return subject and text of the mail; the expiry is given in the time zone of the plan."""
    lines = (
        f"This link signs you in to the monitoring dashboard of the {plan.title}:",
        link,
        f"Open it and press the button. It works once, until {moment(expires_at, plan.settings.time_zone)}.",
        "If you did not ask for this link, please ignore this e-mail: nobody is signed in until the button is pressed.",
    )
    return f"Your sign-in link: {plan.title}", "\n\n".join(lines)
