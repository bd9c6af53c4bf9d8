"""`snapshot`: the frozen papers that were circulated or noted."""

import click

from cli.running import chosen_url, command, group, reading_database
from models.core.errors import DatabaseError
from models.core.text import counted, day
from models.meetings.compared import comparison, moment
from models.meetings.snapshot_check import fact_faults, integrity_faults
from models.meetings.snapshots import list_snapshots
from models.plan.editions import plan_as_known
from models.store.clock import current_moment
from models.store.database import engine_for, must_exist, reading
from reports.parts.changes import in_lines

snapshot = group("snapshot", "Snapshots: list them, verify them, compare two of them.")


@command("list", snapshot)
def list_all() -> None:
    """Print every snapshot, oldest first: number, meeting, step, revision, day, hash."""
    with reading_database() as session:
        for entry in list_snapshots(session):
            step = f"{entry.step}  revision {entry.revision}"
            click.echo(f"{entry.id}  {entry.meeting}  {step}  {day(entry.as_of)}  {entry.sha256}")


@command("verify", snapshot)
def verify_all() -> None:
    """Check that each snapshot and the chain are unchanged, and that log and edition give the same figures."""
    engine = engine_for(chosen_url())
    must_exist(engine)
    with reading(engine) as session:
        problems, count = [*integrity_faults(session), *fact_faults(session)], len(list_snapshots(session))
    if problems:
        raise DatabaseError("\n".join(problems))
    click.echo(f"{counted(count, 'snapshot')}: whole")


@command("compare", snapshot)
@click.argument("before")
@click.argument("after")
def compare_two(before: str, after: str) -> None:
    """Compare two states: each the number of a snapshot, or a day as known now."""
    with reading_database() as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        sides = [moment(session, text, plan, now=now) for text in (before, after)]
        compared = comparison(session, sides[0].view, sides[1].view)
    click.echo(f"From {sides[0].name} to {sides[1].name}:")
    for line in in_lines(compared):
        click.echo(line)
