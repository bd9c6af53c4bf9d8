"""`snapshot`: what meetings were sent and took note of, frozen."""

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
from reports.parts.comparison_words import in_lines

snapshot = group("snapshot", "Snapshots: list them, verify them, compare two of them.")


@command("list", snapshot)
def list_all() -> None:
    """Print every snapshot, the oldest first: number, meeting, step, revision, day, hash."""
    with reading_database() as session:
        for one in list_snapshots(session):
            click.echo(f"{one.id}  {one.meeting}  {one.step}  revision {one.revision}  {day(one.as_of)}  {one.sha256}")


@command("verify", snapshot)
def verify_all() -> None:
    """Check that each is as it was written, the chain whole, and its figures what log and edition still say."""
    engine = engine_for(chosen_url())
    must_exist(engine)
    with reading(engine) as session:
        found, count = [*integrity_faults(session), *fact_faults(session)], len(list_snapshots(session))
    if found:
        raise DatabaseError("\n".join(found))
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
        found = comparison(session, sides[0].view, sides[1].view)
    click.echo(f"From {sides[0].name} to {sides[1].name}:")
    for line in in_lines(found):
        click.echo(line)
