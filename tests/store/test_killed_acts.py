"""A process that is killed in the middle of an act leaves nothing half done; what it has answered stays.

The moment of the kill is certain: the process stops inside its transaction and waits for it.
"""

import lzma
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.shown import audited, content, lines_file
from tests.kit.builders import entry
from tests.kit.commands import printed
from tests.kit.states import MOMENTS, PLAN, State, address_of, bytes_of
from tests.store.stopped_act import COMMIT, COPY_TO, END, STOPPED, THIRD_WRITE

ROOT = Path(__file__).parents[2]
SITTING = datetime(2026, 7, 14, 4, tzinfo=UTC)
"""When AWGIPC 79 sits."""

Arguments = Callable[[str, Path], list[str]]
"""What the process is started with, for the address of a database and a folder."""


@dataclass(frozen=True)
class Case:
    """An act on a state of the world, and what the audit trail calls it."""

    state: State
    arguments: Arguments
    action: str
    now: datetime | None = None


def command(*words: str) -> Arguments:
    return lambda url, _folder: ["--database", url, *words]


def page(act: str, who: str) -> Arguments:
    return lambda url, _folder: [act, url, address_of(who)]


def import_of_lines(url: str, folder: Path) -> list[str]:
    lines = [entry("I20", "KH", ref=f"line-{number}", narrative=f"Line {number}", **WRITTEN) for number in range(20)]
    return ["--database", url, "progress", "import", str(lines_file(folder, *lines))]


WRITTEN = dict.fromkeys(("entered_at", "submitted_at"), "2026-06-15T09:00:00Z") | {"valid_on": "2026-06-01"}
CASES: Mapping[str, Case] = {
    "submit": Case(State.PART_REPORTED, page("submit", "focal point"), "submit"),
    "clear": Case(State.PART_REPORTED, page("clear", "secretariat"), "clear"),
    "circulate": Case(State.PART_REPORTED, command("cycle", "circulate", "AWGIPC-79"), "circulate"),
    "note": Case(State.AMENDED, command("cycle", "note", "AWGIPC-79"), "note", SITTING),
    "adopt": Case(State.EMPTY, page("adopt", "secretariat"), "load edition"),
    "load": Case(State.ADOPTED, command("plan", "load", str(PLAN), "--reason", "Back to the drafts"), "load edition"),
    "import": Case(State.PART_REPORTED, import_of_lines, "import progress"),
}


@pytest.fixture(name="url")
def _url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data.db'}"


@contextmanager
def stopped(moment: str, now: datetime, *arguments: str) -> Iterator[None]:
    """A process that has come to the moment and waits there; killed at the end."""
    line = [sys.executable, "-m", "tests.store.stopped_act", moment, now.isoformat(), *arguments]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stderr
            lines = iter(process.stdout.readline, "")
            assert any(line == f"{STOPPED}\n" for line in lines), process.stderr.read()
            yield
        finally:
            process.kill()


@pytest.mark.parametrize("name", CASES)
def test_an_act_that_is_killed_is_not_done_at_all_and_one_that_answered_is_done_whole(name, url, tmp_path):
    case = CASES[name]
    now = case.now or MOMENTS[case.state]
    tmp_path.joinpath("data.db").write_bytes(bytes_of(case.state))
    before, acts = content(url), audited(url)

    for moment in (THIRD_WRITE, COMMIT):
        with stopped(moment, now, *case.arguments(url, tmp_path)):
            pass
        assert before == content(url)
    with stopped(END, now, *case.arguments(url, tmp_path)):
        pass
    assert [*acts, case.action] == audited(url)
    assert "whole" in printed("--database", url, "verify")


def test_an_upgrade_of_the_tables_that_is_killed_is_done_whole_the_next_time(url, tmp_path):
    file = tmp_path / "data.db"
    (release,) = (ROOT / "tests" / "releases").glob("*.db.xz")
    file.write_bytes(lzma.decompress(release.read_bytes()))
    before = content(url)

    for moment in (THIRD_WRITE, COMMIT):
        with stopped(moment, SITTING, "--database", url, "snapshot", "list"):
            pass
        assert before == content(url)
    assert "noted" in printed("--database", url, "snapshot", "list")
    assert "whole" in printed("--database", url, "verify")


def test_a_backup_that_is_killed_is_no_backup_and_the_next_one_is_whole(url, tmp_path):
    file, copy = tmp_path / "data.db", tmp_path / "copy.db"
    file.write_bytes(bytes_of(State.PART_REPORTED))
    before = content(url)

    with stopped(f"{COPY_TO}copy.db", SITTING, "--database", url, "backup", str(copy)):
        assert not copy.exists()
    assert not copy.exists()
    assert "whole" in printed("--database", url, "backup", copy)
    assert [copy, file] == sorted(tmp_path.glob("*.db*"))
    assert before == content(url) == content(f"sqlite:///{copy}")


@pytest.mark.parametrize("written", ["data-before-restore", "data.db"])
def test_a_restore_that_is_killed_leaves_the_database_as_it_was_and_can_be_done_again(written, url, tmp_path):
    file, copy = tmp_path / "data.db", tmp_path / "copy.db"
    file.write_bytes(bytes_of(State.PART_REPORTED))
    copy.write_bytes(bytes_of(State.FIRST_REPORT))
    before, backed_up = content(url), audited(f"sqlite:///{copy}")

    with stopped(f"{COPY_TO}{written}", SITTING, "--database", url, "restore", "--yes", str(copy)):
        pass
    assert before == content(url)
    assert "whole" in printed("--database", url, "verify")
    with stopped(END, SITTING, "--database", url, "restore", "--yes", str(copy)):
        pass
    assert [*backed_up, "restore"] == audited(url)
    assert "whole" in printed("--database", url, "verify")
