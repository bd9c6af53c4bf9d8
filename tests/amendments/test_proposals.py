"""Adopting the official text and amending the plan with a workbook: seen first, loaded once, nothing taken back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.admin.start import prepare
from models.amendments.proposals import (
    Filled,
    adopt_official_text,
    amend_plan,
    propose_adoption,
    propose_amendment,
)
from models.core.errors import LoadRefused, NotPermitted, PlanError
from models.core.vocabulary import Grouping, LedgerEventKind
from models.figures.assess import figures
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.plan.canonical import digest
from models.plan.editions import list_editions, plan_of
from models.plan.workbook import plan_workbook
from models.progress.latest import View
from models.progress.ledger import event_words
from models.progress.ledger import ledger as read_ledger
from models.store.database import reading, writing
from models.store.tables import AuditEvent, LedgerEntry, Progress
from tests.kit.builders import LOADED, NOW, TINY_PLAN, cleared, load, officer, rows_of, tiny_plan, write, writer
from tests.kit.workbooks import SAME, adoption, edited, set_cell

I01 = {"match": SAME, "official code": "1.1.1", "official title": "Guidelines for all"}
MEETING = "AWGIPC-80"


def filled(rows=None, *, reason="The official text", meeting=MEETING):
    return Filled("official.xlsx", adoption(tiny_plan(), rows or {"I01": I01}), reason, meeting)


def amended(*cells, plan=None, reason="As agreed", meeting=MEETING):
    """The plan workbook with cells changed: sheet, key, column, value."""

    def edit(workbook):
        for cell in cells:
            set_cell(workbook, *cell)

    content = plan_workbook(plan or tiny_plan(), "plan.xlsx")
    return Filled("plan.xlsx", edited(content, edit), reason, meeting)


def run(engine, act, workbook, **more):
    """An act of the officer on the edition in force."""
    with writing(engine) as session:
        plan = plan_of(session, list_editions(session)[-1])
        by = more.pop("by", None) or officer(session)
        seen = {} if act in {propose_adoption, propose_amendment} else {"against": digest(plan)}
        return act(Context(session, by, plan, NOW), workbook, **(seen | more))


def ledger(engine):
    lines = rows_of(engine, LedgerEntry)
    return [
        (one.initiative, one.party, event_words(LedgerEventKind(one.event), None, one.after), one.decided_at)
        for one in lines
    ]


def counted(engine, known_at):
    with reading(engine) as session:
        (row,) = figures(session, View(as_of=NOW.date(), known_at=known_at), Grouping.PLAN)
        return row.in_scope, row.commitments_reported


@pytest.fixture(name="engine")
def _engine(engine):
    load(engine, tiny_plan())
    return engine


def test_the_official_text_is_shown_before_it_is_loaded(engine):
    proposal = run(engine, propose_adoption, filled())

    assert (proposal.plan.initiative["I01"].title, proposal.waiting) == ("Guidelines for all", 1)
    assert proposal.difference.counted == (3, 3)
    assert len(rows_of(engine, LedgerEntry)) == 0


def test_it_is_loaded_once_with_one_line_in_the_ledger(engine):
    edition = run(engine, adopt_official_text, filled())

    assert (edition.version, edition.reason, edition.decided_at) == ("1.1", "The official text", MEETING)
    assert ledger(engine) == [
        ("tiny-plan", None, "official text adopted: 1 slot filled; N stays 3", MEETING),
    ]
    with pytest.raises(PlanError, match="I01 carries its official text already"):
        run(engine, adopt_official_text, filled())


def test_who_loaded_it_stands_in_the_edition_and_in_the_audit_trail(engine):
    edition = run(engine, adopt_official_text, filled())
    act = rows_of(engine, AuditEvent)[-1]

    assert edition.loaded_by is not None
    assert (act.action, act.person_id, act.reason) == ("load edition", edition.loaded_by, "The official text")


def test_the_log_stays_and_figures_as_known_before_do_not_change(engine):
    write(engine, cleared(), cleared(initiative="I03", party="BN"))
    moment = NOW - timedelta(days=1)
    before = counted(engine, moment)

    run(engine, adopt_official_text, filled({"I01": I01, "I03": {**I01, "official code": "2", "official title": "T"}}))

    assert len(rows_of(engine, Progress)) == 2
    assert counted(engine, moment) == before == (3, 2)
    assert counted(engine, NOW) == (3, 2)


def test_a_start_after_the_adoption_takes_nothing_back(engine):
    run(engine, adopt_official_text, filled())

    told = prepare(engine, Path(TINY_PLAN))

    assert "differences between tiny_plan/ and the plan in force are not loaded" in told[0]
    assert [one.version for one in rows_of_editions(engine)] == ["1.0", "1.1"]


def rows_of_editions(engine):
    with reading(engine) as session:
        return list_editions(session)


def test_the_reason_and_the_meeting_are_asked_for_together(engine):
    with pytest.raises(LoadRefused) as refused:
        run(engine, adopt_official_text, filled(reason=" ", meeting=None))

    assert {one.what for one in refused.value.problems} == {"the reason is empty", "no deciding meeting is chosen"}
    assert len(rows_of_editions(engine)) == 1


def test_what_was_shown_is_what_is_loaded(engine):
    run(engine, amend_plan, amended(("Initiatives", "I03", "lead", "AWGIPC")))

    with pytest.raises(LoadRefused, match="another edition was loaded meanwhile; look at the difference again"):
        run(engine, adopt_official_text, filled(), against=digest(tiny_plan()))


@pytest.mark.parametrize("act", [propose_adoption, adopt_official_text, propose_amendment, amend_plan])
def test_only_the_secretariat_sees_and_loads(engine, act):
    with reading(engine) as session:
        focal_point = writer(session)

    for by in (PUBLIC, focal_point):
        with pytest.raises(NotPermitted):
            run(engine, act, filled(), by=by)


LEFT = '{on: 2028-03-16, reason: "Taken up elsewhere", decided_at: AWGIPC-80'
AMENDMENTS = {
    "withdrawn": (("Initiatives", "I03", "withdrawn", LEFT + "}"), None),
    "merged": (("Initiatives", "I03", "merged_into", LEFT + ", initiative: I02}"), "I02"),
    "superseded": (("Initiatives", "I03", "superseded_by", LEFT + ", initiative: I02}"), "I02"),
}
LAST_DAY = datetime(2028, 3, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("way", AMENDMENTS)
def test_an_initiative_leaves_on_its_day_with_a_line_for_each_commitment(engine, way):
    cell, other = AMENDMENTS[way]
    edition = run(engine, amend_plan, amended(cell))
    with reading(engine) as session:
        before, after = (read_ledger(session, moment) for moment in (LAST_DAY, LAST_DAY + timedelta(days=1)))

    assert edition.version == "1.1"
    gone = [one for one in after if one not in before]
    assert [(one.initiative, one.party, one.event, one.after) for one in gone] == [
        ("I03", party, way, other) for party in ("BN", "KH")
    ]
    assert {(one.reason, one.decided_at, one.effective_on) for one in gone} == {
        ("Taken up elsewhere", MEETING, date(2028, 3, 16))
    }


def test_an_added_initiative_stands_in_the_ledger(engine):
    def add(workbook):
        sheet = workbook["Initiatives"]
        row = [cell.value for cell in sheet[sheet.max_row]]
        row[0:3] = ["I04", "2.1-b", "Training of judges"]
        sheet.append(row)
        heads = [cell.value for cell in workbook["Settings"][1]]
        cell = workbook["Settings"].cell(2, heads.index("expected_counts") + 1)
        cell.value = cell.value.replace('"initiatives": 3', '"initiatives": 4')

    workbook = Filled("plan.xlsx", edited(plan_workbook(tiny_plan(), "plan.xlsx"), add), "As agreed")
    proposal = run(engine, propose_amendment, workbook)
    run(engine, amend_plan, workbook)

    assert proposal.difference.counted == (3, 4)
    assert ledger(engine) == [("I04", party, "added", None) for party in ("BN", "KH")]


def test_a_meeting_is_entered_and_changes_nothing_that_is_counted(engine):
    def enter(workbook):
        workbook["Meetings"].append(["AWGIPC-81", "AWGIPC", 81, date(2027, 11, 8), date(2027, 11, 10)])

    content = edited(plan_workbook(tiny_plan(), "plan.xlsx"), enter)
    run(engine, amend_plan, Filled("plan.xlsx", content, "As agreed", MEETING))

    with reading(engine) as session:
        assert "AWGIPC-81" in plan_of(session, list_editions(session)[-1]).meeting
    assert ledger(engine) == []


def test_a_moved_date_changes_nothing_that_is_counted(engine):
    cell = ("Initiatives", "I02", "due", date(2030, 6, 30))
    proposal = run(engine, propose_amendment, amended(cell))
    run(engine, amend_plan, amended(cell))

    assert {(one.key, one.event) for one in proposal.difference.changes} == {("I02", "due"), ("tiny-plan", "version")}
    assert ledger(engine) == []


def test_the_plan_in_force_amends_nothing(engine):
    assert run(engine, amend_plan, amended()) is None
    assert len(rows_of_editions(engine)) == 1


def test_a_refused_amendment_is_stated_before_and_at_loading(engine):
    first_day = LEFT.replace("2028-03-16", "2026-01-01") + "}"
    with pytest.raises(PlanError, match="2026-01-01 is not after in_force_from 2026-01-01"):
        run(engine, propose_amendment, amended(("Initiatives", "I03", "withdrawn", first_day)))

    write(engine, cleared(initiative="I01", party="ASEAN", deliverables_done=("D1",), percent=None), plan=tiny_plan())
    gone = amended(("Initiatives", "I01", "withdrawn", first_day))

    assert "I01 is more than a placeholder" in run(engine, propose_amendment, gone).difference.refusals[0][0]
    with pytest.raises(LoadRefused, match="I01 is more than a placeholder and cannot be withdrawn from its first day"):
        run(engine, amend_plan, gone)


def test_a_placeholder_taken_out_alone_stands_in_the_ledger(engine):
    first_day = LEFT.replace("2028-03-16", "2026-01-01") + "}"
    run(engine, amend_plan, amended(("Initiatives", "I01", "withdrawn", first_day)))

    assert ledger(engine) == [("I01", "ASEAN", "withdrawn", MEETING)]
    assert counted(engine, NOW)[0] == 2
    assert counted(engine, LOADED)[0] == 3
