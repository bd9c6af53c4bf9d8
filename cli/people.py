"""`person`: people, their roles and their sign-in links."""

import click

from cli.running import command, group, run
from models.core.settings import server_settings
from models.core.text import moment
from models.core.vocabulary import Role
from models.people.accounts import add_people, person_at, remove_person
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.people.sign_in import Token, make_link
from models.people.sign_in_mail import link_address

person = group("person", "People: give a person a role and a sign-in link, or remove a person.")
email_argument = click.argument("email")


@command("add", person)
@email_argument
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--scope", metavar="KEY", multiple=True, help="A body, for a chair; a member state, for a focal point.")
@click.option("--name", help="The name of the person, for the secretariat.")
def add(email: str, role: str, scope: tuple[str, ...], name: str | None) -> None:
    """Add a person, or give an existing person another role."""
    roles = tuple(RoleAssignment(Role(role), key) for key in scope or ("",))
    run(lambda context: add_people(context.in_real_time(), [NewPerson(email, roles, name)]))
    click.echo(f"{email.lower()}: {', '.join(f'{assignment.role} {assignment.scope}'.strip() for assignment in roles)}")


@command("link", person)
@email_argument
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, help="The server's port where PUBLIC_URL is not set."
)
def link(email: str, port: int) -> None:
    """Make a sign-in link for a person; earlier unused links become invalid."""
    address = server_settings().address(port)

    def make(context: Context) -> tuple[Token, str]:
        token = make_link(context.in_real_time(), person_at(context.session, email))
        return token, moment(token.expires_at, context.plan.settings.time_zone)

    token, valid_until = run(make)
    click.echo(link_address(address, token.text))
    click.echo(f"It can be used once, until {valid_until}.", err=True)


@command("remove", person)
@email_argument
def remove(email: str) -> None:
    """End a person's roles and sessions, and delete name and address; what the person wrote is kept."""
    run(lambda context: remove_person(context.in_real_time(), person_at(context.session, email)))
    click.echo(f"{email.lower()}: removed")
