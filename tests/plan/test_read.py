"""What a user of a plan folder is given: one whole plan, in order, with what the files leave out filled in."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import BaseModel

from models.plan.error_messages import SHAPES
from models.plan.parse import KINDS
from models.plan.read import read_plan, summary
from models.plan.schema import Plan, PlanHead

TINY = Path(__file__).parent / "tiny_plan"


@pytest.fixture
def plan() -> Plan:
    return read_plan(TINY)


def edited(tmp_path: Path, name: str, old: str, new: str) -> Plan:
    folder = Path(shutil.copytree(TINY, tmp_path / "plan"))
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    return read_plan(folder)


def test_the_summary_counts_the_plan_and_its_wordings(plan: Plan) -> None:
    assert summary(plan) == ("2 strategic measures, 2 activities, 3 initiatives (1 official, 1 paraphrase, 1 working)")


def test_measure_and_activity_follow_from_where_an_initiative_stands(plan: Plan) -> None:
    assert [(initiative.key, initiative.measure, initiative.activity) for initiative in plan.initiatives] == [
        ("I01", "M1", "A01"),
        ("I02", "M1", "A01"),
        ("I03", "M2", "A02"),
    ]


def test_a_national_initiative_without_states_is_for_all_member_states(plan: Plan) -> None:
    assert plan.initiative["I02"].states == ("BN", "KH", "TL")


def test_a_regional_initiative_has_no_states(plan: Plan) -> None:
    assert plan.initiative["I01"].states == ()


def test_an_initiative_is_in_force_from_the_first_day_of_the_plan_unless_it_says_otherwise(tmp_path: Path) -> None:
    later = "key: I03\n        in_force_from: 2027-07-01"
    plan = edited(tmp_path, "measures/2-second.yaml", "key: I03", later)
    assert [initiative.in_force_from for initiative in plan.initiatives] == [
        date(2026, 1, 1),
        date(2026, 1, 1),
        date(2027, 7, 1),
    ]


def test_states_stand_in_the_order_of_the_plan_however_they_are_written(tmp_path: Path) -> None:
    plan = edited(tmp_path, "measures/2-second.yaml", "[BN, KH]", "[TL, BN]")
    assert plan.initiative["I03"].states == ("BN", "TL")


def test_a_weight_is_exactly_the_decimal_that_is_written(tmp_path: Path) -> None:
    plan = edited(tmp_path, "measures/1-first.yaml", "weight: 2.5", "weight: 0.1")
    assert plan.initiative["I01"].deliverables[1].weight == Fraction(1, 10)


def test_a_withdrawn_initiative_is_still_counted_as_present(tmp_path: Path) -> None:
    exit_ = "{on: 2027-01-01, reason: Done elsewhere, decided_at: AWGIPC-80}"
    plan = edited(tmp_path, "measures/2-second.yaml", "lead: TMTF", f"lead: TMTF\n        withdrawn: {exit_}")
    assert plan.initiative["I03"].out_of_force_on == date(2027, 1, 1)


def test_a_readme_and_other_papers_in_the_folder_are_no_concern(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "plan"))
    (folder / "README.md").write_text("How to edit.")
    assert read_plan(folder) == read_plan(TINY)


@pytest.mark.parametrize("model", [*KINDS.values(), PlanHead], ids=lambda model: model.__name__)
def test_every_pattern_of_the_schema_is_described_in_words(model: type[BaseModel]) -> None:
    assert patterns_in_core(model.__pydantic_core_schema__) <= set(SHAPES)


def patterns_in_core(schema: object) -> set[str]:
    """Every pattern that a compiled schema holds, at any depth."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns_in_core, schema.values()))
    if isinstance(schema, (list, tuple)):
        return set().union(*map(patterns_in_core, schema))
    return set()
