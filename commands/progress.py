"""`progress`: the progress log."""

import sys
from pathlib import Path

import click

from commands.running import chosen_database, command, group
from models.acts.import_progress import import_progress
from models.reads.clock import current_moment
from models.reads.editions import plan_as_known
from models.store.database import writing

progress = group("progress", "The progress log.")


@command("import", progress)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Add the rows of a JSON Lines file to the log, all or nothing."""
    with writing(chosen_database()) as session, file.open("rb") as lines:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        with click.progressbar(lines, label="Reading", file=sys.stderr, length=_line_count(file)) as shown:
            count = import_progress(session, shown, file=file.name, plan=plan, now=now)
    click.echo(f"{count} rows added")


def _line_count(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
