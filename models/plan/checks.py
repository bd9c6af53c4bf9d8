"""The rules of a plan as a whole: references, dates, exits, parties, deliverables, counts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel

from models.core.days import Window, outside
from models.core.errors import Problem
from models.core.names import nearest
from models.core.text import suggestion
from models.core.vocabulary import Scope, Wording
from models.plan.calendar import day_window
from models.plan.names import raw_names
from models.plan.parse import KINDS, ParsedItem, PlanDraft
from models.plan.schema import AtLeast, Initiative
from models.plan.schema_parts import FOUNDED, In, OfHistory
from models.plan.source import Loc, SourceLocation, quoted


def check(draft: PlanDraft) -> list[Problem]:
    """Return every problem of the plan as a whole: between its items, and within each initiative."""
    return [*_days_in_window(draft), *(problem for rule in CHECKS for problem in rule(draft))]


def _period(draft: PlanDraft) -> Iterator[Problem]:
    if draft.head and draft.head.item.period.end <= draft.head.item.period.start:
        yield draft.head.place.problem(("period", "end"), "is not after the period's start", "correct one of the two")


def _days_in_window(draft: PlanDraft) -> Iterator[Problem]:
    """Every date lies within five years of the plan's period; one of history may lie before, when ASEAN existed.

    An item with another date is taken out of the draft, so that no rule complains of that date once more.
    """
    if not draft.head:
        return
    first = date(FOUNDED, 1, 1)
    window, history = day_window(draft.head.item.period), Window(first, date.max)
    if problems := list(_outside(draft.head, history, history)):
        yield from problems
        return
    for kind in KINDS:
        for parsed in list(draft.items_of(kind)):
            if problems := list(_outside(parsed, window, Window(first, window.last))):
                yield from problems
                draft.items_of(kind).remove(parsed)


def _outside(parsed: ParsedItem, window: Window, history: Window) -> Iterator[Problem]:
    for loc, value, of_history in days_in(parsed.item):
        if refusal := outside(value, history if of_history else window):
            yield parsed.place.problem(loc, *refusal)


def days_in(item: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, date, bool]]:
    """Every date of an item: the path to it, the date, and whether it may lie before the plan."""
    for name, field in type(item).model_fields.items():
        of_history = any(map(_is_of_history, (*field.metadata, field.annotation)))
        yield from _days(getattr(item, name), (*loc, name), of_history=of_history)


def _days(value: Any, loc: Loc, *, of_history: bool) -> Iterator[tuple[Loc, date, bool]]:
    if isinstance(value, date):
        yield loc, value, of_history
    elif isinstance(value, BaseModel):
        yield from days_in(value, loc)
    elif isinstance(value, tuple | Mapping):
        for part, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _days(inner, (*loc, part), of_history=of_history)


def _is_of_history(annotation: Any) -> bool:
    """Whether a type, or a part of it, is marked as a day of history."""
    parts = (*getattr(annotation, "__metadata__", ()), *get_args(annotation))
    return isinstance(annotation, OfHistory) or any(map(_is_of_history, parts))


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
        if (number := len(draft.raw.items_of(kind))) != expected:
            what = f"{number} {kind}, expected_counts says {expected}"
            remedy = "delete the extra ones, or change expected_counts"
            if number < expected:
                remedy = "add the missing ones (never delete, mark withdrawn), or change expected_counts"
            yield draft.head.place.problem(("expected_counts", kind), what, remedy)


def _meetings(draft: PlanDraft) -> Iterator[Problem]:
    for meeting, place in draft.items_of("meetings"):
        if meeting.end < meeting.start:
            what = f"is before the meeting's start {meeting.start}"
            yield place.problem(("end",), what, "correct one of the two")


def _national_states(draft: PlanDraft) -> Iterator[Problem]:
    if "states" in draft.raw.incomplete:
        return
    for initiative, place in draft.initiatives:
        if initiative.scope is Scope.NATIONAL and not initiative.states:
            remedy = "add the states, or delete the key to mean all member states"
            yield place.problem(("states",), "a national initiative needs at least one state", remedy)


def _measure_of_activity(draft: PlanDraft) -> Iterator[Problem]:
    """In a folder the nesting decides; in a workbook the two columns can contradict each other."""
    measure_of = {activity.key: activity.measure for activity, _ in draft.items_of("activities")}
    for initiative, place in draft.initiatives:
        measure = measure_of.get(initiative.activity, initiative.measure)
        if measure != initiative.measure:
            what = f"activity {quoted(initiative.activity)} belongs to measure {quoted(measure)}"
            yield place.problem(("measure",), what, "correct one of the two")


EXITS = ("withdrawn", "merged_into", "superseded_by")


def check_initiatives(draft: PlanDraft) -> Iterator[Problem]:
    """Every broken rule of every initiative that parsed."""
    member_from = {state.key: state.member_from for state, _ in draft.items_of("states")}
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
    # An unused working title is withdrawn from its first day, so that it was never counted.
    placeholder = initiative.withdrawn and initiative.never_counted and initiative.wording is Wording.WORKING
    for name in written[1:]:
        yield place.problem((name,), f"`{written[0]}` is given as well", "keep only one of the two")
    for name in written:
        on: date = getattr(initiative, name).on
        if on <= initiative.in_force_from and not (placeholder and name == "withdrawn"):
            what = f"{on} is not after in_force_from {initiative.in_force_from}"
            yield place.problem((name, "on"), what, "correct one of the two")
    for name in ("merged_into", "superseded_by"):
        merger = getattr(initiative, name)
        if merger and merger.initiative == initiative.key:
            yield place.problem((name, "initiative"), "refers to the initiative itself", "name the other initiative")


def _scope(initiative: Initiative, place: SourceLocation) -> Iterator[Problem]:
    rule, states = initiative.rule, len(initiative.states)
    if initiative.scope is Scope.NATIONAL:
        if isinstance(rule, AtLeast) and rule.at_least > states > 0:
            what = f"at_least {rule.at_least} is above the number of states ({states})"
            yield place.problem(("rule", "at_least"), what, "lower it, or add states")
        return
    for name in ("states", "joins", "due_by_state"):
        if getattr(initiative, name):
            what = f"`{name}` belongs to a national initiative but this one is regional"
            yield place.problem((name,), what, "delete it, or write scope: national")
    if isinstance(rule, AtLeast):
        what = "`at_least` counts states but this initiative is regional"
        yield place.problem(("rule",), what, "delete the rule, or write scope: national")


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


INITIATIVE_CHECKS = (_dates, _deliverables, _exits, _scope, _wording, _lead_not_supporting)


def keys_in(item: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, str, str]]:
    """Every key of another list in an item: the path to it, the key, and the list."""
    for name, field in type(item).model_fields.items():
        kind = next(filter(None, map(_list_named, (*field.metadata, field.annotation))), None)
        yield from _keys(getattr(item, name), kind, (*loc, name))


def _keys(value: Any, kind: str | None, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    if isinstance(value, BaseModel):
        yield from keys_in(value, loc)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _keys(inner, kind, (*loc, index))
    elif kind and isinstance(value, Mapping):
        yield from (((*loc, key), key, kind) for key in value)
    elif kind and value is not None:
        yield loc, value, kind


def _list_named(annotation: Any) -> str | None:
    """The list of the plan whose keys a type contains, from its annotation."""
    if isinstance(annotation, In):
        return annotation.kind
    parts = (*getattr(annotation, "__metadata__", ()), *get_args(annotation))
    return next(filter(None, map(_list_named, parts)), None)


def unknown_references(draft: PlanDraft) -> Iterator[Problem]:
    """Keys that no item has; an item that is itself broken still counts as present."""
    known = {kind: dict.fromkeys(key for key, _ in draft.raw.keys(kind)) for kind in KINDS}
    for item, place in draft.all():
        for loc, key, kind in keys_in(item):
            if key not in known[kind] and kind not in draft.raw.incomplete:
                remedy = nearest(key, raw_names(draft.raw, kind), known[kind])
                yield place.problem(loc, f"{quoted(key)} is not in {kind}", remedy)


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
    for item, place in draft.all():
        for name, values in item:
            for index, value in enumerate(values if isinstance(values, tuple) else ()):
                if isinstance(value, str) and value in values[:index]:
                    yield place.problem((name, index), f"{quoted(value)} appears twice", "delete one of them")


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
