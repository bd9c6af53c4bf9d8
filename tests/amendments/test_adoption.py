"""Adopting the official text: what becomes of each slot, and every cell that is wrong told with its remedy."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.amendments.adoption import AdoptionDecision, FilledRow, FilledSheet, adopt, slots
from models.amendments.adoption_columns import SHEET, Match
from models.amendments.adoption_workbook import read_adoption
from models.amendments.diff import compare
from models.core.errors import PlanError
from models.core.vocabulary import Scope, Wording
from models.plan.schema import Plan
from models.plan.source import SourceLocation
from models.progress.ledger import event_words
from models.progress.scope import ScopeState
from tests.kit.builders import tiny_plan
from tests.kit.workbooks import DOCUMENT, NEW, NOT_NEEDED, SAME, adoption, column

TODAY = date(2027, 6, 30)
DECISION = AdoptionDecision("Adopted", "AWGIPC-80")
I01 = {"match": SAME, "official code": "1.1.1", "official title": "Guidelines for all"}
ADDED = {
    "match": NEW,
    "official code": "1.1.9",
    "official title": "One more",
    "activity": "1.1 The first activity",
    "scope": "national",
}


def adopted(rows, *, plan=None, logged=(), **how):
    plan = plan or tiny_plan()
    sheet = read_adoption(adoption(plan, rows, **how), "filled.xlsx", plan)
    return adopt(plan, sheet, logged=logged, decision=DECISION)


def problems(rows, **how):
    """What is told: where, what is wrong, what to do."""
    with pytest.raises(PlanError) as refused:
        adopted(rows, **how)
    return [f"{one.path}: {one.what}; {one.remedy}" for one in refused.value.problems]


def test_a_slot_that_is_the_same_keeps_its_key_and_what_the_document_does_not_say():
    one = adopted({"I01": {**I01, "due": date(2029, 6, 30)}}).plan.initiative["I01"]

    assert (one.title, one.code, one.wording, one.source) == ("Guidelines for all", "1.1.1", "official", DOCUMENT)
    assert (one.due, one.lead, one.assumed) == (date(2029, 6, 30), "TMTF", ("lead",))
    assert (one.champions, len(one.deliverables), one.source_quotes) == (("KH",), 2, ())


def test_rows_left_empty_stay_as_they_are():
    result = adopted({"I01": I01})

    assert result.waiting == 1
    assert result.plan.initiative["I03"] == tiny_plan().initiative["I03"]


def test_the_edition_is_a_later_one_and_counts_its_initiatives():
    plan = adopted({"I01": I01}, added=[ADDED]).plan

    assert (plan.version, plan.expected_counts.initiatives) == ("1.1", 4)


def test_an_added_row_gets_the_next_key_and_marks_what_nobody_said():
    one = adopted({"I01": I01}, added=[{**ADDED, "start": date(2027, 1, 1)}]).plan.initiative["I04"]

    assert (one.title, one.activity, one.scope, one.states) == ("One more", "A01", "national", ("BN", "KH", "TL"))
    assert (one.start, one.due, one.lead) == (date(2027, 1, 1), date(2030, 12, 31), "AWGIPC")
    assert set(one.assumed) == {"lead", "due", "states"}


def test_a_slot_given_to_another_initiative_keeps_its_key_and_nothing_of_the_working_title():
    one = adopted({"I01": {**I01, "match": NEW, "lead body": "AWGIPC"}}).plan.initiative["I01"]

    assert (one.title, one.lead, one.champions, one.deliverables) == ("Guidelines for all", "AWGIPC", (), ())
    assert set(one.assumed) == {"activity", "scope", "start", "due"}


def test_a_placeholder_no_longer_needed_never_counted():
    one = adopted({"I01": {"match": NOT_NEEDED}}).plan.initiative["I01"]

    assert one.never_counted
    assert (one.withdrawn.on, one.withdrawn.decided_at) == (one.in_force_from, "AWGIPC-80")


def test_names_and_codes_stand_for_keys():
    cells = {"lead body": "ASEAN Working Group on Intellectual Property Cooperation", "champions": "Cambodia; bn"}
    one = adopted({"I01": {**I01, **cells, "activity": 2.1, "scope": "Regional"}}).plan.initiative["I01"]

    assert (one.lead, one.supporting, one.champions) == ("AWGIPC", (), ("KH", "BN"))
    assert (one.activity, one.measure) == ("A02", "M2")


def test_another_scope_leaves_nothing_of_the_states():
    one = adopted({"I03": {**I01, "scope": "regional"}}).plan.initiative["I03"]

    assert (one.scope, one.states, one.parties) == (Scope.REGIONAL, (), ("ASEAN",))


def test_a_document_without_an_address_is_named():
    one = adopted({"I01": I01}, source="AWGIPC 77 Summary Record, Annex 5").plan.initiative["I01"]

    assert (one.source, one.source_note) == (None, "AWGIPC 77 Summary Record, Annex 5")


BROKEN = {
    "a wrong lead": ({"lead body": "TMTX"}, "lead body (L3): `TMTX` is not in bodies; did you mean `TMTF`?"),
    "a date in words": ({"due": "end of 2027"}, "due (P3): “end of 2027” is not a date; write year"),
    "a year in a date": (
        {"due": date(1905, 7, 19)},
        "due (P3): 19 Jul 1905 is what a spreadsheet makes of the number 2027",
    ),
    "a date of another century": (
        {"due": date(1927, 12, 31)},
        "due (P3): 31 Dec 1927 is probably a year of two digits",
    ),
    "an unknown name": ({"champions": "Kambodscha Nord"}, "champions (N3): `Kambodscha Nord` is not in states"),
    "a due date before the start": ({"due": date(2025, 1, 1)}, "due (P3): due 2025-01-01 is not after start"),
    "an unknown match": ({"match": "same as slots"}, "match (G3): `same as slots` is not a match; did you mean `same"),
    "an unknown activity": ({"activity": "9.9"}, "activity (J3): `9.9` is not in activities; use one of"),
    "an unknown scope": ({"scope": "both"}, "scope (K3): `both` is not one of regional, national; use one"),
    "an unknown champion": ({"champions": "KH; XX"}, "champions (N3): `XX` is not in states"),
    "a formula": ({"official code": "=1+1"}, "official code (H3): cell H3 holds a formula; replace it with its value"),
    "a number as code": ({"official code": 1.1}, "official code (H3): must be text; format the cell as text"),
    "no title": ({"official title": None}, "official title (I3): is empty; write what the document says"),
    "no match": ({"match": None}, "match (G3): the row is filled and not matched; choose a match from the list"),
    "a broken address": ({"source": "https://a b"}, "source (Q3): `https://a b` has the wrong form; write an address"),
    "a control character": (
        {"official title": "Two\u2028lines"},
        "official title (I3): contains the control character",
    ),
    "a title too long": ({"official title": "x" * 4001}, "official title (I3): is over 4000 characters long; shorten"),
    "the lead supporting": ({"lead body": "TMTF", "supporting bodies": "TMTF"}, "supporting bodies (M3): `TMTF` leads"),
}


@pytest.mark.parametrize(("cells", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_every_broken_cell_is_named_with_its_remedy(cells, told):
    found = problems({"I03": {**I01, **cells}})

    assert len(found) == 1
    assert found[0].startswith(told)


def test_one_broken_row_hides_no_other():
    found = problems({"I01": {**I01, "lead body": "X"}, "I03": {"match": SAME, "due": "soon"}})

    assert {one.split(":")[0] for one in found} == {"lead body (L2)", "official title (I3)", "due (P3)"}


def test_a_code_or_title_that_stands_twice_is_refused_at_both():
    found = problems({"I01": I01, "I03": I01})

    assert "official code (H2): `1.1.1` is also at I03; give each initiative its own" in found
    assert "official title (I3): `Guidelines for all` is also at I01; give each initiative its own" in found


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"I01": {**I01, "match": NEW}}, "write the new initiative into an empty row at the end, without a key"),
        ({"I01": {"match": NOT_NEEDED}}, "choose “same as slot”, or withdraw it under “Amend the plan”"),
    ],
)
def test_a_slot_with_progress_is_nobodys_to_give_away(rows, told):
    (found,) = problems(rows, logged={"I01"})

    assert found.startswith(f"match (G2): progress is logged on it, so I01 is more than a placeholder; {told}")


@pytest.mark.parametrize("cells", [{"match": NOT_NEEDED}, {**I01, "match": NEW}])
def test_what_a_public_report_stated_is_more_than_a_placeholder(cells):
    (found,) = problems({"I03": cells})

    assert found.startswith("match (G3): a public report tells of it, so I03 is more than a placeholder")


def test_a_placeholder_no_longer_needed_has_no_text():
    assert problems({"I01": {**I01, "match": NOT_NEEDED}}) == [
        "match (G2): I01 is no longer needed, and its row is filled; empty the row, or choose another match"
    ]


@pytest.mark.parametrize("match", [SAME, NOT_NEEDED])
def test_a_row_without_key_is_always_new(match):
    assert "choose “new”, since a row without key is a new initiative" in problems({}, added=[{"match": match}])[0]


def test_nothing_filled_is_nothing_to_adopt():
    assert problems({}) == [": no row is matched yet; fill in the official text row by row"]


def test_a_source_is_asked_for():
    found = problems({"I01": I01}, source=None)

    assert found[0].startswith("source (Q2): no source is given; write the address or the name of the document")


def remove(workbook):
    workbook.remove(workbook[SHEET])


def rename(workbook):
    sheet = workbook[SHEET]
    sheet.title, sheet.cell(1, column("due")).value = "Mine", "duo"


def merge(workbook):
    workbook[SHEET].merge_cells("H2:H3")


def repeat(workbook):
    workbook[SHEET].cell(3, 1).value = "I01"
    workbook[SHEET].cell(3, column("match")).value = SAME


def invent(workbook):
    workbook[SHEET].cell(2, 1).value = "I99"


def retitle(workbook):
    workbook[SHEET].cell(2, column("title now")).value = "Of an older edition"


def head(position, name):
    def edit(workbook):
        workbook[SHEET].cell(1, position).value = name

    return edit


SHEETS = {
    "the sheet is gone": (remove, "the sheet “Official text” is missing; put it back, or download the workbook again"),
    "the sheet and a column are renamed": (rename, "the sheet “Official text” is missing; put it back"),
    "a column is gone": (head(column("due"), None), "the column “due” is missing; put it back, or download"),
    "a column is renamed": (
        head(column("due"), "duo"),
        "P1: “duo” is not a column of this sheet; did you mean `due`?",
    ),
    "a column stands twice": (head(column("due"), "start"), "the column “start” appears twice; delete one of them"),
    "cells are merged": (merge, "cells H2:H3 are merged; unmerge them and fill each one"),
    "a key stands twice": (repeat, "I01 appears twice; delete one of the two rows"),
    "a key is invented": (invent, "`I99` is not a slot of the plan; leave the key empty for a new initiative"),
    "the plan has moved on": (retitle, "this is not how I01 is titled now; download the workbook again and fill that"),
}


@pytest.mark.parametrize(("edit", "told"), SHEETS.values(), ids=SHEETS.keys())
def test_a_changed_sheet_is_refused_with_what_to_do(edit, told):
    assert told in " ".join(problems({"I01": I01}, edit=edit))


def test_a_slot_with_its_official_text_is_not_adopted_twice():
    before = adoption(tiny_plan(), {"I01": I01})
    plan = adopted({"I01": I01}).plan

    with pytest.raises(PlanError, match="I01 carries its official text already; delete this row"):
        adopt(plan, read_adoption(before, "filled.xlsx", plan), logged=(), decision=DECISION)


def test_the_ledger_tells_the_adoption_in_one_line():
    plan = with_slots("I04", "I05")
    result = adopted({"I01": I01, "I04": {"match": NOT_NEEDED}}, plan=plan, added=[ADDED]).plan
    found = difference(plan, result, logged=())

    assert [(one.initiative, event_words(one.event, one.before, one.after)) for one in found.ledger] == [
        (
            "tiny-plan",
            "official text adopted: 1 slot filled, 1 new (I06), 1 placeholder no longer needed (I04); N stays 5",
        )
    ]


def test_a_change_of_n_is_stated():
    result = adopted({"I01": I01}, added=[ADDED]).plan

    (line,) = difference(tiny_plan(), result, logged=()).ledger
    assert "N goes from 3 to 4" in event_words(line.event, line.before, line.after)


def with_slots(*keys):
    """The tiny plan with further working titles like I01."""
    plan = tiny_plan()
    slot = plan.initiatives[0].model_copy(update={"deliverables": ()})
    more = tuple(slot.model_copy(update={"key": key, "code": key, "title": f"Title of {key}"}) for key in keys)
    counts = plan.expected_counts.model_copy(update={"initiatives": 3 + len(keys)})
    grouped = sorted((*plan.initiatives, *more), key=lambda one: one.activity)
    return plan.model_copy(update={"initiatives": tuple(grouped), "expected_counts": counts})


def difference(plan, result, *, logged):
    return compare(ScopeState(plan, {}, TODAY), result, logged=logged, completed=())


SLOTS = with_slots("I04", "I05", "I06", "I07")
CHOICES = st.sampled_from([None, *Match])


@settings(max_examples=60)
@given(
    choices=st.fixed_dictionaries({one.key: CHOICES for one in slots(SLOTS)}),
    added=st.integers(0, 3),
    logged=st.sets(st.sampled_from([one.key for one in SLOTS.initiatives])),
)
def test_any_mix_keeps_every_key_and_moves_n_as_announced(choices, added, logged):
    kept = logged | {one.key for one in SLOTS.initiatives if one.wording is not Wording.WORKING}
    matches = {key: Match.SAME if match and key in kept else match for key, match in choices.items()}
    rows = [filled(number, key, match) for number, (key, match) in enumerate(matches.items(), start=2) if match]
    rows += [filled(100 + number, None, Match.NEW) for number in range(added)]
    if not rows:
        return
    plan = adopt(SLOTS, FilledSheet("f", rows, DOCUMENT), logged=logged, decision=DECISION).plan
    gone = [*matches.values()].count(Match.NOT_NEEDED)
    found = difference(SLOTS, plan, logged=logged)

    assert set(SLOTS.initiative) <= set(plan.initiative)
    assert all(plan.initiative[key].exit is None for key in logged)
    assert found.counted == (len(SLOTS.initiatives), len(SLOTS.initiatives) - gone + added)
    assert found.refusals == ()
    filled_slots = sum(match in {Match.SAME, Match.NEW} for match in matches.values())
    assert len(found.ledger) == (1 if filled_slots else gone + added)


def filled(number: int, key: str | None, match: Match) -> FilledRow:
    texts = {"code": f"O{number}", "title": f"Official {number}", "activity": "A01", "scope": "regional"}
    values = {} if match is Match.NOT_NEEDED else texts | ({"scope": scope_of(SLOTS, key)} if key else {})
    return FilledRow(key, None, match, values, SourceLocation("f", {(): number}))


def scope_of(plan: Plan, key: str) -> str:
    return plan.initiative[key].scope.value
