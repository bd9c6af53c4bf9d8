"""A database in which every table that only grows holds a row, and statements against the log as SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import Engine

from models.meetings.cycles import circulate, reopen
from models.meetings.snapshot import Paper
from models.people.context import Context
from models.plan.schema import Exit
from models.store.base import Base
from models.store.database import alembic_config, open_engine, writing
from models.store.meeting_tables import DecisionRow
from models.store.reporting_tables import Cycle
from tests.conftest import fresh_database
from tests.kit.builders import LOADED, NOW, changed, cleared, entry, load, officer, tiny_plan, write

MOMENT = "2027-03-09 09:00:00.000000"
WITHDRAWN = Exit(on=date(2027, 6, 1), reason="No longer needed", decided_at="AWGIPC-80")
AFTERWARDS = NOW + timedelta(days=1)
EVIDENCE = ({"document": "AWGIPC 80 Summary Record"},)


def fill_every_table(engine: Engine) -> None:
    """Two editions, a withdrawal in the ledger, three rows of the log (cleared, submitted, only entered), a snapshot.

    The cycle it was taken of is open again, and its meeting left an action point.
    """
    load(engine, tiny_plan())
    write(engine, cleared(ref="r1", evidence=EVIDENCE), entry(ref="r2", party="BN"))
    write(engine, entry(ref="r3", party="BN", submitted_at=None))
    load(engine, changed(tiny_plan(), "I03", withdrawn=WITHDRAWN), now=NOW)
    with writing(engine) as session:
        session.add(Cycle(meeting="AWGIPC-80", opens_days=56, due_days=14, opened_at=LOADED))
        context = Context(session, officer(session), tiny_plan(), NOW)
        circulate(context, "AWGIPC-80", paper=Paper())
        reopen(context, "AWGIPC-80", reason="A figure was typed wrong")
        session.add(
            DecisionRow(
                meeting="AWGIPC-80", kind="action_point", text="Do it", initiatives="[]", recorded_at=AFTERWARDS
            )
        )


BEFORE = "'2020-01-01 00:00:00.000000'"
CONTRADICTIONS = [
    ("kind", {"kind": "'note'", "status": "NULL", "percent": "NULL"}),
    ("status", {"status": "'done'", "percent": "NULL"}),
    ("obstacle_kind", {"obstacle_kind": "'weather'"}),
    ("only_updates_have_a_status", {"status": "NULL", "percent": "NULL"}),
    ("only_updates_have_a_status", {"kind": "'nil'"}),
    ("percent_follows_status", {"status": "'completed'"}),
    ("percent_follows_status", {"status": "'completed'", "percent": "NULL"}),
    ("percent_follows_status", {"status": "'not_started'", "percent": "1"}),
    ("percent_follows_status", {"status": "'not_started'", "percent": "NULL"}),
    ("percent_follows_status", {"status": "'ongoing'", "percent": "100"}),
    ("percent_follows_status", {"status": "'ongoing'", "percent": "-1"}),
    ("percent_follows_status", {"status": "'ongoing'", "percent": "NULL"}),
    ("percent_follows_status", {"status": "'suspended'", "percent": "100"}),
    ("percent_follows_status", {"status": "'not_applicable'", "percent": "0"}),
    ("percent_follows_status", {"kind": "'nil'", "status": "NULL", "percent": "0"}),
    ("submitted_at_after_entered_at", {"submitted_at": BEFORE}),
    ("cleared_at_after_submitted_at", {"cleared_at": BEFORE}),
    ("cleared_at_after_submitted_at", {"submitted_at": "NULL"}),
    ("returned_at_after_submitted_at", {"cleared_at": "NULL", "returned_at": BEFORE}),
    ("withdrawn_at_after_submitted_at", {"withdrawn_at": BEFORE}),
    ("withdrawn_at_after_submitted_at", {"submitted_at": "NULL", "cleared_at": "NULL", "withdrawn_at": "entered_at"}),
    ("cleared_or_returned", {"returned_at": "cleared_at"}),
    ("replaces_another", {"id": "77", "replaces_id": "77"}),
]
"""Rows of the log that contradict themselves: the constraint that refuses each, and its columns as SQL."""


@cache
def _filled() -> bytes:
    with fresh_database() as engine:
        fill_every_table(engine)
        engine.dispose()
        return Path(str(engine.url.database)).read_bytes()


@contextmanager
def filled_database() -> Iterator[Engine]:
    """A database as `fill_every_table` leaves it: made once, copied for every test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "filled.db"
        path.write_bytes(_filled())
        engine = open_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()


GROWING = [
    "edition",
    "commitment",
    "progress",
    "evidence",
    "ledger",
    "audit_event",
    "snapshot",
    "reopening",
    "decision",
    "seal",
]
"""The tables whose rows are never changed or deleted."""


def columns(table: str) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in Base.metadata.tables[table].columns]


def insertion(table: str, **changed_columns: str) -> str:
    """SQL that adds a copy of a table's first row under a new key, with some columns set to SQL expressions."""
    values = {name: name for name in columns(table)} | {"id": f"(SELECT max(id) + 1 FROM {table})"}
    if table == "progress":
        values["ref"] = "NULL"
    values |= changed_columns
    return f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {table} WHERE id = 1"


def migrate_to(engine: Engine, revision: str) -> None:
    """Bring an empty database to an earlier version of the tables, without triggers."""
    config = alembic_config()
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
