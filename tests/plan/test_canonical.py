"""An edition as JSON: complete, always spelled the same, and the same plan again when read."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from models.plan.canonical import canonical, digest, export, from_document, to_document
from models.plan.read import read_plan
from models.plan.schema import Initiative, Plan

HERE = Path(__file__).parent
FOLDERS = [HERE / "tiny_plan", HERE.parents[1] / "plan"]


@pytest.fixture(params=FOLDERS, ids=["the tiny plan", "the real plan"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(request.param)


def test_an_edition_comes_back_as_the_plan_it_was_written_from(plan: Plan) -> None:
    assert from_document(json.loads(json.dumps(export(plan)))) == plan


def test_the_digest_is_that_of_sorted_compact_json_without_the_digest(plan: Plan) -> None:
    document = json.loads(json.dumps(export(plan)))
    printed = document.pop("sha256")
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert printed == digest(plan) == sha256(text.encode("utf-8")).hexdigest()
    assert canonical(document) == text.encode("utf-8")


def test_every_field_of_an_initiative_is_stated_also_where_it_is_empty(plan: Plan) -> None:
    for document in to_document(plan)["initiatives"]:
        assert set(document) == {*Initiative.model_fields, "out_of_force_on"}


def test_an_edition_carries_the_words_of_the_contract() -> None:
    first, second, _ = to_document(read_plan(HERE / "tiny_plan"))["initiatives"]
    assert (first["rule"], first["states"], first["joins"], first["weight"]) == ("all_applicable", [], {}, 1)
    assert (second["rule"], second["states"]) == ({"at_least": 2}, ["BN", "KH", "TL"])
    assert (second["due_by_state"], second["out_of_force_on"]) == ({"TL": "2030-12-31"}, None)
    assert first["deliverables"][1] == {"key": "D2", "title": "The guidelines", "due": "2028-12-31", "weight": 2.5}


def test_two_plans_that_differ_have_different_digests(plan: Plan) -> None:
    assert digest(plan) != digest(plan.model_copy(update={"title": "Another"}))
