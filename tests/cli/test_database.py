"""Databases and their copies on the command line: named, backed up, restored, verified, demonstrated."""

import os
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from models.store.clock import demonstration_today
from models.store.database import engine_for, open_engine, reading
from tests.cli.shown import audited, content, file_of, lines_file
from tests.kit.builders import TINY_PLAN, entry
from tests.kit.commands import invoke
from tests.store.filled import migrate_to

MAKE_ONE = "make one with `python manage.py serve`, or name another with --database"


def test_the_database_may_be_named_before_or_after_the_command(tmp_path):
    url = f"sqlite:///{tmp_path / 'named.db'}"
    load = ["plan", "load", str(TINY_PLAN), "--reason", "Adopted"]

    assert 0 == invoke(*load, "--database", url).exit_code
    assert "no changes\n" == invoke("--database", url, *load).stdout
    assert "no changes\n" == invoke("plan", "--database", url, *load[1:]).stdout
    engine_for(url).dispose()


def test_the_database_of_the_environment_gives_way_to_the_one_named(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'environment.db'}")
    named = f"sqlite:///{tmp_path / 'named.db'}"
    load = ["plan", "load", str(TINY_PLAN), "--reason", "Adopted"]

    invoke(*load, "--database", named)
    assert ["named.db"] == [path.name for path in tmp_path.glob("*.db")]

    invoke(*load)
    assert ["environment.db", "named.db"] == sorted(path.name for path in tmp_path.glob("*.db"))
    engine_for(named).dispose()
    engine_for(os.environ["DATABASE_URL"]).dispose()


@pytest.mark.parametrize("address", ["nonsense", "oracle9://x/y"])
def test_an_address_that_is_none_is_refused(address):
    result = invoke("--database", address, "plan", "diff")

    assert (1, f"{address!r} is not a database address; use for example sqlite:///data/aiprap.db\n") == (
        result.exit_code,
        result.stderr,
    )


def test_a_file_that_is_no_database_is_said_to_be_unusable(run, url):
    file_of(url).parent.mkdir()
    file_of(url).write_bytes(b"a text that is long enough not to pass for an empty file" * 20)

    unusable = "The database cannot be used: file is not a database. Check --database.\n"
    assert unusable == run("plan", "diff", exit_code=1)
    assert unusable == run("demo", exit_code=1)
    assert "the file is damaged: file is not a database; restore a backup\n" == run("verify", exit_code=1)


def test_a_backup_is_whole_and_brings_back_what_was_lost(tiny, url, tmp_path):
    copy = tmp_path / "copies" / "one.db"
    before, before_actions = content(url), audited(url)

    assert f"{copy}: whole\n" == tiny("backup", copy)
    tiny("progress", "import", lines_file(tmp_path, entry()))
    printed = tiny("restore", "--yes", copy).splitlines()

    (kept,) = file_of(url).parent.glob("aiprap-before-restore-*.db")
    assert [
        f"{'':26}{'database':>20}{'backup':>20}",
        f"{'rows of the log':26}{1:>20}{0:>20}",
    ] == printed[:2]
    assert [
        f"restored from {copy}; the previous database is kept as {kept}",
        "Everybody is signed out and every sign-in link is void: people ask for a new link.",
    ] == printed[-2:]
    assert [] == [line for line in before if line not in content(url) and "data_version" not in line]
    assert ["restore"] == [action for action in audited(url) if action not in before_actions]
    assert tiny("verify").startswith("whole: ")


def test_a_backup_over_a_file_is_refused(tiny, tmp_path):
    (tmp_path / "mine.db").write_text("mine")

    assert f"{tmp_path / 'mine.db'} exists; choose a name that is free\n" == tiny(
        "backup", tmp_path / "mine.db", exit_code=1
    )
    assert "mine" == (tmp_path / "mine.db").read_text()


def test_a_backup_that_is_not_whole_leaves_no_file(tiny, url, tmp_path):
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as connection:
        connection.execute("UPDATE data_version SET value = 7")

    assert "7 writes were counted" in tiny("backup", tmp_path / "copies" / "copy.db", exit_code=1)
    assert [] == list((tmp_path / "copies").iterdir())


def test_a_backup_of_nothing_is_refused(run, url, tmp_path):
    assert f"there is no database at {file_of(url)}; {MAKE_ONE}\n" == run("backup", tmp_path / "copy.db", exit_code=1)
    assert [] == list(tmp_path.iterdir())


def test_a_row_that_was_changed_outside_is_named_by_verify_backup_and_restore(tiny, url, tmp_path):
    tiny("backup", tmp_path / "copy.db")
    for path in (file_of(url), tmp_path / "copy.db"):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE setting SET value = '2027-07-01'")

    named = "the setting demonstration_today was changed outside the dashboard; restore a backup\n"
    assert named == tiny("verify", exit_code=1)
    assert named == tiny("backup", tmp_path / "other.db", exit_code=1)
    assert named == tiny("restore", "--yes", tmp_path / "copy.db", exit_code=1)


def test_a_copy_that_is_not_whole_is_refused_and_nothing_changes(tiny, url, tmp_path):
    tiny("backup", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        connection.execute("DROP TRIGGER progress_no_delete")
    before = content(url)

    errors = tiny("restore", tmp_path / "copy.db", exit_code=1)

    assert errors.startswith("the trigger progress_no_delete is gone, so rows could be changed; ")
    assert before == content(url)
    assert ["aiprap.db"] == [path.name for path in file_of(url).parent.glob("*.db")]


def test_a_cut_off_copy_is_refused_and_nothing_changes(tiny, url, tmp_path):
    tiny("backup", tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[: len(whole) // 2])
    before = content(url)

    assert "malformed" in tiny("restore", tmp_path / "copy.db", exit_code=1)
    assert before == content(url)


@pytest.mark.parametrize("text", ["", "a text"])
def test_a_file_that_is_no_copy_is_refused_and_nothing_changes(tiny, url, tmp_path, text):
    (tmp_path / "copy.db").write_text(text)
    before = content(url)

    assert f"{tmp_path / 'copy.db'} is not a SQLite database; name a file that `backup` made\n" == tiny(
        "restore", tmp_path / "copy.db", exit_code=1
    )
    assert before == content(url)


def test_a_copy_of_an_earlier_version_is_restored_and_migrated(tiny, tmp_path):
    earlier = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    migrate_to(earlier, "0001")
    earlier.dispose()

    tiny("restore", "--yes", tmp_path / "earlier.db")

    assert tiny("verify").startswith("whole: ")


def test_verify_of_a_database_that_is_not_there_says_so_and_makes_nothing(run, url, tmp_path):
    assert f"there is no database at {file_of(url)}; {MAKE_ONE}\n" == run("verify", exit_code=1)
    assert [] == list(tmp_path.iterdir())


def test_verify_tells_what_is_wrong(tiny, url):
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as connection:
        connection.execute("UPDATE data_version SET value = 7")

    assert "7 writes were counted and 2 are in the audit trail; restore a backup\n" == tiny("verify", exit_code=1)


def test_the_demonstration_marks_its_database_with_its_own_today(run, url):
    run("demo")

    with reading(engine_for(url)) as session:
        assert date(2027, 11, 30) == demonstration_today(session)
    assert run("verify").startswith("whole: ")


def test_the_demonstration_fills_only_an_empty_database(tiny, url):
    before = content(url)

    assert "the database holds a plan already; name an empty one with --database\n" == tiny("demo", exit_code=1)
    assert before == content(url)


def test_the_demonstration_is_the_same_every_time(run, tmp_path):
    other = f"sqlite:///{tmp_path / 'other.db'}"
    first = run("demo")
    second = invoke("demo", "--database", other).stdout

    assert first == second
    for by in ("plan", "initiative", "state"):
        again = invoke("--database", other, "rollup", "--by", by, "--format", "json").stdout
        assert run("rollup", "--by", by, "--format", "json") == again
    engine_for(other).dispose()
