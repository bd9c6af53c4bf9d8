"""What every command shares: the choice of its database, and the message and exit code of a refusal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError as UnusableDatabase
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from models.core.errors import TrackerError
from models.core.settings import ROOT
from models.people.accounts import OPERATOR
from models.people.context import Command, Context
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, migrate, must_exist, reading, writing
from models.store.kept_backups import keep_backup_before_upgrade

PLAN_FOLDER = ROOT / "plan"
T = TypeVar("T")


def _choose_database(context: click.Context, _option: click.Parameter, url: str | None) -> None:
    if url:
        context.find_root().obj = url


database_option = click.option(
    "--database",
    metavar="URL",
    expose_value=False,
    is_eager=True,
    callback=_choose_database,
    help="The database, such as sqlite:///data/aiprap.db. Default: DATABASE_URL, else that file in the project.",
)


class Commands(click.Group):
    """A group that prints expected errors as messages, with exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; print a refusal without a traceback."""
        try:
            return super().invoke(context)
        except TrackerError as error:
            click.echo(str(error), err=True)
            context.exit(1)
        except DBAPIError as error:
            # All other subclasses are errors in this program.
            if type(error) not in {OperationalError, UnusableDatabase}:
                raise
            click.echo(f"The database cannot be used: {error.orig}. Check --database.", err=True)
            context.exit(1)
        except BrokenPipeError:  # nobody reads the output any more
            raise
        except OSError as error:
            file = error.filename or "A file"
            click.echo(f"{file} cannot be read or written: {error.strerror}. Look at its folder and disk.", err=True)
            context.exit(1)


def group(name: str, help_text: str) -> click.Group:
    """Return a group of commands that also takes --database after its name."""
    return database_option(click.Group(name, help=help_text))


def command(name: str, group: click.Group | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """Register a command that also takes --database after its name, in the group or at the top level."""

    def register(function: Callable[..., None]) -> click.Command:
        registrar = group.command if group else click.command
        return registrar(name)(database_option(function))

    return register


def chosen_url() -> str:
    """Return the URL of the database of the command."""
    return database_url(click.get_current_context().find_root().obj)


def chosen_database() -> Engine:
    """Return that database with its tables upgraded; raise DatabaseError where there is none."""
    must_exist(engine_for(chosen_url()))
    return new_database()


def new_database() -> Engine:
    """Return the same, created where there is none; a backup is kept before an upgrade."""
    engine = engine_for(chosen_url())
    keep_backup_before_upgrade(engine, now=wall_clock())
    migrate(engine)
    return engine


@contextmanager
def reading_database() -> Iterator[Session]:
    """Yield a session that reads the database of the command."""
    with reading(chosen_database()) as session:
        yield session


def run(command: Command[T]) -> T:
    """Run a command on the chosen database as its operator, in one transaction; returns its result."""
    with writing(chosen_database()) as session:
        return command(Context.at(session, OPERATOR))
