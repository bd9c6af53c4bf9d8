"""The rules of a plan as a whole: references, dates, exits, parties, deliverables, counts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from models.core.errors import Problem
from models.core.text import suggestion
from models.core.vocabulary import Scope, Wording
from models.plan.parse import KINDS, PlanDraft
from models.plan.schema import AtLeast, Initiative
from models.plan.source import Loc, SourceLocation, quoted


def check(draft: PlanDraft) -> list[Problem]:
    """Return every problem of the plan as a whole: between its items, and within each initiative."""
    return [problem for rule in CHECKS for problem in rule(draft)]


def _period(draft: PlanDraft) -> Iterator[Problem]:
    if draft.head and draft.head.item.period.end <= draft.head.item.period.start:
        yield draft.head.place.problem(("period", "end"), "is not after the period's start", "correct one of the two")


def _time_zone(draft: PlanDraft) -> Iterator[Problem]:
    if draft.head and (zone := draft.head.item.settings.time_zone) not in (known := available_timezones()):
        near = [name for name in known if name.split("/")[0] == zone.split("/")[0]]
        remedy = suggestion(zone, near) if 0 < len(near) < 20 else suggestion(zone, ["Asia/Jakarta", "Asia/Singapore"])
        yield draft.head.place.problem(("settings", "time_zone"), f"{quoted(zone)} is not a known time zone", remedy)


def _expected_counts(draft: PlanDraft) -> Iterator[Problem]:
    """A withdrawn initiative stays in the plan, so a lower count means that a line was lost."""
    if not draft.head or draft.raw.incomplete:
        return
    for kind, expected in draft.head.item.expected_counts:
        if (number := len(draft.raw.of(kind))) != expected:
            what = f"{number} {kind}, expected_counts says {expected}"
            remedy = "delete the extra ones, or change expected_counts"
            if number < expected:
                remedy = "add the missing ones (never delete, mark withdrawn), or change expected_counts"
            yield draft.head.place.problem(("expected_counts", kind), what, remedy)


def _meetings(draft: PlanDraft) -> Iterator[Problem]:
    for placed in draft.of("meetings"):
        if placed.item.end < placed.item.start:
            what = f"is before the meeting's start {placed.item.start}"
            yield placed.place.problem(("end",), what, "correct one of the two")


def _national_states(draft: PlanDraft) -> Iterator[Problem]:
    if "states" in draft.raw.incomplete:
        return
    for initiative, place in draft.initiatives:
        if initiative.scope is Scope.NATIONAL and not initiative.states:
            remedy = "add the states, or delete the key to mean all member states"
            yield place.problem(("states",), "a national initiative needs at least one state", remedy)


def _measure_of_activity(draft: PlanDraft) -> Iterator[Problem]:
    """In a folder the nesting decides; in a workbook the two columns can contradict each other."""
    measure_of = {placed.item.key: placed.item.measure for placed in draft.of("activities")}
    for initiative, place in draft.initiatives:
        measure = measure_of.get(initiative.activity, initiative.measure)
        if measure != initiative.measure:
            what = f"activity {quoted(initiative.activity)} belongs to measure {quoted(measure)}"
            yield place.problem(("measure",), what, "correct one of the two")


Check = Callable[[Initiative, SourceLocation], Iterator[Problem]]

EXITS = ("withdrawn", "merged_into", "superseded_by")


def check_initiatives(draft: PlanDraft) -> Iterator[Problem]:
    """Every broken rule of every initiative that parsed."""
    member_from = {placed.item.key: placed.item.member_from for placed in draft.of("states")}
    for initiative, place in draft.initiatives:
        for rule in INITIATIVE_CHECKS:
            yield from rule(initiative, place)
        if initiative.scope is Scope.NATIONAL:
            yield from _dates_of_states(initiative, place, member_from)


def _dates(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    start = initiative.start
    if initiative.due <= start:
        yield place.problem(("due",), f"due {initiative.due} is not after start {start}", "correct one of the two")
    for state, due in initiative.due_by_state.items():
        if due <= start:
            what = f"due {due} is not after the initiative's start {start}"
            yield place.problem(("due_by_state", state), what, "correct one of the two")


def _deliverables(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    last = max([initiative.due, *initiative.due_by_state.values()])
    keys = [deliverable.key for deliverable in initiative.deliverables]
    for index, deliverable in enumerate(initiative.deliverables):
        if not initiative.start <= deliverable.due <= last:
            what = f"due {deliverable.due} is outside the initiative's {initiative.start} to {last}"
            yield place.problem(("deliverables", index, "due"), what, "correct the date, or the initiative's")
        if deliverable.key in keys[:index]:
            what = f"key {quoted(deliverable.key)} appears twice in this initiative"
            yield place.problem(("deliverables", index, "key"), what, "give each deliverable a key of its own")


def _exits(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    written = [name for name in EXITS if getattr(initiative, name)]
    for name in written[1:]:
        yield place.problem((name,), f"`{written[0]}` is given as well", "keep only one of the two")
    for name in written:
        on: date = getattr(initiative, name).on
        if on <= initiative.in_force_from and not _only_a_placeholder(initiative, name):
            what = f"{on} is not after in_force_from {initiative.in_force_from}"
            yield place.problem((name, "on"), what, "correct one of the two")
    for name in ("merged_into", "superseded_by"):
        merger = getattr(initiative, name)
        if merger and merger.initiative == initiative.key:
            yield place.problem((name, "initiative"), "refers to the initiative itself", "name the other initiative")


def _only_a_placeholder(initiative: Initiative, name: str) -> bool:
    """An unused working title is withdrawn from its first day, so that it was never counted."""
    return name == "withdrawn" and initiative.never_counted and initiative.wording is Wording.WORKING


def _regional(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    if initiative.scope is not Scope.REGIONAL:
        return
    for name in ("states", "joins", "due_by_state"):
        if getattr(initiative, name):
            what = f"`{name}` belongs to a national initiative but this one is regional"
            yield place.problem((name,), what, "delete it, or write scope: national")
    if isinstance(initiative.rule, AtLeast):
        what = "`at_least` counts states but this initiative is regional"
        yield place.problem(("rule",), what, "delete the rule, or write scope: national")


def _national(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    if initiative.scope is not Scope.NATIONAL:
        return
    if isinstance(initiative.rule, AtLeast) and initiative.rule.at_least > len(initiative.states) > 0:
        what = f"at_least {initiative.rule.at_least} is above the number of states ({len(initiative.states)})"
        yield place.problem(("rule", "at_least"), what, "lower it, or add states")


def _wording(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    wording = initiative.wording
    if wording is not Wording.WORKING:
        named = wording is Wording.OFFICIAL and initiative.source_note
        if not (initiative.source or named):
            what = f"wording is {wording} but `source` is missing"
            yield place.problem((), what, "add the address of the document that contains the title")
        return
    if not initiative.source_quotes:
        what = "wording is working but `source_quotes` is missing"
        yield place.problem((), what, "add the sentences on which the title is based")
    if "title" not in initiative.assumed:
        loc = ("assumed",) if initiative.assumed else ()
        yield place.problem(loc, "wording is working but `assumed` does not list title", "add title to it")


def _lead_not_supporting(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    if initiative.lead in initiative.supporting:
        loc = ("supporting", initiative.supporting.index(initiative.lead))
        yield place.problem(loc, f"{quoted(initiative.lead)} leads the initiative", "delete it here")


def _dates_of_states(initiative: Initiative, place: SourceLocation, member_from: dict[str, date]) -> Iterator[Problem]:
    """Dates of a single state need a state that takes part, and it joins after it became a member."""
    for name in ("joins", "due_by_state"):
        for state in getattr(initiative, name):
            if state in member_from and state not in initiative.states:
                what = f"{quoted(state)} is not one of the initiative's states"
                yield place.problem((name, state), what, "delete the line, or add the state")
    for state, joined in initiative.joins.items():
        if state in member_from and joined <= member_from[state]:
            what = f"{joined} is not after the state became a member ({member_from[state]})"
            yield place.problem(("joins", state), what, "write a later date, or delete the line")


INITIATIVE_CHECKS: tuple[Check, ...] = (
    _dates,
    _deliverables,
    _exits,
    _regional,
    _national,
    _wording,
    _lead_not_supporting,
)


class Reference(NamedTuple):
    """A field of the items of a list that contains keys of another list."""

    kind: str
    way: tuple[str, ...]
    target: str


REFERENCES = (
    Reference("activities", ("measure",), "measures"),
    Reference("initiatives", ("measure",), "measures"),
    Reference("initiatives", ("activity",), "activities"),
    Reference("initiatives", ("lead",), "bodies"),
    Reference("initiatives", ("supporting",), "bodies"),
    Reference("initiatives", ("champions",), "states"),
    Reference("initiatives", ("states",), "states"),
    Reference("initiatives", ("joins",), "states"),
    Reference("initiatives", ("due_by_state",), "states"),
    Reference("initiatives", ("partners",), "partners"),
    Reference("initiatives", ("themes",), "themes"),
    Reference("initiatives", ("ip_rights",), "ip_rights"),
    Reference("initiatives", ("withdrawn", "decided_at"), "meetings"),
    Reference("initiatives", ("merged_into", "decided_at"), "meetings"),
    Reference("initiatives", ("merged_into", "initiative"), "initiatives"),
    Reference("initiatives", ("superseded_by", "decided_at"), "meetings"),
    Reference("initiatives", ("superseded_by", "initiative"), "initiatives"),
    Reference("bodies", ("officers", "state"), "states"),
    Reference("meetings", ("body",), "bodies"),
    Reference("cooperation", ("states",), "states"),
    Reference("cooperation", ("partners",), "partners"),
    Reference("platforms", ("part_of",), "platforms"),
)


def keys_at(value: Any, way: tuple[str, ...], loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every key in a field, with the path to it: a single key, a list of keys, or the keys of a mapping."""
    if value is None:
        return
    if isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from keys_at(inner, way, (*loc, index))
    elif way:
        yield from keys_at(getattr(value, way[0]), way[1:], (*loc, way[0]))
    elif isinstance(value, Mapping):
        yield from (((*loc, key), key) for key in value)
    else:
        yield loc, value


def unknown_references(draft: PlanDraft) -> Iterator[Problem]:
    """Keys that no item has; an item that is itself broken still counts as present."""
    for kind, way, target in REFERENCES:
        if target in draft.raw.incomplete:
            continue
        known = dict.fromkeys(key for key, _ in draft.raw.keys(target))
        for placed in draft.of(kind):
            for loc, key in keys_at(placed.item, way):
                if key not in known:
                    what = f"{quoted(key)} is not in {target}"
                    yield placed.place.problem(loc, what, suggestion(key, list(known)))


def duplicate_keys(draft: PlanDraft) -> Iterator[Problem]:
    """Keys that two items of one list share."""
    for kind in KINDS:
        first: dict[str, str] = {}
        for key, place in draft.raw.keys(kind):
            line = place.line(("key",))
            if key in first:
                what = f"key {quoted(key)} is already used in {first[key]}"
                yield place.problem(("key",), what, "give each item a key of its own")
            first.setdefault(key, f"{place.file}:{line}")


def repeated_values(draft: PlanDraft) -> Iterator[Problem]:
    """Values that appear twice in a list of an item."""
    for placed in (placed for kind in KINDS for placed in draft.of(kind)):
        for name, values in placed.item:
            if isinstance(values, tuple):
                for index, value in enumerate(values):
                    if isinstance(value, str) and value in values[:index]:
                        yield placed.place.problem(
                            (name, index), f"{quoted(value)} appears twice", "delete one of them"
                        )


CHECKS: tuple[Callable[[PlanDraft], Iterator[Problem]], ...] = (
    duplicate_keys,
    unknown_references,
    repeated_values,
    check_initiatives,
    _period,
    _time_zone,
    _expected_counts,
    _meetings,
    _national_states,
    _measure_of_activity,
)
