"""Giving out sign-in links: mailed where this server sends mail, otherwise shown once to be copied."""

from collections.abc import Sequence
from dataclasses import replace

from models.core.errors import MailRefused, NotFound
from models.core.settings import ServerSettings, server_settings
from models.core.text import counted, listed, moment
from models.people.directory import Account, person
from models.people.mail import send_link
from models.people.sign_in import Token, make_link
from models.people.sign_in_mail import link_address
from models.plan.schema import Plan
from models.store.clock import wall_clock
from pages.people import text
from pages.shared.flash import Message
from pages.shared.own_address import own_address
from pages.shared.who import acting

Made = tuple[Account, Token]


def hand_out(people: Sequence[int]) -> Message:
    """Make a link for each, in one act, and give it on."""
    with acting() as context:
        made = [
            (_known(person(context.session, key)), make_link(replace(context, now=wall_clock()), key))
            for key in dict.fromkeys(people)
        ]
        plan = context.plan
    return give_on(made, server_settings(), plan)


def give_on(made: Sequence[Made], settings: ServerSettings, plan: Plan) -> Message:
    """Mail what can be mailed and show the rest; a link that no mail server took is shown, so that none is lost."""
    to_copy = [link for link in made if not _mailed(link, settings, plan)]
    mailed = [link[0].email or "" for link in made if link not in to_copy]
    sentences = [text.MAILED.format(listed(mailed))] if mailed else []
    if to_copy:
        until = moment(to_copy[0][1].expires_at, plan.settings.time_zone)
        sentences.append(text.COPY_NOW.format(counted(len(to_copy), "sign-in link"), until))
    return Message(" ".join(sentences), "\n".join(_line(link, alone=len(to_copy) == 1) for link in to_copy))


def _mailed(link: Made, settings: ServerSettings, plan: Plan) -> bool:
    known, token = link
    if settings.mail is None or not known.email:
        return False
    try:
        send_link(settings, token, to=known.email, plan=plan)
    except MailRefused:
        return False
    return True


def _line(link: Made, *, alone: bool) -> str:
    """The link; among others after the address it is for, as two columns of a table."""
    known, token = link
    address = link_address(own_address(), token.text)
    return address if alone else f"{known.email or known.display_name}\t{address}"


def _known(person: Account | None) -> Account:
    if person is None:
        raise NotFound(text.NO_ACCOUNT)
    return person
