"""How fast figures come from the log, and how fast a long log is taken in.

    make bench                            all benchmarks, with their limits
    python -m tests.benchmarks.rollups    the figures, as one JSON line

- `rollups_ms`: every grouping of one date with 10,000 rows in the log: queried and assessed once, rolled up by each;
- `times_plain_sql`: the state of all commitments with 1,000,000 rows, against a query written by hand and sent through
  plain sqlite3 to the same file, in turn: what our own layers cost is judged, not the machine;
- `import_s`: a progress file of 100,000 lines, taken in and sealed as the command does.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import Engine

from models.amendments.load import LoadReason, load_edition
from models.core.text import public_text
from models.core.vocabulary import Grouping
from models.figures.assess import assessment
from models.figures.rollup import roll_up
from models.plan.read import read_plan
from models.plan.schema import Plan
from models.progress.import_jsonl import import_progress
from models.progress.latest import View, latest_statements
from models.store.database import migrate, open_engine, reading, writing
from tests.kit.serving import ROOT

LOADED = datetime(2026, 1, 5, tzinfo=UTC)
NOW = datetime(2031, 1, 1, tzinfo=UTC)
VIEW = View(as_of=date(2029, 6, 30), known_at=NOW)

ROLLUPS_WITHIN_MS = 50
MOST_TIMES_PLAIN_SQL = 2
IMPORT_WITHIN_S = 60
ROUNDS = 20

BY_HAND = """
SELECT c.initiative, c.party, p.id, p.status, p.percent, p.valid_on, p.deliverables_done
FROM commitment c JOIN progress p ON p.id = (
    SELECT r.id FROM progress r
    WHERE r.commitment_id = c.id AND r.kind = 'update' AND r.valid_on <= :as_of AND r.cleared_at <= :known_at
      AND (r.returned_at IS NULL OR r.returned_at > :known_at)
      AND (r.withdrawn_at IS NULL OR r.withdrawn_at > :known_at)
      AND NOT EXISTS (
        SELECT 1 FROM progress n
        WHERE n.replaces_id = r.id
          AND CASE n.kind WHEN 'nil' THEN n.submitted_at ELSE n.cleared_at END <= :known_at
          AND (n.returned_at IS NULL OR n.returned_at > :known_at)
          AND (n.withdrawn_at IS NULL OR n.withdrawn_at > :known_at))
    ORDER BY r.valid_on DESC, r.entered_at DESC, r.id DESC LIMIT 1)
"""


def a_database(folder: Path, plan: Plan) -> Engine:
    """A database with the plan and an empty log."""
    engine = open_engine(f"sqlite:///{folder / 'benchmark.db'}")
    migrate(engine)
    with writing(engine) as session:
        load_edition(session, plan, why=LoadReason(public_text("Benchmark")), now=LOADED, file="plan")
    return engine


def fill(engine: Engine, rows: int) -> None:
    """Put rows into the log directly: four in five cleared, one in twenty replacing the one before it."""
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO person (id, email) VALUES (1, 'a@example.org')")
        commitments = connection.execute("SELECT count(*) FROM commitment").fetchone()[0]
        connection.executemany(
            "INSERT INTO progress (id, ref, commitment_id, kind, status, percent, valid_on, narrative, author_id,"
            " replaces_id, entered_at, submitted_at, cleared_at)"
            " VALUES (?, ?, ?, 'update', 'ongoing', ?, ?, 'Work goes on.', 1, ?, ?, ?, ?)",
            _log_rows(rows, commitments),
        )
        connection.execute("COMMIT")


def _log_rows(rows: int, commitments: int) -> Iterator[tuple[object, ...]]:
    for number in range(rows):
        turn = number // commitments
        day = date(2026, 1, 1) + timedelta(days=turn * 1800 * commitments // rows)
        moment = f"{day} 09:00:00.000000"
        replaces = number + 1 - commitments if turn and number % 20 == 0 else None
        cleared = moment if number % 5 else None
        commitment = 1 + number % commitments
        yield number + 1, f"r{number}", commitment, number % 100, str(day), replaces, moment, moment, cleared


def milliseconds(act: Callable[[], object]) -> float:
    """How long one act takes."""
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def all_rollups(engine: Engine) -> None:
    """Every grouping of one date, from one reading of the log."""
    with reading(engine) as session:
        assessed = assessment(session, VIEW)
    for by in Grouping:
        roll_up(assessed, by)


def rollups_ms(folder: Path) -> float:
    """The median of all roll-ups of one date over 10,000 rows."""
    engine = a_database(folder, read_plan(ROOT / "plan"))
    fill(engine, 10_000)
    all_rollups(engine)
    taken = median(milliseconds(lambda: all_rollups(engine)) for _ in range(ROUNDS))
    engine.dispose()
    return round(taken, 1)


def by_hand(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[object, ...]]:
    """The latest statement of each commitment without anything of ours, its day as a date."""
    rows = connection.execute(BY_HAND, {"as_of": str(VIEW.as_of), "known_at": f"{NOW:%Y-%m-%d %H:%M:%S.%f}"})
    return {
        (initiative, party): (row, status, percent, date.fromisoformat(valid_on), done)
        for initiative, party, row, status, percent, valid_on, done in rows
    }


def latest_ms(folder: Path) -> tuple[float, float]:
    """The state of all commitments over a million rows: ours, and by hand; both must say the same."""
    engine = a_database(folder, read_plan(ROOT / "plan"))
    fill(engine, 1_000_000)
    with closing(sqlite3.connect(str(engine.url.database))) as connection, reading(engine) as session:
        found = {commitment: one.row for commitment, one in latest_statements(session, VIEW).items()}
        if found != {commitment: row for commitment, (row, *_) in by_hand(connection).items()}:
            message = "the two queries found different rows"
            raise RuntimeError(message)
        pairs = [
            (milliseconds(lambda: latest_statements(session, VIEW)), milliseconds(lambda: by_hand(connection)))
            for _ in range(ROUNDS)
        ]
    engine.dispose()
    ours, plain = (round(median(times), 2) for times in zip(*pairs, strict=True))
    return ours, plain


def import_s(folder: Path) -> float:
    """A progress file of 100,000 lines."""
    plan = read_plan(ROOT / "plan")
    engine = a_database(folder, plan)
    lines = list(_progress_lines(plan, 100_000))

    def take_in() -> None:
        with writing(engine) as session:
            import_progress(session, lines, file="log.jsonl", plan=plan, now=NOW)

    taken = milliseconds(take_in)
    engine.dispose()
    return round(taken / 1000, 1)


def _progress_lines(plan: Plan, count: int) -> Iterator[bytes]:
    commitments = list(plan.commitments())
    for number in range(count):
        initiative, party = commitments[number % len(commitments)]
        day = date(2026, 1, 6) + timedelta(days=number * 1700 // count)
        line: dict[str, object] = {
            "ref": f"r{number}",
            "initiative": initiative,
            "party": party,
            "status": "ongoing",
            "valid_on": f"{day}",
            "narrative": "The office read the draft, and the working group took note of what it found.",
            "next_step": "Send it to the other offices.",
            "author": f"officer{number % 20}@example.org",
            "entered_at": f"{day}T09:00:00+07:00",
            "submitted_at": f"{day}T10:00:00+07:00",
            "cleared_at": f"{day + timedelta(days=3)}T10:00:00+07:00",
            "cleared_by": "secretariat@example.org",
        }
        if not plan.initiative[initiative].deliverables:
            line["percent"] = number % 100
        if number % 3 == 0:
            line["evidence"] = [{"title": "The draft", "url": "https://example.org/draft.pdf"}]
        if number >= len(commitments) and number % 20 == 0:
            line["replaces"] = f"r{number - len(commitments)}"
        yield json.dumps(line).encode()


@pytest.mark.benchmark
def test_all_rollups_of_a_date_take_no_time_a_reader_notices(tmp_path: Path) -> None:
    figures = {"rollups_ms": rollups_ms(tmp_path)}
    print(json.dumps(figures))
    assert figures["rollups_ms"] < ROLLUPS_WITHIN_MS


@pytest.mark.benchmark
def test_the_state_of_all_commitments_costs_little_more_than_the_same_query_by_hand(tmp_path: Path) -> None:
    ours, plain = latest_ms(tmp_path)
    print(json.dumps({"latest_ms": ours, "plain_sql_ms": plain, "times_plain_sql": round(ours / plain, 2)}))
    assert ours <= MOST_TIMES_PLAIN_SQL * plain


@pytest.mark.benchmark
def test_a_hundred_thousand_lines_are_taken_in_within_a_minute(tmp_path: Path) -> None:
    figures = {"import_s": import_s(tmp_path)}
    print(json.dumps(figures))
    assert figures["import_s"] < IMPORT_WITHIN_S


def measure() -> dict[str, float]:
    """All of it, each in a database of its own."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name in ("few", "many", "import"):
            (Path(folder) / name).mkdir()
        found["rollups_ms"] = rollups_ms(Path(folder) / "few")
        found["latest_ms"], found["plain_sql_ms"] = latest_ms(Path(folder) / "many")
        found["times_plain_sql"] = round(found["latest_ms"] / found["plain_sql_ms"], 2)
        found["import_s"] = import_s(Path(folder) / "import")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
