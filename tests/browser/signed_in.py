"""A browser in which somebody is signed in: the cookie that a used sign-in link leaves behind."""

from models.people.accounts import OPERATOR, add_people, person_at
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.sign_in import make_link, use_link
from models.people.tokens import COOKIE, cookie_of
from models.plan.editions import plan_as_known
from models.store.clock import current_moment, wall_clock
from models.store.database import engine_for, writing
from models.store.server_secret import server_secret


def add_person(database_url: str, person: NewPerson) -> None:
    """Somebody with the roles they need."""
    with writing(engine_for(database_url)) as session:
        now = current_moment(session)
        add_people(Context(session, OPERATOR, plan_as_known(session, now).plan, now), [person])


def cookie_for(database_url: str, email: str, address: str) -> dict[str, str]:
    """The cookie of a fresh session of a person, as Playwright wants it."""
    with writing(engine_for(database_url)) as session:
        plan, now = plan_as_known(session, current_moment(session)).plan, wall_clock()
        link = make_link(Context(session, OPERATOR, plan, now), person_at(session, email))
        token = use_link(session, link.text, now=now)
    return {"name": COOKIE, "value": cookie_of(token.text, server_secret(database_url, COOKIE)), "url": address}
