"""The import: what a line may say, all of the file or nothing, every problem by line."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from models.core.errors import ImportRefused
from models.progress.import_jsonl import import_progress
from models.progress.latest import View, latest_statements
from models.store.database import reading, writing
from models.store.tables import CommitmentRow, Evidence, Progress
from tests.kit.builders import NOW, changed, load, rows_of, tiny_plan

pytestmark = pytest.mark.usefixtures("tiny")

GOOD = {
    "ref": "r1",
    "initiative": "I02",
    "party": "KH",
    "status": "ongoing",
    "percent": 40,
    "valid_on": "2027-03-01",
    "narrative": "Work goes on.",
    "author": "chair@example.org",
    "entered_at": "2027-03-02T09:00:00+07:00",
    "submitted_at": "2027-03-02T09:00:00+07:00",
}
WITH_DELIVERABLES = {"initiative": "I01", "party": "ASEAN", "percent": None}


def take_in(engine, *lines):
    """Import lines given as dicts or as bytes."""
    data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    with writing(engine) as session:
        return import_progress(session, data, file="log.jsonl", plan=tiny_plan(), now=NOW)


def test_a_line_becomes_a_row_of_its_commitment(engine):
    assert 1 == take_in(engine, GOOD)

    (row,) = rows_of(engine, Progress)
    with reading(engine) as session:
        commitment = session.get_one(CommitmentRow, row.commitment_id)
        assert ("I02", "KH", "ongoing", 40) == (commitment.initiative, commitment.party, row.status, row.percent)


@pytest.mark.parametrize(
    "names",
    [
        {"party": "Cambodia"},
        {"party": "Kingdom of Cambodia"},
        {"party": "KHM"},
        {"party": "kh\u00a0"},
        {"party": "Cambodia (KH)"},
        {"status": "Ongoing"},
        {"status": "ONGOING\u200b"},
        {"kind": "Update"},
        {"on_behalf_of": "Trademark Task Force"},
        {"on_behalf_of": "cambodia"},
        {"valid_on": "1 March 2027"},
    ],
)
def test_names_words_and_days_are_known_as_people_write_them(engine, names):
    assert 1 == take_in(engine, GOOD | names)

    (row,) = rows_of(engine, Progress)
    with reading(engine) as session:
        commitment = session.get_one(CommitmentRow, row.commitment_id)
    assert ("I02", "KH", "ongoing", "update") == (commitment.initiative, commitment.party, row.status, row.kind)
    assert date(2027, 3, 1) == row.valid_on
    assert row.on_behalf_of in {None, "TMTF", "KH"}


def test_null_means_left_out_and_blank_lines_are_passed_over(engine):
    assert 1 == take_in(engine, b"", GOOD | {"obstacles": None, "percent": 40}, b"  \n")


def test_a_row_may_replace_an_earlier_line_or_a_row_of_the_log(engine):
    take_in(engine, GOOD)
    take_in(engine, GOOD | {"ref": "r2", "replaces": "r1"}, GOOD | {"ref": "r3", "replaces": "r2"})

    assert [None, 1, 2] == [row.replaces_id for row in rows_of(engine, Progress)]


def test_evidence_is_kept_with_its_row(engine):
    evidence = [{"title": "Report", "url": "https://example.org/r.pdf"}, {"document": "AWGIPC 79 Summary Record"}]
    take_in(engine, GOOD | {"status": "completed", "percent": None, "evidence": evidence})

    assert [("https://example.org/r.pdf", None), (None, "AWGIPC 79 Summary Record")] == [
        (one.url, one.document) for one in rows_of(engine, Evidence)
    ]


@pytest.mark.parametrize(("done", "percent"), [(["D1"], 28), (["D2"], 71), ([], 0), (["D1", "D2"], 99), (None, 0)])
def test_with_deliverables_the_percent_follows_from_their_weights(engine, done, percent):
    take_in(engine, GOOD | WITH_DELIVERABLES | {"deliverables_done": done})

    assert percent == rows_of(engine, Progress)[0].percent


def test_one_bad_line_refuses_the_file(engine):
    with pytest.raises(ImportRefused):
        take_in(engine, GOOD, GOOD | {"ref": "r2", "party": "TH"})

    assert [] == rows_of(engine, Progress)


def test_every_problem_is_stated_with_its_line(engine):
    with pytest.raises(ImportRefused) as refused:
        take_in(engine, GOOD | {"party": "TH"}, GOOD | {"ref": "r2"}, GOOD | {"ref": "r3", "percent": 100})

    assert [
        "log.jsonl:1: party: TH is not a party of I02; use BN or KH or TL",
        "log.jsonl:3: percent: 100 does not go with ongoing; use status completed, or 0 to 99",
    ] == str(refused.value).splitlines()


REFUSED: dict[str, tuple[bytes | dict[str, object], str]] = {
    "not JSON": (b"{", "is not JSON"),
    "not an object": (b"[1]", "log.jsonl:1: "),
    "not UTF-8": (b'{"a": "\xff"}', "is not JSON"),
    "deep nesting": (b"[" * 100_000, "is not JSON"),
    "a key twice": (b'{"ref": "a", "ref": "b"}', "ref is given twice"),
    "not a number": (b'{"percent": NaN}', "NaN is not a number"),
    "unknown field": ({"percentage": 4}, "unknown key `percentage`; did you mean `percent`"),
    "no initiative": ({"initiative": None}, "`initiative` is missing; add it"),
    "no submission": ({"submitted_at": None}, "`submitted_at` is missing"),
    "no status": ({"status": None, "percent": None}, "status: is missing"),
    "no narrative": ({"narrative": None}, "narrative: is missing"),
    "unknown initiative": ({"initiative": "I99"}, "I99 is not in the plan"),
    "unknown party": ({"party": "ASEAN"}, "ASEAN is not a party of I02"),
    "unknown status": ({"status": "done"}, "`done` is not one of"),
    "unknown kind of obstacle": ({"obstacle_kind": "weather"}, "`weather` is not one of"),
    "unknown body": ({"on_behalf_of": "XX"}, "XX is neither a body nor a member state"),
    "percent as text": ({"percent": "40"}, "`40` is not a whole number"),
    "percent with a fraction": ({"percent": 40.5}, "not a whole number"),
    "percent as true": ({"percent": True}, "not a whole number"),
    "percent below 0": ({"percent": -1}, "out of range"),
    "percent above 100": ({"percent": 101}, "out of range"),
    "no percent": ({"percent": None}, "percent: is missing"),
    "percent with not_applicable": ({"status": "not_applicable"}, "does not go with not_applicable"),
    "percent against not_started": ({"status": "not_started"}, "40 does not go with not_started"),
    "percent against completed": (
        {"status": "completed", "evidence": [{"document": "d"}]},
        "40 does not go with completed",
    ),
    "completed without evidence": ({"status": "completed", "percent": None}, "completed needs evidence"),
    "empty evidence": ({"evidence": [{"title": "t"}]}, "has neither link, document nor file"),
    "evidence that is no address": ({"evidence": [{"url": "javascript:alert(1)"}]}, "has the wrong form"),
    "a nil report with a status": ({"kind": "nil"}, "neither status nor percent"),
    "a remark that says nothing": (
        {"kind": "remark", "status": None, "percent": None, "narrative": None},
        "a remark is a sentence",
    ),
    "a time without zone": (
        {"entered_at": "2027-03-02T09:00:00"},
        "is not a time with its zone; write it as 2027-06-30T09:00:00+07:00",
    ),
    "a time that is a year": ({"entered_at": 2027}, "entered_at: `2027` is not a time with its zone"),
    "a day long before the plan": ({"valid_on": "1905-07-18"}, "valid_on: 18 Jul 1905 is what a spreadsheet makes of"),
    "a time long before the plan": (
        {"entered_at": "1970-01-01T00:00:00Z", "valid_on": "1970-01-01"},
        "1 Jan 1970 is not between 1 Jan 2021 and",
    ),
    "a time that is none": ({"entered_at": "soon"}, "entered_at: `soon` is not a time with its zone"),
    "a time in the future": ({"submitted_at": "2099-01-01T00:00:00Z"}, "is in the future"),
    "submitted before entered": ({"submitted_at": "2027-03-01T09:00:00Z"}, "is before entered_at"),
    "cleared before submitted": ({"cleared_at": "2027-03-02T01:00:00Z"}, "is before submitted_at"),
    "withdrawn before cleared": (
        {"cleared_at": "2027-03-04T01:00:00Z", "withdrawn_at": "2027-03-03T01:00:00Z"},
        "is before cleared_at",
    ),
    "cleared and returned": (
        {"cleared_at": "2027-03-04T01:00:00Z", "returned_at": "2027-03-04T01:00:00Z"},
        "both cleared and returned",
    ),
    "cleared by somebody at no time": ({"cleared_by": "b@example.org"}, "cleared_at is left out"),
    "valid after it was entered": ({"valid_on": "2027-03-03"}, "is after the day it was entered"),
    "a date that does not exist": ({"valid_on": "2027-02-30"}, "is not a day of the calendar"),
    "an author without address": ({"author": "chair"}, "`chair` is not an e-mail address; write name@example.org"),
    "a replaced row that is not there": ({"replaces": "r0"}, "no earlier row has the ref r0"),
    "itself replaced": ({"replaces": "r1"}, "no earlier row has the ref r1"),
    "deliverables where there are none": ({"deliverables_done": ["D1"]}, "D1 is not a deliverable of I02"),
    "a percent against the deliverables": (
        WITH_DELIVERABLES | {"deliverables_done": ["D1"], "percent": 30},
        "30 disagrees with the deliverables done",
    ),
    "completed with a deliverable open": (
        WITH_DELIVERABLES | {"status": "completed", "deliverables_done": ["D1"], "evidence": [{"document": "d"}]},
        "some are not marked done",
    ),
    "a NUL character": ({"narrative": "a\u0000b"}, "contains a character that is not allowed; type it again"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_line_is_refused_with_its_reason(engine, case):
    line, expected = REFUSED[case]

    with pytest.raises(ImportRefused) as refused:
        take_in(engine, line if isinstance(line, bytes) else GOOD | line)

    assert expected in str(refused.value)
    assert all(told.startswith("log.jsonl:1: ") and "; " in told for told in str(refused.value).splitlines())


def test_a_ref_stands_for_one_row(engine):
    take_in(engine, GOOD)

    with pytest.raises(ImportRefused, match="r1 is the ref of another row"):
        take_in(engine, GOOD | {"percent": 41})
    with pytest.raises(ImportRefused, match="log.jsonl:2: ref: r2 is the ref of another row"):
        take_in(engine, GOOD | {"ref": "r2"}, GOOD | {"ref": "r2"})


def test_the_day_is_the_plans_not_utc(engine):
    """At 18:00 UTC it is already tomorrow in Jakarta."""
    late = {"entered_at": "2027-03-01T18:00:00Z", "submitted_at": "2027-03-01T18:00:00Z", "valid_on": "2027-03-02"}

    assert 1 == take_in(engine, GOOD | late)


AGAIN: dict[str, dict[str, Any]] = {
    "without ref": {"ref": None},
    "with another ref": {"ref": "r2"},
    "cleared since": {"ref": None, "cleared_at": "2027-03-04T01:00:00Z"},
    "withdrawn since": {"ref": None, "withdrawn_at": "2027-03-04T01:00:00Z"},
    "in another zone and with blanks": {"ref": None, "entered_at": "2027-03-02T02:00:00Z", "obstacles": None},
    "with its evidence in another order": {
        "ref": None,
        "evidence": [{"document": "B"}, {"url": "https://example.org/a", "title": "A"}],
    },
    "a nil report": {"ref": None, "kind": "nil", "status": None, "percent": None, "narrative": None},
    "a remark": {"ref": None, "kind": "remark", "status": None, "percent": None},
    "with a percent that its deliverables give": WITH_DELIVERABLES | {"ref": None, "deliverables_done": ["D1"]},
    "completed": {"ref": None, "status": "completed", "percent": None, "evidence": [{"document": "B"}]},
    "by an author in capitals": {"ref": None, "author": "CHAIR@example.org"},
}


@pytest.mark.parametrize("case", AGAIN)
def test_a_line_that_is_in_the_log_already_is_refused_with_its_row(engine, case):
    line: dict[str, Any] = GOOD | AGAIN[case]
    first = {name: value for name, value in line.items() if name not in {"cleared_at", "withdrawn_at"}} | {"ref": "r1"}
    take_in(engine, first | {"evidence": line.get("evidence", [])[::-1]})

    with pytest.raises(ImportRefused) as refused:
        take_in(engine, GOOD | {"ref": "other", "party": "BN"}, line)

    assert str(refused.value) == "log.jsonl:2: is in the log already, as row 1; leave it out"
    assert len(rows_of(engine, Progress)) == 1


OTHER: dict[str, dict[str, Any]] = {
    "another percent": {"percent": 41},
    "another day": {"valid_on": "2027-02-28"},
    "another moment of entry": {"entered_at": "2027-03-02T08:59:59+07:00"},
    "another moment of submission": {"submitted_at": "2027-03-02T09:00:01+07:00"},
    "another author": {"author": "other@example.org"},
    "another party": {"party": "BN"},
    "other words": {"narrative": "Work goes on!"},
    "a word more": {"next_step": "Train"},
    "on behalf of somebody": {"on_behalf_of": "KH"},
    "evidence": {"evidence": [{"document": "B"}]},
    "another kind": {"kind": "remark", "status": None, "percent": None},
}


@pytest.mark.parametrize("case", OTHER)
def test_a_line_that_differs_in_anything_is_another_row(engine, case):
    take_in(engine, GOOD)

    assert take_in(engine, GOOD | {"ref": None} | OTHER[case]) == 1


def test_a_line_may_not_be_repeated_in_a_file_unless_each_has_a_ref(engine):
    with pytest.raises(ImportRefused) as refused:
        take_in(engine, GOOD, b"", GOOD | {"ref": None})

    assert str(refused.value) == "log.jsonl:3: says the same as line 1; leave it out, or give each a ref of its own"
    assert take_in(engine, GOOD, GOOD | {"ref": "r2"}) == 2


def test_the_same_file_twice_changes_nothing(engine):
    lines = [GOOD | {"ref": None, "percent": percent} for percent in range(40)]
    take_in(engine, *lines)
    before = rows_of(engine, Progress)

    with pytest.raises(ImportRefused) as refused:
        take_in(engine, *lines)

    assert [f"log.jsonl:{number}: is in the log already, as row {number}; leave it out" for number in range(1, 41)] == (
        str(refused.value).splitlines()
    )
    assert rows_of(engine, Progress) == before


def test_percent_follows_from_the_deliverables_of_the_edition_known_when_it_was_entered(engine):
    """The second edition weighs the deliverables otherwise; rows entered before it keep the weights of the first."""
    plan = tiny_plan()
    alike = [item.model_copy(update={"weight": Fraction(1)}) for item in plan.initiative["I01"].deliverables]
    load(engine, changed(plan, "I01", deliverables=tuple(alike)), now=datetime(2027, 3, 10, tzinfo=UTC))
    line = GOOD | WITH_DELIVERABLES | {"deliverables_done": ["D1"]}
    later = {"entered_at": "2027-03-11T00:00:00Z", "submitted_at": "2027-03-11T00:00:00Z"}

    take_in(engine, line | {"percent": 28}, line | later | {"ref": "r2"})
    with pytest.raises(ImportRefused, match=r"percent: 50 disagrees with the deliverables done \(28\)"):
        take_in(engine, line | {"ref": "r3", "percent": 50})

    assert [row.percent for row in rows_of(engine, Progress)] == [28, 50]


@pytest.mark.parametrize("kind", [{"kind": "nil", "narrative": None}, {"kind": "remark"}])
def test_a_nil_report_or_remark_that_names_a_row_takes_it_out_of_the_figures(engine, kind):
    clear = {"cleared_at": "2027-03-02T09:00:00+07:00"}
    take_in(
        engine, GOOD | clear, GOOD | clear | {"ref": "r2", "status": None, "percent": None, "replaces": "r1"} | kind
    )

    with reading(engine) as session:
        assert latest_statements(session, View(as_of=date(2027, 6, 1), known_at=NOW)) == {}
