"""No file exhausts the server, whoever reads it: it is refused in words, or read, within seconds and little memory."""

import pytest

from models.plan.workbook import plan_workbook
from reports.formats.word.template import SHIPPED
from tests.kit.builders import tiny_plan
from tests.kit.exhaustion import Outcome, outcomes
from tests.kit.hostile import HARMLESS, HARMLESS_DOCUMENTS, REFUSED, REFUSED_DOCUMENTS

SECONDS, MEGABYTES = 3, 200
"""At most, for one file and one reader, with all that the process has loaded before."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What every reader did with every file, by the name of the file."""
    folder = tmp_path_factory.mktemp("files")
    book, document = plan_workbook(tiny_plan(), "plan.xlsx"), SHIPPED.read_bytes()
    for name, change in (REFUSED | HARMLESS).items():
        (folder / f"{name}.xlsx").write_bytes(change(book))
    for name, change in (REFUSED_DOCUMENTS | HARMLESS_DOCUMENTS).items():
        (folder / f"{name}.docx").write_bytes(change(document))
    by_name: dict[str, list[Outcome]] = {}
    for outcome in outcomes(folder):
        by_name.setdefault(outcome["file"], []).append(outcome)
    return by_name


@pytest.mark.parametrize("name", REFUSED | HARMLESS | REFUSED_DOCUMENTS | HARMLESS_DOCUMENTS)
def test_no_file_takes_long_or_fills_the_memory(results, name):
    assert [] == [
        outcome
        for outcome in results[name]
        if outcome["seconds"] > SECONDS or outcome["mb"] > MEGABYTES or outcome["said"].startswith("fault")
    ]


@pytest.mark.parametrize("name", REFUSED | REFUSED_DOCUMENTS)
def test_a_hostile_file_is_refused_in_words_by_whoever_opens_it(results, name):
    """Evidence is kept and not opened, so that only its kind is looked at."""
    assert [] == [outcome for outcome in results[name] if not outcome["said"] and outcome["reader"] != "evidence"]


@pytest.mark.parametrize("name", HARMLESS | HARMLESS_DOCUMENTS)
def test_what_nobody_here_looks_at_does_no_harm(results, name):
    """It is read as if it were not there, where the workbook is one that the reader knows."""
    assert [""] == [outcome["said"] for outcome in results[name] if outcome["reader"] in {"plan", "template"}]
