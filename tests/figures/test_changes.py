"""What changed between two assessments, told by what happened, and what needs attention."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.core.vocabulary import ASEAN, Grouping, LedgerEventKind, Status, Wording
from models.figures.assess import assessment
from models.figures.attention import awaited, needs_attention
from models.figures.changes import (
    NO_REASONS,
    ChangeKind,
    ChangeReasons,
    DateChange,
    Reason,
    ReportedChange,
    ScopeChange,
    changes_between,
)
from models.figures.rollup import assess, roll_up
from models.plan.canonical import from_document
from models.plan.editions import originals
from models.plan.schema import AtLeast, Exit
from models.progress.latest import View
from models.progress.statement import Statement
from reports.parts.changes import (
    bridge_lines,
    change_lines,
    changes_title,
    comparison_title,
    in_lines,
    smaller_movements,
)
from tests.figures.test_assess import FIRST_LOAD, SECOND_LOAD, filled
from tests.kit import plans
from tests.kit.builders import changed, statement, tiny_plan
from tests.kit.oracle import Oracle

DAY = date(2027, 3, 1)
PERCENTS = {Status.NOT_STARTED: 0, Status.COMPLETED: 100, Status.NOT_APPLICABLE: 0}
BY_PLAN = {ChangeKind.ENTERED, ChangeKind.LEFT, ChangeKind.COUNTED_OTHERWISE}


def on_tiny_plan(latest, *, as_of=DAY, plan=None, before=()):
    known = plan or tiny_plan()
    return assess(known, latest, as_of=as_of, originals=originals([*before, known]))


def lines(before, after, reasons=NO_REASONS):
    changes = changes_between(before, after, reasons)
    return [(line.kind, line.initiative and line.initiative.key, line.text) for line in change_lines(changes)]


def said(status, percent=40):
    return Statement(1, status, PERCENTS.get(status, percent), DAY)


@st.composite
def statuses(draw, plan):
    """Any latest statement, or none, on each commitment."""
    drawn = {
        commitment: (draw(st.sampled_from([None, *Status])), draw(st.sampled_from([0, 40, 60])))
        for commitment in plan.commitments()
    }
    return {commitment: said(status, percent) for commitment, (status, percent) in drawn.items() if status}


@st.composite
def states(draw):
    """Two assessed states: two editions, two days, any statements in each."""
    documents = draw(plans.editions())
    known = [from_document(document) for document in documents]
    first = originals(known[:1]), originals(known)
    return [
        assess(plan, draw(statuses(plan)), as_of=draw(plans.days), originals=stated)
        for plan, stated in zip(known, first, strict=True)
    ]


@settings(max_examples=40)
@given(states())
def test_the_bridge_adds_up_and_ends_where_the_rollups_do(sides):
    changes = changes_between(*sides)
    (start,), (end,) = (roll_up(side, Grouping.PLAN) for side in sides)

    for bridge in (changes.completed, changes.in_scope):
        assert bridge.start + bridge.completed + bridge.entered - bridge.left - bridge.reopened == bridge.end
    assert (changes.completed.start, changes.completed.end) == (start.completed, end.completed)
    assert (changes.in_scope.start, changes.in_scope.end) == (start.in_scope, end.in_scope)


@settings(max_examples=40)
@given(states())
def test_what_completed_and_the_count_gained_is_what_the_list_says(sides):
    """Completions less reopenings, and what entered, left or is counted otherwise, explain every difference of n."""
    before, after = sides
    changes = changes_between(before, after)
    listed = {kind: {change.initiative for change in changes.of_kind(kind)} for kind in ChangeKind}
    done, undone = ({one.key for one in side.standings if one.completed} for side in sides)
    explained = BY_PLAN | {ChangeKind.COMPLETED, ChangeKind.REOPENED}

    for key in done ^ undone:
        assert any(key in listed[kind] for kind in explained), key
    assert listed[ChangeKind.COMPLETED] <= undone - done
    assert listed[ChangeKind.REOPENED] <= done - undone


MIRRORED = {
    ChangeKind.COMPLETED: ChangeKind.REOPENED,
    ChangeKind.STATES_COMPLETED: ChangeKind.STATES_REOPENED,
    ChangeKind.PROGRESSED: ChangeKind.REVISED,
    ChangeKind.SUSPENDED: ChangeKind.RESUMED,
    ChangeKind.FIRST_REPORT: ChangeKind.REPORT_WITHDRAWN,
    ChangeKind.ENTERED: ChangeKind.LEFT,
    ChangeKind.COUNTED_OTHERWISE: ChangeKind.COUNTED_OTHERWISE,
}
MIRRORED |= {back: there for there, back in MIRRORED.items()}


@settings(max_examples=40)
@given(states())
def test_backwards_every_report_and_every_entry_is_turned_round(sides):
    before, after = sides
    there, back = changes_between(before, after), changes_between(after, before)

    def told(changes, kinds):
        return {(kinds[change.kind], change.initiative) for change in changes.listed if change.kind in MIRRORED}

    assert told(there, MIRRORED) == told(back, {kind: kind for kind in ChangeKind})


@settings(max_examples=20)
@given(states())
def test_a_state_differs_in_nothing_from_itself(sides):
    changes = changes_between(sides[0], sides[0])

    assert changes.listed == ()
    assert comparison_title(changes) == "No differences"
    assert changes_title(changes, "AWGIPC 80").startswith("No change since AWGIPC 80: nothing new was reported")


def percent_in_words(row):
    fixed = {"completed": 100, "not_started": 0}
    return 0 if row is None else fixed[row["status"]] if row["status"] in fixed else row["percent"]


def in_words_of_the_method(old, new):
    """What happened to a commitment, read from its two lines of the log by method.md alone."""
    was, now = (None if row is None else row["status"] for row in (old, new))
    first, then = (percent_in_words(row) for row in (old, new))
    if (was, first) == (now, then):
        return None
    if now == "completed":
        return "completed"
    if was == "completed":
        return "reopened"
    if was is None or now is None:
        return "first_report" if was is None else "report_withdrawn"
    if "suspended" in {was, now} and was != now:
        return "suspended" if now == "suspended" else "resumed"
    return "revised" if then < first or (then == first and now == "not_started") else "progressed"


@settings(max_examples=60)
@given(st.data(), plans.editions(), st.tuples(plans.days, plans.days), st.tuples(plans.moments, plans.moments))
def test_what_parties_did_is_what_an_independent_reading_of_the_log_says(data, documents, as_of, known_at):
    bare = [plans.document([one | {"deliverables": []} for one in each["initiatives"]]) for each in documents]
    log = data.draw(plans.logs(bare[0]))
    with filled(bare, log) as (session, first, second):
        views = [View(day, moment) for day, moment in zip(sorted(as_of), sorted(known_at), strict=True)]
        sides = [assessment(session, view) for view in views]
        known = [[first, second] if view.known_at >= SECOND_LOAD else [first] for view in views]
        oracles = [
            Oracle(editions, log, view.as_of, view.known_at, "cleared", first)
            for editions, view in zip(known, views, strict=True)
        ]
    counted = [
        {(one["key"], party) for one in oracle.plan["initiatives"] for party in oracle.in_scope(one)}
        for oracle in oracles
    ]
    expected = {}
    for commitment in counted[0] & counted[1]:
        kind = in_words_of_the_method(*(oracle.latest.get(commitment) for oracle in oracles))
        if kind:
            expected[commitment] = kind

    changes = changes_between(sides[0], sides[1])
    told = {
        (change.initiative, step.party): change.kind.value.removeprefix("states_")
        for change in changes.listed
        if isinstance(change, ReportedChange)
        for step in change.steps
    }
    moved = [change for change in changes.listed if isinstance(change, ScopeChange)]
    entered = {change.initiative for change in moved if change.kind is ChangeKind.ENTERED}
    left = {change.initiative for change in moved if change.kind is ChangeKind.LEFT}

    assert told == expected
    assert entered == {key for key, _ in counted[1] - counted[0]}
    assert left == {key for key, _ in counted[0] - counted[1]}
    assert FIRST_LOAD < SECOND_LOAD


ACTS = re.compile(r"\b(completed|reopened|moved|revised|progressed|suspended|resumed|report)\b", re.IGNORECASE)


@st.composite
def same_log_other_members(draw):
    """Two editions with the same dates and wordings, and the same statements, read on two days."""
    documents = draw(plans.editions())
    dates = {one["key"]: one for one in documents[0]["initiatives"]}
    kept = ("wording", "assumed", "due", "due_by_state", "title")
    later = [one | {name: dates.get(one["key"], one)[name] for name in kept} for one in documents[1]["initiatives"]]
    same = plans.document([one | {"start": "2026-01-01"} for one in later])
    first = plans.document([one | {"start": "2026-01-01"} for one in documents[0]["initiatives"]])
    known = [from_document(first), from_document(same)]
    latest = draw(statuses(known[0])) | draw(statuses(known[1]))
    return [
        assess(plan, latest, as_of=draw(plans.days), originals=originals(known[: number + 1]))
        for number, plan in enumerate(known)
    ]


@settings(max_examples=80)
@given(same_log_other_members())
def test_without_a_new_row_or_another_date_nothing_is_stated_as_an_act(sides):
    """Whatever joins, leaves or is amended: an aggregate that moves because its members changed is nobody's act."""
    changes = changes_between(*sides)

    assert {change.kind for change in changes.listed} <= BY_PLAN
    assert [line.text for line in change_lines(changes) if ACTS.search(line.text)] == []


@settings(max_examples=80)
@given(st.data(), plans.editions(), plans.days)
def test_as_many_dates_are_stated_as_moved_as_the_rollup_counts(data, documents, as_of):
    """Since the first edition, of a plan whose members stayed."""
    fields = ("wording", "assumed", "due", "due_by_state")
    second = {one["key"]: one for one in documents[1]["initiatives"]}
    dated = [
        one | {"start": "2026-01-01", "joins": {}} | {name: second[one["key"]][name] for name in fields}
        for one in documents[0]["initiatives"]
    ]
    for one in dated:
        one["due_by_state"] = {state: due for state, due in one["due_by_state"].items() if state in one["states"]}
    first = [one | {"start": "2026-01-01", "joins": {}} for one in documents[0]["initiatives"]]
    known = [from_document(plans.document(first)), from_document(plans.document(dated))]
    latest = data.draw(statuses(known[0]))
    sides = [
        assess(plan, latest, as_of=as_of, originals=originals(known[: number + 1])) for number, plan in enumerate(known)
    ]

    changes = changes_between(sides[0], sides[1])
    (counted,) = roll_up(sides[1], Grouping.PLAN)

    assert len(changes.of_kind(ChangeKind.DATE_MOVED)) == counted.due_moved
    moved = {one.key for one in sides[1].standings if one.due != one.original_due}
    assert {change.initiative for change in changes.of_kind(ChangeKind.DATE_MOVED)} == moved
    own = {
        (change.initiative, party)
        for change in changes.listed
        if isinstance(change, DateChange) and change.kind is ChangeKind.STATE_DATE_MOVED
        for party in change.parties
    }
    for one in sides[1].standings:
        for commitment in one.commitments:
            if (one.key, commitment.party) in own:
                assert commitment.due != commitment.original_due


def test_nothing_changed():
    now = on_tiny_plan({("I01", "ASEAN"): statement(40)})

    assert lines(now, now) == []


def test_kinds_come_in_their_order_and_name_the_parties_that_did_it():
    before = on_tiny_plan({("I01", "ASEAN"): statement(60), ("I03", "BN"): statement(10), ("I03", "KH"): statement(10)})
    after = on_tiny_plan(
        {
            ("I01", "ASEAN"): statement(45),
            ("I02", "KH"): statement(20),
            ("I03", "BN"): said(Status.COMPLETED),
            ("I03", "KH"): said(Status.COMPLETED),
        }
    )

    assert lines(before, after) == [
        (ChangeKind.COMPLETED, "I03", "by Brunei Darussalam and Cambodia"),
        (ChangeKind.REVISED, "I01", "from 60 % to 45 %"),
        (ChangeKind.FIRST_REPORT, "I02", "Cambodia 20 %"),
    ]
    title = changes_title(changes_between(before, after), "AWGIPC 80")
    assert title == "Since AWGIPC 80: 1 completed, 1 revised downward, 1 first report; N unchanged at 3"


@pytest.mark.parametrize(
    ("old", "new", "kind", "text"),
    [
        (said(Status.COMPLETED), statement(90), ChangeKind.REOPENED, "from completed to 90 %"),
        (said(Status.COMPLETED), None, ChangeKind.REOPENED, "from completed to no report"),
        (statement(40), statement(60), ChangeKind.PROGRESSED, "from 40 % to 60 %"),
        (said(Status.NOT_STARTED), statement(0), ChangeKind.PROGRESSED, "from not started to 0 %"),
        (statement(40), said(Status.NOT_STARTED), ChangeKind.REVISED, "from 40 % to not started"),
        (statement(40), said(Status.SUSPENDED), ChangeKind.SUSPENDED, "from 40 % to suspended, 40 %"),
        (said(Status.SUSPENDED), statement(30), ChangeKind.RESUMED, "from suspended, 40 % to 30 %"),
        (statement(40), None, ChangeKind.REPORT_WITHDRAWN, "from 40 % to no report"),
        (None, statement(25), ChangeKind.FIRST_REPORT, "25 %"),
        (None, said(Status.COMPLETED), ChangeKind.COMPLETED, ""),
    ],
)
def test_each_act_is_stated_by_what_happened(old, new, kind, text):
    sides = [on_tiny_plan({("I01", ASEAN): told} if told else {}) for told in (old, new)]

    assert lines(*sides) == [(kind, "I01", text)]


def test_a_state_that_completes_its_part_is_stated_though_the_initiative_is_not_complete():
    assert lines(on_tiny_plan({}), on_tiny_plan({("I02", "KH"): said(Status.COMPLETED)})) == [
        (ChangeKind.STATES_COMPLETED, "I02", "by Cambodia")
    ]


def test_steps_forward_come_last_and_the_smallest_of_them_at_the_end():
    before = on_tiny_plan({("I01", ASEAN): statement(10), ("I02", "KH"): statement(10), ("I03", "KH"): statement(50)})
    after = on_tiny_plan({("I01", ASEAN): statement(15), ("I02", "KH"): statement(60), ("I03", "KH"): statement(20)})
    told = change_lines(changes_between(before, after))

    assert [line.initiative and line.initiative.key for line in told] == ["I03", "I02", "I01"]
    assert smaller_movements(told, 2) == "1 smaller movement"
    assert smaller_movements(told, 0) == "3 further changes"
    assert smaller_movements(told, 3) == ""


def test_a_due_date_that_moved_is_stated_in_days_with_its_reason():
    later = changed(tiny_plan(), "I01", due=date(2029, 6, 30))
    reasons = ChangeReasons({"I01": Reason("More time", "AWGIPC-80")}, {})

    assert lines(on_tiny_plan({}), on_tiny_plan({}, plan=later, before=[tiny_plan()]), reasons) == [
        (
            ChangeKind.DATE_MOVED,
            "I01",
            "181 days later, from 31 Dec 2028 to 30 Jun 2029: More time (decided at AWGIPC 80)",
        )
    ]


def test_the_date_of_one_state_is_not_that_of_the_initiative():
    dates = tiny_plan().initiative["I02"].due_by_state
    own = changed(tiny_plan(), "I02", due_by_state={**dates, "KH": date(2029, 6, 30)})

    ((kind, key, text),) = lines(on_tiny_plan({}), on_tiny_plan({}, plan=own, before=[tiny_plan()]))

    assert (kind, key) == (ChangeKind.STATE_DATE_MOVED, "I02")
    assert text == "Cambodia, 184 days earlier, from 31 Dec 2029 to 30 Jun 2029"


def test_official_text_is_one_line_however_many_dates_come_with_it():
    """An assumed date that the official text replaces was set and not moved."""
    official = {"wording": Wording.OFFICIAL, "assumed": ()}
    adopted = changed(changed(tiny_plan(), "I01", due=date(2028, 6, 30), **official), "I03", **official)
    after = on_tiny_plan({}, plan=adopted, before=[tiny_plan()])

    assert lines(on_tiny_plan({}), after) == [(ChangeKind.TEXT_ADOPTED, None, "2 titles, 1 date set")]
    assert roll_up(after, Grouping.PLAN)[0].due_moved == 0
    assert changes_title(changes_between(on_tiny_plan({}), after), "AWGIPC 80") == (
        "Since AWGIPC 80: official text adopted (2 titles, 1 date set); N unchanged at 3"
    )


def test_an_official_date_that_moves_after_it_was_set_is_stated_as_both():
    official = {"wording": Wording.OFFICIAL, "assumed": ()}
    adopted = changed(tiny_plan(), "I01", due=date(2028, 6, 30), **official)
    moved = changed(adopted, "I01", due=date(2029, 6, 30))
    after = on_tiny_plan({}, plan=moved, before=[tiny_plan(), adopted])

    assert [kind for kind, *_ in lines(on_tiny_plan({}), after)] == [ChangeKind.TEXT_ADOPTED, ChangeKind.DATE_MOVED]


def test_a_state_that_leaves_moves_no_date_and_nobody_back():
    """Its own later date and its progress went with it; nobody did anything but leave."""
    plan = changed(tiny_plan(), "I02", due_by_state={"KH": date(2030, 12, 31)})
    latest = {("I02", "KH"): statement(60), ("I02", "BN"): statement(20)}
    after = latest | {("I02", "KH"): said(Status.NOT_APPLICABLE)}
    reasons = ChangeReasons({}, {("I02", "KH", LedgerEventKind.NOT_APPLICABLE): Reason("No such office")})

    assert lines(on_tiny_plan(latest, plan=plan), on_tiny_plan(after, plan=plan), reasons) == [
        (ChangeKind.LEFT, "I02", "Cambodia, not applicable (1 Mar 2027): No such office")
    ]


def test_states_that_left_by_one_decision_are_one_change_whoever_left_by_another():
    decided = {"BN": "AWGIPC-80", "KH": "AWGIPC-81", "TL": "AWGIPC-80"}
    gone = {("I02", state): said(Status.NOT_APPLICABLE) for state in decided}
    scope = {
        ("I02", state, LedgerEventKind.NOT_APPLICABLE): Reason("No such office", at) for state, at in decided.items()
    }

    left = [text for kind, _, text in lines(on_tiny_plan({}), on_tiny_plan(gone), ChangeReasons({}, scope))]

    assert [text.rpartition("decided at ")[2] for text in left] == ["AWGIPC 80)", "AWGIPC-81)"]


def test_what_an_edition_took_out_is_not_called_not_applicable():
    without = changed(tiny_plan(), "I02", states=("BN",))

    ((kind, key, text),) = lines(on_tiny_plan({}), on_tiny_plan({}, plan=without))

    assert (kind, key) == (ChangeKind.LEFT, "I02")
    assert "no longer a participating state" in text or "no longer participating states" in text


def test_an_initiative_that_is_complete_without_one_that_left_is_counted_otherwise():
    parties = [party for _, party in tiny_plan().initiative["I03"].commitments]
    latest = {("I03", party): said(Status.COMPLETED) for party in parties[1:]} | {("I03", parties[0]): statement(40)}
    sides = on_tiny_plan(latest), on_tiny_plan(latest | {("I03", parties[0]): said(Status.NOT_APPLICABLE)})
    changes = changes_between(*sides)

    assert [line.kind for line in change_lines(changes)] == [ChangeKind.LEFT, ChangeKind.COUNTED_OTHERWISE]
    assert changes_between(*reversed(sides)).completed.left == 1
    assert (changes.completed.completed, changes.completed.entered, changes.completed.end) == (0, 1, 1)


def test_another_rule_or_weight_is_stated():
    ruled = changed(tiny_plan(), "I02", rule=AtLeast(at_least=1), weight=2)

    assert lines(on_tiny_plan({}), on_tiny_plan({}, plan=ruled)) == [
        (ChangeKind.COUNTED_OTHERWISE, "I02", "another number of states must complete it; weight from 1 to 2")
    ]


def test_what_goes_out_of_force_is_stated_once_with_its_reason():
    withdrawn = Exit(on=DAY, reason="No longer needed", decided_at="AWGIPC-80")
    after = on_tiny_plan({}, plan=changed(tiny_plan(), "I02", withdrawn=withdrawn))

    assert lines(on_tiny_plan({}), after) == [
        (ChangeKind.LEFT, "I02", "withdrawn (1 Mar 2027): No longer needed (decided at AWGIPC 80)")
    ]


def test_what_is_not_in_force_on_the_earlier_day_is_not_called_withdrawn():
    plan = changed(tiny_plan(), "I02", in_force_from=date(2027, 1, 1))

    told = lines(on_tiny_plan({}, plan=plan), on_tiny_plan({}, plan=plan, as_of=date(2026, 6, 30)))

    assert [text for _, key, text in told if key == "I02"] == ["comes into force later"]


def test_a_comparison_is_printed_with_its_bridge_and_every_change():
    done = {commitment: said(Status.COMPLETED) for commitment in tiny_plan().initiative["I02"].commitments}
    changes = changes_between(on_tiny_plan({}), on_tiny_plan(done))
    printed = list(in_lines(changes))

    assert [(line.name, line.completed) for line in bridge_lines(changes)] == [
        ("At the start", "0"),
        ("+ completed", "1"),
        ("+ entered", "0"),
        ("− left", "0"),
        ("− reopened", "0"),
        ("= at the end", "1"),
    ]
    assert printed[0] == "Completed from 0 of 3 to 1 of 3: 1 completed; N unchanged at 3"
    assert printed[-1].startswith("  Completed: I02 ")


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
