"""`verify` finds no fault in what people and the server do, in any order, on a new database and on an older one."""

import lzma
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.progress.clearing import clear
from models.store.database import migrate, open_engine, reading, writing
from models.store.seals import SEALED, hashes, is_sealed
from models.store.tables import Seal
from tests.admin.acts import REASON, STEPS, People, rows_sealed
from tests.conftest import fresh_database
from tests.kit.builders import faults_of, rows_of
from tests.kit.reporters import SECRETARIAT_ROLE

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("*.db.xz"))
HOUR_BACK, MINUTE, DAY = timedelta(hours=-1), timedelta(minutes=1), timedelta(days=1)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([MINUTE, MINUTE, DAY, HOUR_BACK])), max_size=25)
)
def test_whatever_people_and_the_server_do_is_whole(steps):
    with fresh_database() as engine, pytest.MonkeyPatch.context() as patch:
        people = People(engine, patch)
        for name, moved in steps:
            people.step(name, moved)

        assert [] == faults_of(engine)


@pytest.mark.parametrize("later", sorted(STEPS))
def test_a_clock_that_goes_back_an_hour_between_two_acts_changes_nothing(people, later):
    for name in ("submit", "load", "circulate", "record on behalf"):
        people.step(name)
    people.step(later, HOUR_BACK)
    people.step("clear")
    people.step("load")

    assert [] == faults_of(people.engine)


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.name)
def test_a_database_of_an_earlier_release_is_sealed_when_it_is_upgraded(tmp_path, path):
    (tmp_path / "release.db").write_bytes(lzma.decompress(path.read_bytes()))
    engine = open_engine(f"sqlite:///{tmp_path / 'release.db'}")
    migrate(engine)
    before = len(rows_of(engine, Seal))
    with writing(engine) as session:
        (key,) = add_people(Context.at(session, OPERATOR), [NewPerson("later@release.example", (SECRETARIAT_ROLE,))])
    with writing(engine) as session:
        waiting = "SELECT max(id) FROM progress WHERE kind = 'update' AND cleared_at IS NULL AND returned_at IS NULL"
        row = session.connection().exec_driver_sql(waiting).scalar_one()
        clear(Context.at(session, OPERATOR), row, reason=REASON)

    assert before > 0
    assert before + 2 == len(rows_of(engine, Seal))
    assert [] == faults_of(engine)
    assert key
    engine.dispose()


def test_every_row_has_its_hash_in_the_last_seal_that_names_it(people):
    """So that no act forgets a row that it wrote: looked at after each step, without what `verify` does."""
    for name in STEPS:
        people.step(name)
        sealed = rows_sealed(people.engine)
        with reading(people.engine) as session:
            for table in set(SEALED) - {"evidence_file"}:
                present = {
                    str(key): found for key, found in hashes(session.connection(), table) if is_sealed(table, key)
                }
                assert present == sealed.get(table, {}), f"{name} left rows of {table} without their seal"
