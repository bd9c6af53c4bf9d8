"""The report as data: every column has a meaning, every row is whole, and nothing stands for something else."""

import pytest

from models.people.visibility_rules import Display
from models.progress.statement import ABOUT
from tests.reports.meeting.meetings import anew, report

KEYS = ["about", "figures", "initiatives", "commitments", "ledger", "decisions", "corrections"]


def facts(described, key):
    """The rows of the records as name and value."""
    records = described.records_of(key)
    return [dict(zip([field.name for field in records.fields], row, strict=True)) for row in records.rows]


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("scope", ["all", "body:TMTF", "state:KH"])
@pytest.mark.parametrize("which", ["noted", "paper", "nothing"])
def test_every_kind_of_record_is_there_with_a_dictionary_and_whole_rows(held, which, scope, display):
    if scope == "state:KH" and display is Display.PUBLIC:
        return
    described = report(getattr(held, which), scope, display)

    assert [one.key for one in described.records] == KEYS
    for records in described.records:
        names = [field.name for field in records.fields]
        assert len(set(names)) == len(names)
        assert all(field.title and field.meaning for field in records.fields)
        assert {len(row) for row in records.rows} <= {len(names)}


def test_one_row_a_commitment_in_scope_or_not_applicable(held):
    told = {one["key"]: one for one in facts(report(held.noted), "commitments")}

    assert [*told] == ["I01/ASEAN", "I02/BN", "I02/KH", "I02/TL", "I03/BN", "I03/KH"]
    assert (told["I02/KH"]["status"], told["I02/KH"]["percent"]) == ("ongoing", 60)
    assert (told["I02/TL"]["status"], told["I02/TL"]["percent"]) == ("no report", None)
    assert str(told["I02/KH"]["cleared_on"]) == "2027-07-27"
    assert told["I02/BN"]["evidence"] == "Gazette 7"


def test_no_report_zero_and_not_applicable_are_three_things(held):
    statements = held.noted.model_dump(mode="json")["statements"]
    said = [one | {"status": "not_applicable", "percent": None} if one["party"] == "BN" else one for one in statements]
    said[-1] |= {"status": "not_started", "percent": 0}
    told = {one["key"]: one for one in facts(report(anew(held.noted, statements=said)), "commitments")}

    assert [told[key]["status"] for key in ("I02/BN", "I02/TL", "I03/KH")] == [
        "not applicable",
        "no report",
        "not started",
    ]
    assert [told[key]["percent"] for key in ("I02/BN", "I02/TL", "I03/KH")] == [None, None, 0]
    assert [one["progress_percent"] for one in facts(report(held.nothing), "initiatives")] == [None] * 3


def test_the_public_has_every_status_and_no_words_and_no_decision(held):
    described = report(held.noted, display=Display.PUBLIC)

    assert [len(described.records_of(key).rows) for key in ("decisions", "corrections")] == [0, 0]
    assert [row["key"] for row in facts(described, "commitments")] == [
        row["key"] for row in facts(report(held.noted), "commitments")
    ]
    assert set(ABOUT) & {field.name for field in described.records_of("commitments").fields} == {"status", "percent"}
    assert len(described.records_of("initiatives").rows) == 3


def test_decisions_stand_with_what_they_were_closed_with(held):
    told = facts(report(held.noted), "decisions")

    assert [(one["text"], one["owner"], one["closing"]) for one in told] == [
        ("Close me.", "TMTF", "Summary Record, para 12"),
        ("Name a contact.", "KH", None),
        ("Meet twice a year.", None, None),
    ]


def test_it_says_what_it_is_about(held):
    about = {one["name"]: one["value"] for one in facts(report(held.noted, "body:TMTF"), "about")}

    assert (about["scope"], about["display"]) == ("Initiatives led by Trademark Task Force", "Meeting")
    assert (about["meeting"], about["step"], about["revision"]) == ("AWGIPC-82", "Noted", 1)
