"""The command line, for whoever runs the dashboard: `python manage.py COMMAND`.

Exit 0 on success; 1 when an input is refused, with every problem on one line; 2 on wrong usage. A refused command
changes nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from models.acts.demo import fill_demonstration
from models.acts.editions import LoadReason, difference, load_edition, refuse
from models.acts.import_progress import import_progress
from models.acts.start import prepare
from models.reads.clock import current_moment
from models.reads.editions import list_editions, plan_as_known
from models.reads.figures import figures
from models.reads.latest import View
from models.reads.verify import faults
from models.rules.difference import Difference
from models.rules.edition_json import export
from models.rules.entry import day_of
from models.rules.errors import DatabaseError, TrackerError
from models.rules.figures_text import figures_table
from models.rules.plan import Plan
from models.rules.plan_files import read_plan, summary
from models.rules.words import Basis, Grouping
from models.store.backup import back_up, restore
from models.store.database import database_url, engine_for, migrate, reading, writing

ROOT = Path(__file__).parent
PLAN_FOLDER = ROOT / "plan"

plan_path = click.argument("path", type=click.Path(path_type=Path), default=PLAN_FOLDER)


def _choose_database(context: click.Context, _option: click.Parameter, url: str | None) -> None:
    if url:
        context.find_root().obj = url


database_option = click.option(
    "--database",
    metavar="URL",
    expose_value=False,
    is_eager=True,
    callback=_choose_database,
    help="The database, such as sqlite:///data/aiprap.db. Default: DATABASE_URL, else that file.",
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
        except OperationalError as error:
            click.echo(f"The database cannot be used: {error.orig}. Check --database.", err=True)
            context.exit(1)


@click.group(cls=Commands, help=__doc__)
@database_option
def manage() -> None:
    """Choose the database for the command that follows."""


def command(group: click.Group, name: str | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """Register a command that takes --database after its name too."""

    def register(function: Callable[..., None]) -> click.Command:
        return group.command(name)(database_option(function))

    return register


def _url() -> str:
    return database_url(click.get_current_context().find_root().obj)


def _database() -> Engine:
    engine = engine_for(_url())
    migrate(engine)
    return engine


@contextmanager
def _reading() -> Iterator[Session]:
    with reading(_database()) as session:
        yield session


@manage.group(name="plan")
@database_option
def plan_group() -> None:
    """The plan: check files, see what would change, load an edition, export the one in force."""


@command(plan_group)
@plan_path
def check(path: Path) -> None:
    """Check a plan folder or workbook."""
    click.echo(summary(read_plan(path)))


@command(plan_group)
@plan_path
def diff(path: Path) -> None:
    """Show what loading a plan folder or workbook would change, and whether it would be refused."""
    plan = read_plan(path)
    with _reading() as session:
        found = difference(session, plan, now=current_moment(session))
    if found is None:
        click.echo(f"no plan is loaded yet; loading adds {summary(plan)}")
        return
    click.echo("\n".join(_lines(found)) or "no changes")
    refuse(found.refusals, str(path))


def _lines(found: Difference) -> list[str]:
    ledger = [
        f"ledger: {event.initiative} {event.event} on {event.effective_on}: {event.reason or 'reason of the load'}"
        for event in found.ledger
    ]
    return [*map(str, found.changes), *ledger]


@command(plan_group)
@plan_path
@click.option("--reason", required=True, help="Why the plan changes, in a sentence.")
@click.option("--decided-at", metavar="MEETING", help="The meeting that decided it, such as AWGIPC-77.")
def load(path: Path, reason: str, decided_at: str | None) -> None:
    """Load a plan folder or workbook as the edition in force from now on."""
    plan = read_plan(path)
    with writing(_database()) as session:
        why = LoadReason(reason, decided_at)
        edition = load_edition(session, plan, why=why, now=current_moment(session), file=str(path))
    click.echo(f"loaded edition {edition.version} ({edition.sha256[:8]}): {summary(plan)}" if edition else "no changes")


@command(plan_group, "export")
@click.option("--format", "form", type=click.Choice(["json", "yaml", "xlsx"]), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="A file; for yaml a folder that is empty or new.")
def export_plan(form: str, out: Path | None) -> None:
    """Export the plan in force."""
    with _reading() as session:
        plan = plan_as_known(session, current_moment(session)).plan
    if form == "json":
        text = json.dumps(export(plan), ensure_ascii=False, indent=2)
        out.write_text(f"{text}\n", encoding="utf-8") if out else click.echo(text)
        return
    if out is None:
        raise click.UsageError(f"--format {form} needs --out")
    _write_files(plan, form, out)
    click.echo(f"{out}: {summary(plan)}")


def _write_files(plan: Plan, form: str, out: Path) -> None:
    # Both need libraries whose import nothing else here waits for.
    if form == "xlsx":
        from models.rules.plan_workbook import write_workbook

        write_workbook(plan, out)
    else:
        from models.rules.plan_yaml_out import write_folder

        if out.is_file() or (out.is_dir() and any(out.iterdir())):
            raise DatabaseError(f"{out} is not an empty folder; choose another")
        write_folder(plan, out)


@manage.group()
@database_option
def progress() -> None:
    """The progress log."""


@command(progress, "import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Add the rows of a JSON Lines file to the log, all or nothing."""
    with writing(_database()) as session, file.open("rb") as lines:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        with click.progressbar(lines, label="Reading", file=sys.stderr, length=_line_count(file)) as shown:
            count = import_progress(session, shown, file=file.name, plan=plan, now=now)
    click.echo(f"{count} rows added")


def _line_count(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


@command(manage)
@click.option("--by", type=click.Choice([word.value for word in Grouping]), required=True)
@click.option("--as-of", metavar="DATE", help="What was true on this day. Default: today.")
@click.option("--known-at", metavar="DATETIME", help="What was known at this moment. Default: now.")
@click.option("--basis", type=click.Choice([word.value for word in Basis]), default=Basis.CLEARED.value)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def rollup(by: str, as_of: str | None, known_at: str | None, basis: str, form: str) -> None:
    """Print the figures of the plan, by group."""
    with _reading() as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        known = _moment(known_at, plan) if known_at else now
        view = View(as_of=_day(as_of) if as_of else day_of(now, plan), known_at=known, basis=Basis(basis))
        rows = figures(session, view, Grouping(by))
    if form == "json":
        click.echo(json.dumps([row.to_json() for row in rows], indent=2))
    else:
        click.echo(figures_table(rows))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is not a date such as 2027-06-30", param_hint="--as-of") from None


def _moment(text: str, plan: Plan) -> datetime:
    """A moment as written; one without a zone is read in the plan's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = "--known-at"
        raise click.BadParameter(f"{text} is not a moment such as 2027-06-30T17:00", param_hint=hint) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(plan.settings.time_zone))).astimezone(UTC)


@command(manage, "backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make_backup(file: Path) -> None:
    """Copy the database to a new file, while the server may run, and verify the copy."""
    back_up(engine_for(_url()), file)
    _verify(engine_for(f"sqlite:///{file}"))
    click.echo(f"{file}: whole")


@command(manage, "restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_backup(file: Path) -> None:
    """Put a backup in place of the database; the one that stood there is kept beside it."""
    _verify(engine_for(f"sqlite:///{file}"))
    kept = restore(engine_for(_url()), file, now=datetime.now(UTC))
    _verify(_database())
    click.echo(f"restored from {file}" + (f"; what stood there before is {kept}" if kept else ""))


def _verify(engine: Engine) -> None:
    with reading(engine) as session:
        found = faults(session)
    if found:
        raise DatabaseError("\n".join(found))


@command(manage)
def verify() -> None:
    """Check the database: its file, tables, triggers, editions and count of writes."""
    _verify(engine_for(_url()))
    click.echo("whole")


@command(manage)
def demo() -> None:
    """Fill an empty database with two years of made-up progress, marked as demonstration everywhere."""
    with writing(_database()) as session:
        if list_editions(session):
            raise DatabaseError("the database holds a plan already; name an empty one with --database")
        click.echo("Making up two years of progress ...", err=True)
        count = fill_demonstration(session, read_plan(PLAN_FOLDER))
    click.echo(f"{count} made-up rows; today is the demonstration's own")


@command(manage)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> None:
    """Migrate the database, load the plan if there is none, and start the server."""
    os.environ["DATABASE_URL"] = _url()
    for line in prepare(_database(), PLAN_FOLDER):
        click.echo(line)
    server = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
    if os.name == "nt":
        context.exit(subprocess.run(server, check=False).returncode)  # noqa: S603  # our own server
    # In place of this process, so that whoever stops it stops the server.
    os.execv(server[0], server)  # noqa: S606  # a shell would only stand between


if __name__ == "__main__":
    manage()
