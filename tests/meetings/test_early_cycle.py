"""Early in the first cycle silence says nothing: no percentage is shown, and nobody needs attention for it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.access.archive import ReportSource
from models.core.vocabulary import Grouping, Health
from models.figures.assess import assessment, early_cycle, figures
from models.figures.attention import needs_attention
from models.figures.early_cycle import EarlyCycle
from models.figures.rollup import assess, roll_up
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.cycles import open_cycle
from models.meetings.snapshot import hash_of, read_snapshot, written
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.visibility_rules import Display
from models.plan.schema_parts import Meeting
from models.progress.latest import EVERY_ROW, View
from models.store.database import reading, writing
from reports.formats import Format, write
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.parts.bodies import bodies_title, body_lines
from reports.parts.counts import reported_text
from reports.parts.figure_line import figure_line
from reports.parts.glance import attention_title, glance
from reports.parts.headlines import citation, headlines, plan_group
from reports.parts.tree import tree
from tests.kit.builders import NO_PAST, cleared, load, statement, tiny_plan
from tests.kit.builders import write as record

OPENED = datetime(2027, 1, 12, tzinfo=UTC)
MEETING = Meeting(key="AWGIPC-81", body="AWGIPC", number=81, start=date(2027, 3, 8), end=date(2027, 3, 11))
DUE = date(2027, 2, 22)
PLAN = tiny_plan().model_copy(update={"meetings": (*tiny_plan().meetings, MEETING)})
COMMITMENTS = tuple(PLAN.commitments())
A_FIGURE = re.compile(r"%|\bpoints?\b|expected \d")
DAYS = (DUE - timedelta(days=1), DUE, DUE + timedelta(days=1))


def now(number, as_of, first_due=DUE):
    """The plan on a day with so many of its commitments reported."""
    latest = {commitment: statement(10) for commitment in COMMITMENTS[:number]}
    whole = assess(PLAN, latest, as_of=as_of)
    return replace(whole, early=early_cycle(whole, first_due))


def sentences(assessment):
    """Every title and figure that pages make of an assessment."""
    lines = [figure_line(plan_group(assessment), assessment), *(trunk.line for trunk in tree(assessment).trunks)]
    bars = [line.progress.sentence for line in lines] + [row.progress.sentence for row in glance(assessment).rows]
    values = [text for line in lines for text in (line.reached, line.expected)]
    titles = [glance(assessment).title, attention_title(assessment), tree(assessment).title]
    titles += [bodies_title(body_lines(assessment), assessment)]
    titles += [citation(assessment, view="", basis="Cleared", edition="1.0", sha256="0" * 64)]
    shown = [text for headline in headlines(assessment, None) for text in (headline.value, *headline.notes)]
    return [*bars, *values, *titles, *shown, *(row.reason for row in needs_attention(assessment))]


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("number", range(len(COMMITMENTS) + 1))
def test_percentages_are_withheld_until_reports_are_due_or_half_are_there(number, as_of):
    described = now(number, as_of)
    shows = bool(number) and (as_of >= DUE or 2 * number >= len(COMMITMENTS))

    assert described.shows_percentages is shows
    assert any(A_FIGURE.search(text) for text in sentences(described)) is shows
    assert bool(headlines(described, None)) is shows


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("number", range(1, len(COMMITMENTS) + 1))
def test_silence_needs_no_attention_before_its_time(number, as_of):
    described = now(number, as_of)
    silent = [row for row in described.standings if row.health is Health.NO_REPORT]
    told = [row.standing for row in needs_attention(described) if row.standing.health is Health.NO_REPORT]

    assert told == (silent if described.shows_percentages else [])
    if described.early:
        assert "attention" not in attention_title(described) + tree(described).title + glance(described).title


def test_the_headline_counts_who_reported_and_says_when_percentages_come():
    described = now(1, DAYS[0])
    told = f"1 of {len(COMMITMENTS)} commitments reported; percentages from 22 Feb 2027, when reports are due"

    assert reported_text(described) == attention_title(described) == tree(described).title == told
    assert told in citation(described, view="", basis="Cleared", edition="1.0", sha256="0" * 64)
    assert reported_text(now(1, DUE)) == f"1 of {len(COMMITMENTS)} commitments reported"
    assert "percentages once half are" in reported_text(now(1, DAYS[0], first_due=None))


@pytest.fixture(name="database")
def _database(engine):
    """The first cycle is open and one statement cleared."""
    load(engine, PLAN)
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, PLAN, OPENED), MEETING.key)
    moment = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), "2027-01-20T03:00:00Z")
    record(engine, cleared(valid_on="2027-01-19", **moment), plan=PLAN)
    return engine


def view(day):
    return View(day, datetime(2027, 3, 30, tzinfo=UTC))


def drafted(engine, day):
    with reading(engine) as session:
        return compose(session, SnapshotRequest(day, view(day).known_at, EVERY_ROW))


@pytest.mark.parametrize("day", DAYS)
def test_the_first_cycle_decides_for_pages_and_documents_and_never_for_commands(database, day):
    with reading(database) as session:
        described, rows = assessment(session, view(day)), figures(session, view(day), Grouping.PLAN)
    frozen = drafted(database, day)

    assert described.early == frozen.early == frozen.assessment.early == (EarlyCycle(due=DUE) if day < DUE else None)
    assert rows == roll_up(described, Grouping.PLAN)
    assert rows[0].progress_percent is not None
    assert rows[0].health["no_report"] == 2


def source(frozen):
    return ReportSource(frozen, "0" * 64, NO_PAST, {})


@pytest.mark.parametrize("scope", ["all", "body:AWGIPC", "state:KH", "state:BN"])
@pytest.mark.parametrize("display", Display)
def test_no_document_shows_a_percentage_that_pages_withhold(database, scope, display):
    frozen = drafted(database, DAYS[0])
    described = describe(source(frozen), scope=ReportScope.parse(scope, frozen.plan), display=display)
    own_words = {"matrix", "statements", "method", "submitted", "corrections", "ledger", "questions"}
    texts = repr([section for section in described.sections if section.key not in own_words])

    assert " %" not in texts
    assert "behind expected" not in texts or "points" not in texts
    for records in described.records:
        for facts in records.facts:
            for name in ("completed_percent", "progress_percent", "expected_percent", "progress", "expected"):
                assert facts.get(name) is None
    for form in (Format.EXCEL, Format.PDF, Format.WORD, Format.POWERPOINT):
        assert write(described, form, template=None)


def test_the_paper_counts_who_reported(database):
    frozen = drafted(database, DAYS[0])
    described = describe(source(frozen), scope=ReportScope(), display=Display.MEETING)
    told = f"1 of {len(COMMITMENTS)} commitments reported; percentages from 22 Feb 2027, when reports are due"

    assert told in repr(described.section("headlines"))
    assert "Needs attention: 0 of 3" in repr(described.section("attention"))


def test_a_snapshot_without_the_fact_reads_as_before_and_shows_its_percentages(database):
    document = written(drafted(database, DAYS[0]))
    older = document.replace('"early":{"due":"2027-02-22"},', "")
    assert older != document

    frozen = read_snapshot(older)
    assert frozen.early is None
    assert frozen.assessment.shows_percentages
    assert frozen.computed_figures() == frozen.figures
    assert hash_of(older) != hash_of(document)
