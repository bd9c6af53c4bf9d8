"""Handing out sign-in links: mailed where this server sends mail, otherwise shown once to be copied."""

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
from pages.shared.flash import Told
from pages.shared.own_address import own_address
from pages.shared.who import acting

Made = tuple[Account, Token]


def hand_out(people: Sequence[int]) -> Told:
    """Make a link for each, in one act, and give it on."""
    with acting() as one:
        made = [
            (_known(person(one.session, key)), make_link(replace(one, now=wall_clock()), key))
            for key in dict.fromkeys(people)
        ]
        plan = one.plan
    return give_on(made, server_settings(), plan)


def give_on(made: Sequence[Made], settings: ServerSettings, plan: Plan) -> Told:
    """Mail what can be mailed and show the rest; a link that no mail server took is shown, so that none is lost."""
    shown = [one for one in made if not _mailed(one, settings, plan)]
    mailed = [known.email or "" for known, _ in made if (known, _) not in shown]
    sentences = [f"A link was mailed to {listed(mailed)}."] if mailed else []
    if shown:
        until = moment(shown[0][1].expires_at, plan.settings.time_zone)
        links = counted(len(shown), "sign-in link")
        sentences.append(f"{links}, shown once: copy now. Each signs in once, until {until}.")
    return Told(" ".join(sentences), "\n".join(_line(one, alone=len(shown) == 1) for one in shown))


def _mailed(one: Made, settings: ServerSettings, plan: Plan) -> bool:
    known, token = one
    if settings.mail is None or not known.email:
        return False
    try:
        send_link(settings, token, to=known.email, plan=plan)
    except MailRefused:
        return False
    return True


def _line(one: Made, *, alone: bool) -> str:
    """The link; among others after the address it is for, as two columns of a table."""
    known, token = one
    link = link_address(own_address(), token.text)
    return link if alone else f"{known.email or known.display_name}\t{link}"


def _known(found: Account | None) -> Account:
    if found is None:
        raise NotFound("This account does not exist or was removed.")
    return found
