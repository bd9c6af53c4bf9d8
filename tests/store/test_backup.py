"""Safe copies: whole while somebody writes, refused when damaged, and verified before they replace anything."""

import itertools
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest
from sqlalchemy import text

from models.core.errors import DatabaseError
from models.store import backup
from models.store.backup import back_up, restore, scratch_copy
from models.store.database import open_engine
from tests.kit.builders import entry, faults_of, write
from tests.store.filled import filled_database, migrate_to

NOW = datetime(2027, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(name="engine")
def _engine():
    with filled_database() as engine:
        yield engine


def refs(path):
    with closing(sqlite3.connect(path)) as connection:
        return [ref for (ref,) in connection.execute("SELECT ref FROM progress ORDER BY id")]


def found_in_copy(path):
    with scratch_copy(path) as engine:
        return faults_of(engine)


def restored(engine, path):
    with scratch_copy(path) as copy:
        return restore(engine, copy, now=NOW)


def tamper(path, *statements):
    """Change a database as a program would that knows nothing of ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_copy_holds_what_the_database_holds(engine, tmp_path):
    back_up(engine, tmp_path / "copy.db")

    assert ["r1", "r2", "r3"] == refs(tmp_path / "copy.db")
    assert [] == found_in_copy(tmp_path / "copy.db")


def test_a_copy_made_while_somebody_writes_is_whole(engine, tmp_path):
    done, written = threading.Event(), Queue[int]()

    def write_on():
        for number in itertools.takewhile(lambda _: not done.is_set(), itertools.count()):
            write(engine, entry(ref=f"w{number}"))
            written.put(number)

    with ThreadPoolExecutor(1) as pool:
        writing_on = pool.submit(write_on)
        for number in range(5):
            written.get(timeout=30)
            back_up(engine, tmp_path / f"{number}.db")
        done.set()
        writing_on.result()

    copies = [refs(tmp_path / f"{number}.db")[3:] for number in range(5)]
    assert [[f"w{n}" for n in range(len(copy))] for copy in copies] == copies
    assert [True] * 5 == [len(copy) > number for number, copy in enumerate(copies)]
    assert [[]] * 5 == [found_in_copy(tmp_path / f"{number}.db") for number in range(5)]


def test_a_copy_never_replaces_a_file(engine, tmp_path):
    (tmp_path / "copy.db").write_text("mine")

    with pytest.raises(DatabaseError, match="exists; choose a name that is free"):
        back_up(engine, tmp_path / "copy.db")

    assert "mine" == (tmp_path / "copy.db").read_text()


def test_a_copy_leaves_nothing_beside_it(engine, tmp_path):
    back_up(engine, tmp_path / "copies" / "copy.db")

    assert ["copy.db"] == [path.name for path in (tmp_path / "copies").iterdir()]


def test_there_is_no_copy_of_a_database_that_is_not_there(tmp_path):
    with pytest.raises(DatabaseError, match=r"there is no database at .*none\.db"):
        back_up(open_engine(f"sqlite:///{tmp_path / 'none.db'}"), tmp_path / "copy.db")

    assert [] == list(tmp_path.iterdir())


def test_restoring_puts_the_content_back_and_keeps_what_stood_there(engine, tmp_path):
    back_up(engine, tmp_path / "copy.db")
    write(engine, entry(ref="r4"))

    kept = restored(engine, tmp_path / "copy.db")

    assert kept is not None
    assert "filled-before-restore-20270630T120000000000.db" == kept.name
    assert ["r1", "r2", "r3"] == refs(engine.url.database)
    assert ["r1", "r2", "r3", "r4"] == refs(kept)
    assert [] == faults_of(engine)


def test_restoring_where_nothing_stood_keeps_nothing(engine, tmp_path):
    back_up(engine, tmp_path / "copy.db")
    new = open_engine(f"sqlite:///{tmp_path / 'new' / 'new.db'}")

    assert restored(new, tmp_path / "copy.db") is None
    assert ["r1", "r2", "r3"] == refs(tmp_path / "new" / "new.db")


def test_a_restored_database_takes_new_rows(engine, tmp_path):
    back_up(engine, tmp_path / "copy.db")
    restored(engine, tmp_path / "copy.db")

    write(engine, entry(ref="r4"))

    assert ["r1", "r2", "r3", "r4"] == refs(engine.url.database)


def test_looking_at_a_copy_leaves_it_as_it_is(engine, tmp_path):
    back_up(engine, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()

    found_in_copy(tmp_path / "copy.db")

    assert ["copy.db"] == [path.name for path in tmp_path.iterdir()]
    assert before == (tmp_path / "copy.db").read_bytes()


def test_a_copy_of_an_earlier_version_is_verified_as_it_would_stand(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    migrate_to(engine, "0001")
    engine.dispose()
    before = (tmp_path / "earlier.db").read_bytes()

    assert [] == found_in_copy(tmp_path / "earlier.db")
    assert before == (tmp_path / "earlier.db").read_bytes()


def test_a_copy_of_an_earlier_version_can_be_restored(engine, tmp_path):
    earlier = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    migrate_to(earlier, "0001")
    earlier.dispose()

    restored(engine, tmp_path / "earlier.db")

    assert [] == faults_of(engine)
    assert [] == refs(engine.url.database)


@pytest.mark.parametrize("content", [b"", b"a text", b"PK\x03\x04 a workbook"])
def test_a_file_that_is_no_database_is_refused(tmp_path, content):
    (tmp_path / "copy.db").write_bytes(content)

    with pytest.raises(DatabaseError, match=r"copy\.db is not a SQLite database"), scratch_copy(tmp_path / "copy.db"):
        pass


def test_a_database_of_another_program_is_refused(tmp_path):
    tamper(tmp_path / "theirs.db", "CREATE TABLE theirs (id)")

    with pytest.raises(DatabaseError, match="is a database of another program"), scratch_copy(tmp_path / "theirs.db"):
        pass


def test_a_database_of_a_later_version_is_refused(engine):
    tamper(engine.url.database, "UPDATE alembic_version SET version_num = '9999'")

    with (
        pytest.raises(DatabaseError, match="was made by a later version of the dashboard"),
        scratch_copy(Path(engine.url.database)),
    ):
        pass


def test_verifying_finds_nothing_wrong_with_a_whole_database(engine):
    assert [] == faults_of(engine)


def test_verifying_finds_a_missing_trigger(engine):
    tamper(engine.url.database, "DROP TRIGGER progress_no_delete")

    assert [
        "the trigger progress_no_delete is gone, so rows could be changed;"
        " start the server once, which puts it back"
    ] == faults_of(engine)  # fmt: skip


def test_verifying_finds_an_edition_changed_behind_the_applications_back(engine):
    with engine.connect() as connection:
        trigger = "SELECT sql FROM sqlite_master WHERE name = 'edition_no_update'"
        put_back = connection.execute(text(trigger)).scalar_one()
    change = "UPDATE edition SET document = replace(document, 'Online filing', 'Paper filing') WHERE id = 1"
    tamper(engine.url.database, "DROP TRIGGER edition_no_update", change, put_back)

    assert [
        "edition 1 was changed after it was loaded: its hash differs; restore a backup",
        "edition 1 was changed outside the dashboard; restore a backup",
    ] == faults_of(engine)


def test_verifying_finds_a_lost_audit_event(engine):
    with engine.connect() as connection:
        trigger = "SELECT sql FROM sqlite_master WHERE name = 'audit_event_no_delete'"
        put_back = connection.execute(text(trigger)).scalar_one()
    tamper(engine.url.database, "DROP TRIGGER audit_event_no_delete", "DELETE FROM audit_event WHERE id = 2", put_back)

    assert [
        "7 writes were counted and 6 are in the audit trail; restore a backup",
        "event 2 of the audit trail was deleted outside the dashboard; restore a backup",
    ] == faults_of(engine)


def test_verifying_finds_a_row_that_names_one_that_is_not_there(engine):
    tamper(engine.url.database, "INSERT INTO evidence (progress_id, document, public) VALUES (99, 'A record', 0)")

    assert [
        "evidence 2 names a row of progress that does not exist; restore a backup",
        "evidence 2 was added outside the dashboard; restore a backup",
    ] == faults_of(engine)


@pytest.mark.parametrize("damaged", ["edition", "ix_evidence_progress_id"])
def test_verifying_finds_a_damaged_page_of_a_table_or_an_index(engine, damaged):
    with engine.connect() as connection:
        page = connection.execute(text(f"SELECT rootpage FROM sqlite_master WHERE name = '{damaged}'")).scalar()
        size = connection.execute(text("PRAGMA page_size")).scalar_one()
    engine.dispose()
    content = bytearray(Path(engine.url.database).read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    Path(engine.url.database).write_bytes(content)

    assert {"the file is damaged"} == {fault.split(":")[0] for fault in faults_of(engine)}


def test_verifying_a_database_without_tables_says_so(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")

    assert [
        "the tables are not at the present version; start the server once, or run any command that writes"
    ] == faults_of(engine)
    engine.dispose()


@pytest.mark.parametrize("content", [None, b"no database any more" * 100], ids=["a database", "a damaged file"])
def test_a_restore_that_breaks_off_leaves_what_was_there_in_its_place_alone(content, engine, tmp_path, monkeypatch):
    file = tmp_path / "aiprap.db"
    back_up(engine, file)
    if content:
        file.write_bytes(content)
    before, copy = file.read_bytes(), Path(engine.url.database)

    def break_off(_source, target):
        if target == file:
            raise OSError(5, "Input/output error")
        copied(_source, target)

    copied = backup._copy  # noqa: SLF001
    monkeypatch.setattr(backup, "_copy", break_off)

    with pytest.raises(OSError, match="Input/output error"):
        restored(open_engine(f"sqlite:///{file}"), copy)
    assert before == file.read_bytes()
    assert [file] == [path for path in tmp_path.iterdir() if not path.name.endswith(("-wal", "-shm"))]
