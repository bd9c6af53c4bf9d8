"""A plan written out, as a folder or as a workbook, comes back as the same plan."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from models.core.errors import PlanError
from models.core.folding import kept
from models.plan.canonical import export, from_document
from models.plan.folder import plan_files
from models.plan.read import read_plan
from models.plan.schema import Plan
from models.plan.source import UNPRINTABLE
from models.plan.workbook import plan_workbook

HERE = Path(__file__).parent
TINY = HERE / "tiny_plan"
REAL = HERE.parents[1] / "plan"

LETTERS = st.characters(codec="utf-8").filter(lambda letter: not UNPRINTABLE.match(letter))
TEXTS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=80),
    st.text("=+-@;:[]{}'\"#\n\t aé1.", min_size=1, max_size=30),
    st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "1.10", "true", "2026-01-01", "#N/A", "a; b", "[x]", "{a: b}"]),
)
STORED = TEXTS.map(kept).filter(lambda text: text.strip() != "")


@pytest.fixture
def plan() -> Plan:
    return read_plan(TINY)


def with_texts(title: str, quotes: list[str], reason: str) -> Plan:
    """The tiny plan with these texts in a title, in a list of texts and inside a part of an initiative."""
    document = json.loads(json.dumps(export(read_plan(TINY))))
    first = document["initiatives"][0]
    first.update(title=title, source_quotes=quotes)
    first["withdrawn"] = {"on": "2027-01-01", "reason": reason, "decided_at": "AWGIPC-80"}
    return from_document(document)


def write_folder(plan: Plan, folder: Path) -> None:
    for name, content in plan_files(plan).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def write_workbook(plan: Plan, path: Path) -> None:
    path.write_bytes(plan_workbook(plan, path.name))


@pytest.mark.parametrize("source", [TINY, REAL], ids=["the tiny plan", "the real plan"])
def test_a_plan_written_as_a_folder_comes_back_the_same(source: Path, tmp_path: Path) -> None:
    write_folder(read_plan(source), tmp_path / "out")
    assert read_plan(tmp_path / "out") == read_plan(source)


@pytest.mark.parametrize("source", [TINY, REAL], ids=["the tiny plan", "the real plan"])
def test_a_plan_written_as_a_workbook_comes_back_the_same(source: Path, tmp_path: Path) -> None:
    write_workbook(read_plan(source), tmp_path / "out.xlsx")
    assert read_plan(tmp_path / "out.xlsx") == read_plan(source)


@settings(max_examples=30)
@example(title="{", quotes=["{"], reason="[")
@given(title=STORED, quotes=st.lists(STORED, min_size=1, max_size=3, unique_by=str.strip), reason=STORED)
def test_any_text_comes_back_from_folder_and_workbook(
    tmp_path_factory: pytest.TempPathFactory, title: str, quotes: list[str], reason: str
) -> None:
    plan = with_texts(title, quotes, reason)
    folder = tmp_path_factory.mktemp("any")
    write_folder(plan, folder / "out")
    write_workbook(plan, folder / "out.xlsx")
    assert read_plan(folder / "out") == plan
    assert read_plan(folder / "out.xlsx") == plan
    shutil.rmtree(folder)


def test_defaults_are_left_out_of_the_files(plan: Plan, tmp_path: Path) -> None:
    write_folder(plan, tmp_path / "out")
    text = (tmp_path / "out" / "measures" / "1-M1.yaml").read_text(encoding="utf-8")
    assert not [word for word in ("in_force_from", "older_text", "null", "states:") if word in text]


def test_a_text_that_looks_like_a_formula_is_stored_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_workbook(with_texts("=1+1", ["+2"], "-3"), path)
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut(tmp_path: Path) -> None:
    plan = with_texts("A title", [f"{number}{'x' * 3990}" for number in range(9)], "None")
    with pytest.raises(PlanError, match=r"out.xlsx:2: Initiatives.source_quotes: is too long for a cell; "):
        write_workbook(plan, tmp_path / "out.xlsx")


Edit = Callable[[Any], object]

EDITS: dict[str, tuple[Edit, list[str]]] = {
    "a wrong word": (
        lambda book: book["Initiatives"].cell(3, 7, "nationl"),
        ["Initiatives.scope: `nationl` is not one of regional, national; did you mean `national`?"],
    ),
    "a number where text belongs": (
        lambda book: book["Activities"].cell(2, 2, 1.1),
        ["Activities.code: must be text; format the cell as text"],
    ),
    "a formula": (
        lambda book: book["Initiatives"].cell(3, 3, "=A1"),
        ["Initiatives.title: cell C3 holds a formula; replace it with its value"],
    ),
    "merged cells": (
        lambda book: book["States"].merge_cells("H2:H3"),
        ["States: cells H2:H3 are merged; unmerge them and fill each one"],
    ),
    "an unknown sheet": (
        lambda book: book.create_sheet("Meeting"),
        ["“Meeting” is not a sheet of this workbook; did you mean `Meetings`?"],
    ),
    "an unknown column": (
        lambda book: book["Themes"].cell(1, 9, "titel"),
        ["Themes!I1: “titel” is not a column of this sheet; did you mean `title`?"],
    ),
    "a missing sheet": (
        lambda book: book.remove(book["Bodies"]),
        ["the sheet “Bodies” is missing; put it back as `plan export` writes it"],
    ),
    "a missing column": (
        lambda book: book["Themes"].delete_cols(2),
        ["Themes: the column “title” is missing; put it back as `plan export` writes it"],
    ),
    "braces that do not close": (
        lambda book: book["Initiatives"].cell(3, 17, "{TL: 2030-12-31"),
        ["Initiatives.due_by_state: is not YAML: a comma or } is missing; check indents, colons and quotes here"],
    ),
    "an activity under another measure": (
        lambda book: book["Initiatives"].cell(2, 5, "M2"),
        ["Initiatives.measure: activity `A01` belongs to measure `M1`; correct one of the two"],
    ),
    "a cell far away": (
        lambda book: book["Watch"].cell(900_000, 5, "x"),
        ["Watch: reaches beyond 5000 rows or 100 columns; delete the rows and columns that hold nothing"],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_a_broken_workbook_is_refused_with_its_sheet_column_and_remedy(
    edit: Edit, expected: list[str], plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    book: Workbook = load_workbook(path)
    edit(book)
    book.save(path)
    with pytest.raises(PlanError) as refusal:
        read_plan(path)
    assert [str(problem).split(": ", 1)[1] for problem in refusal.value.problems] == expected


def test_dates_typed_as_text_or_as_dates_mean_the_same(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    book = load_workbook(path)
    book["Meetings"].cell(2, 4).value = "2026-03-02"
    book.save(path)
    assert read_plan(path) == plan
