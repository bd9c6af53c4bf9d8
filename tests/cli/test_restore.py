"""A restore brings back the data and nobody's access: it compares, asks, ends every session and voids every link."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlmodel import col

from manage import manage
from models.core.errors import SignInRefused
from models.people.directory import user_of
from models.people.sign_in import use_link
from models.store.database import engine_for, reading, writing
from models.store.people_tables import WebSession
from tests.cli.shown import content, file_of
from tests.kit.builders import entry, write

Run = Callable[..., str]
ADDRESS = "officer@example.org"


def link(run: Run) -> str:
    return run("person", "link", ADDRESS).split("/sign-in/")[1].split()[0]


@pytest.fixture(name="copy")
def _copy(tiny: Run, url: str, tmp_path: Path) -> Path:
    """A backup in which somebody of the secretariat has a session and an unused link; both are revoked after it."""
    for address in (ADDRESS, "second@example.org"):
        tiny("person", "add", address, "--role", "secretariat")
    used = link(tiny)
    with writing(engine_for(url)) as session:
        token = use_link(session, used, now=datetime.now(UTC))
    (tmp_path / "session").write_text(token.text)
    (tmp_path / "link").write_text(link(tiny))
    tiny("backup", tmp_path / "copy.db")
    tiny("person", "remove", ADDRESS)
    return tmp_path / "copy.db"


def test_what_was_revoked_after_the_backup_stays_revoked(tiny: Run, url: str, copy: Path) -> None:
    tiny("restore", "--yes", copy)

    now = datetime.now(UTC)
    with writing(engine_for(url)) as session:
        assert user_of(session, copy.with_name("session").read_text(), now=now).person_id is None
        with pytest.raises(SignInRefused, match="expired"):
            use_link(session, copy.with_name("link").read_text(), now=now)
    with reading(engine_for(url)) as session:
        assert session.execute(select(WebSession).where(col(WebSession.ended_at).is_(None))).first() is None


def test_sessions_of_the_identity_provider_end_too(tiny: Run, url: str, copy: Path) -> None:
    before = datetime.now(UTC)
    tiny("restore", "--yes", copy)

    with closing(sqlite3.connect(file_of(url))) as connection:
        moments = [moment for (moment,) in connection.execute("SELECT signed_out_at FROM person")]
    assert moments
    assert all(moment and moment >= f"{before:%Y-%m-%d %H:%M}" for moment in moments)


def test_roles_that_differ_are_listed(tiny: Run, copy: Path) -> None:
    tiny("person", "add", "chair@example.org", "--role", "chair", "--scope", "TMTF")

    printed = tiny("restore", "--yes", copy).splitlines()

    assert f"role that comes back: {ADDRESS}: secretariat" in printed
    assert "role that is lost: chair@example.org: chair of TMTF" in printed


def test_it_says_what_is_replaced_by_what_and_changes_nothing_where_the_answer_is_no(url: str, copy: Path) -> None:
    write(engine_for(url), entry())
    before = content(url)

    result = CliRunner().invoke(manage, ["--database", url, "restore", str(copy)], input="n\n")

    assert result.exit_code == 1
    assert f"{'rows of the log':26}{1:>20}{0:>20}" in result.stdout
    assert "Replace the database by the backup, and sign everybody out? [y/N]: n" in result.stdout
    assert content(url) == before


def test_a_database_that_cannot_be_read_is_kept_and_replaced(tiny: Run, url: str, copy: Path) -> None:
    engine_for(url).dispose()
    file_of(url).write_bytes(b"no database any more" * 100)
    for ending in ("-wal", "-shm"):
        file_of(url).with_name(f"{file_of(url).name}{ending}").unlink(missing_ok=True)

    printed = tiny("restore", "--yes", copy)

    (kept,) = file_of(url).parent.glob("aiprap-before-restore-*.db")
    assert kept.read_bytes() == b"no database any more" * 100
    assert f"the previous database is kept as {kept}" in printed
    assert "whole" in tiny("verify")


def rights(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


@pytest.mark.usefixtures("tiny")
def test_only_the_owner_can_read_the_database_its_journal_and_its_copies(
    run: Run, url: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.server.os.execv", lambda *_: None)
    monkeypatch.setenv("DATABASE_URL", url)
    file_of(url).chmod(0o644)
    with reading(engine_for(url)) as session:
        session.connection()
        run("serve")
        run("restore", "--yes", copy)
        files = [copy, *file_of(url).parent.rglob("*.db*")]

    assert {"copy.db", "aiprap.db", "aiprap.db-wal"} <= {path.name for path in files}
    assert any("before-restore" in path.name for path in files)
    assert any(path.parent.name == "backups" for path in files)
    assert {path.name: rights(path) for path in files} == {path.name: "600" for path in files}
    assert rights(file_of(url).parent) == rights(file_of(url).parent / "backups") == "700"


LATER = ("plan diff", "rollup --by plan", "verify", "snapshot list", "remind", "serve", "person link a@b.org", "demo")


@pytest.mark.parametrize("command", LATER)
def test_every_command_says_that_a_database_is_of_a_later_version(
    tiny: Run, url: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.server.os.execv", lambda *_: pytest.fail("the server was started"))
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = content(url)

    assert "was made by a later version of the dashboard (its tables are at 9999); install that version" in tiny(
        *command.split(), exit_code=1
    )
    assert content(url) == before


def test_a_backup_that_does_not_fit_is_not_begun(tiny: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.store.backup.shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000})())

    refusal = tiny("backup", tmp_path / "copies" / "copy.db", exit_code=1)

    assert "copies has 0 MB free and the copy needs 1 MB; make room, or name a folder on another disk\n" in refusal
    assert list((tmp_path / "copies").iterdir()) == []


@pytest.mark.parametrize("own", ["aiprap.db-wal", "aiprap.db-journal", "secret-key.txt", "backups/mine.db"])
def test_a_backup_is_not_written_over_what_belongs_to_the_database(tiny: Run, url: str, own: str) -> None:
    name = file_of(url).parent / own
    assert tiny("backup", name, exit_code=1) == f"{name} belongs to the database; choose another name\n"
