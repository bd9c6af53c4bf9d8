"""What needs attention, who is silent, what is due, matters arising; and the annexes."""

from dataclasses import replace

import pytest

from models.core.vocabulary import LedgerEventKind
from models.meetings.snapshot import Snapshot
from models.people.visibility_rules import Display
from tests.reports.meeting.meetings import anew, report, rows, section, words


def decided(number, text, **fields):
    """A decision of the first meeting as a snapshot has it."""
    facts = {"id": number, "meeting": "AWGIPC-81", "kind": "decision", "text": text, "initiatives": []}
    empty = dict.fromkeys(("owner", "due_meeting", "closed_on", "closing_evidence", "closing_reason"))
    return facts | empty | fields


def test_what_needs_attention_says_why_and_what_comes_next(held):
    statements = [one | {"next_step": "Hire."} for one in held.noted.model_dump(mode="json")["statements"]]
    asked = rows(report(anew(held.noted, statements=statements)), "attention")

    assert asked == [
        [
            "I03 2.1-a Training of examiners paraphrase",
            "TMTF",
            "at risk: 26 points behind expected",
            "31 Dec 2030",
            "Hire.",
        ],
        ["I01 1.1-a A common set of guidelines working title", "TMTF", "no report yet", "31 Dec 2028 assumed", "–"],
    ]


def test_before_the_first_report_nothing_is_said_to_need_attention(held):
    assert rows(report(held.nothing), "attention") == []
    assert words(report(held.nothing), "attention") == "Nothing can be said before the first report."


def test_who_is_silent_stands_by_name_for_the_meeting_and_as_a_number_for_the_public(held):
    assert rows(report(held.noted), "not_reported") == [["TMTF", "1", "I01"], ["Timor-Leste", "1", "I02"]]
    public = section(report(held.noted, display=Display.PUBLIC), "not_reported")
    assert (public.title, public.blocks) == ("Not reported: 2 reports owed", ())
    assert section(report(anew(held.noted, owed=[])), "not_reported").title == "Every report owed was received"


def test_what_falls_due_before_the_next_meeting_stands_with_where_it_is(held):
    described = report(held.noted)

    assert section(described, "due_next").title == "Due before AWGIPC 83, 5 Mar 2029"
    assert rows(described, "due_next") == [
        ["I01 1.1-a A common set of guidelines working title", "TMTF", "31 Dec 2028 assumed", "no report"]
    ]
    assert words(report(anew(held.noted, meeting="AWGIPC-83")), "due_next") == "No later meeting is in the calendar."


def test_matters_arising_are_the_open_ones_first_with_what_moved_since(held):
    described = report(held.noted, past=held.past)

    assert section(described, "decisions").title == "Matters arising: 2 open"
    assert rows(described, "decisions") == [
        [
            "AWGIPC 81",
            "Action point: Name a contact. (I02)",
            "Cambodia",
            "AWGIPC 82 this meeting",
            "I02 on schedule, 53 % (6 % at AWGIPC 81)",
        ],
        ["AWGIPC 81", "Decision: Meet twice a year.", "–", "–", "open"],
        [
            "AWGIPC 81",
            "Action point: Close me. (I01)",
            "TMTF",
            "AWGIPC 82",
            "closed 1 Mar 2027: Summary Record, para 12",
        ],
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"initiatives": ["I01"]}, "I01 no report"),
        ({"initiatives": ["I03"]}, "I03 at risk, 5 % (no report at AWGIPC 81)"),
        ({"initiatives": ["I02", "I99"]}, "I02 on schedule, 53 % (6 % at AWGIPC 81)"),
        ({"closed_on": "2027-03-01", "closing_reason": "Superseded."}, "closed 1 Mar 2027: Superseded."),
        ({"closed_on": "2027-03-01", "closing_evidence": "A", "closing_reason": "B"}, "closed 1 Mar 2027: A; B"),
    ],
)
def test_what_became_of_one_is_stated(held, fields, expected):
    (told,) = rows(report(anew(held.noted, decisions=[decided(1, "So.", **fields)]), past=held.past), "decisions")

    assert told[-1] == expected


def test_one_that_stood_still_says_so(held):
    document = held.past.baseline.model_dump(mode="json")
    document["figures"]["cleared"]["initiative"][1]["progress_percent"] = 53
    past = replace(held.past, baseline=Snapshot.model_validate(document))
    about = decided(1, "So.", initiatives=["I02"])

    (told,) = rows(report(anew(held.noted, decisions=[about]), past=past), "decisions")
    assert told[-1] == "I02 on schedule, 53 % (unchanged since AWGIPC 81)"


def test_one_whose_meeting_was_held_and_one_closed_long_ago(held):
    late = decided(1, "Late.", due_meeting="AWGIPC-80")
    long_ago = decided(2, "Done.", closed_on="2026-12-31", closing_reason="So.")
    own = decided(3, "Of this meeting.", meeting="AWGIPC-82")

    told = rows(report(anew(held.noted, decisions=[late, long_ago, own]), past=held.past), "decisions")
    assert [(row[1], row[3]) for row in told] == [("Decision: Late.", "AWGIPC 80 was held")]


def test_without_any_it_says_so_and_the_public_does_not_read_it(held):
    assert words(report(anew(held.noted, decisions=[])), "decisions") == "Earlier meetings left nothing open."
    assert report(held.noted, display=Display.PUBLIC).section("decisions") is None


def test_a_body_s_report_has_the_decisions_it_owns_and_those_about_what_it_leads(held):
    told = {key: [row[1] for row in rows(report(held.noted, f"body:{key}"), "decisions")] for key in ("AWGIPC", "TMTF")}

    assert told == {
        "AWGIPC": ["Action point: Name a contact. (I02)"],
        "TMTF": ["Action point: Close me. (I01)"],
    }


def test_the_ledger_stands_newest_first_with_before_and_after(held):
    event = {
        "recorded_at": "2027-02-01T00:00:00Z",
        "edition": "1.1",
        "initiative": "I02",
        "party": None,
        "event": "merged",
        "effective_on": "2027-02-01",
        "before": None,
        "after": "I33",
        "reason": "The law is late.",
        "decided_at": "AWGIPC-81",
    }
    other = event | {"initiative": "tiny-plan", "party": "KH", "after": None, "decided_at": None}

    assert rows(report(anew(held.noted, ledger=[event, other])), "ledger") == [
        ["The plan/KH", LedgerEventKind.MERGED.label, "1 Feb 2027", "The law is late.", "–"],
        ["I02", f"{LedgerEventKind.MERGED.label}: nothing → I33", "1 Feb 2027", "The law is late.", "AWGIPC 81"],
    ]


def test_proposals_stand_with_what_is_and_what_is_asked(held):
    assert rows(report(held.noted), "proposals") == [
        [
            "I03 2.1-a Training of examiners paraphrase",
            "Cambodia",
            "due 31 Dec 2031 instead of 31 Dec 2030; that it be suspended",
            "The law is late.",
        ]
    ]


def test_corrections_are_an_annex_of_what_was_noted(held):
    assert rows(report(held.noted), "corrections") == [
        ["I02/KH", "ongoing, 40 %, valid on 10 Jun 2027", "ongoing, 60 %, valid on 27 Jul 2027"]
    ]
    assert report(held.paper).section("corrections") is None
    first = {"initiative": "I02", "party": "TL", "before": None, "after": None}
    assert rows(report(anew(held.noted, corrections=[first])), "corrections") == [["I02/TL", "no report", "no report"]]


def test_the_statements_are_in_the_parties_own_words_with_their_evidence(held):
    told = {row[0]: row for row in rows(report(held.noted), "statements")}

    assert told["I02/BN"] == ["I02/BN", "completed, valid on 11 Jun 2027", "Work goes on.\nEvidence: Gazette 7"]
    assert [*told] == ["I02/BN", "I02/KH", "I03/KH"]


def test_the_annexes_are_lettered_in_order(held):
    assert [one.annex for one in report(held.noted).sections if one.annex] == [*"ABCDEF"]
