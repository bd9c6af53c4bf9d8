"""Loading editions: what changes, what is refused, what the ledger keeps."""

from datetime import date
from hashlib import sha256

import pytest
from sqlmodel import col, select

from models.amendments.load import difference
from models.core.errors import LoadRefused
from models.core.vocabulary import Grouping, Scope
from models.figures.assess import figures
from models.plan.canonical import canonical, to_document
from models.plan.editions import list_editions
from models.plan.schema import AtLeast, Exit, Merger
from models.progress.latest import View
from models.store.database import reading, writing
from models.store.tables import AuditEvent, CommitmentRow, Edition, LedgerEntry, Progress
from tests.kit.builders import LOADED, NOW, arrange, changed, cleared, entry, load, rows_of, tiny_plan, write

WITHDRAWN = Exit(on=date(2027, 6, 1), reason="No longer needed", decided_at="AWGIPC-80")


def ledger(engine):
    with reading(engine) as session:
        rows = session.exec(select(LedgerEntry).order_by(col(LedgerEntry.id)))
        return [(f"{one.initiative}/{one.party}", one.event) for one in rows]


def in_scope(engine):
    with reading(engine) as session:
        return figures(session, View(as_of=NOW.date(), known_at=NOW), Grouping.PLAN)[0].in_scope


def test_the_first_load_stores_the_edition_and_a_commitment_per_party(engine):
    edition = load(engine, tiny_plan(), reason="Adopted")

    assert edition is not None
    assert ("1.0", "Adopted") == (edition.version, edition.reason)
    assert 1 + 3 + 2 == len(rows_of(engine, CommitmentRow))
    assert [] == ledger(engine)


def test_loading_the_same_files_twice_changes_nothing(engine):
    load(engine, tiny_plan())
    audited = len(rows_of(engine, AuditEvent))

    assert load(engine, tiny_plan()) is None
    assert (1, audited) == (len_editions(engine), len(rows_of(engine, AuditEvent)))


def test_the_same_files_change_nothing_also_when_a_release_has_given_the_plan_a_field(engine):
    document = to_document(tiny_plan())
    for initiative in document["initiatives"]:
        del initiative["merged_into"]
    stored = canonical(document).decode()
    sha = sha256(stored.encode()).hexdigest()
    with writing(engine) as session:
        arrange(session, Edition(version="1.0", sha256=sha, reason="Adopted", document=stored, loaded_at=LOADED))

    assert load(engine, tiny_plan()) is None
    assert 1 == len_editions(engine)


def len_editions(engine):
    with reading(engine) as session:
        return len(list_editions(session))


def test_removing_an_initiative_is_refused_and_changes_nothing(engine):
    load(engine, tiny_plan())
    plan = tiny_plan()
    without = plan.model_copy(update={"initiatives": plan.initiatives[:2]})

    with pytest.raises(LoadRefused, match="initiative I03 is missing.*mark it withdrawn"):
        load(engine, without, now=NOW)

    assert (1, 3) == (len_editions(engine), in_scope(engine))


@pytest.mark.parametrize("part", ["measures", "activities", "bodies", "states", "meetings", "themes"])
def test_nothing_that_others_rest_on_may_go_missing(engine, part):
    load(engine, tiny_plan())
    plan = tiny_plan()

    with pytest.raises(LoadRefused, match="is missing.*put it back"):
        load(engine, plan.model_copy(update={part: getattr(plan, part)[:-1]}), now=NOW)


def test_withdrawing_keeps_the_log_moves_the_denominator_and_writes_the_ledger(engine):
    load(engine, tiny_plan())
    write(engine, cleared(initiative="I03", party="BN"))

    load(engine, changed(tiny_plan(), "I03", withdrawn=WITHDRAWN), now=NOW)

    assert (1, 2) == (len(rows_of(engine, Progress)), in_scope(engine))
    assert [("I03/BN", "withdrawn"), ("I03/KH", "withdrawn")] == ledger(engine)


def test_the_ledger_keeps_the_reason_and_the_meeting_of_the_withdrawal(engine):
    load(engine, tiny_plan())
    load(engine, changed(tiny_plan(), "I03", withdrawn=WITHDRAWN), now=NOW, reason="Amendment of June")

    with reading(engine) as session:
        row, _ = session.exec(select(LedgerEntry)).all()
        assert ("No longer needed", "AWGIPC-80", date(2027, 6, 1)) == (row.reason, row.decided_at, row.effective_on)


def test_an_added_initiative_stands_in_the_ledger(engine):
    load(engine, tiny_plan())
    plan = tiny_plan()
    new = plan.initiatives[0].model_copy(update={"key": "I04"})

    load(engine, plan.model_copy(update={"initiatives": (*plan.initiatives, new)}), now=NOW)

    assert ([("I04/ASEAN", "added")], 4) == (ledger(engine), in_scope(engine))


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({"states": ("BN",)}, [("I03/KH", "party_removed")]),
        ({"states": ("BN", "KH", "TL")}, [("I03/TL", "party_added")]),
        ({"joins": {"KH": date(2028, 1, 1)}}, [("I03/KH", "joins_later")]),
        ({"in_force_from": date(2028, 1, 1)}, [("I03/BN", "not_in_force"), ("I03/KH", "not_in_force")]),
        ({"in_force_from": date(2026, 2, 1)}, []),
        ({"weight": 3, "rule": AtLeast(at_least=1)}, []),
    ],
)
def test_a_change_of_the_plan_is_in_the_ledger_by_what_it_moves_into_or_out_of_the_count(engine, fields, rows):
    load(engine, tiny_plan())
    load(engine, changed(tiny_plan(), "I03", **fields), now=NOW)

    assert rows == ledger(engine)


def test_an_initiative_put_back_in_force_is_counted_again(engine):
    load(engine, changed(tiny_plan(), "I03", withdrawn=WITHDRAWN))
    load(engine, tiny_plan(), now=NOW)

    assert [("I03/BN", "reinstated"), ("I03/KH", "reinstated")] == ledger(engine)


def test_a_working_slot_rewritten_in_words_and_weight_moves_nothing(engine):
    load(engine, tiny_plan())
    load(engine, changed(tiny_plan(), "I01", title="Another title", weight=2), now=NOW)

    assert [] == ledger(engine)


def test_the_scope_cannot_change_once_progress_is_logged(engine):
    load(engine, tiny_plan())
    write(engine, entry(initiative="I03", party="BN"))

    with pytest.raises(LoadRefused, match="I03 has progress logged, so its scope cannot change; .*superseded_by"):
        load(engine, changed(tiny_plan(), "I03", scope=Scope.REGIONAL, states=()), now=NOW)


@pytest.mark.parametrize(
    ("way", "refused"),
    [
        ({"withdrawn": WITHDRAWN}, True),
        ({"merged_into": Merger(initiative="I01", **WITHDRAWN.model_dump())}, True),
        ({"superseded_by": Merger(initiative="I01", **WITHDRAWN.model_dump())}, False),
    ],
)
def test_a_completed_initiative_can_be_superseded_but_not_withdrawn_or_merged(engine, way, refused):
    load(engine, tiny_plan())
    evidence = ({"document": "Record"},)
    write(engine, *(cleared(party=party, status="completed", evidence=evidence) for party in ("BN", "KH")))
    plan = changed(tiny_plan(), "I02", **way)

    with reading(engine) as session:
        found = difference(session, plan, now=NOW)

    assert found is not None
    assert refused == bool(found.refusals)


def test_a_date_that_moves_is_stated_field_by_field(engine):
    load(engine, tiny_plan())
    with reading(engine) as session:
        found = difference(session, changed(tiny_plan(), "I02", due=date(2030, 6, 30)), now=NOW)

    assert found is not None
    assert ["changed: initiative I02: due: 2029-12-31 -> 2030-06-30"] == [str(change) for change in found.changes]


def test_a_load_decided_at_an_unknown_meeting_is_refused(engine):
    with pytest.raises(LoadRefused, match="AWGIPC-99 is not a meeting of the plan"):
        load(engine, tiny_plan(), decided_at="AWGIPC-99")


def test_an_official_date_in_place_of_an_assumed_one_was_set_not_moved(engine):
    load(engine, tiny_plan())
    load(engine, changed(tiny_plan(), "I01", due=date(2029, 6, 30), assumed=("title",)), now=NOW)

    assert 0 == moved(engine)

    load(engine, changed(tiny_plan(), "I01", due=date(2029, 12, 31), assumed=("title",)), now=NOW)

    assert 1 == moved(engine)


def moved(engine):
    with reading(engine) as session:
        return figures(session, View(as_of=NOW.date(), known_at=NOW), Grouping.PLAN)[0].due_moved
