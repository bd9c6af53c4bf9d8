"""The same value through every door: plan files, plan workbook, adoption workbook, form, import and people table.

Each door reads it as it is shown, or refuses it in words; none reads another value, and none loses words in silence.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pydantic import ValidationError

from models.amendments.adoption import AdoptionDecision, adopt
from models.amendments.adoption_columns import SHEET
from models.amendments.adoption_workbook import read_adoption, write_adoption
from models.core.errors import PlanError, Refused, TrackerError
from models.core.spreadsheet import cell_content
from models.core.values import ValueRefused
from models.people.bulk_list import read_people
from models.plan.calendar import day_window
from models.plan.read import WrittenPlan, read_plan_file, read_plan_workbook
from models.plan.schema import Plan
from models.plan.workbook import plan_workbook
from models.progress.entry import Entry, errors_of
from models.reporting.form import read_cell
from tests.kit.builders import TINY_PLAN, tiny_plan
from tests.kit.workbooks import NEW, SAME, filled_adoption

PLAN = tiny_plan()
WINDOW = day_window(PLAN.period)
PLAN_BOOK, ADOPTION_BOOK = plan_workbook(PLAN, "plan.xlsx"), write_adoption(PLAN)
DECISION = AdoptionDecision("Adopted", "AWGIPC-80")
ROW = {"match": SAME, "official code": "2.1.1", "official title": "Training"}
ADDED = {"match": NEW, "official code": "9", "official title": "One more", "activity": "1.1", "scope": "national"}
LINE = {
    "initiative": "I02",
    "party": "KH",
    "status": "ongoing",
    "percent": 40,
    "valid_on": "2027-03-01",
    "narrative": "Work goes on.",
    "author": "chair@example.org",
    "entered_at": "2035-12-31T09:00:00+07:00",
    "submitted_at": "2035-12-31T09:00:00+07:00",
}
Edit = Callable[[Workbook], object]


def plan_book(edit: Edit) -> WrittenPlan:
    """The plan workbook after somebody did something to it, read again."""
    workbook = load_workbook(BytesIO(PLAN_BOOK))
    edit(workbook)
    content = BytesIO()
    workbook.save(content)
    return read_plan_workbook(content.getvalue(), "plan.xlsx")


def cell(workbook: Workbook, sheet: str, key: str, column: str) -> Any:
    """The cell of an item in a column of the plan workbook."""
    rows = workbook[sheet]
    heads = {head.value: head.column for head in rows[1]}
    row = next(number for number in range(2, rows.max_row + 1) if rows.cell(number, heads["key"] or 0).value == key)
    return rows.cell(row, heads[column] or 0)


def with_cell(sheet: str, key: str, column: str, value: Any) -> Plan:
    """The plan of a workbook in which one cell has another value."""

    def edit(workbook: Workbook) -> None:
        cell(workbook, sheet, key, column).value = value

    return plan_book(edit).plan


def adopted(cells: Mapping[str, Any]) -> Plan:
    """The plan of an adoption workbook with these cells for I03."""
    content = filled_adoption(ADOPTION_BOOK, {"I03": ROW | dict(cells)})
    return adopt(PLAN, read_adoption(content, "adopt.xlsx", PLAN), logged=(), decision=DECISION).plan


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Plan]:
    """Read the plan files with one text of the second measure replaced by another."""
    folder = tmp_path_factory.mktemp("files") / "plan"
    shutil.copytree(TINY_PLAN, folder)
    path = next((folder / "measures").glob("2*.yaml"))
    text = path.read_text(encoding="utf-8")

    def read(old: str, new: str) -> Plan:
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return read_plan_file(folder).plan

    return read


def yaml_value(value: Any) -> str:
    """A value as an editor writes it: texts in quotes, all else plain."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


# --- Days: kind 1 ----------------------------------------------------------------------------------------------------

Door = Callable[[Any], date | None]


def day_in_workbook(value: Any) -> date:
    return with_cell("Initiatives", "I03", "due", value).initiative["I03"].due


def day_in_adoption(value: Any) -> date:
    return adopted({"due": value}).initiative["I03"].due


def day_in_form(value: Any) -> date:
    return date.fromisoformat(read_cell("proposed_due", value, PLAN.initiative["I02"], "", WINDOW))


def day_in_import(value: Any) -> date:
    entry = Entry.model_validate(LINE | {"valid_on": value.isoformat() if isinstance(value, date) else value})
    told = [str(error) for error in errors_of(entry, PLAN, now=datetime(2036, 1, 1, tzinfo=UTC))]
    if told:
        raise TrackerError("\n".join(told))
    return entry.valid_on


DOORS: Mapping[str, Door] = {
    "plan workbook": day_in_workbook,
    "adoption workbook": day_in_adoption,
    "form": day_in_form,
    "import": day_in_import,
}
REFUSALS = (Refused, ValueRefused, ValidationError, TrackerError)
ABSURD = {
    "a year": 2030,
    "a year in a date": date(1905, 7, 22),
    "two digits": date(1930, 12, 31),
    "two digits in words": "31-Dec-30",
    "another thousand": date(3030, 12, 31),
    "long after the plan": date(2072, 1, 1),
    "long before the plan": date(1926, 1, 1),
    "day and month": "03/04/2030",
    "a month": "December 2030",
    "a quarter": "Q4 2030",
    "words": "continuous",
    "no day of the calendar": "2030-02-30",
    "a number": 47848.5,
}


@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD.keys())
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_a_day_that_cannot_be_meant_is_refused_at_every_door(door: Door, value: Any) -> None:
    with pytest.raises(REFUSALS) as refused:
        door(value)
    assert ";" in str(refused.value)


@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD.keys())
def test_a_day_that_cannot_be_meant_is_refused_in_the_plan_files(files: Callable[[str, str], Plan], value: Any) -> None:
    with pytest.raises(PlanError, match=r"measures/2-second.yaml:19: .*due: .+; "):
        files("due: 2030-12-31", f"due: {yaml_value(value)}")


SHOWN = (
    "{0:%Y-%m-%d}",
    "{0.day} {0:%B} {0:%Y}",
    "{0:%d-%b-%Y}",
    "{0:%B} {0.day}, {0:%Y}",
    "{0:%d/%m/%Y}",
    "{0:%d-%b-%y}",
)
days = st.dates(date(1900, 3, 1), date(3100, 12, 31)) | st.dates(date(2026, 2, 1), WINDOW.last)


@settings(max_examples=25, deadline=None)
@given(value=days, form=st.none() | st.sampled_from(SHOWN))
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_every_door_reads_the_day_that_is_shown_or_none(door: Door, value: date, form: str | None) -> None:
    shown = form.format(value) if form else datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a cell has no zone
    try:
        read = door(shown if isinstance(shown, str) or door is not day_in_import else value)
    except REFUSALS:
        return
    assert read == value
    assert read in WINDOW


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=days, form=st.sampled_from(SHOWN))
def test_the_plan_files_give_the_day_that_is_shown_or_none(
    files: Callable[[str, str], Plan], value: date, form: str
) -> None:
    try:
        read = files("due: 2030-12-31", f"due: {yaml_value(form.format(value))}").initiative["I03"].due
    except PlanError:
        return
    assert read == value
    assert read in WINDOW


def test_a_fact_of_history_may_lie_before_the_plan_and_not_before_asean() -> None:
    assert date(1967, 8, 8) == with_cell("States", "KH", "member_from", date(1967, 8, 8)).state["KH"].member_from
    with pytest.raises(PlanError, match="States.member_from: 22 Jul 1905 is what a spreadsheet makes of"):
        with_cell("States", "KH", "member_from", date(1905, 7, 22))


# --- What cannot be seen, and types: kind 3 --------------------------------------------------------------------------

MARKS: Mapping[str, Callable[[str], str]] = {
    "a blank behind": lambda text: f"{text} ",
    "a blank in front": lambda text: f" {text}",
    "a no-break space behind": lambda text: f"{text}\u00a0",
    "a no-break space for each blank": lambda text: text.replace(" ", "\u00a0"),
    "two blanks for each": lambda text: text.replace(" ", "  "),
    "a zero-width space behind": lambda text: f"{text}\u200b",
    "a zero-width space inside": lambda text: f"{text[:2]}\u200b{text[2:]}",
    "a soft hyphen inside": lambda text: f"{text[:2]}\u00ad{text[2:]}",
    "a byte order mark": lambda text: f"\ufeff{text}",
    "a mark of direction": lambda text: f"\u200e{text}\u200f",
    "a thin space": lambda text: f"\u2009{text}",
    "letters of full width": lambda text: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in text),
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_hidden_marks_in_a_plan_workbook_change_nothing(mark: Callable[[str], str]) -> None:
    def edit(workbook: Workbook) -> None:
        for column in ("lead", "scope", "wording", "key"):
            marked = cell(workbook, "Initiatives", "I03", column)
            marked.value = mark(marked.value)
        for sheet in workbook.worksheets:
            for head in sheet[1]:
                head.value = mark(str(head.value))
        workbook["Initiatives"].title = mark("Initiatives")

    assert plan_book(edit).plan == PLAN


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_hidden_marks_in_an_adoption_workbook_change_nothing(mark: Callable[[str], str]) -> None:
    cells = {"match": mark(SAME), "lead body": mark("TMTF"), "scope": mark("national"), "champions": mark("Cambodia")}

    assert adopted({"lead body": "TMTF", "scope": "national", "champions": "KH"}) == adopted(cells)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_hidden_marks_in_a_form_an_import_and_a_table_of_people_change_nothing(mark: Callable[[str], str]) -> None:
    assert "Not started" == read_cell("status", mark("Not started"), PLAN.initiative["I02"], "")
    assert "2029-12-31" == read_cell("proposed_due", mark("31 December 2029"), PLAN.initiative["I02"], "", WINDOW)
    (person,) = read_people(f"{mark('focal point')}\t{mark('Cambodia')}\tk@example.org\u200b", PLAN)
    assert ("KH", "k@example.org") == (person.roles[0].scope, person.email)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_hidden_marks_in_the_plan_files_change_nothing(
    files: Callable[[str, str], Plan], mark: Callable[[str], str]
) -> None:
    if "\ufeff" in mark("x"):
        with pytest.raises(PlanError, match="contains the control character U.FEFF zero width no-break space"):
            files("lead: TMTF", f"lead: {yaml_value(mark('TMTF'))}")
        return
    for name in ("lead: TMTF", "scope: national", "key: I03"):
        field, _, word = name.partition(": ")
        assert files(name, f"{field}: {yaml_value(mark(word))}") == PLAN


TRUTHS = [True, "TRUE", "true", "Yes", "yes\u00a0", "y", 1, 1.0, "1", "ＴＲＵＥ", "True\u200b"]


@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
def test_true_is_true_in_every_type(truth: Any) -> None:
    assert with_cell("Initiatives", "I03", "older_text", truth).initiative["I03"].older_text is True


@pytest.mark.parametrize("value", ["maybe", 2, -1, 0.5, "at risk", "–", "ja", "x", "2026", "TRUE FALSE"], ids=repr)
def test_what_is_neither_true_nor_false_is_stated(value: Any) -> None:
    with pytest.raises(PlanError, match="is neither true nor false; write true or false"):
        with_cell("Initiatives", "I03", "older_text", value)


@pytest.mark.parametrize(
    ("value", "format_", "weight"),
    [
        (0.5, "General", 0.5),
        ("0.5", "@", 0.5),
        (" 2\u00a0", "@", 2),
        (2, "0.00", 2),
        ("２", "@", 2),
        (0.5, "0%", "“50 %” is a percentage; write the number, such as 0.5"),
        ("0,5", "@", "“0,5” has a comma"),
        ("1,000", "@", "“1,000” has a comma"),
        ("heavy", "@", "“heavy” is not a number"),
        (True, "General", "“TRUE” is not a number"),
        ("1_0", "@", "“1_0” is not a number"),
    ],
)
def test_a_number_is_the_one_that_is_shown_or_told(value: Any, format_: str, weight: Any) -> None:
    def edit(workbook: Workbook) -> None:
        weighed = cell(workbook, "Initiatives", "I03", "weight")
        weighed.value, weighed.number_format = value, format_

    if isinstance(weight, str):
        with pytest.raises(PlanError, match=weight):
            plan_book(edit)
    else:
        assert weight == plan_book(edit).plan.initiative["I03"].weight


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (0.75, "0%", "75 %"),
        (0.75, "0.00%", "75 %"),
        (0.07, "0%", "7 %"),
        (1, "0%", "100 %"),
        (75, "0%", "7500 %"),
        (0.755, "0%", "75.5 %"),
        (-0.1, "0%", "-10 %"),
        (0.75, "General", 0.75),
        (75, '0"%"', 75),
        (75, r"0\%", 75),
        (True, "0%", True),
        ("0.75", "0%", "0.75"),
    ],
)
def test_a_cell_gives_what_its_reader_sees(value: Any, format_: str, shown: Any) -> None:
    shown_cell = Workbook().worksheets[0].cell(1, 1)
    shown_cell.value, shown_cell.number_format = value, format_

    assert shown == cell_content(shown_cell)


# --- Names and lists: kind 8 -----------------------------------------------------------------------------------------

LISTS = {
    "keys with a semicolon": "KH; TL",
    "keys with a comma": "KH, TL",
    "names with a comma": "Cambodia, Timor-Leste",
    "names with and": "Cambodia and Timor-Leste",
    "names with an ampersand": "Cambodia & Timor-Leste",
    "names with a slash": "Cambodia / Timor-Leste",
    "names one a line": "Cambodia\nTimor-Leste",
    "everyday names": "cambodia, East Timor",
    "without the hyphen": "Cambodia; Timor Leste",
    "formal names": "Kingdom of Cambodia and the Democratic Republic of Timor-Leste",
    "codes of three letters": "KHM/TLS",
    "names with their key": "Cambodia (KH), Timor-Leste (TL)",
    "names with blanks of another kind": "Cambodia,\u00a0Timor\u2011Leste",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_a_list_of_states_is_read_as_people_write_it(files: Callable[[str, str], Plan], text: str) -> None:
    assert ("KH", "TL") == adopted({"champions": text}).initiative["I03"].champions
    assert ("KH", "TL") == with_cell("Initiatives", "I03", "champions", text).initiative["I03"].champions
    written = files("states: [BN, KH]", f"states: [BN, KH]\n        champions: {yaml_value(text)}")
    assert ("KH", "TL") == written.initiative["I03"].champions
    (person,) = read_people(f"focal point\t{text.replace(chr(10), ', ')}\tk@example.org", PLAN)
    assert ["KH", "TL"] == [assignment.scope for assignment in person.roles]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("tmtf", "TMTF"),
        ("Trademark Task Force", "TMTF"),
        ("TRADEMARK TASK FORCE", "TMTF"),
        ("the Trademark Task Force", "TMTF"),
        ("Trademark Task Force (TMTF)", "TMTF"),
        ("TMTF (Trademark Task Force)", "TMTF"),
        ("Trademark\u00a0Task\u00a0Force", "TMTF"),
        ("Trademark-Task-Force", "TMTF"),
        ("ASEAN Working Group on Intellectual Property Cooperation", "AWGIPC"),
        ("awgipc\u200b", "AWGIPC"),
    ],
)
def test_a_body_is_known_by_each_of_its_names(text: str, key: str) -> None:
    assert key == adopted({"lead body": text}).initiative["I03"].lead
    assert key == with_cell("Initiatives", "I03", "lead", text).initiative["I03"].lead
    (person,) = read_people(f"chair\t{text}\tk@example.org", PLAN)
    assert key == person.roles[0].scope


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Cambodja", "did you mean `KH`?"),
        ("Kambodia", "did you mean `KH`?"),
        ("Brunai", "did you mean `BN`?"),
        ("Brunei Darusalam", "did you mean `BN`?"),
        ("Timor Lestee", "did you mean `TL`?"),
        ("Atlantis", "use one of BN, KH, TL"),
        ("the whole region", "use one of BN, KH, TL"),
        ("KХ", "use one of"),
        ("Camb\u0430dia", "did you mean `KH`?"),
        ("Кампучия", "use one of BN, KH, TL"),
    ],
)
def test_an_unknown_state_is_stated_with_the_nearest_and_with_every_strange_letter(name: str, remedy: str) -> None:
    with pytest.raises(PlanError) as refused:
        with_cell("Initiatives", "I03", "champions", name)
    (told,) = refused.value.problems
    assert "is not in states" in told.what
    assert told.remedy.startswith(remedy)
    assert name.isascii() or "cyrillic" in told.what or "К" in name


# --- Words that no item has: kind 2 ----------------------------------------------------------------------------------


def noted(workbook: Workbook) -> None:
    workbook["Initiatives"]["C2"].comment = Comment("Ask the chair", "An officer")


def further_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("To do")["A1"] = "Call Bohol"


def linked(workbook: Workbook) -> None:
    workbook["Initiatives"]["C2"].hyperlink = "https://example.org/minutes"


def linked_to_itself(workbook: Workbook) -> None:
    sheet = workbook["Documents"]
    for row in sheet.iter_rows():
        for each in row:
            if str(each.value).startswith("https://"):
                each.hyperlink = str(each.value)


def test_the_address_that_a_cell_shows_is_not_named_once_more() -> None:
    assert () == plan_book(linked_to_itself).not_taken


def remark_below(workbook: Workbook) -> None:
    sheet = workbook["Initiatives"]
    sheet.cell(sheet.max_row + 2, 1).value = "Source: letter of 3 March"


def line_above(workbook: Workbook) -> None:
    sheet = workbook["Bodies"]
    sheet.insert_rows(1)
    sheet["B1"] = "As agreed in Bohol"


def commented(sheet: str, place: str) -> Edit:
    """Put a comment on a cell, with words or without."""

    def edit(workbook: Workbook) -> None:
        workbook[sheet][place].comment = Comment("Ask", "An officer")

    return edit


def hidden_sheet(workbook: Workbook) -> None:
    further_sheet(workbook)
    workbook["To do"].sheet_state = "hidden"


NOT_TAKEN: dict[str, tuple[Edit, str]] = {
    "a comment on the name of a column": (commented("States", "B1"), "the comment on cell States!B1, “Ask”"),
    "a comment on an empty cell": (commented("Watch", "Z40"), "the comment on cell Watch!Z40, “Ask”"),
    "a comment on the settings": (commented("Settings", "A2"), "the comment on cell Settings!A2, “Ask”"),
    "a hidden sheet": (hidden_sheet, "the sheet “To do”"),
    "an empty sheet": (lambda workbook: workbook.create_sheet("Sheet1"), "the sheet “Sheet1”"),
    "a line above the table": (line_above, "row 1 of the sheet Bodies, “As agreed in Bohol”"),
    "a comment on a cell": (noted, "the comment on cell Initiatives!C2, “Ask the chair”"),
    "an address behind a text": (linked, "the address behind cell Initiatives!C2, “https://example.org/minutes”"),
    "a further sheet": (further_sheet, "the sheet “To do”"),
    "a remark below the table": (remark_below, "row 6 of the sheet Initiatives, “Source: letter of 3 March”"),
}


@pytest.mark.parametrize(("edit", "told"), NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_words_of_a_plan_workbook_that_belong_to_no_item_are_named(edit: Edit, told: str) -> None:
    written = plan_book(edit)

    assert written.plan == PLAN
    assert (told,) == written.not_taken


def in_grey(workbook: Workbook) -> None:
    workbook[SHEET]["D2"].value = "1.1-z"


def written(place: str, words: str) -> Edit:
    """Write into a cell of the official text."""

    def edit(workbook: Workbook) -> None:
        workbook[SHEET][place] = words

    return edit


def letterhead(workbook: Workbook) -> None:
    workbook[SHEET].insert_rows(1)
    workbook[SHEET]["A1"] = "ASEAN Secretariat"


def official_link(workbook: Workbook) -> None:
    workbook[SHEET]["B2"].hyperlink = "https://example.org/minutes"


ADOPTION_NOT_TAKEN: dict[str, tuple[Edit, str]] = {
    "a comment on the name of a column": (commented(SHEET, "I1"), "the comment on cell Official text!I1, “Ask”"),
    "a comment on the first sheet": (commented("Read me", "A1"), "the comment on cell Read me!A1, “Ask”"),
    "an address behind a text": (
        official_link,
        "the address behind cell Official text!B2, “https://example.org/minutes”",
    ),
    "a hidden sheet": (hidden_sheet, "the sheet “To do”"),
    "a line above the table": (letterhead, "row 1 of the sheet Official text, “ASEAN Secretariat”"),
    "a remark below the table": (
        written("A9", "Source: letter of 3 March"),
        "row 9 of the sheet Official text, “Source: letter of 3 March”",
    ),
    "another wording of the activity": (
        written("E2", "Another"),
        "cell Official text!E2, “Another”, which is not for filling in",
    ),
    "a comment on a cell": (
        lambda workbook: setattr(workbook[SHEET]["I2"], "comment", Comment("Ask", "An officer")),
        "the comment on cell Official text!I2, “Ask”",
    ),
    "a further sheet": (further_sheet, "the sheet “To do”"),
    "a change where nothing is to be filled in": (
        in_grey,
        "cell Official text!D2, “1.1-z”, which is not for filling in",
    ),
}


@pytest.mark.parametrize(("edit", "told"), ADOPTION_NOT_TAKEN.values(), ids=ADOPTION_NOT_TAKEN.keys())
def test_words_of_an_adoption_workbook_that_are_not_read_are_named(edit: Edit, told: str) -> None:
    content = filled_adoption(ADOPTION_BOOK, {"I03": ROW}, edit=edit)

    assert [told] == read_adoption(content, "adopt.xlsx", PLAN).not_taken


CUT = {
    "a title": ("title: Training of examiners", "title: Programme #2 for examiners", "`#2 for examiners`"),
    "a code": ("code: 2.1-a", "code: 2.1-a # or 2.1-b", "`# or 2.1-b`"),
    "a key": ("lead: TMTF", "lead: TMTF # perhaps PTF", "`# perhaps PTF`"),
    "a word": ("scope: national", "scope: national #?", "`#?`"),
    "an address": ("source: https://example.org/press", "source: https://example.org/press #a", "`#a`"),
    "behind a tab": ("title: Training of examiners", "title: Training\t#of examiners", "`#of examiners`"),
    "two signs": ("title: Training of examiners", "title: Lot #1 and #2", "`#1 and #2`"),
    "the last of a list": ('code: "2"', 'code: "2"\nassumed:\n  - title # and scope', "`# and scope`"),
    "the second line": (
        "title: Training of examiners",
        "title: Training\n          of #examiners",
        "`#examiners`",
    ),
    "letters of other scripts": ("title: Training of examiners", "title: Việt ខ្មែរ #ไทย", "`#ไทย`"),
}


@pytest.mark.parametrize(("old", "new", "rest"), CUT.values(), ids=CUT.keys())
def test_a_value_that_a_remark_cuts_is_stated_with_what_is_not_read(
    files: Callable[[str, str], Plan], old: str, new: str, rest: str
) -> None:
    with pytest.raises(PlanError, match=r"ends where a blank and # begin a remark: ") as refused:
        files(old, new)
    assert f"{rest} is not read; put the value in quotes, or the remark on a line of its own" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lead: TMTF", "# a remark\n        lead: TMTF"),
        ("lead: TMTF", 'lead: "TMTF" # a remark'),
        ("lead: TMTF", "lead: 'TMTF'   # a remark"),
        ("due: 2030-12-31", "due: 2030-12-31 # as agreed"),
        ("states: [BN, KH]", "states: [BN, KH] # two"),
        ("due: 2030-12-31", "due: 2030-12-31\n# the end"),
        ("scope: national", "weight: 1 # each\n        scope: national"),
        ("activities:", "activities: # all of them"),
        ("scope: national", "older_text: false # no\n        scope: national"),
        ("scope: national", "assumed: [] # none\n        scope: national"),
    ],
)
def test_a_remark_that_cuts_no_words_is_none_of_the_readers_business(
    files: Callable[[str, str], Plan], old: str, new: str
) -> None:
    assert files(old, new) == PLAN


# --- Files of one's own: kind 7 --------------------------------------------------------------------------------------


def own_lists() -> Iterator[tuple[str, list[tuple[str, list[list[Any]]]]]]:
    heads = ["Objective", "Activity", "Lead", "Timeline", "On track", "Comments"]
    row = ["Stronger offices", "Train examiners", "TMTF / PTF", "Q2 2026", "YES", "Two courses"]
    yield "a matrix", [("Matrix 2026", [["Action plan"], [], heads, row])]
    yield "a logframe", [("Logframe", [[], [], [], [], [], [], [], ["Result", "Indicator", "Baseline"], row[:3]])]
    yield "a table in the middle", [("Work plan", [[], [None, "Activity", "Lead"], [None, *row[1:3]]])]
    yield "a sheet for each state", [(name, [heads, row]) for name in ("Brunei", "Cambodia", "Lao PDR")]
    yield "a sheet with a name of ours", [("Activities", [heads, row])]
    yield "two sheets with names of ours", [("Initiatives", [heads, row]), ("Bodies", [["Body"], ["TMTF"]])]
    yield "an empty workbook", [("Sheet1", [])]
    yield "a list of titles", [("Sheet1", [["Train examiners"], ["Publish guidelines"]])]
    yield "a calendar", [("Meetings", [["Date", "Place"], [date(2026, 5, 1), "Bohol"]])]
    yield "a budget", [("2026", [["Item", "USD"], ["Courses", 10_000]])]


@pytest.mark.parametrize(("name", "sheets"), [pytest.param(*each, id=each[0]) for each in own_lists()])
def test_an_own_list_is_stated_what_it_is_not_and_the_two_ways_in(
    name: str, sheets: list[tuple[str, list[list[Any]]]], tmp_path: Path
) -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "own.xlsx"
    workbook.save(path)

    with pytest.raises(PlanError) as refused:
        read_plan_file(path)
    (told,) = str(refused.value).splitlines()
    assert told.startswith("own.xlsx:1: is not a plan workbook: "), name
    assert "plan export --format xlsx" in told
    assert "the page Editions" in told


@pytest.mark.parametrize(
    "name",
    [f"list.{ending}" for ending in ["csv", "docx", "pdf", "xls", "ods", "txt", "tsv", "pptx", "html", "json", "rtf"]],
)
def test_a_file_of_another_kind_is_stated_the_two_ways_in(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("title,lead\nTraining,TMTF\n", encoding="utf-8")

    with pytest.raises(PlanError, match=r"not an Excel workbook; .*, or fill in .*plan export.*page Editions"):
        read_plan_file(tmp_path / name)
