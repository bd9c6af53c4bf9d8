"""The command line, for whoever runs the dashboard: `python manage.py COMMAND`.

Exit 0 on success; 1 when an input is refused, with every problem on one line; 2 on wrong usage. A refused command
changes nothing.
"""

import logging

import click

from cli.cycles import cycle
from cli.database import demo, make_backup, restore_backup, verify
from cli.figures import rollup
from cli.people import person
from cli.plan import plan
from cli.progress import progress
from cli.reminders import remind
from cli.report import report
from cli.running import Commands, database_option
from cli.server import serve
from cli.snapshots import snapshot

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


@click.group(cls=Commands, commands=COMMANDS, help=__doc__)
@database_option
def manage() -> None:
    """Choose the database for the command that follows."""


if __name__ == "__main__":
    logging.getLogger().addHandler(logging.NullHandler())  # commands print their own messages
    manage()
