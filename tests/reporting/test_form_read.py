"""The progress form as it goes out, and as it comes back: every cell, whatever somebody made of the file."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from models.core.errors import NotFound, NotPermitted, Refused
from models.core.text import day, tidy
from models.core.vocabulary import Role
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment
from models.progress.clearing import return_to_author
from models.progress.drafts import report_nothing, save_field
from models.progress.statement import StatementFields
from models.reporting.form import CHOICES, FIELDS, cells_of
from models.reporting.form_read import progress_form, speakers_of
from models.reporting.form_workbook import COLUMNS, FIRST_LINE, HEADER_LINE, read_form, write_form
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
    SECRETARIAT_ROLE,
    add_user,
    load_with_cycle,
    reporting_plan,
)
from tests.kit.workbooks import edited

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


def test_an_unknown_body_is_told_with_those_there_are(engine, officer):
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
def test_whether_another_body_owes_something_is_not_told_to_who_may_not_read_it(engine, cambodia, speaker):
    outsider = add_user(engine, "la@example.org", RoleAssignment(Role.OBSERVER))
    for user in (PUBLIC, outsider) if speaker in speakers_of(cambodia) else (PUBLIC, outsider, cambodia):
        with pytest.raises(NotPermitted):
            form_of(engine, user, speaker)


def test_what_was_returned_stands_there_to_be_mended(engine, officer):
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
        (CAMBODIA, "narrative"): st.text(max_size=80).map(tidy),
        (TRAINING, "obstacles"): st.sampled_from(
            ["=1+1", "+1", "-1", "@x", "#N/A", "_x0041_", "a\tb\nc", "TRUE", "007"]
        ),
        (TRAINING, "obstacle_kind"): st.sampled_from(CHOICES["obstacle_kind"]),
        (TRAINING, "proposed_due"): st.dates(date(2026, 1, 1), date(2040, 1, 1)).map(date.isoformat),
        (REGIONAL, "deliverables_done"): st.sampled_from(["none", "D1", "D1; D2"]),
        (REGIONAL, "links"): st.just("https://example.org/a"),
    },
).filter(
    lambda cells: cells.get((CAMBODIA, "status")) in {"Ongoing", "Suspended"} or (CAMBODIA, "percent") not in cells
)


@cache
def owed_form():
    """The form of all three commitments, made once for all examples."""
    with fresh_database() as engine:
        load_with_cycle(engine)
        return form_of(engine, add_user(engine, "officer@example.org", SECRETARIAT_ROLE))


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
    row = replace(form.rows[0], cells=form.rows[0].cells | narrative | {"said": text, "title": text})
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


def rename(workbook):
    workbook["Progress"].title = "Sheet1"


def second_header(workbook):
    workbook["Progress"].cell(HEADER_LINE, column("status")).value = FIELDS["narrative"].label


def beyond(workbook):
    workbook["Progress"].cell(6000, 1).value = "x"


def damage(workbook):
    workbook["Exported"].cell(11, 5).value = "forty"


def older(workbook):
    workbook["Exported"].cell(1, 2).value = "0"


def line_again(workbook):
    for position in (1, 2):
        workbook["Progress"].cell(9, position).value = ("I02", "KH")[position - 1]


NONSENSE = {
    "a formula": (typed(CAMBODIA, "narrative", '=HYPERLINK("https://example.org")'), f"{NAME}:4: Progress!N4: "),
    "an error": (typed(CAMBODIA, "narrative", "#REF!"), "holds an error; write the value"),
    "a date as text": (typed(CAMBODIA, "proposed_due", "31/12/2030"), "Progress!S4: Proposed new due date: “31/12"),
    "a status of one's own": (typed(CAMBODIA, "status", "80 % done"), "choose Not started, Ongoing, Completed"),
    "nothing to report, and something": (
        lambda form: filled(form, {(CAMBODIA, "status"): "Nothing to report", (CAMBODIA, "narrative"): "x"}),
        "stands beside “Nothing to report”; empty the cell",
    ),
    "a step of what is completed": (
        lambda form: filled(form, {(CAMBODIA, "status"): "Completed", (CAMBODIA, "percent"): "90"}),
        "How far: does not go with “Completed”",
    ),
    "another key": (typed(CAMBODIA, "key", "I99"), "I99/KH is not one of the commitments of this form"),
    "a line twice": (changed(line_again), "I02/KH stands in line 4 already; delete one of the two lines"),
    "a deleted column": (
        changed(lambda workbook: workbook["Progress"].delete_cols(column("obstacles"))),
        "the column “Obstacles” is missing; take a new form",
    ),
    "a column twice": (changed(second_header), "the column “What happened since” appears twice"),
    "a new column": (
        changed(lambda workbook: setattr(workbook["Progress"].cell(HEADER_LINE, 40), "value", "Remarks")),
        "Progress!AN2: “Remarks” is not a column of this sheet",
    ),
    "words beside the columns": (
        changed(lambda workbook: setattr(workbook["Progress"].cell(4, 40), "value", "see mail")),
        "this column has no name",
    ),
    "merged cells": (
        changed(lambda workbook: workbook["Progress"].merge_cells("N3:N4")),
        "cells N3:N4 are merged; unmerge them",
    ),
    "another sheet name": (changed(rename), "the sheet “Progress” is missing; take a new form"),
    "another sheet": (
        changed(lambda workbook: workbook.create_sheet("Notes")),
        "“Notes” is not a sheet of this workbook",
    ),
    "no hidden sheet": (
        changed(lambda workbook: workbook.remove(workbook["Exported"])),
        "the hidden sheet with what was exported is missing",
    ),
    "a damaged hidden sheet": (changed(damage), "the hidden sheet with what was exported is missing, damaged"),
    "a form of another version": (changed(older), "or of another version; take a new form"),
    "rows without end": (changed(beyond), "reaches beyond 5000 rows"),
    "macros": (lambda form: repacked(form, **{"xl/vbaProject.bin": b"x"}), "contains macros; save it as .xlsx without"),
    "a zip bomb": (lambda form: repacked(form, **{"xl/more.xml": b" " * 60_000_000}), "unpacks to far more"),
    "a document type": (lambda form: repacked(form, **{"xl/a.xml": b"<!DOCTYPE a>"}), "its own document type"),
    "no workbook": (lambda _: b"PK nonsense", "is damaged or incomplete; open it in Excel and save it again as .xlsx"),
}


@pytest.mark.parametrize(("change", "words"), NONSENSE.values(), ids=NONSENSE)
def test_a_form_edited_into_nonsense_is_refused_cell_by_cell_with_the_remedy(engine, officer, change, words):
    with pytest.raises(Refused) as refused:
        read(change(exported(engine, officer)))

    assert words in str(refused.value)
    assert all(line.startswith(f"{NAME}:") and "; " in line for line in str(refused.value).split("\n"))


def test_every_problem_is_told_at_once(engine, officer):
    form = filled(
        exported(engine, officer), {(CAMBODIA, "status"): "Bad", (TRAINING, "links"): "here", (REGIONAL, "percent"): 5}
    )
    with pytest.raises(Refused) as refused:
        read(form)

    assert ["Progress!L3", "Progress!K4", "Progress!W5"] == [one.path for one in refused.value.problems]


def test_lines_may_stand_in_another_order_and_be_left_out(engine, officer):
    form = filled(exported(engine, officer), {(TRAINING, "narrative"): "Trained."})

    def without_first_lines(workbook):
        workbook["Progress"].delete_rows(FIRST_LINE, 2)

    assert {(TRAINING, "narrative"): "Trained."} == told(edited(form, without_first_lines))


def test_a_commitment_that_left_the_plan_is_refused(engine, officer, plan):
    form = exported(engine, officer)
    smaller = plan.model_copy(update={"initiatives": plan.initiatives[:2]})
    with pytest.raises(Refused, match="I03/KH is no longer in the plan"):
        read_form(form, NAME, smaller)


def test_a_form_tells_when_and_for_whom_it_was_made(engine, officer):
    form = read(exported(engine, officer))

    assert ("TMTF", "KH") == form.speakers
    assert ("AWGIPC-82", NOW.isoformat()) == (form.facts["cycle"], form.facts["exported at"])
    assert day(date(2027, 7, 12)) in form_of(engine, officer).advice[0]
    assert write_form(form_of(engine, officer, "KH")).startswith(b"PK")
