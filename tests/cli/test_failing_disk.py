"""A full or read-only disk and a locked database: plain words, and everything stays whole."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from models.store import backup, database
from models.store.database import engine_for
from tests.cli.shown import content, file_of, lines_file
from tests.kit.builders import entry
from tests.kit.commands import invoke, printed
from tests.kit.disks import disk, full, locked, needs_mounts, read_only
from tests.kit.states import MOMENTS, State, bytes_of, enter

pytestmark = needs_mounts

NOW = MOMENTS[State.PART_REPORTED]
WRITTEN = dict.fromkeys(("entered_at", "submitted_at"), "2026-06-15T09:00:00Z") | {"valid_on": "2026-06-01"}
IN_WORDS = re.compile(
    r"The disk of the database is full|The database can be read but not written|The database cannot be opened"
    r"|The disk of the database is full, or does not read|The database is busy"
    r"|make room, or name a folder on another disk|cannot be (read or )?written"
)


@pytest.fixture(name="url")
def _url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database on a disk of its own, with a log, drafts and snapshots; a backup is on another disk."""
    for module in (database, backup):
        monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 200)
    (tmp_path / "copy.db").write_bytes(bytes_of(State.FIRST_REPORT))
    lines = [entry("I20", "KH", ref=f"line-{number}", narrative="A line. " * 200, **WRITTEN) for number in range(40)]
    lines_file(tmp_path, *lines)
    size = len(bytes_of(State.PART_REPORTED)) // 1024
    with disk(tmp_path / "disk", kilobytes=3 * size) as folder:
        url = f"sqlite:///{folder / 'data.db'}"
        (folder / "data.db").write_bytes(bytes_of(State.PART_REPORTED))
        enter(engine_for(url), NOW, monkeypatch)
        yield url
        engine_for(url).dispose()


Situation = Callable[[Path], AbstractContextManager[None]]
SITUATIONS: dict[str, Situation] = {
    "full": lambda file: full(file.parent, free=0),
    "room for the journal only": lambda file: full(file.parent, free=40),
    "room for half of it": lambda file: full(file.parent, free=100),
    "read-only": lambda file: read_only(file.parent),
    "locked": locked,
}
COMMANDS: dict[str, Callable[[Path], list[object]]] = {
    "import": lambda folder: ["progress", "import", folder / "log.jsonl"],
    "circulate": lambda _folder: ["cycle", "circulate", "AWGIPC-79"],
    "restore": lambda folder: ["restore", "--yes", folder / "copy.db"],
    "backup": lambda folder: ["backup", folder / "disk" / "backup.db"],
    "report": lambda folder: ["report", "build", "--format", "json", "--out", folder / "disk" / "report.json"],
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_ends_in_plain_words_and_nothing_is_lost(name, situation, url, tmp_path):
    before, files = content(url), set(file_of(url).parent.iterdir())
    engine_for(url).dispose()

    with SITUATIONS[situation](file_of(url)):
        result = invoke(*COMMANDS[name](tmp_path))
        engine_for(url).dispose()
    if result.exit_code:
        assert isinstance(result.exception, SystemExit), result.exception
        assert IN_WORDS.search(result.stderr), result.stderr
        assert before == content(url)
        assert files == {path for path in file_of(url).parent.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    else:
        assert situation == "locked"
        assert name in {"backup", "report"}  # which only read
    assert "whole" in printed("verify")
