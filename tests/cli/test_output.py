"""Every command that writes a file: never over the database, over an existing file only with --force, whole or not."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from manage import manage
from models.core.settings import ROOT
from tests.kit.states import State, database_in

COMMANDS = {
    "plan export": ["--format", "json"],
    "progress form": ["KH"],
    "remind": [],
    "report build": ["--format", "json"],
}
"""What each command that has `--out` needs beside it."""
FORMATS = {
    "plan export as yaml": ("plan export", ["--format", "yaml"]),
    "plan export as xlsx": ("plan export", ["--format", "xlsx"]),
    **{name: (name, arguments) for name, arguments in COMMANDS.items()},
}
FULL_DISK = (
    "import resource; from manage import manage; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); manage()"
)
FOLDERS = {"plan export as yaml", "remind"}


def commands_with_out(group: click.Group, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_with_out(command, f"{path}{name} ")
        elif any(parameter.name == "out" for parameter in command.params):
            yield f"{path}{name}"


def test_each_command_with_an_output_is_tried_here() -> None:
    assert set(COMMANDS) == set(commands_with_out(manage))


@pytest.fixture(name="database")
def _database(tmp_path: Path) -> Iterator[Path]:
    with database_in(State.DEMONSTRATION, tmp_path) as engine:
        yield Path(str(engine.url.database))


Run = Callable[..., str]


@pytest.fixture(name="run", params=FORMATS)
def _run(request: pytest.FixtureRequest, database: Path) -> Run:
    name, arguments = FORMATS[request.param]

    def run(out: Path, *options: str, exit_code: int = 1) -> str:
        command = ["--database", f"sqlite:///{database}", *name.split(), *arguments, "--out", str(out), *options]
        result = CliRunner().invoke(manage, command)
        assert result.exit_code == exit_code, result.output
        return result.stderr

    return run


def linked(database: Path, name: str) -> Path:
    (database.parent / name).symlink_to(database)
    return database.parent / name


def hard_linked(database: Path) -> Path:
    os.link(database, database.parent / "hard.json")
    return database.parent / "hard.json"


OWN: dict[str, Callable[[Path], Path]] = {
    "the database": lambda database: database,
    "by a path with dots": lambda database: database.parent / "x" / ".." / database.name,
    "by a symbolic link": lambda database: linked(database, "link.json"),
    "by a second name of the file": hard_linked,
    "its write-ahead log": lambda database: database.with_name(f"{database.name}-wal"),
    "its shared memory": lambda database: database.with_name(f"{database.name}-shm"),
    "its journal, which is not there": lambda database: database.with_name(f"{database.name}-journal"),
    "a backup": lambda database: database.parent / "backups" / "new.json",
    "its secret": lambda database: database.with_name("secret-key.txt"),
    "its first sign-in link": lambda database: database.with_name("first-sign-in.txt"),
}


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("options", [(), ("--force",)], ids=["without force", "with force"])
def test_nothing_of_the_database_is_written_over(run: Run, database: Path, own: str, options: tuple[str, ...]) -> None:
    out = OWN[own](database)
    before = database.read_bytes()

    assert run(out, *options) == f"{out} belongs to the database; choose another name\n"
    assert database.read_bytes() == before


def test_the_database_of_another_server_is_not_written_over_either(run: Run, database: Path) -> None:
    other = database.with_name("other.db")
    other.write_bytes(database.read_bytes())

    assert run(other, "--force") == f"{other} belongs to the database; choose another name\n"
    assert other.read_bytes() == database.read_bytes()


def test_an_existing_file_is_kept_without_force(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "mine.txt"
    out.write_text("mine")

    assert run(out) == f"{out} exists; choose another name, or replace it with --force\n"
    assert out.read_text() == "mine"


def test_a_folder_with_files_is_left_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")

    assert run(folder, "--force") == f"{folder} is a folder that contains files; name a new one\n"
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_force_replaces_a_file_and_nothing_is_left_beside_it(
    run: Run, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "mine.txt"
    out.parent.mkdir()
    out.write_text("mine")
    if request.node.callspec.params["run"] in FOLDERS:
        assert "cannot be written" in run(out, "--force")
        assert out.read_text() == "mine"
    else:
        run(out, "--force", exit_code=0)
        assert out.read_text(errors="replace") != "mine"
    assert list(out.parent.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    out = tmp_path / "nowhere" / "out"
    if request.node.callspec.params["run"] in FOLDERS:
        run(out, exit_code=0)
        assert any(out.iterdir())
    else:
        remedy = "name a file in a folder that exists and has room"
        assert run(out) == f"{out} cannot be written (No such file or directory); {remedy}\n"
        assert not out.parent.exists()


def test_a_file_in_the_place_of_a_folder_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    out = tmp_path / "file" / "out"

    assert run(out).startswith(f"{out} cannot be written (Not a directory); ")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_leaves_what_was_there_and_nothing_half_done(name: str, database: Path, tmp_path: Path) -> None:
    """The system refuses to write more than 100 bytes into a file, as a full disk does."""
    command, arguments = FORMATS[name]
    folder = tmp_path / "out"
    folder.mkdir()
    options = ["--database", f"sqlite:///{database}", *command.split(), *arguments, "--out", str(folder / "result")]
    result = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert (result.returncode, list(folder.iterdir())) == (1, []), result.stderr
    assert "cannot be written (File too large)" in result.stderr or "The disk of the database is full" in result.stderr
