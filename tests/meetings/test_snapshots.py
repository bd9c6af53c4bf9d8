"""The two steps of a cycle: circulated, then noted; what each freezes, and what may follow."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from models.core.errors import NotFound, NotPermitted, UpdateRefused
from models.core.vocabulary import Basis, Grouping, Status, Step
from models.figures.assess import figures
from models.meetings.cycles import change_days, circulate, note, open_cycle, reopen
from models.meetings.overview import overview
from models.meetings.questions import QuestionRule
from models.meetings.snapshot import Paper, hash_of, read_snapshot, written
from models.meetings.snapshots import list_snapshots, snapshot, snapshot_document
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.plan.schema_parts import Meeting
from models.progress.latest import View
from models.store.database import reading, writing
from tests.kit.builders import act, changed, cleared, entry, faults_of, load, officer, tiny_plan, write, writer

MEETING = Meeting(key="AWGIPC-82", body="AWGIPC", number=82, start=date(2027, 3, 29), end=date(2027, 3, 31))
OPENED, SENT, HELD = (datetime(2027, 3, day, 6, tzinfo=UTC) for day in (1, 20, 31))
LATER = datetime(2027, 4, 20, 6, tzinfo=UTC)
PAPER = Paper(agenda_item="5", document_number="AWGIPC82/5", invited=("thank the host.",))


def plan():
    return tiny_plan().model_copy(update={"meetings": (*tiny_plan().meetings, MEETING)})


def said(percent, day, **fields):
    """An update of Cambodia's on I02, cleared on the day it came."""
    moment = f"2027-{day}T03:00:00Z"
    moments = {"entered_at": moment, "submitted_at": moment, "cleared_at": moment, "valid_on": f"2027-{day}"}
    return cleared(percent=percent, **(moments | fields))


@pytest.fixture(name="engine")
def _engine(engine):
    load(engine, plan())
    write(engine, said(20, "03-02"), plan=plan())
    with writing(engine) as session:
        open_cycle(Context(session, officer(session), plan(), OPENED), MEETING.key)
    return engine


def do(engine, function, *args, now, **fields):
    return act(engine, function, MEETING.key, *args, plan=plan(), now=now, **fields)


def sent(engine, now=SENT):
    return do(engine, circulate, now=now, paper=PAPER)


def content(engine, mark):
    with reading(engine) as session:
        return snapshot(session, mark.id)


def test_the_paper_freezes_the_figures_of_its_moment(engine):
    frozen = content(engine, sent(engine))
    with reading(engine) as session:
        asked = View(date(2027, 3, 20), SENT)
        expected = {by: figures(session, asked, by) for by in Grouping}

    assert {by: frozen.rows(by) for by in Grouping} == expected
    assert (frozen.step, frozen.revision, frozen.paper) == (Step.CIRCULATED, 1, PAPER)
    assert [told.percent for told in frozen.statements] == [20]


def test_a_snapshot_read_back_is_the_one_that_was_written(engine):
    mark = sent(engine)
    with reading(engine) as session:
        document = snapshot_document(session, mark.id)

    assert written(read_snapshot(document)) == document
    assert hash_of(document) == mark.sha256


def test_its_assessment_rolls_up_to_its_own_figures(engine):
    from models.figures.rollup import roll_up

    frozen = content(engine, sent(engine))

    assert {by: roll_up(frozen.assessment, by) for by in Grouping} == {by: frozen.rows(by) for by in Grouping}


def test_what_was_submitted_and_not_cleared_stands_apart(engine):
    write(
        engine,
        entry(
            percent=60, valid_on="2027-03-10", entered_at="2027-03-11T00:00:00Z", submitted_at="2027-03-11T00:00:00Z"
        ),
        plan=plan(),
    )

    frozen = content(engine, sent(engine))

    assert [told.percent for told in frozen.submitted] == [60]
    assert frozen.rows(Grouping.PLAN, Basis.REPORTED) != frozen.rows(Grouping.PLAN)


def test_what_the_meeting_corrects_is_noted_as_a_list(engine):
    sent(engine)
    write(engine, said(50, "03-30"), said(10, "03-30", party="BN"), plan=plan())

    frozen = content(engine, do(engine, note, now=HELD))

    assert frozen.paper == PAPER
    assert [(one.party, one.before and one.before.percent, one.after.percent) for one in frozen.corrections] == [
        ("BN", None, 10),
        ("KH", 20, 50),
    ]


def test_snapshots_are_chained(engine):
    first, second = sent(engine), do(engine, note, now=HELD)

    assert (first.previous, second.previous) == (None, first.sha256)
    assert content(engine, second).previous == first.sha256


def test_a_noting_speaks_of_the_last_day_of_its_meeting(engine):
    sent(engine)
    write(engine, said(50, "04-19"), plan=plan())

    mark = do(engine, note, now=LATER)

    assert (mark.as_of, mark.known_at) == (MEETING.end, LATER)
    assert [told.percent for told in content(engine, mark).statements] == [20]


def test_reopening_begins_a_new_revision_and_keeps_the_old_one(engine):
    sent(engine)
    noted = do(engine, note, now=HELD)

    assert do(engine, reopen, now=LATER, reason="A figure was typed wrong.") == 2
    again = sent(engine, now=LATER)

    with reading(engine) as session:
        assert [(one.step, one.revision) for one in list_snapshots(session)] == [
            (Step.CIRCULATED, 1),
            (Step.NOTED, 1),
            (Step.CIRCULATED, 2),
        ]
    assert again.previous == noted.sha256


@pytest.mark.parametrize(
    ("before", "step_out_of_turn", "fields", "sentence"),
    [
        ((), note, {"now": HELD}, "was not circulated yet"),
        ((), reopen, {"now": HELD, "reason": "So."}, "nothing to reopen"),
        ((sent,), sent, {}, "was circulated already"),
        ((sent,), note, {"now": SENT}, "begins on 29 Mar 2027"),
        ((sent,), reopen, {"now": LATER, "reason": "  "}, "Say in a sentence why"),
    ],
)
def test_a_step_out_of_turn_is_refused(engine, before, step_out_of_turn, fields, sentence):
    for step in before:
        step(engine)

    with pytest.raises(UpdateRefused, match=sentence):
        sent(engine, **fields) if step_out_of_turn is sent else do(engine, step_out_of_turn, **fields)
    with reading(engine) as session:
        assert len(list_snapshots(session)) == len(before)


def test_the_days_of_a_circulated_cycle_stay_as_its_paper_has_them(engine):
    sent(engine)

    with pytest.raises(UpdateRefused, match="was circulated"):
        do(engine, change_days, now=LATER, opens_days=60, due_days=7)


def test_a_meeting_whose_cycle_was_never_opened_cannot_be_circulated(engine):
    with writing(engine) as session, pytest.raises(NotFound, match="open it first"):
        circulate(Context(session, officer(session), plan(), SENT), "AWGIPC-80", paper=PAPER)


@pytest.mark.parametrize("who", [writer, lambda _: PUBLIC])
def test_only_the_secretariat_takes_the_steps(engine, who):
    with writing(engine) as session:
        for act, fields in ((circulate, {"paper": PAPER}), (note, {}), (reopen, {"reason": "So."})):
            with pytest.raises(NotPermitted):
                act(Context(session, who(session), plan(), HELD), MEETING.key, **fields)


def test_what_happens_later_leaves_a_snapshot_as_it_was_and_whole(engine):
    sent(engine)
    do(engine, note, now=HELD)
    write(engine, said(90, "04-10"), said(30, "03-05", party="BN"), plan=plan(), now=LATER)
    load(engine, changed(plan(), "I02", due=date(2030, 1, 1)), now=LATER)

    assert faults_of(engine) == []


def test_a_row_changed_behind_the_applications_back_is_named(engine):
    sent(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update"))
        connection.execute(text("UPDATE progress SET percent = 90 WHERE id = 1"))

    found = " ".join(faults_of(engine))

    assert "snapshot 1 (AWGIPC-82, circulated, revision 1): row 1 of the log, on I02/KH, is not what it was" in found


def test_a_row_that_no_longer_counts_is_named(engine):
    sent(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update"))
        connection.execute(text("UPDATE progress SET valid_on = '2099-01-01' WHERE id = 1"))

    assert "other rows of the log count on basis cleared than did then" in " ".join(faults_of(engine))


def test_another_wording_is_no_fault(engine, monkeypatch):
    sent(engine)
    monkeypatch.setattr("models.meetings.questions.SENTENCES", dict.fromkeys(QuestionRule, "Asked otherwise."))
    monkeypatch.setattr("reports.parts.changes.change_text", lambda *_: "Said otherwise.")

    assert [] == faults_of(engine)


def test_a_tampered_snapshot_is_named(engine):
    sent(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER snapshot_no_update"))
        connection.execute(text("UPDATE snapshot SET document = replace(document, 'Work goes on', 'All is done')"))

    changed_after = "snapshot 1 (AWGIPC-82, circulated, revision 1) was changed after it was taken"
    assert changed_after in " ".join(faults_of(engine))


def test_the_newest_snapshot_taken_away_is_missed(engine):
    sent(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER snapshot_no_delete"))
        connection.execute(text("DELETE FROM snapshot"))

    assert "snapshot 1 is not the one the audit trail says was taken" in " ".join(faults_of(engine))


@pytest.mark.parametrize(
    ("column", "value"), [("step", "'noted'"), ("rows_until", "99"), ("known_at", "'2027-05-01 00:00:00.000000'")]
)
def test_what_stands_beside_a_snapshot_s_document_must_say_the_same(engine, column, value):
    sent(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER snapshot_no_update"))
        connection.execute(text(f"UPDATE snapshot SET {column} = {value}"))

    assert f"its {column} beside the document is not that in it" in " ".join(faults_of(engine))


def test_history_imported_later_leaves_what_a_snapshot_says_of_earlier_meetings(engine):
    """AWGIPC 80 was before there were snapshots: nothing was reported at it, whatever is imported later."""
    mark = sent(engine)
    early = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), "2026-03-03T03:00:00Z")
    write(engine, cleared(percent=30, party="TL", valid_on="2026-03-02", **early), plan=plan(), now=LATER)

    assert faults_of(engine) == []
    with reading(engine) as session:
        first = overview(session, mark.view()).trend[0]
        assert (first.name, first.reported, first.restated.commitments_reported) == ("AWGIPC 80", None, 0)


def test_a_cycle_of_a_meeting_that_only_a_later_edition_knows_breaks_no_earlier_view(engine):
    mark = sent(engine)
    further = Meeting(key="AWGIPC-83", body="AWGIPC", number=83, start=date(2027, 7, 12), end=date(2027, 7, 15))
    later = plan().model_copy(update={"meetings": (*plan().meetings, further)})
    load(engine, later, now=LATER)
    with writing(engine) as session:
        open_cycle(Context(session, officer(session), later, LATER), further.key)

    assert faults_of(engine) == []
    with reading(engine) as session:
        assert figures(session, mark.view(), Grouping.PLAN)


def test_a_snapshot_taken_out_of_the_chain_is_missed(engine):
    sent(engine)
    do(engine, note, now=HELD)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER snapshot_no_delete"))
        connection.execute(text("DELETE FROM snapshot WHERE id = 1"))

    assert "snapshot 2 (AWGIPC-82, noted, revision 1) does not follow the one before it" in " ".join(faults_of(engine))


def test_not_applicable_stands_among_the_excluded(engine):
    write(engine, said(None, "03-03", status=Status.NOT_APPLICABLE.value, party="BN"), plan=plan())

    excluded = content(engine, sent(engine)).excluded

    assert [(one.initiative, one.party, one.reason) for one in excluded if one.reason == "not_applicable"] == [
        ("I02", "BN", "not_applicable")
    ]


def test_a_view_of_the_snapshot_answers_as_it_did(engine):
    mark = sent(engine)
    write(engine, said(30, "03-05", party="BN"), plan=plan(), now=LATER)
    frozen = content(engine, mark)

    with reading(engine) as session:
        assert figures(session, mark.view(), Grouping.MEASURE) == frozen.rows(Grouping.MEASURE)
        unbounded = replace(mark.view(), rows_until=10**9)
        assert figures(session, unbounded, Grouping.MEASURE) != frozen.rows(Grouping.MEASURE)
