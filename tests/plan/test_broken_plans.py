"""Every way a plan folder can be wrong, with the exact lines its editor reads.

A file of broken_plans/ takes the place of one file of tiny_plan/ and says on its first lines what is expected.
"""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.core.errors import Refused
from models.plan import yaml_lines as located_yaml
from models.plan.read import read_plan

HERE = Path(__file__).parent
TINY = HERE / "tiny_plan"
BROKEN = sorted((HERE / "broken_plans").glob("*.yaml"))

Bomb = Callable[[], bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny plan, to be broken."""
    return Path(shutil.copytree(TINY, tmp_path / "plan"))


def lines_of(path: Path) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read_plan(path)
    return str(refusal.value).split("\n")


def notes(case: Path, name: str) -> list[str]:
    head = case.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"# {name}: ") for line in head if line.startswith(f"# {name}: ")]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.stem)
def test_each_broken_plan_is_refused_with_its_file_line_and_remedy(case: Path, folder: Path) -> None:
    [replaced] = notes(case, "replaces")
    shutil.copyfile(case, folder / replaced)
    assert lines_of(folder) == notes(case, "expect")


def alias_bomb() -> bytes:
    rows = [b"a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)]
    return b"\n".join(rows)


HOSTILE: dict[str, tuple[Bomb, str]] = {
    "not UTF-8": (lambda: b"watch:\n  - key: caf\xe9\n", "plan/watch.yaml:2: is not UTF-8; save the file as UTF-8"),
    "a control character": (
        lambda: b"watch:\n  - key: a\n    title: b\x07\n",
        "plan/watch.yaml:3: contains the control character U+0007; delete it",
    ),
    "a null byte": (lambda: b"\x00", "plan/watch.yaml:1: contains the control character U+0000; delete it"),
    "over 1 MB": (
        lambda: b"#" * (located_yaml.MAX_BYTES + 1),
        "plan/watch.yaml:1: is over 1 MB; split the file, or delete what does not belong to the plan",
    ),
    "empty": (
        lambda: b"",
        "plan/watch.yaml:1: is empty; write its content, or delete the file if it is optional",
    ),
    "a megabyte of brackets": (
        lambda: b"[" * 1_000_000,
        "plan/watch.yaml:1: is nested deeper than 12 levels; use fewer levels",
    ),
    "a megabyte of braces": (
        lambda: b"{a: " * 250_000,
        "plan/watch.yaml:1: is nested deeper than 12 levels; use fewer levels",
    ),
    "deep nesting by indents": (
        lambda: b"\n".join(b" " * n + b"a:" for n in range(500)),
        "plan/watch.yaml:13: is nested deeper than 12 levels; use fewer levels",
    ),
    "deep nesting by dashes": (
        lambda: b"- " * 500_000,
        "plan/watch.yaml:1: is nested deeper than 12 levels; use fewer levels",
    ),
    "a megabyte of values": (
        lambda: b"watch:\n" + b"- a\n" * 249_990,
        "plan/watch.yaml:9999: contains more than 10000 values; split the file",
    ),
}


@pytest.mark.parametrize(("content", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_at_once(content: Bomb, expected: str, folder: Path) -> None:
    (folder / "watch.yaml").write_bytes(content())
    started = time.perf_counter()
    assert lines_of(folder) == [expected]
    assert time.perf_counter() - started < 1


def test_an_alias_bomb_is_refused_before_it_is_expanded(folder: Path) -> None:
    (folder / "watch.yaml").write_bytes(alias_bomb())
    started = time.perf_counter()
    lines = lines_of(folder)
    assert time.perf_counter() - started < 1
    assert "plan/watch.yaml:2: a1[0]: aliases are not allowed; write the value in full" in lines


def test_all_problems_of_all_files_are_stated_at_once_in_order(folder: Path) -> None:
    shutil.copyfile(HERE / "broken_plans" / "unknown_lead.yaml", folder / "measures" / "2-second.yaml")
    (folder / "bodies.yaml").write_text("bodies:\n  - key: AWGIPC\n    kind: club\n  - {key: TMTF, nam: T}\n")
    (folder / "partners.yaml").write_bytes(b"\xff")
    (folder / "extra.yml").write_text("a: 1\n")
    (folder / "states.yaml").write_text((TINY / "states.yaml").read_text().replace("BRN", "Brn"))
    lines = lines_of(folder)
    assert [line.split(": ")[0] for line in lines] == [
        *["plan/bodies.yaml:2", "plan/bodies.yaml:3"],
        *["plan/bodies.yaml:4"] * 3,
        "plan/extra.yml:1",
        "plan/measures/2-second.yaml:18",
        "plan/partners.yaml:1",
        "plan/states.yaml:5",
    ]


def test_a_reference_to_a_broken_item_is_not_called_unknown(folder: Path) -> None:
    (folder / "themes.yaml").write_text((TINY / "themes.yaml").read_text().replace("afaipc", "other"))
    [line] = lines_of(folder)
    assert line.startswith("plan/themes.yaml:4: themes[0].group: `other` is not one of afaipc, priority_area")


@pytest.mark.parametrize("name", ["settings", "states", "bodies"])
def test_a_required_file_that_is_missing_is_the_only_problem_named(name: str, folder: Path) -> None:
    (folder / f"{name}.yaml").unlink()
    assert lines_of(folder) == [f"plan/{name}.yaml:1: is missing; add this file"]


def test_a_folder_without_measures_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "measures")
    assert lines_of(folder) == ["plan/measures:1: contains no *.yaml file; add one for each measure"]


def test_a_misspelt_file_is_not_passed_over(folder: Path) -> None:
    (folder / "partners.yaml").rename(folder / "partner.yaml")
    assert "plan/partner.yaml:1: is not a plan file; did you mean `partners.yaml`?" in lines_of(folder)


def test_a_measure_in_a_folder_of_another_name_is_not_passed_over(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "3-third.yaml").write_text("key: M3\n")
    assert lines_of(folder)[0].startswith("plan/more/3-third.yaml:1: is not a plan file; ")


def test_a_folder_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "watch.yaml").unlink()
    (folder / "watch.yaml").mkdir()
    [line] = lines_of(folder)
    assert line.startswith("plan/watch.yaml:1: cannot be read (")


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    expected = "nowhere:1: does not exist; give the path of a plan folder or of a plan workbook"
    assert lines_of(tmp_path / "nowhere") == [expected]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "plan.csv",
            "is a text file (.csv or .txt), not an Excel workbook; open it in Excel and save it as Excel Workbook",
        ),
        ("plan.yaml", "is neither a folder nor an .xlsx workbook; fill in the workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_what_it_is(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_text("key\n")
    [line] = lines_of(tmp_path / name)
    assert line.startswith(f"{name}:1: {words}")
