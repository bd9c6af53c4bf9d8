"""Every sentence that gives a count with a reason is true of plan and log, on the page and in the document."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.core.text import day
from models.core.vocabulary import ASEAN, ExclusionReason, Grouping, Health, Status
from models.figures.rollup import assess, count_late, figures_of, groups
from models.figures.standing import Standing
from models.figures.trend import TrendPoint
from models.plan.canonical import from_document, to_document
from models.progress.statement import Statement
from reports.parts.counts import excluded_text, late_text, late_word, on_dates
from reports.parts.figure_line import figure_line
from reports.parts.glance import glance
from reports.parts.headlines import headlines, plan_group
from reports.parts.marks import ProgressMark
from reports.parts.tree import tree
from reports.parts.trend import describe_trend
from tests.kit import plans
from tests.kit.builders import changed, statement, tiny_plan
from tests.reports.meeting.meetings import anew, report, rows, section, words

STATUSES = {
    Status.NOT_STARTED: 0,
    Status.ONGOING: 40,
    Status.SUSPENDED: 40,
    Status.COMPLETED: 100,
    Status.NOT_APPLICABLE: 0,
}


@st.composite
def documents(draw):
    """A plan whose states join ASEAN, and some initiatives, before or after the day of a view."""
    keys = ["I1", "I2", "I3", "I4"]
    document = plans.document([draw(plans.initiatives(key)) for key in keys])
    states = [state | {"member_from": draw(plans.days).isoformat()} for state in document["states"]]
    return document | {"states": states}


@st.composite
def logs(draw, document):
    """The latest statement of some commitments: its status."""
    commitments = [(one["key"], party) for one in document["initiatives"] for party in one["states"] or [ASEAN]]
    return draw(st.dictionaries(st.sampled_from(commitments), st.sampled_from(list(STATUSES))))


def latest(statuses):
    return {
        commitment: Statement(row=1, status=status, percent=STATUSES[status], valid_on=plans.FIRST_DAY)
        for commitment, status in statuses.items()
    }


def reasons(document, statuses, initiative, as_of):
    """For each party that is not counted, why, read from the plan and the log."""
    members = {state["key"]: date.fromisoformat(state["member_from"]) for state in document["states"]}
    because: dict[str, tuple[ExclusionReason, date | None]] = {}
    for party in initiative["states"] or [ASEAN]:
        joins = date.fromisoformat(initiative["joins"].get(party, "2000-01-01"))
        if statuses.get((initiative["key"], party)) is Status.NOT_APPLICABLE:
            because[party] = (ExclusionReason.NOT_APPLICABLE, None)
        elif party != ASEAN and members[party] > as_of:
            because[party] = (ExclusionReason.NOT_A_MEMBER_YET, None)
        elif party != ASEAN and joins > as_of:
            because[party] = (ExclusionReason.JOINS_LATER, joins)
    return because


def in_force(initiative, as_of):
    return date.fromisoformat(initiative["in_force_from"]) <= as_of


@settings(max_examples=150)
@given(st.data(), documents(), plans.days)
def test_the_reasons_of_what_is_excluded_add_up_and_each_is_true(data, document, as_of):
    statuses = data.draw(logs(document))
    now = assess(from_document(document), latest(statuses), as_of=as_of)
    expected = {one["key"]: reasons(document, statuses, one, as_of) for one in document["initiatives"]}

    for by in Grouping:
        for group in groups(now, by):
            figures, text = figures_of(group, as_of), excluded_text(group.excluded)
            assert sum(group.excluded.values()) == figures.excluded
            total, *numbers = map(int, re.findall(r"(?:^|: |, )(\d+) ", text)) if text else (0,)
            assert (total, sum(numbers)) == (figures.excluded, figures.excluded)
    for group in groups(now, Grouping.INITIATIVE):
        parties = expected[group.key]
        for why in group.excluded:
            assert (why.reason, why.joins_on) in parties.values()
            if why.reason is ExclusionReason.NOT_APPLICABLE:
                assert {reason for reason, _ in parties.values()} == {why.reason}
    for group in groups(now, Grouping.STATE):
        own = [one for one in document["initiatives"] if group.key in one["states"] and in_force(one, as_of)]
        because = Counter(expected[one["key"]][group.key] for one in own if group.key in expected[one["key"]])
        assert {(why.reason, why.joins_on): number for why, number in group.excluded.items()} == because


def test_a_reason_is_stated_in_the_words_of_its_kind():
    plan = changed(changed(tiny_plan(), "I02", states=("TL",), joins={"TL": date(2028, 1, 1)}), "I03", states=())
    now = assess(plan, {("I01", ASEAN): statement(0, Status.NOT_APPLICABLE)}, as_of=date(2027, 6, 30))

    told = excluded_text(plan_group(now).excluded)
    assert told == "3 excluded: 1 not applicable, 1 joins on 1 Jan 2028, 1 without a party"
    early = assess(plan, {}, as_of=date(2025, 10, 1))
    assert excluded_text(plan_group(early).excluded) == ""
    before_it_joined = changed(plan, "I02", states=("TL",), joins={}, in_force_from=date(2025, 1, 1))
    not_yet = assess(before_it_joined, {}, as_of=early.as_of)
    assert excluded_text(plan_group(not_yet).excluded) == "1 excluded: 1 not a member yet"


def test_page_and_paper_give_the_same_reason(held):
    plan = changed(held.noted.plan, "I03", states=("TL",), joins={"TL": date(2028, 1, 1)})
    described = report(anew(held.noted, plan_document=to_document(plan)))
    now = assess(plan, {("I01", ASEAN): statement()}, as_of=held.noted.as_of)
    told = "1 excluded: 1 joins on 1 Jan 2028"

    assert told in headlines(now, None)[0].notes
    assert figure_line(plan_group(now), now).excluded == told
    assert rows(described, "headlines")[0][4].endswith(f"; {told}")


@settings(max_examples=100)
@given(st.data(), documents())
def test_around_every_due_date_late_is_what_was_due_before_the_day_and_is_not_completed(data, document):
    statuses = data.draw(logs(document))
    plan = from_document(document)
    dues = {due for one in plan.initiatives for due in (one.due, *one.due_by_state.values())}
    for as_of in {due + timedelta(days=shift) for due in dues for shift in (-1, 0, 1)}:
        now = assess(plan, latest(statuses), as_of=as_of)
        standings: list[Standing] = [*now.standings, *(part for row in now.standings for part in row.commitments)]
        for standing in standings:
            is_late = standing.due < as_of and not standing.completed
            assert standing.late is is_late
            if standing.health is not Health.SUSPENDED:
                assert is_late is (standing.health is Health.OVERDUE)
        for by in Grouping:
            for group in groups(now, by):
                late = count_late(group.members, as_of)
                assert late.number == sum(member.due < as_of and not member.completed for member in group.members)
                assert int(late_text(late).split()[0]) == late.number
                assert "late" not in late_text(late) or not late.assumed


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_headline_and_tables_agree_on_what_is_late_around_a_due_date(held, shift):
    plan = changed(held.noted.plan, "I02", due=date(2027, 7, 1), due_by_state={}, deliverables=(), assumed=())
    plan = changed(plan, "I01", assumed=())
    as_of = date(2027, 7, 1) + timedelta(days=shift)
    described = report(anew(held.noted, plan_document=to_document(plan), as_of=as_of.isoformat()))
    now = assess(plan, {("I02", "KH"): statement()}, as_of=as_of)
    late = {-1: "", 0: "0 late", 1: "1 late"}[shift]

    assert rows(described, "measures")[-1][6] == (late[:1] or "0")
    assert headlines(now, None)[2].notes[0] == (late or "first due 1 Jul 2027")
    assert rows(described, "headlines")[2][4] == (late or "nothing is due yet")


OVER = {"I01": date(2027, 1, 31), "I02": date(2027, 2, 28), "I03": date(2027, 3, 31)}


def with_assumed(plan, number):
    """The plan with this many of its three due dates assumed; all are over."""
    for position, (key, due) in enumerate(OVER.items()):
        fields: dict[str, Any] = {
            "assumed": ("due",) if position < number else (),
            "due": due,
            "due_by_state": {},
            "deliverables": (),
        }
        plan = changed(plan, key, **fields)
    return plan


TAGS = {0: "", 1: "partly on assumed dates (1 of 3)", 2: "partly on assumed dates (2 of 3)", 3: "on assumed dates"}
LATE = {
    0: "3 late",
    1: "3 past a due date, 1 of 3 an assumed date",
    2: "3 past a due date, 2 of 3 an assumed date",
    3: "3 past an assumed date",
}


@pytest.mark.parametrize("number", TAGS)
def test_each_place_says_how_many_of_its_dates_are_assumed(number):
    plan = with_assumed(tiny_plan(), number)
    now = assess(plan, {("I01", ASEAN): statement()}, as_of=date(2027, 6, 30))
    _, progress, due = headlines(now, None)
    bars = [row.progress for row in glance(now).rows] + [trunk.line.progress for trunk in tree(now).trunks]
    point = TrendPoint("AWGIPC 80", now.as_of, *[figures_of(plan_group(now), now.as_of)] * 2)
    trend = describe_trend([point, point], "AWGIPC 80").line

    assert on_dates(number, 3) == TAGS[number]
    assert progress.notes[0] == f"expected 100 % {TAGS[number]}".strip()
    assert due.notes[0].partition(" (")[0] == LATE[number]
    assert figure_line(plan_group(now), now).expected == f"100 % {TAGS[number]}".strip()
    assert trend is not None
    assert trend.lines[0].name == ", ".join(filter(None, ("expected", TAGS[number])))
    for bar in bars:
        tag = on_dates(bar.assumed, bar.dates)
        assert bar.percent is None or bar.sentence.endswith(f"expected 100 % {tag}".rstrip())
    assert sum(bar.assumed for bar in bars if bar.percent is not None) <= 2 * number


@pytest.mark.parametrize("number", TAGS)
def test_the_document_says_how_many_of_its_dates_are_assumed(held, number):
    plan = with_assumed(held.noted.plan, number)
    described = report(anew(held.noted, plan_document=to_document(plan)))
    mark = {0: "", 3: "*"}.get(number, "**")
    notes = {0: "", 3: "* on assumed dates."}.get(number, f"** partly on assumed dates: All ({number} of 3).")
    headings = [table.columns[6].title for key in ("measures", "bodies") for table in section(described, key).tables]

    _, progress, due = rows(described, "headlines")
    assert progress[4].endswith(f"100 % expected {TAGS[number]}".rstrip())
    assert due[4].startswith(LATE[number])
    assert set(headings) == {late_word(number, 3)}
    for key in ("measures", "bodies"):
        whole = rows(described, key)[-1]
        assert whole[4] == f"100 %{mark}"
        assert whole[6] == (f"3 ({number} assumed)" if number in {1, 2} else "3")
        assert all(part in words(described, key) for part in notes.split(": ")[-1:])
        assert ("assumed" in words(described, key)) is bool(number)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nobody_is_called_late_overdue_or_at_risk_on_an_assumed_date(held, number):
    plan = with_assumed(held.noted.plan, number)
    described = report(anew(held.noted, plan_document=to_document(plan)))
    titles = [column.title for part in described.sections for table in part.tables for column in table.columns]

    assert not {"Late", "Overdue"} & set(titles)
    for cells in rows(described, "attention"):
        key = cells[0].split()[0]
        assert ("past an assumed date" in cells[2]) is ("due" in plan.initiative[key].assumed)


def test_a_bar_without_figures_says_what_stands_in_their_place():
    assert ProgressMark(None, None).sentence == "no report yet"
    assert ProgressMark(None, None, instead="1 of 9 reported").sentence == "1 of 9 reported"
    assert day(date(2027, 2, 26)) == "26 Feb 2027"
