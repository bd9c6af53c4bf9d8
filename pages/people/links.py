"""Giving out sign-in links: mailed where this server sends mail, otherwise shown once to be copied."""

from collections.abc import Sequence

from models.core.errors import MailRefused, NotFound
from models.core.settings import ServerSettings, server_settings
from models.core.text import counted, listed, moment
from models.people.context import Context
from models.people.directory import Account, person
from models.people.mail import send_link
from models.people.sign_in import Token, make_link
from models.people.sign_in_mail import link_address
from models.plan.schema import Plan
from pages.people import text
from pages.shared.own_address import own_address
from pages.shared.run import Message, run

Made = tuple[Account, Token]
Links = tuple[Sequence[Made], Plan]
"""Links with the plan whose name and time zone they are given on with."""


def hand_out(person_id: int) -> None:
    """Make a link for a person, and give it on."""
    run(lambda context: make_links(context, [person_id]), done=give_on)


def make_links(context: Context, people: Sequence[int]) -> Links:
    """A link for each person."""
    real = context.in_real_time()
    return [(_known(person(context.session, key)), make_link(real, key)) for key in dict.fromkeys(people)], context.plan


def give_on(links: Links) -> Message:
    """Mail what can be mailed and show the rest; a link that no mail server took is shown, so that none is lost."""
    (made, plan), settings = links, server_settings()
    to_copy = [link for link in made if not _mailed(link, settings, plan)]
    mailed = [link[0].email or "" for link in made if link not in to_copy]
    sentences = [f"A link was mailed to {listed(mailed)}."] if mailed else []
    if to_copy:
        until = moment(to_copy[0][1].expires_at, plan.settings.time_zone)
        sentences.append(text.COPY_NOW.format(counted(len(to_copy), "sign-in link"), until))
    return Message(" ".join(sentences), "\n".join(_line(link, alone=len(to_copy) == 1) for link in to_copy))


def _mailed(link: Made, settings: ServerSettings, plan: Plan) -> bool:
    account, token = link
    if settings.mail is None or not account.email:
        return False
    try:
        send_link(settings, token, to=account.email, plan=plan)
    except MailRefused:
        return False
    return True


def _line(link: Made, *, alone: bool) -> str:
    """The link; among others after the address it is for, as two columns of a table."""
    account, token = link
    address = link_address(own_address(), token.text)
    return address if alone else f"{account.email or account.display_name}\t{address}"


def _known(person: Account | None) -> Account:
    if person is None:
        raise NotFound("This account does not exist or was removed.")
    return person
