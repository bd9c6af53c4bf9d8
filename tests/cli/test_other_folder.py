"""Every command from another working directory: the same database, or a line that names the file that is missing."""

from collections.abc import Iterator

import click
import pytest

from manage import manage
from models.store.database import engine_for
from tests.kit.builders import TINY_PLAN
from tests.kit.commands import invoke

NEEDING = {
    "plan diff": [str(TINY_PLAN)],
    "plan export": ["--format", "json"],
    "progress import": ["a.file"],
    "progress form": ["TMTF", "--out", "form.xlsx"],
    "progress read": ["a.file", "--as", "a@example.org"],
    "cycle open": ["AWGIPC-77"],
    "cycle circulate": ["AWGIPC-77"],
    "cycle note": ["AWGIPC-77"],
    "cycle reopen": ["AWGIPC-77", "--reason", "By accident"],
    "snapshot list": [],
    "snapshot verify": [],
    "snapshot compare": ["2027-01-01", "2027-06-30"],
    "remind": [],
    "report build": ["--format", "csv", "--as-of", "2027-06-30", "--out", "report.csv"],
    "rollup": ["--by", "plan"],
    "person add": ["a@example.org", "--role", "secretariat"],
    "person link": ["a@example.org"],
    "person remove": ["a@example.org"],
    "backup": ["copy.db"],
    "verify": [],
}
"""The commands that need a database which is there, with arguments that they take."""

MAKING = {"plan load", "restore", "demo", "serve"}
"""Those that may make one."""

WITHOUT = {"plan check"}
"""Those that need none."""


def names(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from names(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


@pytest.fixture(name="project")
def _project(tmp_path, monkeypatch):
    """The data folder of the project, and a working directory elsewhere, which holds one file."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("models.store.database.DATA_FOLDER", tmp_path / "project" / "data")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.file").touch()
    monkeypatch.chdir(tmp_path / "elsewhere")
    yield tmp_path / "project" / "data"
    engine_for(f"sqlite:///{tmp_path}/project/data/aiprap.db").dispose()


def run(name, arguments):
    return invoke(*name.split(), *arguments)


def test_every_command_is_looked_at_here():
    assert {*NEEDING, *MAKING, *WITHOUT} == set(names(manage))


@pytest.mark.parametrize("name", NEEDING)
def test_where_there_is_no_database_the_missing_file_is_named_and_nothing_is_made(name, project, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    result = run(name, NEEDING[name])

    remedy = "make one with `python manage.py serve`, or name another with --database"
    assert (1, f"there is no database at {project / 'aiprap.db'}; {remedy}\n") == (result.exit_code, result.stderr)
    assert before == sorted(tmp_path.rglob("*"))


def test_every_command_finds_the_database_of_the_project(project, tmp_path):
    assert 0 == run("plan load", [str(TINY_PLAN), "--reason", "Adopted"]).exit_code
    assert ["aiprap.db"] == [path.name for path in project.glob("*.db")]

    for name, arguments in NEEDING.items():
        assert "there is no database" not in run(name, arguments).output
    assert "no changes\n" == run("plan diff", [str(TINY_PLAN)]).stdout
    assert run("verify", []).stdout.startswith("whole: ")
    assert [] == [path for path in (tmp_path / "elsewhere").rglob("*.db") if path.name != "copy.db"]


def test_a_relative_address_that_is_given_is_read_from_the_working_directory(project, tmp_path, monkeypatch):
    load = [str(TINY_PLAN), "--reason", "Adopted"]
    monkeypatch.setenv("DATABASE_URL", "sqlite:///environment.db")

    assert [0, 0] == [run("plan load", [*load, *more]).exit_code for more in ([], ["--database", "sqlite:///named.db"])]
    assert ["environment.db", "named.db"] == sorted(path.name for path in (tmp_path / "elsewhere").glob("*.db"))
    assert not project.exists()
    for name in ("environment", "named"):
        engine_for(f"sqlite:///{name}.db").dispose()
