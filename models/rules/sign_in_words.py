"""What is said to somebody who is given a sign-in link."""

from datetime import datetime

from models.rules.phrases import moment
from models.rules.plan import Plan

SUBJECT = "Your sign-in link: {title}"


def link_address(server: str, token: str) -> str:
    """Where a sign-in link leads, on the server people open at this address."""
    return f"{server}/sign-in/{token}"


def sign_in_mail(link: str, expires_at: datetime, plan: Plan) -> tuple[str, str]:
    """Subject and text of the mail that carries a link."""
    lines = (
        f"This link signs you in to the monitoring dashboard of the {plan.title}:",
        link,
        f"Open it and press the button. It works once, until {moment(expires_at, plan.settings.time_zone)}.",
        "If you did not ask for it, you need not do anything: nobody is signed in until the button is pressed.",
    )
    return SUBJECT.format(title=plan.title), "\n\n".join(lines)
