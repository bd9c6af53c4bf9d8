"""`verify` names every change that was made to the database by anything but an act, and which row it is in."""

import hashlib
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.admin.verify import checked, copy_faults, faults
from models.store.base import Base
from models.store.database import open_engine, reading
from models.store.seals import LOOKED_AFTER, SEALED, key_column
from tests.admin.acts import EVERYTHING, People
from tests.conftest import fresh_database

SEAL = "each row is compared with its hash in the last seal that has it"
DRAFT = "exempt: drafts are private until they are submitted, and no figure, reader or right depends on them"
COVERED = {
    "person": {SEAL: "id email name removed_at signed_out_at"},
    "edition": {SEAL: "id version sha256 document loaded_at loaded_by reason decided_at"},
    "commitment": {SEAL: "id initiative party"},
    "progress": {
        SEAL: "id ref commitment_id kind valid_on author_id on_behalf_of replaces_id entered_at submitted_at cleared_at"
        " cleared_by returned_at returned_by return_note withdrawn_at withdrawn_by withdrawal_reason status percent"
        " deliverables_done narrative obstacles obstacle_kind next_step support_needed proposed_due requested"
        " request_reason"
    },
    "evidence": {SEAL: "id progress_id title url document file_id public"},
    "evidence_file": {SEAL: "id name content_type size sha256 content uploaded_at uploaded_by"},
    "ledger": {
        SEAL: "id recorded_at edition_id progress_id initiative party event effective_on before after reason decided_at"
    },
    "audit_event": {SEAL: "id at person_id action subject before after reason"},
    "setting": {SEAL: "key value"},
    "role_grant": {SEAL: "id person_id role scope granted_at granted_by ended_at ended_by"},
    "sign_in_link": {SEAL: "id person_id token_hash made_at expires_at used_at"},
    "web_session": {SEAL: "id person_id token_hash made_at expires_at ended_at"},
    "cycle": {SEAL: "id meeting opens_days due_days opened_at"},
    "snapshot": {SEAL: "id meeting step revision as_of known_at rows_until taken_by document sha256 previous_sha256"},
    "reopening": {SEAL: "id meeting revision reopened_at reopened_by reason"},
    "decision": {
        SEAL: "id meeting kind text initiatives owner due_meeting recorded_at recorded_by closed_at closed_by"
        " closing_evidence closing_reason"
    },
    "seal": {"the chain: each hash is of the seal and of the hash before it": "id wrote sha256"},
    "data_version": {
        "compared with the number of events": "value",
        "compared with the last seal": "seal",
        "exempt: a CHECK allows a single row": "id",
        "exempt: a key of caches, which each transaction raises": "transactions",
    },
    "draft": {
        DRAFT: "commitment_id begun_from_id saved_at saved_by status percent deliverables_done narrative obstacles"
        " obstacle_kind next_step support_needed proposed_due requested request_reason"
    },
    "draft_evidence": {DRAFT: "id commitment_id title url document file_id public"},
    "sign_in_attempt": {"exempt: counted for a quarter of an hour, then deleted": "id source at"},
}
"""Every column of every table: the check that covers it, or why none does."""

COLUMNS = [
    (table, column) for table, checks in COVERED.items() for column in checks.get(SEAL, "").split() if table in SEALED
]
NO_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"


@cache
def _everything() -> bytes:
    with fresh_database() as engine, pytest.MonkeyPatch.context() as patch:
        people = People(engine, patch)
        for name in EVERYTHING:
            people.step(name)
        engine.dispose()
        return Path(str(engine.url.database)).read_bytes()


@pytest.fixture(name="path")
def _path():
    """The file of a database in which everything has happened."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "aiprap.db"
        path.write_bytes(_everything())
        yield path


def manipulate(path, *statements):
    """Run SQL as whoever owns the file can: without triggers and constraints, and leaving no other trace."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, f"{statement} changes nothing"
        for _, sql in triggers:
            connection.execute(sql)


def faults_of(path, check=copy_faults):
    engine = open_engine(f"sqlite:///{path}")
    with reading(engine) as session:
        found = check(session)
    engine.dispose()
    return found


def first_key(path, table):
    """The key of a row that an act wrote."""
    column = key_column(table)
    with closing(sqlite3.connect(path)) as connection:
        query = f"SELECT {column} FROM {table} WHERE {column} <> '{LOOKED_AFTER}' ORDER BY 1"
        return connection.execute(query).fetchone()[0]


def quoted(key):
    return f"'{key}'"


def sentence(table, key, what):
    return f"{SEALED[table].format(key)} was {what} outside the dashboard; restore a backup"


def test_what_people_and_the_server_do_is_whole(path):
    assert [] == faults_of(path)
    assert [] == faults_of(path, faults)


def test_every_table_that_is_sealed_holds_rows_to_try(path):
    with closing(sqlite3.connect(path)) as connection:
        counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in SEALED}

    assert [] == [table for table, count in counts.items() if not count]


def test_every_column_of_every_table_is_covered_by_a_check_or_exempt_for_a_reason():
    named = {(table, name) for table, checks in COVERED.items() for names in checks.values() for name in names.split()}

    assert named == {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns}


def test_the_tables_that_are_sealed_are_those_said_to_be():
    assert set(SEALED) == {table for table, checks in COVERED.items() if SEAL in checks}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_column_is_named(path, table, column):
    key, name = first_key(path, table), key_column(table)
    new = f"coalesce({column}, 0) + 4000" if column in NUMBERS else f"coalesce({column}, '') || '7'"
    manipulate(path, f"UPDATE {table} SET {column} = {new} WHERE {name} = {quoted(key)}")

    what = "deleted" if column == name else "changed"
    assert sentence(table, key, what) in faults_of(path)


NUMBERS = {
    column.name
    for table in Base.metadata.tables.values()
    for column in table.columns
    if column.type.python_type in {int, bool}
}


@pytest.mark.parametrize("table", SEALED)
def test_a_deleted_row_is_named(path, table):
    key = first_key(path, table)
    manipulate(path, f"DELETE FROM {table} WHERE {key_column(table)} = {quoted(key)}")

    assert sentence(table, key, "deleted") in faults_of(path)


@pytest.mark.parametrize("table", [table for table in SEALED if table != "evidence_file"])
def test_an_added_row_is_named(path, table):
    columns = {column.name: column.name for column in Base.metadata.tables[table].columns}
    unique = {name: f"{name} || 'x'" for name in ("ref", "email", "token_hash", "sha256", "meeting") if name in columns}
    columns |= unique | {key_column(table): "'another'" if table == "setting" else "9999"}
    for name in ("previous_sha256", "initiative"):
        columns |= {name: "'another'"} if name in columns else {}
    key = quoted(first_key(path, table))
    source = f"SELECT {', '.join(columns.values())} FROM {table} WHERE {key_column(table)} = {key}"
    manipulate(path, f"INSERT INTO {table} ({', '.join(columns)}) {source}")

    assert sentence(table, "another" if table == "setting" else 9999, "added") in faults_of(path)


@pytest.mark.parametrize("table", sorted(set(SEALED) - {"setting", "cycle", "reopening", "ledger"}))
def test_two_rows_that_changed_places_are_named(path, table):
    with closing(sqlite3.connect(path)) as connection:
        (first,), (second,) = connection.execute(f"SELECT id FROM {table} ORDER BY id LIMIT 2")
    moves = [(first, 9999), (second, first), (9999, second)]
    manipulate(path, *(f"UPDATE {table} SET id = {new} WHERE id = {old}" for old, new in moves))

    found = faults_of(path)
    assert sentence(table, first, "changed") in found
    assert sentence(table, second, "changed") in found


def test_a_waiting_statement_that_was_cleared_without_an_act_is_named(path):
    with closing(sqlite3.connect(path)) as connection:
        (row,) = connection.execute(
            "SELECT max(id) FROM progress WHERE cleared_at IS NULL AND returned_at IS NULL AND withdrawn_at IS NULL"
        ).fetchone()
    manipulate(path, f"UPDATE progress SET cleared_at = submitted_at, cleared_by = 1 WHERE id = {row}")

    assert [sentence("progress", row, "changed")] == faults_of(path)


def test_the_content_of_a_draft_s_file_is_compared_with_what_was_uploaded(path):
    columns = "name, content_type, size, sha256, content, uploaded_at, uploaded_by"
    manipulate(
        path,
        f"INSERT INTO evidence_file SELECT 77, {columns} FROM evidence_file LIMIT 1",
        "UPDATE evidence_file SET content = X'00' WHERE id = 77",
    )

    fault = "evidence file 77 (Record.txt) is not what was uploaded: its hash differs; restore a backup"
    assert [fault] == faults_of(path)


def test_a_file_replaced_with_its_hash_is_named(path):
    key, content = first_key(path, "evidence_file"), b"Something else"
    new = f"content = X'{content.hex()}', sha256 = '{hashlib.sha256(content).hexdigest()}'"
    manipulate(path, f"UPDATE evidence_file SET {new} WHERE id = {key}")

    assert [sentence("evidence_file", key, "changed")] == faults_of(path)


def test_a_value_that_is_not_of_its_column_s_type_is_named_without_a_breakdown(path):
    manipulate(path, "UPDATE snapshot SET known_at = 'yesterday' WHERE id = 1", "UPDATE progress SET valid_on = X'FF'")

    found = faults_of(path, faults)
    assert sentence("snapshot", 1, "changed") in found
    assert sentence("progress", 1, "changed") in found


def last(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]


END_IS_MISSING = (
    "the last seal is not the one that was written last: the end of the audit trail is missing; restore a backup"
)


def test_a_last_event_that_was_deleted_with_the_count_lowered_is_named(path):
    event = last(path, "audit_event")
    manipulate(path, f"DELETE FROM audit_event WHERE id = {event}", "UPDATE data_version SET value = value - 1")

    assert [sentence("audit_event", event, "deleted")] == faults_of(path)


def test_a_last_event_that_was_deleted_with_its_seal_is_named(path):
    manipulate(
        path,
        f"DELETE FROM audit_event WHERE id = {last(path, 'audit_event')}",
        f"DELETE FROM seal WHERE id = {last(path, 'seal')}",
        "UPDATE data_version SET value = value - 1",
    )

    assert END_IS_MISSING in faults_of(path)


def test_an_act_that_was_taken_out_with_every_trace_but_its_rows_is_named_by_them(path):
    event, seal = last(path, "audit_event"), last(path, "seal")
    manipulate(
        path,
        f"DELETE FROM audit_event WHERE id = {event}",
        f"DELETE FROM seal WHERE id = {seal}",
        f"UPDATE data_version SET value = value - 1, seal = (SELECT sha256 FROM seal WHERE id = {seal - 1})",
    )

    assert sentence("progress", last(path, "progress"), "added") in faults_of(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE seal SET wrote = replace(wrote, 'a', 'b') WHERE id = 5",
        "UPDATE seal SET wrote = 'nonsense' WHERE id = 5",
        "UPDATE seal SET sha256 = 'a' || substr(sha256, 2) WHERE id = 5 AND sha256 NOT LIKE 'a%'"
        " OR id = 6 AND NOT EXISTS (SELECT 1 FROM seal WHERE id = 5 AND sha256 NOT LIKE 'a%')",
        "DELETE FROM seal WHERE id = 4",
        "UPDATE seal SET id = 9999 WHERE id = 5",
        "INSERT INTO seal (id, wrote, sha256) VALUES (9999, '{}', 'made up')",
    ],
)
def test_a_seal_that_was_changed_moved_added_or_deleted_is_named(path, change):
    manipulate(path, change)

    assert any(fault.startswith(("seal 5 was", "seal 6 was", "seal 9999 was")) for fault in faults_of(path))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE data_version SET value = value + 1", "writes were counted and"),
        ("UPDATE data_version SET seal = NULL", END_IS_MISSING),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON progress BEGIN UPDATE setting SET value = 'latest'; END",
            "the trigger quiet on progress is not the dashboard's",
        ),
        ("DROP TRIGGER progress_no_update", "the trigger progress_no_update is gone"),
    ],
)
def test_a_changed_count_and_an_extra_or_missing_trigger_are_named(path, change, fault):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(change)

    assert any(fault in found for found in faults_of(path))


def test_it_says_how_much_was_checked(path):
    engine = open_engine(f"sqlite:///{path}")
    with reading(engine) as session:
        said = checked(session)
    engine.dispose()

    assert said == "9 rows of the log, 3 snapshots, 2 editions, 5 evidence files, 46 events"
