"""A process of its own that acts on a database and stops at a moment, so that a test can kill it there.

`python -m tests.store.stopped_act MOMENT NOW ACT ARGUMENT...`: MOMENT is one of those below; NOW is the time of its
clock; ACT is a name of `ACTS` followed by the addresses of a database and of the person who acts, or options and a
command of manage.py. It prints STOPPED when it is at the moment, and waits to be killed. No product code knows it.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from manage import manage
from models.amendments.proposals import Filled, adopt_official_text
from models.people.context import Context
from models.people.directory import find_person
from models.people.permissions import User
from models.plan.canonical import digest
from models.progress.clearing import clear
from models.progress.drafts import commitment_id, newest_row
from models.progress.submit import submit_drafts
from models.store import clock
from models.store.database import open_engine, writing
from tests.kit.workbooks import SAME, adoption

THIRD_WRITE = "at the third statement that writes"
COMMIT = "when all is written and nothing is committed"
COPY_TO = "when half of a database is copied to "
"""Followed by the beginning of the name of the file that is written."""
END = "when it has answered"
NEVER = "never"

STOPPED = "STOPPED"
A_LONG_TIME_S = 600
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")


def stop() -> None:
    """Say that the moment has come, and wait to be killed."""
    sys.stdout.write(f"{STOPPED}\n")
    sys.stdout.flush()
    time.sleep(A_LONG_TIME_S)


def stop_in_transaction(moment: str) -> None:
    """Stop when SQLite is about to run a statement of a transaction, those of triggers included."""
    writes = 0

    def watch(statement: str) -> None:
        nonlocal writes
        writes += statement.lstrip().upper().startswith(WRITES)
        if (moment == THIRD_WRITE and writes == 3) or (moment == COMMIT and statement == "COMMIT" and writes > 0):
            stop()

    event.listen(Pool, "connect", lambda connection, _record: connection.set_trace_callback(watch))


def stop_in_copy(name: str) -> None:
    """Stop in the transaction of SQLite that copies a database to a file of this name."""

    class PageByPage(sqlite3.Connection):
        """A connection whose copies can stop halfway."""

        def backup(self, target: sqlite3.Connection, **named: Any) -> None:
            """Copy one page after the other."""
            ((_, _, file),) = target.execute("PRAGMA database_list").fetchall()

            def stop_halfway(_status: int, remaining: int, total: int) -> None:
                if Path(file).name.startswith(name) and remaining < total / 2:
                    stop()

            super().backup(target, **(named | {"pages": 1, "progress": stop_halfway}))

    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **named: connect(*arguments, **({"factory": PageByPage} | named))


def on_a_page(command: Callable[[Context], object], url: str, email: str) -> None:
    """Let somebody act, as a page does."""
    with writing(open_engine(url)) as session:
        person = find_person(session, email)
        command(Context.at(session, User(person.id, person.roles) if person else User()))


def clear_waiting(context: Context) -> None:
    """Clear the chair's statement."""
    row = newest_row(context.session, commitment_id(context.session, ("I18", "ASEAN")))
    clear(context, (row and row.id) or 0)


def adopt(context: Context) -> None:
    """Adopt the official text of one initiative."""
    cells = {"match": SAME, "official code": "1.1.1", "official title": "Guidelines for all"}
    filled = Filled("official.xlsx", adoption(context.plan, {"I02": cells}), "Adopted", "AWGIPC-78")
    adopt_official_text(context, filled, against=digest(context.plan))


ACTS: Mapping[str, Callable[[Context], object]] = {
    "submit": lambda context: submit_drafts(context, [("I08", "KH")]),
    "clear": clear_waiting,
    "adopt": adopt,
}
"""What is done on pages only."""


def main(moment: str, now: str, act: str, *arguments: str) -> None:
    """Act, and stop at the moment."""
    clock.wall_clock = lambda: datetime.fromisoformat(now)
    if moment in {THIRD_WRITE, COMMIT}:
        stop_in_transaction(moment)
    elif moment.startswith(COPY_TO):
        stop_in_copy(moment.removeprefix(COPY_TO))
    if act in ACTS:
        on_a_page(ACTS[act], *arguments)
    else:
        manage([act, *arguments], standalone_mode=False)
    if moment == END:
        stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
