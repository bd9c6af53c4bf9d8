"""`backup`, `restore`, `verify` and `demo`: the database as a whole."""

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from cli.output import OWN_FILE
from cli.running import PLAN_FOLDER, chosen_url, command, new_database
from models.admin.restore import Holdings, differences, end_all_access, holdings
from models.admin.verify import checked, copy_faults, faults
from models.core.errors import DatabaseError, OutputRefused
from models.demo.demo import fill_demonstration
from models.plan.editions import list_editions
from models.plan.read import read_plan
from models.store.backup import back_up, is_own_file, restore, scratch_copy
from models.store.clock import wall_clock
from models.store.database import engine_for, file_of, must_exist, reading, writing


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make_backup(file: Path) -> None:
    """Copy the database to a new file, while the server may run, and verify the copy."""
    engine = engine_for(chosen_url())
    if is_own_file(engine, file):
        raise OutputRefused(OWN_FILE.format(file))
    back_up(engine, file)
    try:
        with scratch_copy(file) as copy:
            _verify(copy, copy_faults)
    except DatabaseError:
        file.unlink()  # a backup with faults would be taken for a good one when it is needed
        raise
    click.echo(f"{file}: whole")


@command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore_backup(file: Path, *, yes: bool) -> None:
    """Replace the database by a backup; the previous database is kept beside it, and everybody is signed out."""
    engine, now = engine_for(chosen_url()), wall_clock()
    standing = _standing(engine)
    with scratch_copy(file) as copy:
        _verify(copy, copy_faults)
        with reading(copy) as session:
            click.echo("\n".join(differences(standing, holdings(session))))
        if not yes:
            click.confirm("Replace the database by the backup, and sign everybody out?", abort=True)
        with writing(copy) as session:
            end_all_access(session, file=file.name, now=now)
        kept = restore(engine, copy, now=now)
    _verify(engine, copy_faults)
    click.echo(f"restored from {file}" + (f"; the previous database is kept as {kept}" if kept else ""))
    click.echo("Everybody is signed out and every sign-in link is void: people ask for a new link.")


def _standing(engine: Engine) -> Holdings | None:
    """What the present database holds; None where there is none, or it is too damaged to be read."""
    file = file_of(engine)
    if file is None or not file.is_file():
        return None
    try:
        with scratch_copy(file) as copy, reading(copy) as session:
            return holdings(session)
    except (DatabaseError, DBAPIError) as error:
        click.echo(f"The present database cannot be compared with the backup. {error}", err=True)
        return None


def _verify(engine: Engine, faults_in: Callable[[Session], list[str]]) -> None:
    with reading(engine) as session:
        problems = faults_in(session)
    if problems:
        raise DatabaseError("\n".join(problems))


@command("verify")
def verify() -> None:
    """Check that the database is as the acts of the dashboard left it: file, triggers, and every row and file in it."""
    engine = engine_for(chosen_url())
    must_exist(engine)
    _verify(engine, faults)
    with reading(engine) as session:
        click.echo(f"whole: {checked(session)}")


@command("demo")
def demo() -> None:
    """Fill an empty database with two years of made-up progress, marked as demonstration everywhere."""
    with writing(new_database()) as session:
        if list_editions(session):
            raise DatabaseError("the database holds a plan already; name an empty one with --database")
        click.echo("Making up two years of progress ...", err=True)
        count = fill_demonstration(session, read_plan(PLAN_FOLDER))
    click.echo(f"{count} made-up rows; the date of today is fixed for the demonstration")
