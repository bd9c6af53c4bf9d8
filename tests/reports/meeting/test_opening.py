"""Page 1 of the report: its head, what the meeting is invited to, the three headlines, and the foot."""

from dataclasses import replace

import pytest

from models.meetings.snapshot import Snapshot
from models.people.visibility_rules import Display
from models.plan.canonical import to_document
from reports.report import Items, Table
from tests.kit.builders import changed, tiny_plan
from tests.reports.meeting.meetings import FIRST, HELD, PLAN, anew, blocks, lines, report, rows, section, words


def test_the_head_says_what_is_known_and_leaves_blanks_for_the_rest(held):
    noted, nothing = report(held.noted).head, report(held.nothing).head

    assert noted.meeting == "82nd Meeting of the ASEAN Working Group on Intellectual Property Cooperation (AWGIPC 82)"
    assert noted.place_and_dates == "____, 26 Jul 2027 to 29 Jul 2027"
    assert (noted.agenda_item, noted.document_number, noted.classification) == ("5", "AWGIPC82/5", "Restricted")
    assert (noted.state, report(held.paper).head.state) == ("NOTED 29 Jul 2027", "CIRCULATED 16 Jul 2027")
    assert (nothing.agenda_item, nothing.document_number, nothing.state) == ("____", "____", "DRAFT")
    assert nothing.place_and_dates == "As of 1 Feb 2026"


def test_a_later_revision_and_provisional_dates_are_stated(held):
    again = report(anew(held.noted, revision=2, meeting="AWGIPC-83")).head

    assert again.state == "NOTED 29 Jul 2027, revision 2"
    assert again.place_and_dates == "____, 5 Mar 2029 to 8 Mar 2029 (provisional)"


@pytest.mark.parametrize(
    ("number", "told"), [(81, "81st"), (82, "82nd"), (83, "83rd"), (84, "84th"), (111, "111th"), (112, "112th")]
)
def test_a_meeting_is_numbered_as_people_say_it(held, number, told):
    meetings = tuple(one.model_copy(update={"number": number}) for one in PLAN.meetings)
    document = to_document(tiny_plan().model_copy(update={"meetings": meetings}))

    assert report(anew(held.noted, plan_document=document)).head.meeting.startswith(f"{told} Meeting")


def test_the_meeting_is_invited_to_what_was_proposed_asked_owed_and_typed(held):
    assert lines(report(held.paper)) == [
        "note the status of implementation set out below;",
        "consider 1 proposed change of due dates (Annex C);",
        "consider 1 request that it be suspended (Annex C);",
        "urge 1 body and 1 member state yet to report for this meeting to do so;",
        "thank the host;",
        "agree on a date.",
    ]
    (items,) = blocks(report(held.paper), "action")
    assert isinstance(items, Items)
    assert (items.lead, items.lettered) == ("The Meeting is invited to:", True)


def test_a_noted_report_asks_for_nothing_that_is_over(held):
    took_note, invited = blocks(report(held.noted), "action")

    assert isinstance(took_note, Items)
    assert isinstance(invited, Items)
    assert (took_note.lead, invited.lead) == ("The Meeting took note of:", "The paper also invited the Meeting to:")
    assert took_note.lines == (
        "the status of implementation set out below;",
        "1 proposed change of due dates (Annex C);",
        "1 request that it be suspended (Annex C);",
        "2 reports that were not received for this meeting, from 1 body and 1 member state;",
        "1 statement updated after circulation, of which 1 changes status or percent (Annex F).",
    )
    assert invited.lines == ("thank the host;", "agree on a date.")


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("scope", ["all", "body:TMTF", "state:KH", "state:TL"])
def test_no_step_scope_or_audience_is_asked_for_what_is_over_and_no_state_is_urged_by_itself(held, scope, display):
    paper, noted = (" ".join(lines(report(taken, scope, display))) for taken in (held.paper, held.noted))

    assert not [word for word in ("consider", "urge", "correction", "yet to report") if word in noted]
    assert "after circulation" not in paper
    assert ("urge" in paper) is not scope.startswith("state")
    assert ("outstanding" in paper) is (scope == "state:TL")


def test_a_statement_whose_words_alone_are_new_changes_no_figure(held):
    (correction,) = held.noted.model_dump(mode="json")["corrections"]
    same = correction | {"before": correction["before"] | {"percent": correction["after"]["percent"]}}
    described = report(anew(held.noted, corrections=[correction, same, same]))
    told = "3 statements updated after circulation, of which 1 changes status or percent"

    assert told in " ".join(lines(described))
    assert section(described, "corrections").title == f"After the paper: {told}"


def test_a_proposal_that_was_decided_is_not_asked_for_again(held):
    moved = changed(tiny_plan(), "I03", due_by_state={"KH": held.noted.by_commitment["I03", "KH"].proposed_due})
    decided = report(anew(held.noted, plan_document=to_document(moved.model_copy(update={"meetings": PLAN.meetings}))))

    assert not [line for line in lines(decided) if "due dates" in line]
    assert rows(decided, "proposals")[0][2] == "that it be suspended"


def test_the_lines_and_the_annex_count_the_same_proposals(held):
    statements = held.noted.model_dump(mode="json")["statements"]
    gone = [one | {"initiative": "I99"} if one["proposed_due"] else one for one in statements]
    described = report(anew(held.noted, statements=gone))

    assert not [line for line in lines(described) if line.startswith("consider")]
    assert words(described, "proposals") == "Nothing was proposed or asked for."


def test_the_public_does_not_read_what_is_proposed(held):
    told = lines(report(held.noted, display=Display.PUBLIC))

    assert not [line for line in told if line.startswith("consider")]
    assert told[-1] == "2 reports that were not received for this meeting, from 1 body and 1 member state."


def test_with_nothing_reported_there_is_one_line_and_no_figure(held):
    described = report(held.nothing)

    assert lines(described) == ["note that no progress has been reported yet."]
    assert words(described, "headlines") == (
        "No report has been received yet. 5 commitments in 3 initiatives are to be reported on by 1 body and 2 member"
        " states."
    )
    for key in ("action", "headlines", "measures", "bodies"):
        assert "%" not in repr([rows(described, key), words(described, key), lines(described, key)])


def test_the_headlines_stand_against_the_last_meeting(held):
    (table,) = blocks(report(held.noted, past=held.past), "headlines")

    assert isinstance(table, Table)

    assert [column.title for column in table.columns] == ["", "AWGIPC 82", "AWGIPC 81", "Change", "Meaning"]
    assert rows(report(held.noted, past=held.past), "headlines") == [
        ["Completed", "0 of 3", "0 of 3", "0", "initiatives completed, with evidence; 1 of 3 without a report"],
        [
            "Progress",
            "19 %",
            "2 %",
            "+17",
            "mean over the 3 initiatives; 32 % expected partly on assumed dates (1 of 3)",
        ],
        ["Due by now, completed", "–", "–", "–", "nothing is due yet"],
    ]


def test_what_went_back_is_stated_with_a_minus(held):
    document = held.past.baseline.model_dump(mode="json")
    (row,) = document["figures"]["cleared"]["plan"]
    row |= {"completed": 2, "progress_percent": 50}
    ahead = replace(held.past, baseline=Snapshot.model_validate(document))

    assert [row[3] for row in rows(report(held.noted, past=ahead), "headlines")] == ["−2", "−31", "–"]


def test_without_an_earlier_snapshot_nothing_is_compared_and_nothing_is_said_to_have_changed(held):
    described = report(held.noted)

    assert [row[2:4] for row in rows(described, "headlines")] == [["–", "–"]] * 3
    assert described.section("changes") is None


def test_what_changed_is_stated_by_what_happened(held):
    assert lines(report(held.noted, past=held.past), "changes") == [
        "Completed by member states: I02 Online filing in every office: by Brunei Darussalam",
        "First report: I03 Training of examiners (paraphrase): Cambodia 10 %",
        "Progressed: I02 Online filing in every office: Cambodia from 20 % to 60 %",
    ]


def test_why_something_is_not_counted_is_stated(held):
    document = held.noted.model_dump(mode="json")
    out = [one | {"status": "not_applicable"} for one in document["statements"]]
    parties = [(one.key, party) for one in PLAN.initiatives if one.key == "I03" for party in one.parties]
    said = [one for one in out if one["initiative"] == "I03"] + [{**out[-1], "party": "BN", "row": 90}]
    excluded = [{"initiative": key, "party": party, "reason": "not_applicable"} for key, party in parties]
    told = rows(report(anew(held.noted, statements=said, excluded=excluded)), "measures")
    assert told[-1][1] == "2"

    (first, *_) = rows(
        report(anew(held.noted, statements=said + document["statements"][:1], excluded=excluded)), "headlines"
    )
    assert first[4].endswith("; 1 excluded: 1 not applicable")


def test_the_foot_says_whose_word_it_is_and_what_it_rests_on(held):
    noted, draft = report(held.noted).foot, report(held.nothing).foot

    assert noted.startswith("Self-assessment by task forces and member states, cleared by the ASEAN Secretariat")
    assert "As of 29 Jul 2027, edition 1.0, snapshot " in noted
    assert ", method 1. 1 of 3 titles are working titles." in noted
    assert "draft " in draft
    assert "snapshot" not in draft


def test_made_up_data_says_so_and_real_data_does_not(held):
    assert report(held.noted).demonstration == ""
    assert report(anew(held.noted, demonstration=True)).demonstration == "DEMONSTRATION: made-up figures"


def test_it_is_stamped_with_the_moment_of_the_snapshot(held):
    assert report(held.noted).made_at == HELD


def test_a_report_on_one_state_is_for_everybody_as_its_page_is(held):
    assert report(held.noted, "state:KH", Display.PUBLIC).head.subtitle == "Commitments of Cambodia"


def test_links_open_the_product_as_reported_at_the_meeting(held):
    (table,) = blocks(report(held.noted), "proposals")
    assert isinstance(table, Table)
    assert table.rows[0].link == "https://monitor.example.org/initiative?initiative=I03&state=KH&at=AWGIPC-82-noted-1"
    tables = [table for section in report(held.noted, address="").sections for table in section.tables]
    assert {row.link for table in tables for row in table.rows} == {""}
    assert FIRST.key not in table.rows[0].link
