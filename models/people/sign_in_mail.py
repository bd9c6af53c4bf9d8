"""The mail with a sign-in link, and the addresses of signing in."""

from datetime import datetime

from models.core.text import moment
from models.plan.schema import Plan

NEXT = "next"
"""What an address of signing in calls the page that one comes back to."""


def link_address(server: str, token: str, page: str = "") -> str:
    """Where a sign-in link leads, on the server people open at this address; and then to the page."""
    return with_way_back(f"{server}/sign-in/{token}", page)


def with_way_back(address: str, page: str) -> str:
    """An address of signing in that leads back to a page afterwards."""
    return f"{address}?{NEXT}={page}" if page else address


def sign_in_mail(link: str, expires_at: datetime, plan: Plan) -> tuple[str, str]:
    """Subject and text of the mail that carries a link."""
    lines = (
        f"This link signs you in to the monitoring dashboard of the {plan.title}:",
        link,
        f"Open it and press the button. It works once, until {moment(expires_at, plan.settings.time_zone)}.",
        "If you did not ask for this link, please ignore this e-mail: nobody is signed in until the button is pressed.",
    )
    return f"Your sign-in link: {plan.title}", "\n\n".join(lines)
