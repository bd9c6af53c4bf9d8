"""Checks across the items of a plan; pure, and made on what parsed even when other items did not."""

from collections.abc import Callable, Iterator
from zoneinfo import available_timezones

from models.core.errors import Problem
from models.core.vocabulary import Scope
from models.plan.initiative_checks import check_initiatives
from models.plan.parse import Draft
from models.plan.references import dangling, duplicate_keys, repeated_values
from models.plan.source import shown, suggestion


def check(draft: Draft) -> list[Problem]:
    """Every problem between the items of a draft."""
    return [problem for one_check in CHECKS for problem in one_check(draft)]


def _period(draft: Draft) -> Iterator[Problem]:
    if draft.head and draft.head.item.period.end <= draft.head.item.period.start:
        yield draft.head.place.problem(("period", "end"), "is not after the period's start", "correct one of the two")


def _time_zone(draft: Draft) -> Iterator[Problem]:
    if draft.head and (zone := draft.head.item.settings.time_zone) not in (known := available_timezones()):
        near = [name for name in known if name.split("/")[0] == zone.split("/")[0]]
        remedy = suggestion(zone, near) if 0 < len(near) < 20 else suggestion(zone, ["Asia/Jakarta", "Asia/Singapore"])
        yield draft.head.place.problem(("settings", "time_zone"), f"{shown(zone)} is not a known time zone", remedy)


def _expected_counts(draft: Draft) -> Iterator[Problem]:
    """A withdrawn initiative still stands in the plan, so a lower count means that a line was lost."""
    if not draft.head or draft.raw.incomplete:
        return
    for kind, expected in draft.head.item.expected_counts:
        if (found := len(draft.raw.of(kind))) != expected:
            what = f"{found} {kind}, expected_counts says {expected}"
            remedy = "delete the surplus, or change expected_counts"
            if found < expected:
                remedy = "add the missing ones, mark one withdrawn instead of deleting it, or change expected_counts"
            yield draft.head.place.problem(("expected_counts", kind), what, remedy)


def _meetings(draft: Draft) -> Iterator[Problem]:
    for placed in draft.of("meetings"):
        if placed.item.end < placed.item.start:
            what = f"is before the meeting's start {placed.item.start}"
            yield placed.place.problem(("end",), what, "correct one of the two")


def _national_states(draft: Draft) -> Iterator[Problem]:
    if "states" in draft.raw.incomplete:
        return
    for initiative, place in draft.initiatives:
        if initiative.scope is Scope.NATIONAL and not initiative.states:
            remedy = "add the states, or delete the key to mean all member states"
            yield place.problem(("states",), "a national initiative needs at least one state", remedy)


def _measure_of_activity(draft: Draft) -> Iterator[Problem]:
    """In a folder nesting settles this; in a workbook the two columns can disagree."""
    measure_of = {placed.item.key: placed.item.measure for placed in draft.of("activities")}
    for initiative, place in draft.initiatives:
        measure = measure_of.get(initiative.activity, initiative.measure)
        if measure != initiative.measure:
            what = f"activity {shown(initiative.activity)} belongs to measure {shown(measure)}"
            yield place.problem(("measure",), what, "correct one of the two")


CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    duplicate_keys,
    dangling,
    repeated_values,
    check_initiatives,
    _period,
    _time_zone,
    _expected_counts,
    _meetings,
    _national_states,
    _measure_of_activity,
)
