"""How every command runs: on which database, and with which words and exit code when it is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError as UnusableDatabase
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from models.core.errors import TrackerError
from models.core.settings import ROOT
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, migrate, must_exist, reading
from models.store.kept_backups import keep_backup_before_upgrade

PLAN_FOLDER = ROOT / "plan"


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
    """A group whose expected errors are told in their own words, with exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; print a refusal without a traceback."""
        try:
            return super().invoke(context)
        except TrackerError as error:
            click.echo(str(error), err=True)
            context.exit(1)
        except DBAPIError as error:
            # Its subclasses but OperationalError are faults of ours.
            if type(error) not in {OperationalError, UnusableDatabase}:
                raise
            click.echo(f"The database cannot be used: {error.orig}. Check --database.", err=True)
            context.exit(1)


def group(name: str, told: str) -> click.Group:
    """A group of commands that takes --database after its name too."""
    made = click.Group(name, help=told)
    return database_option(made)


def command(name: str, group: click.Group | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command that takes --database after its name too, in a group or, without one, at the top."""

    def register(function: Callable[..., None]) -> click.Command:
        made = click.command(name)(database_option(function))
        if group:
            group.add_command(made)
        return made

    return register


def chosen_url() -> str:
    """The database the command is to run on."""
    return database_url(click.get_current_context().find_root().obj)


def chosen_database() -> Engine:
    """That database, at the present version of the tables; DatabaseError where there is none."""
    must_exist(engine_for(chosen_url()))
    return new_database()


def new_database() -> Engine:
    """The same, made where there is none; of tables that must change a backup is kept first."""
    engine = engine_for(chosen_url())
    keep_backup_before_upgrade(engine, now=wall_clock())
    migrate(engine)
    return engine


@contextmanager
def reading_database() -> Iterator[Session]:
    """A session that reads it."""
    with reading(chosen_database()) as session:
        yield session
