"""Backups that the server keeps by itself, put back by whoever runs it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.store.database import engine_for, migrate, open_engine
from models.store.kept_backups import kept_backups
from tests.kit.builders import TINY_PLAN, cleared, load, tiny_plan, write
from tests.kit.commands import printed
from tests.store.filled import migrate_to

LONG_AGO = {
    "valid_on": "2026-03-01",
    "entered_at": "2026-03-02T09:00:00Z",
    "submitted_at": "2026-03-02T09:00:00Z",
    "cleared_at": "2026-03-05T09:00:00Z",
}
"""Before any today on which this is run."""


@pytest.fixture(name="url")
def _url(tmp_path, monkeypatch):
    """A database in a folder of its own; `serve` does everything but start the server."""
    url = f"sqlite:///{tmp_path / 'data' / 'aiprap.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("cli.server.os.execv", lambda *_: None)
    yield url
    engine_for(url).dispose()


def version(url):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def at_an_earlier_version(url):
    Path(url.removeprefix("sqlite:///")).parent.mkdir()
    engine = open_engine(url)
    migrate_to(engine, "0001")
    engine.dispose()


def test_the_backup_of_a_start_brings_back_every_figure(url):
    migrate(engine_for(url))
    load(engine_for(url), tiny_plan())
    write(engine_for(url), cleared(**LONG_AGO))
    before = printed("rollup", "--by", "state", "--format", "json")
    printed("serve")
    (kept,) = kept_backups(engine_for(url))
    write(engine_for(url), cleared(percent=90, **LONG_AGO), cleared(party="BN", **LONG_AGO))
    assert before != printed("rollup", "--by", "state", "--format", "json")

    printed("restore", "--yes", kept.path)

    assert before == printed("rollup", "--by", "state", "--format", "json")
    assert printed("verify").startswith("whole: ")


def test_any_command_that_changes_the_tables_keeps_how_they_were(url):
    at_an_earlier_version(url)
    printed("plan", "load", TINY_PLAN, "--reason", "Adopted")

    (kept,) = kept_backups(engine_for(url))
    assert version(url) != version(str(kept.path)) == "0001"


def test_tables_are_not_changed_where_no_backup_can_be_kept(url, tmp_path):
    at_an_earlier_version(url)
    (tmp_path / "data" / "backups").write_text("in the way")

    output = printed("serve", exit_code=1)

    assert "no backup could be kept in" in output
    assert "0001" == version(url)


@pytest.mark.usefixtures("url")
def test_a_server_whose_tables_are_current_starts_all_the_same_and_says_why(tmp_path):
    printed("plan", "load", TINY_PLAN, "--reason", "Adopted")
    (tmp_path / "data" / "backups").write_text("in the way")

    assert "no backup could be kept in" in printed("serve")
