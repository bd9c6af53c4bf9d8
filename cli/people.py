"""`person`: people, their roles and their sign-in links."""

import click
from sqlmodel import Session

from cli.running import chosen_database, command, group
from models.core.settings import server_settings
from models.core.text import moment
from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people, person_at, remove_person
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import Hat
from models.people.sign_in import make_link
from models.people.sign_in_mail import link_address
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.store.clock import current_moment, wall_clock
from models.store.database import writing

person = group("person", "People: give a person a role and a sign-in link, or remove a person.")
email_argument = click.argument("email")


@command("add", person)
@email_argument
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--scope", metavar="KEY", multiple=True, help="A body, for a chair; a member state, for a focal point.")
@click.option("--name", help="The name of the person, for the secretariat.")
def add(email: str, role: str, scope: tuple[str, ...], name: str | None) -> None:
    """Add a person, or give an existing person another role."""
    roles = tuple(Hat(Role(role), key) for key in scope or ("",))
    with writing(chosen_database()) as session:
        new = NewPerson(email, roles, name)
        add_people(Context(session, OPERATOR, _plan(session), wall_clock()), [new])
    click.echo(f"{email.lower()}: {', '.join(f'{assignment.role} {assignment.scope}'.strip() for assignment in roles)}")


@command("link", person)
@email_argument
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, help="The server's port where PUBLIC_URL is not set."
)
def link(email: str, port: int) -> None:
    """Make a sign-in link for a person; earlier unused links become invalid."""
    address = server_settings().address(port)
    with writing(chosen_database()) as session:
        plan = _plan(session)
        made = make_link(Context(session, OPERATOR, plan, wall_clock()), person_at(session, email))
    click.echo(link_address(address, made.text))
    click.echo(f"It can be used once, until {moment(made.expires_at, plan.settings.time_zone)}.", err=True)


@command("remove", person)
@email_argument
def remove(email: str) -> None:
    """End a person's roles and sessions, and delete name and address; what the person wrote is kept."""
    with writing(chosen_database()) as session:
        key = person_at(session, email)
        remove_person(Context(session, OPERATOR, _plan(session), wall_clock()), key)
    click.echo(f"{email.lower()}: removed")


def _plan(session: Session) -> Plan:
    return plan_as_known(session, current_moment(session)).plan
