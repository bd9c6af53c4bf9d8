"""A process whose people report at once: `python -m tests.reporting.reporter URL FIRST WRITERS STEPS DONE`.

Each writer has one commitment, and saves, attaches and submits on it by the services that the pages call, in steps
known beforehand: from step DONE up to STEPS, or for ever when it is 0. Whenever the database has acknowledged a step
of the first writer, the process prints how many are done.
"""

import hashlib
import itertools
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from models.core.vocabulary import Role
from models.people.context import Context
from models.people.directory import find_person
from models.people.permissions import RoleAssignment, User
from models.plan.read import read_plan
from models.progress.drafts import attach_file, save_field
from models.progress.submit import submit_drafts
from models.store.database import open_engine, reading, writing
from tests.kit.builders import NOW

PLAN = read_plan(Path(__file__).parent.parent.parent / "plan")
COMMITMENTS = tuple(PLAN.commitments())
FILE_EVERY = 4
FILE_BYTES = 20_000
STATUS, WORDS, FILE, SUBMIT = "status", "words", "file", "submit"


@dataclass(frozen=True)
class Stands:
    """What stands in the database of one writer: the statements, each with its file, and the draft."""

    statements: tuple[tuple[str | None, str | None], ...] = ()
    draft: tuple[str | None, str | None, str | None] | None = None


def steps() -> Iterator[tuple[int, str]]:
    """What a writer does, for ever: the update it belongs to, and the step."""
    for update in itertools.count():
        yield from ((update, STATUS), (update, WORDS))
        if update % FILE_EVERY == 0:
            yield update, FILE
        yield update, SUBMIT


def stands_after(writer: int, done: int) -> Stands:
    """What must stand once so many steps are done."""
    found = Stands()
    for update, step in itertools.islice(steps(), done):
        _, words, file = found.draft or (None, None, None)
        after = {
            STATUS: ("not_started", words, file),
            WORDS: ("not_started", narrative(writer, update), file),
            FILE: ("not_started", words, digest(content(writer, update))),
        }
        statements = found.statements + (((words, file),) if step == SUBMIT else ())
        found = Stands(statements, after.get(step))
    return found


def address(writer: int) -> str:
    return f"writer-{writer}@reporting.example"


def assignment(writer: int) -> RoleAssignment:
    """What one must wear to report: the focal point's where the commitment is a state's, else the leading chair's."""
    key, party = COMMITMENTS[writer]
    return (
        RoleAssignment(Role.FOCAL_POINT, party)
        if party in PLAN.state
        else RoleAssignment(Role.CHAIR, PLAN.initiative[key].lead)
    )


def narrative(writer: int, update: int) -> str:
    return f"Update {update} of writer {writer}."


def content(writer: int, update: int) -> bytes:
    return b"%PDF-1.7 " + hashlib.shake_256(narrative(writer, update).encode()).digest(FILE_BYTES)


def digest(file: bytes | None) -> str | None:
    """What a file holds, told apart by its hash; None for no file."""
    return None if file is None else hashlib.sha256(file).hexdigest()


def take(engine: Engine, user: User, writer: int, update: int, step: str) -> None:
    """Do one step, in a transaction of its own."""
    commitment = COMMITMENTS[writer]
    with writing(engine) as session:
        context = Context(session, user, PLAN, NOW)
        if step == STATUS:
            save_field(context, commitment, "status", "not_started")
        elif step == WORDS:
            save_field(context, commitment, "narrative", narrative(writer, update))
        elif step == FILE:
            attach_file(context, commitment, "minutes.pdf", content(writer, update))
        else:
            submit_drafts(context, [commitment])


def report(engine: Engine, writer: int, wanted: int, done: int, tell: Callable[[int], None]) -> None:
    """Take a writer's steps, one after the other."""
    with reading(engine) as session:
        known = find_person(session, address(writer))
    assert known is not None, f"{address(writer)} has no account"
    for number, (update, step) in enumerate(itertools.islice(steps(), done, wanted or None), done + 1):
        take(engine, User(known.id, known.roles), writer, update, step)
        tell(number)


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main(url: str, first: int, writers: int, wanted: int, done: int) -> None:
    """All writers at once, each in a thread of its own as on the server."""
    engine = open_engine(url)
    with ThreadPoolExecutor(writers) as pool:
        found = [
            pool.submit(report, engine, writer, wanted, done, tell if writer == first else lambda _: None)
            for writer in range(first, first + writers)
        ]
        for one in found:
            one.result()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
