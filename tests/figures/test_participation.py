"""Who has reported what, and what of it nobody has cleared yet."""

from datetime import date

from models.core.vocabulary import Basis
from models.figures.participation import narratives, participation
from models.people.visibility_rules import Display
from models.progress.latest import View
from models.store.database import reading
from tests.kit.builders import NOW, USERS, cleared, entry, load, tiny_plan, write

DAY = date(2027, 6, 30)


def read(engine, basis):
    with reading(engine) as session:
        return participation(session, View(DAY, NOW, basis))


def test_what_is_only_submitted_is_kept_apart_where_it_counts(engine):
    load(engine, tiny_plan())
    write(engine, cleared(party="BN"), entry(party="KH"))

    assert read(engine, Basis.REPORTED).submitted_only == {("I02", "KH")}
    assert read(engine, Basis.CLEARED).submitted_only == frozenset()
    assert ("I02", "KH") not in read(engine, Basis.CLEARED).latest


def test_a_newer_submitted_statement_hides_the_cleared_one(engine):
    load(engine, tiny_plan())
    write(engine, cleared(), entry(valid_on="2027-03-02", narrative="A step further."))

    result = read(engine, Basis.REPORTED)

    assert result.submitted_only == {("I02", "KH")}
    with reading(engine) as session:
        assert ["A step further."] == list(words_of(session, result, Display.MEETING).values())
        assert {} == words_of(session, result, Display.PUBLIC)


def words_of(session, seen, display):
    return narratives(session, list(seen.latest.values()), user=USERS[display])
