"""The command line, for whoever runs the dashboard: `python manage.py COMMAND`.

Exit 0 on success; 1 when an input is refused, with every problem on one line; 2 on wrong usage. A refused command
changes nothing.
"""

import click

from commands.cycles import cycle
from commands.database import demo, make_backup, restore_backup, verify
from commands.figures import rollup
from commands.people import person
from commands.plan import plan
from commands.progress import progress
from commands.reminders import remind
from commands.report import report
from commands.running import Commands, database_option
from commands.server import serve
from commands.snapshots import snapshot

COMMANDS = (
    plan,
    progress,
    cycle,
    snapshot,
    remind,
    report,
    rollup,
    person,
    make_backup,
    restore_backup,
    verify,
    demo,
    serve,
)


@click.group(cls=Commands, help=__doc__)
@database_option
def manage() -> None:
    """Choose the database for the command that follows."""


for one in COMMANDS:
    manage.add_command(one)

if __name__ == "__main__":
    manage()
