"""The handover pack as described: what it says, of whom, and how long."""

from dataclasses import replace
from datetime import date

import pytest

from models.core.text import RestrictedText
from models.core.vocabulary import DecisionKind, Request
from models.meetings.cycles import circulate, note
from models.meetings.decisions import Agreed, record_decision
from models.meetings.handover import StatementsAtMeeting, handover
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import User
from models.store.database import reading, writing
from reports.handover import describe_handover
from reports.report import Items, Paragraph, Table
from tests.conftest import fresh_database
from tests.kit.builders import NOW, cleared, write
from tests.kit.reporters import MEETING, SECRETARIAT_ROLE, load_with_cycle, reporting_plan

ADDRESS = "https://monitor.example.org"
PLAN = reporting_plan()
WORDS = "Offices file online. " * 20
HELD = NOW.replace(month=7, day=29)


@pytest.fixture(scope="module", name="pack_of")
def _pack_of():
    """The packs after one meeting, of a plan that three parties have spoken of."""
    with fresh_database() as engine:
        load_with_cycle(engine)
        write(
            engine,
            cleared(percent=75, narrative=WORDS),
            cleared(initiative="I03", status="not_applicable"),
            cleared(party="BN", percent=90, narrative="MARKER of another state"),
            plan=PLAN,
        )
        with writing(engine) as session:
            circulate(Context(session, OPERATOR, PLAN, NOW), MEETING.key, paper=Paper())
            note(Context(session, OPERATOR, PLAN, HELD), MEETING.key)
            agreed = Agreed(MEETING.key, DecisionKind.ACTION_POINT, RestrictedText("Send the law."), ("I02",), "KH")
            record_decision(Context(session, OPERATOR, PLAN, HELD), agreed)

        def pack_of(speaker):
            with reading(engine) as session:
                return handover(Context.at(session, User(1, (SECRETARIAT_ROLE,)), HELD), speaker)

        yield pack_of


def described(pack):
    return describe_handover(pack, ADDRESS)


def rows(report, key):
    """The cells of a section's tables as they are read, tags behind their text."""
    (table,) = [block for block in report.section(key).blocks if isinstance(block, Table)]
    return [[" ".join(filter(None, (cell.text, cell.tag))) for cell in row.cells] for row in table.rows]


def paragraphs(report, key):
    return " ".join(block.text for block in report.section(key).blocks if isinstance(block, Paragraph))


def test_its_sections_stand_in_the_order_of_a_newcomers_questions(pack_of):
    report = described(pack_of("KH"))

    assert report.head.title == "Handover pack: Focal point of Cambodia"
    assert [one.title for one in report.sections] == [
        "Your commitments: 2",
        "Statements at the last 1 meeting",
        "What is due next",
        "Open decisions: 1",
        "Evidence outstanding: 1",
        "Proposals pending: 0",
        "How to report",
    ]


def test_what_one_owns_says_whose_words_and_whose_dates_they_are(pack_of):
    assert rows(described(pack_of("KH")), "handover_own") == [
        ["I01 1.1-a A common set of guidelines working title", "champion", "31 Dec 2028 assumed", "no report"],
        ["I02 1.1-b Online filing in every office", "member state", "31 Dec 2029", "on schedule: ongoing, 75 %"],
    ]
    assert paragraphs(described(pack_of("KH")), "handover_own") == "Not applicable, and not counted: I03."


def test_a_chair_gets_no_reminder_about_champions(pack_of):
    report = described(pack_of("TMTF"))

    assert report.head.title == "Handover pack: Chair of TMTF"
    assert [len(one) for one in rows(report, "handover_own")] == [3]


def test_the_words_of_other_parties_are_not_in_it(pack_of):
    assert "MARKER" not in repr(described(pack_of("KH")))
    assert "MARKER" in repr(described(pack_of("BN")))


def test_long_words_are_shortened_and_each_row_opens_the_whole(pack_of):
    (table,) = described(pack_of("KH")).section("handover_said").blocks
    row = {line.cells[0].text: line for line in table.rows}["I02"]

    assert row.cells[1].text.startswith("ongoing, 75 %\nOffices file online.")
    assert row.cells[1].text.endswith("…")
    assert len(row.cells[1].text) < 160
    assert row.link == f"{ADDRESS}/initiative?initiative=I02&state=KH"


def test_what_did_not_change_since_the_meeting_before_is_said_once(pack_of):
    pack = pack_of("KH")
    (then,) = pack.meetings
    silent, again = StatementsAtMeeting("AWGIPC-80", date(2026, 3, 4), {}), replace(then, meeting="AWGIPC-83")

    cells = rows(described(replace(pack, meetings=(silent, then, again))), "handover_said")

    statements = {key: (first, then.splitlines()[0], last) for key, first, then, last in cells}
    assert statements["I02"] == ("no report", "ongoing, 75 %", "unchanged")


def test_before_any_meeting_it_says_so(pack_of):
    assert "No meeting has taken note" in paragraphs(described(replace(pack_of("KH"), meetings=())), "handover_said")


def test_what_is_open_is_stated_with_its_reason(pack_of):
    report = described(pack_of("KH"))

    assert rows(report, "handover_decisions") == [["AWGIPC 82", "Action point: Send the law. (I02)", "Cambodia", "–"]]
    assert rows(report, "handover_evidence") == [["I02 1.1-b Online filing in every office", "ongoing, 75 %"]]


def test_a_proposal_stands_until_it_is_decided_cleared_or_not(pack_of):
    pack = pack_of("KH")
    proposal = pack.statements["I02", "KH"].model_copy(
        update={"proposed_due": date(2030, 12, 31), "request_reason": "The law is late.", "cleared_at": None}
    )
    waiting = rows(described(replace(pack, waiting={("I02", "KH"): proposal})), "handover_proposals")
    cleared_proposal = proposal.model_copy(update={"cleared_at": NOW, "requested": Request.SUSPENSION})
    pending = rows(described(replace(pack, statements={("I02", "KH"): cleared_proposal})), "handover_proposals")

    name, why = "I02 1.1-b Online filing in every office", "The law is late."
    assert waiting == [[name, "due 31 Dec 2030 not cleared yet", why]]
    assert pending == [[name, "due 31 Dec 2030; that it be suspended", why]]


def test_what_is_owed_stands_with_its_day(pack_of):
    assert "1 report for AWGIPC 82, due 12 Jul 2027, 17 days ago: I01." in paragraphs(
        described(pack_of("TMTF")), "handover_due"
    )


def test_how_to_report_is_five_steps_with_the_address(pack_of):
    (steps,) = described(pack_of("KH")).section("handover_how").blocks

    assert isinstance(steps, Items)
    assert len(steps.lines) == 5
    assert f"{ADDRESS}/my-updates" in steps.lines[0]
