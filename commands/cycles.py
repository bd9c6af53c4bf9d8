"""`cycle`: the reporting cycle before each meeting."""

import click

from commands.running import chosen_database, command, group
from models.acts.cycles import open_cycle
from models.acts.people import OPERATOR
from models.reads.clock import current_moment
from models.reads.cycles import list_cycles
from models.reads.editions import plan_as_known
from models.rules.cycles import DUE_DAYS, OPENS_DAYS
from models.rules.phrases import day
from models.store.database import writing

cycle = group("cycle", "Reporting cycles: open the one before a meeting.")


@command("open", cycle)
@click.argument("meeting")
@click.option("--opens-days", type=int, default=OPENS_DAYS, show_default=True, help="Days before the meeting it opens.")
@click.option("--due-days", type=int, default=DUE_DAYS, show_default=True, help="Days before it its reports are due.")
def open_next(meeting: str, opens_days: int, due_days: int) -> None:
    """Open the reporting cycle of a meeting, such as AWGIPC-77; the one open until now closes with that."""
    with writing(chosen_database()) as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        open_cycle(session, meeting, by=OPERATOR, plan=plan, now=now, opens_days=opens_days, due_days=due_days)
        opened = list_cycles(session, plan)[-1]
    click.echo(f"{opened.meeting.name}, {day(opened.meeting.start)}: open now, reports are due {day(opened.due)}")
