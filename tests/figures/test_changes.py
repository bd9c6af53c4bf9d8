"""What changed between two assessments, and what needs attention, on the tiny plan."""

from datetime import date

from models.core.vocabulary import Status
from models.figures.attention import awaited, needs_attention
from models.figures.changes import ChangeKind, change_text, changes_between
from models.figures.rollup import assess
from tests.kit.builders import changed, statement, tiny_plan

DAY = date(2027, 3, 1)


def on_tiny_plan(latest, *, as_of=DAY, plan=None):
    return assess(plan or tiny_plan(), latest, as_of=as_of)


def lines(before, after):
    return [
        (change.kind, change.initiative, change_text(change, after.plan)) for change in changes_between(before, after)
    ]


def test_nothing_changed():
    now = on_tiny_plan({("I01", "ASEAN"): statement(40)})

    assert lines(now, now) == []


def test_groups_come_in_their_order():
    before = on_tiny_plan({("I01", "ASEAN"): statement(60), ("I03", "BN"): statement(10), ("I03", "KH"): statement(10)})
    after = on_tiny_plan(
        {
            ("I01", "ASEAN"): statement(45),
            ("I02", "KH"): statement(20),
            ("I03", "BN"): statement(100, Status.COMPLETED),
            ("I03", "KH"): statement(100, Status.COMPLETED),
        }
    )

    assert lines(before, after) == [
        (ChangeKind.COMPLETED, "I03", ""),
        (ChangeKind.MOVED_BACK, "I01", "from 60 % to 45 %"),
        (ChangeKind.FIRST_REPORT, "I02", "by Cambodia"),
    ]


def test_a_completion_taken_back_says_so():
    before = on_tiny_plan({("I01", "ASEAN"): statement(100, Status.COMPLETED)})
    after = on_tiny_plan({("I01", "ASEAN"): statement(90)})

    assert lines(before, after) == [(ChangeKind.MOVED_BACK, "I01", "from 100 % to 90 %, no longer completed")]


def test_a_due_date_that_moved():
    later = changed(tiny_plan(), "I01", due=date(2029, 6, 30))

    assert lines(on_tiny_plan({}), on_tiny_plan({}, plan=later)) == [
        (ChangeKind.DATE_MOVED, "I01", "from 31 Dec 2028 to 30 Jun 2029")
    ]


def test_what_is_not_applicable_leaves_the_count():
    latest = {("I01", "ASEAN"): statement(0, Status.NOT_APPLICABLE)}

    assert lines(on_tiny_plan({}), on_tiny_plan(latest)) == [
        (ChangeKind.DENOMINATOR, "I01", "left the count: not applicable")
    ]


def test_attention_is_ordered_by_days_then_points_then_the_plan():
    latest = {
        ("I01", "ASEAN"): statement(40),
        ("I03", "BN"): statement(0, Status.NOT_STARTED),
        ("I03", "KH"): statement(10),
    }
    rows = needs_attention(on_tiny_plan(latest, as_of=date(2029, 1, 10)))

    assert [(row.standing.key, row.health_label.word, row.reason) for row in rows] == [
        ("I01", "past an assumed date", "10 days past 31 Dec 2028"),
        ("I03", "at risk", "55 points behind expected"),
        ("I02", "no report", f"none of {len(rows[2].standing.commitments)} states has reported"),
    ]


def test_a_date_that_is_not_assumed_is_overdue():
    plan = changed(tiny_plan(), "I01", assumed=())
    (first, *_) = needs_attention(on_tiny_plan({("I01", "ASEAN"): statement(40)}, as_of=date(2029, 1, 1), plan=plan))

    assert first.health_label.word == "overdue"
    assert first.reason == "1 day past 31 Dec 2028"


def test_what_is_awaited_is_counted_by_lead_body():
    rows = awaited(on_tiny_plan({("I03", "BN"): statement(10)}))

    assert [(row.body, row.initiatives, row.commitments) for row in rows if row.body == "TMTF"] == [("TMTF", 2, 2)]
