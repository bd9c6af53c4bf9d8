"""Health: whether the database answers and its tables are at the present version."""

import pytest

from models.admin.health import health
from models.store.database import engine_for, migrate
from tests.store.filled import migrate_to


@pytest.fixture(name="url")
def _url(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'aiprap.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    yield url
    engine_for(url).dispose()


def stands():
    found = health()
    return found["status"], found["database"], found["migrations"]


def test_a_database_with_the_tables_of_this_release_is_well(url):
    migrate(engine_for(url))

    assert stands() == ("ok", "reachable", "current")


def test_tables_of_an_earlier_release_are_not(url):
    migrate_to(engine_for(url), "0001")

    assert stands() == ("degraded", "reachable", "behind")


@pytest.mark.usefixtures("url")
def test_a_database_that_cannot_be_opened_is_unreachable(tmp_path):
    (tmp_path / "aiprap.db").write_bytes(b"no database at all" * 100)

    assert stands() == ("degraded", "unreachable", "unknown")
    assert (health()["last_backup"], health()["last_backup_hours"]) == (None, None)
