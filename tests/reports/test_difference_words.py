"""What an edition would change, in sentences grouped by what they are about."""

from datetime import date

import pytest

from models.amendments.diff import changes_between
from models.core.vocabulary import Wording
from models.plan.schema import Exit, Merger
from reports.parts.difference_words import describe_changes
from tests.kit.builders import changed, tiny_plan

LEFT = {"on": date(2028, 3, 16), "reason": "One work plan for both.", "decided_at": "AWGIPC-80"}


def sentences(plan):
    return {
        part.name: part.sentences for part in describe_changes(changes_between(tiny_plan(), plan), tiny_plan(), plan)
    }


def test_a_title_says_whose_words_it_was_and_becomes():
    official = {"wording": Wording.OFFICIAL, "source": "https://example.org/plan", "source_quotes": ()}
    plan = changed(tiny_plan(), "I01", title="Guidelines", assumed=("lead", "due"), **official)

    assert sentences(plan) == {
        "I01": (
            "title: changed from “A common set of guidelines” (working title) to “Guidelines” (official text).",
            "source: https://example.org/plan.",
        )
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"due": date(2029, 6, 30), "assumed": ("title", "lead")},
            "due date: changed from 31 Dec 2028 (assumed) to 30 Jun 2029.",
        ),
        ({"assumed": ("title", "due")}, "no longer assumed: lead."),
        ({"activity": "A02", "measure": "M2"}, "activity: changed from 1.1 to 2.1."),
        (
            {"withdrawn": Exit(**LEFT)},
            "is withdrawn from 16 Mar 2028, as decided at AWGIPC-80: One work plan for both.",
        ),
        (
            {"merged_into": Merger(**LEFT, initiative="I02")},
            "is merged into I02 from 16 Mar 2028, as decided at AWGIPC-80: One work plan for both.",
        ),
        (
            {"superseded_by": Merger(**LEFT, initiative="I02")},
            "is superseded by I02 from 16 Mar 2028, as decided at AWGIPC-80: One work plan for both.",
        ),
        (
            {"withdrawn": Exit(**LEFT | {"on": date(2026, 1, 1)})},
            "“A common set of guidelines” (working title) is a placeholder that is no longer needed:"
            " it is removed and was never counted.",
        ),
    ],
)
def test_each_change_of_an_initiative_is_one_sentence(fields, sentence):
    assert sentences(changed(tiny_plan(), "I01", **fields)) == {"I01": (sentence,)}


def test_a_new_initiative_is_introduced():
    plan = tiny_plan()
    new = plan.initiatives[0].model_copy(update={"key": "I04", "assumed": ("title", "lead", "due")})
    longer = plan.model_copy(update={"initiatives": (*plan.initiatives, new), "version": "1.1"})

    assert sentences(longer) == {
        "The plan": ("edition 1.0 is followed by edition 1.1.",),
        "I04": (
            "is new: “A common set of guidelines” (working title), regional, lead TMTF (assumed),"
            " due 31 Dec 2028 (assumed).",
        ),
    }


def test_other_parts_are_stated_too():
    plan = tiny_plan()
    held = plan.meetings[0].model_copy(update={"place": "Bohol"})

    assert sentences(plan.model_copy(update={"meetings": (held,)})) == {
        "Meeting AWGIPC-80": ("place: changed from nothing to Bohol.",)
    }
