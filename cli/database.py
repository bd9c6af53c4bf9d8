"""`backup`, `restore`, `verify` and `demo`: the database as a whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlmodel import Session

from cli.running import PLAN_FOLDER, chosen_url, command, new_database
from models.admin.verify import copy_faults, faults
from models.core.errors import DatabaseError
from models.demo.demo import fill_demonstration
from models.plan.editions import list_editions
from models.plan.read import read_plan
from models.store.audit import record_act
from models.store.backup import back_up, restore, scratch_copy
from models.store.database import engine_for, must_exist, reading, writing


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make_backup(file: Path) -> None:
    """Copy the database to a new file, while the server may run, and verify the copy."""
    back_up(engine_for(chosen_url()), file)
    try:
        _verify_copy(file)
    except DatabaseError:
        file.unlink()  # a backup with faults would be taken for a good one when it is needed
        raise
    click.echo(f"{file}: whole")


@command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_backup(file: Path) -> None:
    """Replace the database by a backup; the previous database is kept beside it."""
    _verify_copy(file)
    now = datetime.now(UTC)
    previous = restore(engine_for(chosen_url()), file, now=now)
    with writing(new_database()) as session:
        record_act(session, action="restore", subject=file.name, now=now)
    _verify(new_database(), copy_faults)
    click.echo(f"restored from {file}" + (f"; the previous database is kept as {previous}" if previous else ""))


def _verify_copy(file: Path) -> None:
    """A copy is whole when it holds what was written: nothing in it is computed again."""
    with scratch_copy(file) as engine:
        _verify(engine, copy_faults)


def _verify(engine: Engine, faults_in: Callable[[Session], list[str]]) -> None:
    with reading(engine) as session:
        problems = faults_in(session)
    if problems:
        raise DatabaseError("\n".join(problems))


@command("verify")
def verify() -> None:
    """Check the database: its file, tables, triggers, editions and number of writes."""
    engine = engine_for(chosen_url())
    must_exist(engine)
    _verify(engine, faults)
    click.echo("whole")


@command("demo")
def demo() -> None:
    """Fill an empty database with two years of made-up progress, marked as demonstration everywhere."""
    with writing(new_database()) as session:
        if list_editions(session):
            raise DatabaseError("the database holds a plan already; name an empty one with --database")
        click.echo("Making up two years of progress ...", err=True)
        count = fill_demonstration(session, read_plan(PLAN_FOLDER))
    click.echo(f"{count} made-up rows; the date of today is fixed for the demonstration")
