"""What the secretariat looks through: the queue beside what is cleared, who is silent, and what to ask."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from models.core.errors import NotPermitted, UpdateRefused
from models.core.text import public_text
from models.core.vocabulary import Grouping, Kind, Role
from models.figures.rollup import roll_up
from models.meetings.cycles import open_cycle
from models.meetings.questions import LOOKED_BACK, QuestionRule, questions_for
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.plan.schema_parts import Meeting
from models.progress.clearing import clear
from models.reporting.review_queue import latest_view, review
from models.store.database import reading, writing
from tests.kit.builders import CHAIR, LOADED, NOW, OFFICER, changed, cleared, entry, load, officer, tiny_plan, write

OPENED = datetime(2027, 1, 12, tzinfo=UTC)
MEETING = Meeting(key="AWGIPC-81", body="AWGIPC", number=81, start=date(2027, 3, 8), end=date(2027, 3, 11))
WG_CHAIR = User(9, (RoleAssignment(Role.CHAIR, "AWGIPC"),))
BODY_CHAIR = User(9, (RoleAssignment(Role.CHAIR, "TMTF"),))
FOCAL_POINT = User(9, (RoleAssignment(Role.FOCAL_POINT, "KH"),))


def plan():
    return tiny_plan().model_copy(update={"meetings": (MEETING,)})


@pytest.fixture(autouse=True)
def _plan(engine):
    load(engine, plan())


def open_one(engine):
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, plan(), OPENED), MEETING.key)


def read_review(engine):
    with reading(engine) as session:
        return review(Context.at(session, officer(session), NOW))


def read_questions(engine, by=None):
    with reading(engine) as session:
        return questions_for(Context.at(session, by or officer(session), NOW), latest_view(plan(), NOW))


def test_only_what_waits_stands_in_the_queue(engine):
    moment = "2027-03-05T09:00:00Z"
    (waiting, *_) = write(
        engine,
        entry(),
        cleared(party="BN"),
        entry(party="BN", returned_at=moment),
        entry(party="BN", withdrawn_at=moment),
        entry(party="BN", submitted_at=None),
        entry(party="BN", kind="nil", status=None, percent=None, narrative=None),
    )

    assert [one.row for one in read_review(engine).queue] == [waiting]


def test_a_remark_waits_too(engine):
    write(engine, entry(kind="remark", status=None, percent=None))

    assert [one.kind for one in read_review(engine).queue] == [Kind.REMARK]


def test_bodies_come_first_then_states_in_the_plan_s_order(engine):
    write(engine, entry("I03", "KH"), entry(party="KH"), entry(party="BN"), entry("I01", "ASEAN", percent=None))

    assert [one.name for one in read_review(engine).queue] == ["I01/ASEAN", "I02/BN", "I02/KH", "I03/KH"]
    assert dict(read_review(engine).speakers) == {plan().initiative["I01"].lead: 1, "BN": 1, "KH": 2}


def test_each_field_stands_beside_what_is_cleared(engine):
    write(engine, cleared(percent=25, next_step="Ask the offices"), entry(percent=50, obstacles="No money"))

    (one,) = read_review(engine).queue
    fields = {field.label: (field.before, field.after) for field in one.fields}
    assert fields["Status"] == ("Ongoing", "Ongoing")
    assert fields["How far"] == ("25 drafting begun", "50 draft circulated")
    assert fields["Obstacles"] == ("", "No money")
    assert fields["Next step"] == ("Ask the offices", "")


def test_it_says_who_wrote_it_when_and_what_it_rests_on(engine):
    write(engine, entry(evidence=[{"document": "Record, para 3"}]))

    (one,) = read_review(engine).queue
    assert (one.author, one.submitted_on, one.valid_on) == (CHAIR, date(2027, 3, 2), date(2027, 3, 1))
    assert [item.document for item in one.evidence] == ["Record, para 3"]


@pytest.mark.parametrize(
    ("before", "status", "effect"),
    [
        (None, "ongoing", None),
        (None, "not_applicable", "not_applicable"),
        ("not_applicable", "ongoing", "applicable_again"),
        ("not_applicable", "not_applicable", None),
    ],
)
def test_what_clearing_it_does_to_the_count_is_said(engine, before, status, effect):
    if before:
        write(engine, cleared(status=before))
    write(engine, entry(status=status))

    (one,) = read_review(engine).queue
    assert one.effect == effect


ROLES = {
    "an officer": (RoleAssignment(Role.SECRETARIAT),),
    "an officer who is focal point too": (RoleAssignment(Role.SECRETARIAT), RoleAssignment(Role.FOCAL_POINT, "KH")),
    "an officer who is chair too": (RoleAssignment(Role.SECRETARIAT), RoleAssignment(Role.CHAIR, "TMTF")),
}


@pytest.mark.parametrize("roles", ROLES.values(), ids=ROLES.keys())
def test_the_queue_says_of_every_row_what_the_act_says(engine, roles):
    said = (
        entry,
        partial(entry, status="not_applicable"),
        partial(entry, kind="remark", status=None, percent=None),
        partial(entry, "I01", "ASEAN", percent=None, deliverables_done=("D1",)),
    )
    authors = [{"author": author} for author in (CHAIR, OFFICER)]
    authors += [{"author": OFFICER, "on_behalf_of": speaker} for speaker in ("KH", "BN", "TMTF")]
    write(engine, *(statement(**author) for statement in said for author in authors))
    with reading(engine) as session:
        by = User(officer(session).person_id, roles)
        queue = review(Context.at(session, by, NOW)).queue

    assert len(queue) == 20
    assert {"", "own"} == {one.why_not and "own" for one in queue}
    for waiting in queue:
        assert waiting.why_not == refusal_of(engine, by, waiting.row, public_text("A reason"))
        needs_a_reason = "A reason is missing" in refusal_of(engine, by, waiting.row, None)
        assert needs_a_reason == bool(waiting.effect and not waiting.why_not)


def refusal_of(engine, by, row, reason):
    """What clearing the row is refused with; empty where it is not. It stays as it was."""
    with writing(engine) as session:
        try:
            clear(Context.at(session, by, NOW), row, reason=reason)
        except UpdateRefused as refusal:
            return str(refusal)
        finally:
            session.rollback()
    return ""


def test_who_is_silent_is_stated_by_body_and_state(engine):
    open_one(engine)
    write(engine, entry(), plan=plan())

    result = read_review(engine)
    assert result.cycle.meeting == MEETING
    assert result.owed == {
        plan().initiative["I01"].lead: (("I01", "ASEAN"),),
        "BN": (("I02", "BN"), ("I03", "BN")),
        "KH": (("I03", "KH"),),
        "TL": (("I02", "TL"),),
    }


def test_without_an_open_cycle_nobody_owes_anything(engine):
    assert (read_review(engine).cycle, read_review(engine).owed) == (None, {})


def test_reported_and_cleared_figures_stand_side_by_side(engine):
    write(engine, cleared(percent=20), entry(percent=80))

    result = read_review(engine)
    percents = [roll_up(one, Grouping.STATE)[1].progress_percent for one in (result.cleared, result.reported)]
    assert percents == [10, 40]


@pytest.mark.parametrize("by", [PUBLIC, BODY_CHAIR, WG_CHAIR])
def test_what_is_not_cleared_is_read_by_the_secretariat_alone(engine, by):
    with reading(engine) as session, pytest.raises(NotPermitted):
        review(Context.at(session, by, NOW))


def test_the_chair_of_the_working_group_reads_the_questions(engine):
    assert read_questions(engine, WG_CHAIR) == ()


@pytest.mark.parametrize("by", [PUBLIC, BODY_CHAIR, FOCAL_POINT])
def test_nobody_else_reads_them(engine, by):
    with pytest.raises(NotPermitted):
        read_questions(engine, by)


def test_questions_rest_on_what_is_cleared_with_the_rows_behind_them(engine):
    first, second, _ = write(
        engine,
        cleared(percent=50),
        cleared(percent=25, valid_on="2027-03-02"),
        entry(percent=10, narrative="Not cleared."),
    )

    (down, *others) = [one for one in read_questions(engine) if one.rule is not QuestionRule.SAME_WORDS]
    assert (down.rule, down.rows, others) == (QuestionRule.DOWN_UNEXPLAINED, (first, second), [])


def test_evidence_is_new_when_no_earlier_statement_named_it(engine):
    write(
        engine,
        cleared(percent=10, evidence=[{"document": "A"}]),
        cleared(percent=25, valid_on="2027-03-02", evidence=[{"document": "A"}]),
    )

    assert [one.rule for one in read_questions(engine)] == [QuestionRule.UP_UNEVIDENCED]


def test_a_statement_belongs_to_the_cycle_it_was_submitted_in(engine):
    early = {"entered_at": "2027-01-10T09:00:00Z", "submitted_at": "2027-01-10T09:00:00Z"}
    open_one(engine)
    write(engine, cleared(valid_on="2027-01-09", **early), cleared(), plan=plan())

    assert [one.rule for one in read_questions(engine)] == []


def test_due_dates_are_compared_edition_by_edition(engine):
    current = changed(plan(), "I02", due=date(2028, 1, 1))
    for number, day in enumerate((date(2028, 1, 1), date(2028, 2, 1), date(2028, 3, 1)), start=1):
        current = changed(current, "I02", due=day).model_copy(update={"version": f"1.{number}"})
        load(engine, current, now=LOADED.replace(day=LOADED.day + number))

    result = {one.commitment: one.sentence for one in read_questions(engine)}
    assert result["I02", "KH"].startswith("The due date was moved 3 times")


def test_a_clearance_of_one_s_own_is_asked_about(engine):
    write(engine, cleared(author=OFFICER, on_behalf_of="KH"))

    (one,) = read_questions(engine)
    assert one.sentence == "Cleared by the person who wrote it, on behalf of KH."


def test_a_long_log_is_looked_at_from_its_end(engine):
    rows = write(
        engine,
        *(cleared(percent=40, narrative=f"Step {step}.", valid_on=f"2027-01-{step:02}") for step in range(1, 30)),
        cleared(percent=30, valid_on="2027-02-01"),
    )

    assert len(rows) > LOOKED_BACK
    (one,) = read_questions(engine)
    assert one.rows == tuple(rows[-2:])
