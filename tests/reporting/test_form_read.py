"""The progress form as it goes out, and as it comes back: every cell, whatever somebody made of the file."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from models.core.errors import NotFound, NotPermitted, Refused
from models.core.folding import kept
from models.core.text import day, tidy
from models.core.vocabulary import Role
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment
from models.progress.clearing import return_to_author
from models.progress.drafts import report_nothing, save_field
from models.progress.statement import StatementFields
from models.reporting.form import CHOICES, FIELDS, cells_of
from models.reporting.form_read import progress_form, speakers_of
from models.reporting.form_received import read_form
from models.reporting.form_workbook import COLUMNS, FIRST_LINE, HEADER_LINE, write_form
from models.store.database import reading, writing
from tests.conftest import fresh_database
from tests.kit.builders import NOW, cleared, entry, load, write
from tests.kit.forms import NAME, cell_of, exported, filled, read, told
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    REGIONAL,
    add_user,
    reporting_plan,
)
from tests.kit.workbooks import edited
from tests.reporting.sent_forms import owed_form

pytestmark = pytest.mark.usefixtures("plan")

TRAINING = ("I03", "KH")


@pytest.fixture(name="cambodia")
def _cambodia(engine):
    return add_user(engine, "kh@example.org", CHAIR_ROLE, CAMBODIA_ROLE)


def form_of(engine, user, *speakers):
    with reading(engine) as session:
        return progress_form(Context.at(session, user, NOW), speakers or ("TMTF", "KH"))


def test_one_row_for_each_commitment_owed_with_what_was_said_last(engine, officer):
    write(engine, cleared(narrative="Comments came in.", percent=50))
    first, second, third = form_of(engine, officer).rows

    assert [REGIONAL, CAMBODIA, TRAINING] == [first.commitment, second.commitment, third.commitment]
    assert ("A common set of guidelines (working title)", "31 Dec 2028 (assumed)") == (
        first.cells["title"],
        first.cells["due"],
    )
    assert ("Online filing in every office", "31 Dec 2029") == (second.cells["title"], second.cells["due"])
    assert ("Ongoing, 50 %, draft circulated (2 Mar 2027)", "Comments came in.") == (
        second.cells["cleared"],
        second.cells["said"],
    )
    assert ("No report yet", "") == (third.cells["cleared"], third.cells["said"])


def test_what_is_reported_in_the_cycle_is_not_owed(engine, officer):
    write(engine, entry(submitted_at=NOW.isoformat()))

    assert [REGIONAL, TRAINING] == [row.commitment for row in form_of(engine, officer).rows]


def test_where_nothing_is_owed_there_is_no_form(engine, officer):
    write(engine, *(entry(one, "BN", submitted_at=NOW.isoformat()) for one in ("I02", "I03")))
    with pytest.raises(NotFound, match="BN owes no report for AWGIPC 82"):
        form_of(engine, officer, "BN")


def test_without_an_open_cycle_it_holds_what_has_begun_and_is_not_completed(officer):
    with fresh_database() as engine:
        load(engine, reporting_plan())
        write(engine, cleared(status="completed", evidence=[{"document": "Minutes"}]))
        form = form_of(engine, officer, "KH")

    assert [TRAINING, REGIONAL] == [row.commitment for row in form.rows]
    assert "Nothing to report" not in " ".join(form.advice)


def test_an_unknown_body_is_stated_with_those_there_are(engine, officer):
    with pytest.raises(NotFound, match="XX is neither a body nor a member state; use one of"):
        form_of(engine, officer, "XX")


def test_drafts_go_out_to_those_who_write_them_only(engine, officer, cambodia, plan):
    with writing(engine) as session:
        save_field(Context(session, cambodia, plan, NOW), CAMBODIA, "narrative", "Not yet said.")

    assert "Not yet said." in [row.cells["narrative"] for row in form_of(engine, cambodia).rows]
    assert {""} == {row.cells["narrative"] for row in form_of(engine, officer).rows}
    assert b"Not yet said." not in b"".join(parts(exported(engine, officer)).values())


def test_a_form_is_for_those_who_may_read_what_is_submitted(engine):
    other = add_user(engine, "bn@example.org", BRUNEI_ROLE)
    for user in (PUBLIC, other):
        with pytest.raises(NotPermitted):
            form_of(engine, user)
    assert ("BN",) == speakers_of(other)


@pytest.mark.parametrize("speaker", [*reporting_plan().body, *reporting_plan().state])
def test_whether_another_body_owes_something_is_not_revealed_without_permission(engine, cambodia, speaker):
    outsider = add_user(engine, "la@example.org", RoleAssignment(Role.OBSERVER))
    for user in (PUBLIC, outsider) if speaker in speakers_of(cambodia) else (PUBLIC, outsider, cambodia):
        with pytest.raises(NotPermitted):
            form_of(engine, user, speaker)


def test_what_was_returned_is_there_to_be_corrected(engine, officer):
    (row,) = write(engine, entry("I03", narrative="Trained.", evidence=[{"document": "Minutes"}]))
    with writing(engine) as session:
        return_to_author(Context(session, officer, reporting_plan(), NOW), row, note="Name the document.")
    first = next(one for one in form_of(engine, officer).rows if one.commitment == TRAINING)

    assert ("Ongoing", "40 %", "Trained.") == tuple(first.cells[field] for field in ("status", "percent", "narrative"))
    assert ("Name the document.", "Minutes") == (first.cells["note"], first.cells["evidence"])


def test_the_mark_of_nothing_to_report_stands_there(engine, cambodia, plan):
    with writing(engine) as session:
        report_nothing(Context(session, cambodia, plan, NOW), [CAMBODIA])

    assert "Nothing to report" in [row.cells["status"] for row in form_of(engine, cambodia).rows]


def test_it_opens_on_the_matrix_with_locked_keys_lists_and_a_head_that_stays(engine, officer):
    workbook = load_workbook(BytesIO(exported(engine, officer)))
    sheet = workbook["Progress"]

    assert ["visible", "visible", "hidden", "hidden"] == [one.sheet_state for one in workbook.worksheets]
    assert (workbook.active, sheet.freeze_panes, sheet.print_title_rows) == (sheet, "E3", "$1:$2")
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert ("landscape", 1, 0) == (
        sheet.page_setup.orientation,
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
    )
    unlocked = {field for field in COLUMNS if not cell_of(workbook, CAMBODIA, field).protection.locked}
    assert set(FIELDS) - {"deliverables_done"} == unlocked
    white = {field for field in COLUMNS if cell_of(workbook, CAMBODIA, field).fill.fill_type is None}
    assert white == unlocked
    assert cell_of(workbook, CAMBODIA, "said").fill.fgColor.rgb.endswith("F2F2F2")
    lists = {one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert {f"list_{name}" for name in CHOICES} == lists == set(workbook.defined_names)


answers = st.fixed_dictionaries(
    {},
    optional={
        (CAMBODIA, "status"): st.sampled_from(CHOICES["status"][:4]),
        (CAMBODIA, "percent"): st.sampled_from(CHOICES["percent"]),
        (CAMBODIA, "narrative"): st.text(max_size=80).map(kept).map(tidy),
        (TRAINING, "obstacles"): st.sampled_from(
            ["=1+1", "+1", "-1", "@x", "#N/A", "_x0041_", "a\tb\nc", "TRUE", "007"]
        ),
        (TRAINING, "obstacle_kind"): st.sampled_from(CHOICES["obstacle_kind"]),
        (TRAINING, "proposed_due"): st.dates(date(2026, 1, 1), date(2035, 12, 31)).map(date.isoformat),
        (REGIONAL, "deliverables_done"): st.sampled_from(["none", "D1", "D1; D2"]),
        (REGIONAL, "links"): st.just("https://example.org/a"),
    },
).filter(
    lambda cells: cells.get((CAMBODIA, "status")) in {"Ongoing", "Suspended"} or (CAMBODIA, "percent") not in cells
)


@settings(max_examples=20)
@given(answers)
def test_what_is_typed_comes_back_and_nothing_else(cells):
    def fill(workbook):
        for (commitment, field), text in cells.items():
            cell = cell_of(workbook, commitment, field)
            cell.value = datetime.fromisoformat(text) if field == "proposed_due" else text
            if isinstance(cell.value, str):
                cell.data_type = "s"

    assert {key: text for key, text in cells.items() if text} == told(edited(write_form(owed_form()), fill))


@settings(max_examples=20)
@given(st.text(st.characters(exclude_characters="\x00"), max_size=200))
def test_whatever_was_said_goes_out_as_text_and_comes_back_unedited(text):
    form = owed_form()
    narrative = cells_of(StatementFields(narrative=text)) if text.strip() else {}
    row = replace(form.rows[0], cells={**form.rows[0].cells, **narrative, "said": text, "title": text})
    file = write_form(replace(form, rows=(row, *form.rows[1:])))

    assert {} == told(file)
    assert {"s", "n"} >= {cell.data_type for line in load_workbook(BytesIO(file))["Progress"] for cell in line}


def parts(form):
    with zipfile.ZipFile(BytesIO(form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(form, **more):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts(form) | more).items():
            archive.writestr(name, content)
    return file.getvalue()


def typed(commitment, field, value):
    return lambda form: filled(form, {(commitment, field): value})


def changed(change):
    return lambda form: edited(form, change)


def column(field):
    return list(COLUMNS).index(field) + 1


def second_header(workbook):
    workbook["Progress"].cell(HEADER_LINE, column("status")).value = FIELDS["narrative"].label


def damage(workbook):
    workbook["Exported"].cell(11, 5).value = "forty"


def older(workbook):
    workbook["Exported"].cell(1, 2).value = "0"


def line_again(workbook):
    sheet = workbook["Progress"]
    for field, text in {"key": "I02", "party": "KH", "narrative": "Other words."}.items():
        sheet.cell(9, column(field)).value = text
    sheet.cell(4, column("narrative")).value = "Words."


def merged_answers(workbook):
    workbook["Progress"]["N3"] = "Words on both"
    workbook["Progress"].merge_cells("N3:N4")


def no_header(workbook):
    workbook["Progress"].delete_rows(HEADER_LINE)


NONSENSE = {
    "a formula": (typed(CAMBODIA, "narrative", '=HYPERLINK("https://example.org")'), f"{NAME}:4: Progress!N4: "),
    "an error": (typed(CAMBODIA, "narrative", "#REF!"), "holds an error; write the value"),
    "a date as text": (typed(CAMBODIA, "proposed_due", "03/04/2030"), "Progress!S4: Proposed new due date: “03/04"),
    "a status of one's own": (typed(CAMBODIA, "status", "80 % done"), "choose Not started, Ongoing, Completed"),
    "nothing to report, and something": (
        lambda form: filled(form, {(CAMBODIA, "status"): "Nothing to report", (CAMBODIA, "narrative"): "x"}),
        "does not go with “Nothing to report”; empty the cell",
    ),
    "a step of what is completed": (
        lambda form: filled(form, {(CAMBODIA, "status"): "Completed", (CAMBODIA, "percent"): "90"}),
        "How far: does not go with “Completed”",
    ),
    "another key": (
        lambda form: filled(form, {(CAMBODIA, "narrative"): "x", (CAMBODIA, "key"): "I99"}),
        "I99/KH is not one of the commitments of this form; write Key and Party as they were",
    ),
    "no key": (
        lambda form: filled(form, {(CAMBODIA, "narrative"): "x", (CAMBODIA, "key"): None}),
        "Key of this line: missing; write Key and Party as they were",
    ),
    "a line twice": (changed(line_again), "I02/KH is filled in twice, at Progress!A4 and Progress!A9; keep"),
    "a column twice": (
        lambda form: filled(edited(form, second_header), {(CAMBODIA, "status"): "Ongoing"}),
        "this column is there twice; delete one of the two",
    ),
    "merged cells": (changed(merged_answers), "the cells N3:N4 are merged; unmerge them"),
    "no header": (
        changed(no_header),
        "no sheet has a line with the column names Key, Party and others; ",
    ),
    "no hidden sheet": (
        changed(lambda workbook: workbook.remove(workbook["Exported"])),
        "the hidden sheet with what was exported is missing",
    ),
    "a damaged hidden sheet": (changed(damage), "the hidden sheet with what was exported is missing, damaged"),
    "a form of another version": (changed(older), "or of another version; take a new form"),
    "macros": (lambda form: repacked(form, **{"xl/vbaProject.bin": b"x"}), "contains macros; save it as .xlsx without"),
    "a zip bomb": (lambda form: repacked(form, **{"xl/more.xml": b" " * 60_000_000}), "unpacks to far more"),
    "a document type": (lambda form: repacked(form, **{"xl/a.xml": b"<!DOCTYPE a>"}), "its own document type"),
    "no workbook": (lambda _: b"PK nonsense", "is damaged or incomplete; open it in Excel and save it again as .xlsx"),
}


@pytest.mark.parametrize(("change", "words"), NONSENSE.values(), ids=NONSENSE)
def test_a_form_edited_into_nonsense_is_refused_cell_by_cell_with_the_remedy(engine, officer, change, words):
    lines = list(map(str, problems_of(change(exported(engine, officer)))))

    assert words in "\n".join(lines)
    assert all(line.startswith(f"{NAME}:") and "; " in line for line in lines)


def problems_of(form):
    """Why nothing of the form, or a line of it, is taken."""
    try:
        return read(form).problems
    except Refused as refused:
        return refused.problems


JUNE = datetime(2031, 6, 30)  # noqa: DTZ001  # as a cell holds it
SHOWN = {
    "75 %, a number in the format of a percentage": ("percent", 0.75, "0%", "75 text agreed"),
    "50.0 %, in another such format": ("percent", 0.5, "0.0 %", "50 draft circulated"),
    "75 % in a format that only adds the sign": ("percent", 75, '0" %"', "75 text agreed"),
    "90, a number": ("percent", 90.0, "General", "90 adopted, roll-out under way"),
    "75 % as a text": ("percent", "75 %", "@", "75 text agreed"),
    "75,0 % as a text": ("percent", "75,0\u00a0%", "@", "75 text agreed"),
    "a date": ("proposed_due", JUNE, "d mmm yyyy", "2031-06-30"),
    "a date in another format": ("proposed_due", JUNE, "mm-dd-yy", "2031-06-30"),
    "a date in words": ("proposed_due", "30 June 2031", "@", "2031-06-30"),
    "a date as a text": ("proposed_due", "2031-06-30", "@", "2031-06-30"),
    "a blank of another kind": ("status", "Not\u00a0started", "@", "Not started"),
    "a blank without width": ("status", "ON-GOING\u200b", "@", "Ongoing"),
    "a year in a text": ("narrative", 2027, "General", "2027"),
    "a percentage in a text": ("narrative", 0.75, "0%", "75 %"),
    "an address without https": ("links", "www.example.org/a", "General", "https://www.example.org/a"),
}


def shown_in(field, value, number_format):
    def type_in(workbook):
        cell = cell_of(workbook, CAMBODIA, field)
        cell.value, cell.number_format = value, number_format

    return edited(write_form(owed_form()), type_in)


@pytest.mark.parametrize(("field", "value", "number_format", "text"), SHOWN.values(), ids=SHOWN)
def test_a_cell_is_read_as_it_is_shown(field, value, number_format, text):
    assert {(CAMBODIA, field): text} == told(shown_in(field, value, number_format))


DOUBTFUL = {
    "0.75 without a sign": ("percent", 0.75, "General", "can mean 0.75 % or 75 %"),
    "75.4 % shown as 75 %": ("percent", 0.754, "0%", "“75.4 %” is not a whole percentage"),
    "750 %": ("percent", 7.5, "0%", "“750 %” is not a percentage"),
    "a step that is none": ("percent", 0.4, "0%", "“40 %” is not a step"),
    "a year as a number": ("proposed_due", 2031, "General", "the number 2031 is probably a year"),
    "a year in a cell for dates": ("proposed_due", 2031, "d mmm yyyy", "makes of the number 2031"),
    "a date long ago": ("proposed_due", datetime(1931, 6, 30), "d mmm yyyy", "a year of two digits"),  # noqa: DTZ001
    "a date with two readings": ("proposed_due", "03/04/2031", "@", "can be 3 Apr 2031 or 4 Mar 2031"),
    "a date in a text": ("narrative", JUNE, "d mmm yyyy", "“30 Jun 2031” is a date and not a text"),
    "a truth value": ("status", True, "General", "is not in the list"),
}


@pytest.mark.parametrize(("field", "value", "number_format", "what"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_cell_that_can_mean_something_else_is_refused_as_it_is_shown(field, value, number_format, what):
    (problem,) = read(shown_in(field, value, number_format)).problems

    assert what in problem.what


def test_every_problem_is_stated_at_once(engine, officer):
    form = filled(
        exported(engine, officer), {(CAMBODIA, "status"): "Bad", (TRAINING, "links"): "here", (REGIONAL, "percent"): 5}
    )

    assert ["Progress!L3", "Progress!K4", "Progress!W5"] == [one.path for one in read(form).problems]


def test_lines_may_stand_in_another_order_and_be_left_out(engine, officer):
    form = filled(exported(engine, officer), {(TRAINING, "narrative"): "Trained."})

    def without_first_lines(workbook):
        workbook["Progress"].delete_rows(FIRST_LINE, 2)

    assert {(TRAINING, "narrative"): "Trained."} == told(edited(form, without_first_lines))


def test_a_commitment_that_left_the_plan_is_refused(engine, officer, plan):
    form = filled(exported(engine, officer), {(TRAINING, "narrative"): "Trained."})
    smaller = plan.model_copy(update={"initiatives": plan.initiatives[:2]})
    (problem,) = read_form(form, NAME, smaller).problems

    assert ("I03/KH is no longer in the plan", "Progress!A5") == (problem.what, problem.path)


def test_a_form_tells_when_and_for_whom_it_was_made(engine, officer):
    form = read(exported(engine, officer))

    assert ("TMTF", "KH") == form.speakers
    assert ("AWGIPC-82", NOW.isoformat()) == (form.facts["cycle"], form.facts["exported at"])
    assert day(date(2027, 7, 12)) in form_of(engine, officer).advice[0]
    assert write_form(form_of(engine, officer, "KH")).startswith(b"PK")
