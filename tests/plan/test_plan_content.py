"""The plan as shipped says nothing its sources do not say, and plan/README.md explains all of it.

seeds/ holds the two public pages the plan rests on, byte for byte as they were read.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from models.core.vocabulary import Scope, Wording
from models.plan.read import read_plan
from models.plan.schema import Plan

PLAN = Path(__file__).parents[2] / "plan"
SEEDS = Path(__file__).parent / "seeds"

OLDER_HALF = "Majoral Sectoral Bodies/Committees"
"""The heading of the ASEAN page below which it still speaks of the AIPRAP 2025."""

IP_RIGHTS = (
    "Intellectual Property includes patents, utility models, copyright, industrial designs, trademarks, plant variety "
    "protection, integrated circuits design, genetic resources, trade secret, traditional knowledge and geographical "
    "indications."
)


@cache
def plan() -> Plan:
    return read_plan(PLAN)


@cache
def seed(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


def asean_page() -> str:
    return seed("asean_ipr_page.txt")


def values_of(value: Any, name: str) -> Iterator[Any]:
    """Every value that stands under a field of this name, anywhere in the plan."""
    if isinstance(value, BaseModel):
        for field, inner in value:
            if field == name:
                yield inner
            yield from values_of(inner, name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from values_of(inner, name)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model a type speaks of, and every model in those."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation)
    for inner in get_args(annotation):
        yield from models_in(inner)


def test_every_source_quote_is_an_exact_substring_of_a_seed() -> None:
    quotes = [quote for quote in values_of(plan(), "source_quote") if quote]
    quotes += [quote for several in values_of(plan(), "source_quotes") for quote in several]
    seeds = [asean_page(), seed("ipos_international_page.txt")]

    assert len(quotes) > 60
    assert [quote for quote in quotes if not any(quote in text for text in seeds)] == []


def test_every_quote_of_an_initiative_and_of_a_theme_stands_on_the_asean_page() -> None:
    quotes = [quote for initiative in plan().initiatives for quote in initiative.source_quotes]
    quotes += [theme.source_quote for theme in plan().themes]

    assert [quote for quote in quotes if quote not in asean_page()] == []


def test_the_five_measure_titles_are_the_published_ones_in_the_published_order() -> None:
    places = [asean_page().index(f"- {measure.title}") for measure in plan().measures]

    assert len(places) == 5
    assert places == sorted(places)


def test_the_fourteen_activity_titles_are_the_published_ones_in_the_published_order() -> None:
    published = asean_page().split("are as follows:\n")[1].splitlines()[:14]

    assert [activity.title for activity in plan().activities] == [line.strip("- .;") for line in published]


def test_every_activity_says_that_its_measure_is_assumed() -> None:
    assert all("grouping" in activity.assumed for activity in plan().activities)
    assert list(Counter(activity.measure for activity in plan().activities).values()) == [3, 3, 3, 3, 2]


def test_of_43_titles_none_is_official_and_four_are_paraphrases() -> None:
    assert {wording: plan().count(wording) for wording in Wording} == {
        Wording.OFFICIAL: 0,
        Wording.PARAPHRASE: 4,
        Wording.WORKING: 39,
    }


def test_the_only_champion_is_the_one_the_press_text_names_for_four_initiatives() -> None:
    championed = {initiative.key: initiative.champions for initiative in plan().initiatives if initiative.champions}

    assert championed == dict.fromkeys(["I03", "I19", "I23", "I26"], ("PH",))


def test_each_paraphrase_says_that_two_of_the_four_may_be_one() -> None:
    paraphrases = [initiative for initiative in plan().initiatives if initiative.wording is Wording.PARAPHRASE]

    assert all("two of the four" in (initiative.source_note or "") for initiative in paraphrases)


def test_no_partner_is_assigned_to_an_initiative() -> None:
    assert not any(initiative.partners for initiative in plan().initiatives)


def test_thirty_initiatives_are_regional_and_thirteen_national_for_all_states() -> None:
    national = [initiative for initiative in plan().initiatives if initiative.scope is Scope.NATIONAL]

    assert len(plan().initiatives) - len(national) == 30
    assert len(national) == 13
    assert all(len(initiative.states) == 11 for initiative in national)


@pytest.mark.parametrize("field", ["start", "due", "lead", "scope", "activity"])
def test_what_no_source_gives_is_marked_as_assumed(field: str) -> None:
    assert [initiative.key for initiative in plan().initiatives if field not in initiative.assumed] == []


def test_dates_follow_the_mechanical_rule() -> None:
    for initiative in plan().initiatives:
        slot = initiative.code[-1]
        year = 2030 if initiative.scope is Scope.NATIONAL else {"a": 2027, "b": 2028, "c": 2029, "d": 2030}[slot]
        assert (initiative.start, initiative.due) == (date(2026, 1, 1), date(year, 12, 31)), initiative.key


def test_older_text_is_marked_exactly_where_the_quotes_stand_in_the_older_half() -> None:
    newer, _ = asean_page().split(OLDER_HALF)
    older = {
        initiative.key
        for initiative in plan().initiatives
        if any(quote not in newer for quote in initiative.source_quotes)
    }

    assert older == {initiative.key for initiative in plan().initiatives if initiative.older_text}


def test_the_ip_rights_are_those_the_page_names_in_its_order() -> None:
    titles = [right.title.lower() for right in plan().ip_rights]

    assert IP_RIGHTS in asean_page()
    assert f"Intellectual Property includes {', '.join(titles[:-1])} and {titles[-1]}." == IP_RIGHTS


def test_bilateral_cooperation_is_outside_the_plan_and_rests_on_its_own_page() -> None:
    bilateral = [item for item in plan().cooperation if item.level == "bilateral"]

    assert len(bilateral) == 4
    assert not any(item.within_plan for item in bilateral)
    assert all((item.source_quote or "?") in seed("ipos_international_page.txt") for item in bilateral)


def test_only_active_cooperation_is_within_the_plan() -> None:
    assert {item.status for item in plan().cooperation if item.within_plan} == {"active"}


def test_member_states_stand_in_alphabetical_order() -> None:
    names = [state.name for state in plan().states]

    assert len(names) == 11
    assert names == sorted(names)


def test_three_meetings_a_year_are_foreseen_and_each_is_provisional() -> None:
    foreseen = [meeting for meeting in plan().meetings if meeting.number >= 78]

    assert [meeting.number for meeting in foreseen] == list(range(78, 93))
    assert Counter(meeting.start.year for meeting in foreseen) == dict.fromkeys(range(2026, 2031), 3)
    for meeting in foreseen:
        assert meeting.provisional
        assert meeting.place is None
        assert meeting.start.weekday() == 0
        assert 8 <= meeting.start.day <= 14
        assert (meeting.end - meeting.start).days == 3


def test_a_past_meeting_without_source_is_not_listed() -> None:
    assert all(meeting.sources for meeting in plan().meetings if meeting.number < 78)


def test_the_readme_names_every_key_an_editor_can_meet() -> None:
    readme = (PLAN / "README.md").read_text(encoding="utf-8")
    keys = {key for model in models_in(Plan) for key in model.model_fields}

    assert sorted(key for key in keys if f"`{key}`" not in readme) == []
