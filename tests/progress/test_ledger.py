"""What each edition changed, and what changed the count, as known at a moment."""

from datetime import UTC, date, datetime, timedelta

from models.amendments.load import edition_changes
from models.plan.schema import Exit
from models.progress.ledger import BY_CALENDAR, IMPORTED, ledger
from models.store.database import reading
from tests.kit.builders import LOADED, NOW, changed, cleared, load, tiny_plan, write

LATER = datetime(2027, 3, 1, tzinfo=UTC)
GIVEN_UP = Exit(on=date(2027, 3, 16), reason="Taken up elsewhere", decided_at="AWGIPC-81")


def amended():
    """Version 1.1: one due date moved, one initiative given up."""
    plan = changed(changed(tiny_plan(), "I01", due=date(2029, 6, 30)), "I03", withdrawn=GIVEN_UP)
    return plan.model_copy(update={"version": "1.1"})


def test_each_edition_is_stated_with_what_it_changed(engine):
    load(engine, tiny_plan())
    load(engine, amended(), now=LATER)

    with reading(engine) as session:
        first, second = edition_changes(session, NOW)

    assert (first.edition.version, first.changes) == ("1.0", ())
    assert {(one.key, one.event) for one in second.changes} >= {("I01", "due"), ("I03", "withdrawn")}


def test_an_edition_loaded_later_is_not_known_yet(engine):
    load(engine, tiny_plan())
    load(engine, amended(), now=LATER)

    with reading(engine) as session:
        assert [one.edition.version for one in edition_changes(session, LATER - timedelta(1))] == ["1.0"]
        assert [one.edition.version for one in edition_changes(session, LOADED - timedelta(1))] == ["1.0"]


def test_the_ledger_tells_who_left_the_count_and_why(engine):
    load(engine, tiny_plan())
    write(engine, cleared(status="not_applicable", narrative="No such office."))
    load(engine, amended(), now=NOW)

    with reading(engine) as session:
        (joined,), (*_, from_log, _, from_plan) = ledger(session, LATER), ledger(session, NOW)

    assert (joined.initiative, joined.party, joined.event, joined.reason) == ("I02", "TL", "joined", BY_CALENDAR)
    assert (from_log.initiative, from_log.party, from_log.reason) == ("I02", "KH", IMPORTED)
    assert from_log.edition is None
    assert (from_plan.initiative, from_plan.party, from_plan.event) == ("I03", "KH", "withdrawn")
    assert (from_plan.edition, from_plan.reason) == ("1.1", GIVEN_UP.reason)
