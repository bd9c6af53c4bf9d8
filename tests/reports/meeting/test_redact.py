"""What each display and each scope has of a snapshot: what is not theirs is nowhere in the report."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.access.archive import ReportSource
from models.core.errors import NotFound
from models.core.vocabulary import ASEAN, Grouping, Step
from models.figures.changes import NO_REASONS, ChangeKind
from models.figures.rollup import figures_of, roll_up
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.past import Past
from models.meetings.snapshot import Snapshot
from models.meetings.snapshots import SnapshotMark
from models.people.visibility_rules import Detail, Display, shows
from models.progress.latest import EVERY_ROW
from reports.meeting.context import ReportContext
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope, redacted
from reports.parts.headlines import plan_group
from tests.figures.test_assess import FIRST_LOAD, SECOND_LOAD, filled
from tests.kit import plans
from tests.kit.oracle import Oracle
from tests.reports.meeting.meetings import PLAN, anew, report

AUTHOR = 987654321
MARKED: dict[Detail, dict[str, object]] = {
    Detail.NARRATIVE: {
        "narrative": "MARK-narrative",
        "next_step": "MARK-next-step",
    },
    Detail.PROPOSALS: {
        "request_reason": "MARK-reason",
        "proposed_due": "2033-03-03",
        "requested": "suspension",
    },
    Detail.OBSTACLES: {
        "obstacles": "MARK-obstacles",
        "support_needed": "MARK-support",
        "obstacle_kind": "money",
    },
    Detail.RESTRICTED_EVIDENCE: {
        "evidence": [
            {"document": "MARK-restricted", "public": False},
            {"document": "OPENED", "public": True},
        ]
    },
    Detail.PERSONS: {"author": AUTHOR},
}
MARKS = {
    Detail.NARRATIVE: ("MARK-narrative", "MARK-next-step"),
    Detail.PROPOSALS: ("MARK-reason", "3 Mar 2033", "that it be suspended"),
    Detail.OBSTACLES: ("MARK-obstacles", "MARK-support"),
    Detail.RESTRICTED_EVIDENCE: ("MARK-restricted",),
    Detail.NOT_CLEARED: ("MARK-submitted",),
    Detail.QUESTIONS: ("MARK-question",),
    Detail.PERSONS: ("MARK-person",),
    Detail.PARTIES: ("Cambodia",),
    Detail.OWED: ("Who owes reports",),
    Detail.CORRECTIONS: ("4 Apr 2034",),
    Detail.DECISIONS: ("MARK-decision",),
    Detail.PAPER_HEAD: ("MARK-agenda", "MARK-number", "MARK-classification", "MARK-invited"),
}
"""What would be found in a report that has the part."""
PEOPLE = {AUTHOR: "MARK-person"}
ASKED = {"rule": "same_words", "initiative": "I02", "party": "KH", "values": {"text": "MARK-question"}, "rows": []}
CORRECTED = {
    "initiative": "I02",
    "party": "KH",
    "before": None,
    "after": {"row": 1, "status": "ongoing", "percent": 50, "valid_on": "2034-04-04"},
}
PAPER = {
    "agenda_item": "MARK-agenda",
    "document_number": "MARK-number",
    "classification": "MARK-classification",
    "invited": ["MARK-invited"],
}
SCOPES = ("all", "body:AWGIPC", "body:TMTF", "state:KH", "state:BN")


@pytest.fixture(scope="module", name="marked")
def _marked(held):
    """The noted snapshot with every statement marked in every part."""
    document = held.noted.model_dump(mode="json")
    fields = {name: value for part in MARKED.values() for name, value in part.items()}
    statements = [one | fields for one in document["statements"]]
    submitted = [one | {"narrative": "MARK-submitted"} for one in document["submitted"]]
    return anew(
        held.noted,
        statements=statements,
        submitted=submitted,
        questions=[ASKED],
        corrections=[CORRECTED],
        paper=PAPER,
        owed=[("I02", "KH")],
        decisions=[decision | {"text": "MARK-decision"} for decision in document["decisions"]],
    )


def test_every_part_that_is_not_everybody_s_is_marked():
    assert set(Detail) == set(MARKS)


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("detail", MARKS)
def test_a_display_has_what_the_table_gives_it_and_nothing_else(marked, display, detail):
    told = repr(report(marked, display=display, people=PEOPLE))

    assert [mark for mark in MARKS[detail] if (mark in told) is not shows(display, detail)] == []


@pytest.mark.parametrize("display", Display)
def test_evidence_that_was_opened_stands_in_every_report(marked, display):
    assert "OPENED" in repr(report(marked, display=display))


@pytest.mark.parametrize("display", Display)
def test_the_key_of_a_person_stands_in_no_report(marked, display):
    assert str(AUTHOR) not in repr(report(marked, display=display))


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_tells_of_its_own_commitments_only(held, scope):
    statements = [
        one | {"narrative": f"SAID-{one['initiative']}/{one['party']}."}
        for one in held.noted.model_dump(mode="json")["statements"]
    ]
    told = repr(report(anew(held.noted, statements=statements), scope, Display.SECRETARIAT))

    about = ReportScope.parse(scope, PLAN)
    for one in statements:
        ours = about.whole or one["party"] == about.state or PLAN.initiative[one["initiative"]].lead == about.body
        assert (f"SAID-{one['initiative']}/{one['party']}." in told) is ours


@pytest.mark.parametrize("text", ["body:XX", "state:XX", "state:", "all:KH", "body", "everything", ""])
def test_a_scope_that_is_none_is_refused_in_words(text):
    with pytest.raises(NotFound, match="is not a scope; write all, or body: or state: with a key"):
        ReportScope.parse(text, PLAN)


@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_cut_is_not_changed_for_whoever_looks_at_the_whole(held, scope):
    before = held.noted.model_dump(mode="json")
    report(held.noted, scope, Display.MEETING)

    assert held.noted.model_dump(mode="json") == before


def figures_in(taken, about):
    """The scope's figures as its report computes them, under the name of the frozen row."""
    cut = redacted(taken, about, Display.SECRETARIAT)
    figures = figures_of(plan_group(cut.assessment), cut.as_of).to_json()
    return figures | {"key": about.body or about.state or taken.plan.key}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_s_figures_are_those_frozen_of_it(held, scope):
    for taken in (held.paper, held.noted, held.nothing):
        about = ReportScope.parse(scope, taken.plan)
        by, key = about.figures
        (frozen,) = [row.to_json() for row in taken.rows(by) if key in {None, row.key}]
        assert figures_in(taken, about) == frozen


@settings(max_examples=25)
@given(st.data(), plans.editions(), plans.days, st.one_of(plans.moments, st.just(plans.NOW)))
def test_for_any_plan_and_log_a_scope_s_figures_are_the_rolled_up_ones(data, documents, as_of, known_at):
    lines = data.draw(plans.logs(documents[0]))

    with filled(documents, lines) as (session, first, second):
        taken = compose(session, SnapshotRequest(as_of, known_at, EVERY_ROW))
    loaded = [one for one, at in ((first, FIRST_LOAD), (second, SECOND_LOAD)) if at <= known_at] or [first]
    oracle = Oracle(loaded, lines, as_of, known_at, "cleared", entered_under=first)
    scopes = [ReportScope(), *(ReportScope(body=key) for key in taken.plan.body)]
    scopes += [ReportScope(state=key) for key in taken.plan.state]
    for about in scopes:
        by, key = about.figures
        (expected,) = [row for row in oracle.rollup(by.value) if key in {None, row["key"]}]
        assert figures_in(taken, about) == expected


@pytest.mark.parametrize("scope", SCOPES)
def test_the_figures_of_a_report_s_records_are_its_own(held, scope):
    described = report(held.noted, scope)
    cut = redacted(held.noted, ReportScope.parse(scope, PLAN), Display.MEETING)
    records = described.records_of("figures")
    names = [field.name for field in records.fields]

    for row in records.rows:
        facts = dict(zip(names, row, strict=True))
        by = Grouping(str(facts["by"]))
        (rolled,) = [one.to_json() for one in roll_up(cut.assessment, by) if one.key == facts["key"]]
        assert {name: facts[name] for name in rolled.keys() & facts.keys()} == {
            name: rolled[name] for name in rolled.keys() & facts.keys()
        }
    assert ASEAN not in {row[1] for row in records.rows}


@pytest.mark.parametrize("display", Display)
def test_no_other_party_s_statement_influences_a_state_s_document(held, display):
    """Neither its figures and changes now, nor those it is compared with."""

    def others_completed(content):
        document = content.model_dump(mode="json")
        completed = {"status": "completed", "percent": None}
        document["statements"] = [
            one if one["party"] == "KH" else one | completed for one in document["statements"] if one["party"] != "BN"
        ]
        return Snapshot.model_validate(document)

    def told(content, past):
        source = ReportSource(content, "0" * 64, past, {})
        return repr(describe(source, scope=ReportScope(state="KH"), display=display))

    baseline = held.past.baseline
    others = replace(held.past, baseline=others_completed(baseline))

    assert told(held.noted, held.past) == told(others_completed(held.noted), others)
    assert "Since AWGIPC 81: 1 first report, 1 progressed" in told(held.noted, held.past)


@settings(max_examples=25)
@given(st.data(), plans.editions(), st.tuples(plans.days, plans.days), st.tuples(plans.moments, plans.moments))
def test_a_scope_s_headlines_change_by_what_its_list_says(data, documents, as_of, known_at):
    """For the whole plan, every body and every state; N and completed alike."""
    lines = data.draw(plans.logs(documents[0]))
    with filled(documents, lines) as (session, *_):
        before, after = (
            compose(session, SnapshotRequest(day, moment, EVERY_ROW))
            for day, moment in zip(sorted(as_of), sorted(known_at), strict=True)
        )
    mark = SnapshotMark(1, "AWGIPC-80", Step.NOTED, 1, before.as_of, before.known_at, EVERY_ROW, "0" * 64, None)
    source = ReportSource(after, "0" * 64, Past(mark, before, NO_REASONS, {}), {})
    scopes = [ReportScope(), *(ReportScope(body=key) for key in after.plan.body)]
    scopes += [ReportScope(state=key) for key in after.plan.state]
    for about in scopes:
        context = ReportContext(source, about, Display.MEETING)
        now = figures_of(plan_group(context.now), context.now.as_of)
        assert context.before
        assert context.changes
        then, changes = context.before.figures, context.changes
        done, counted = changes.completed, changes.in_scope
        assert (done.start, counted.start) == (then.completed, then.in_scope)
        assert (done.end, counted.end) == (now.completed, now.in_scope)
        assert done.start + done.completed + done.entered - done.left - done.reopened == done.end
        assert (done.completed, done.reopened) == tuple(
            len(changes.of_kind(kind)) for kind in (ChangeKind.COMPLETED, ChangeKind.REOPENED)
        )
        if not changes.listed and before.as_of == after.as_of:
            assert then.progress_percent == now.progress_percent
