"""What must hold between the fields of one initiative, so that no figure is wrong and no date absurd."""

from collections.abc import Callable, Iterator
from datetime import date

from models.core.errors import Problem
from models.core.vocabulary import Scope, Wording
from models.plan.parse import Draft
from models.plan.schema import AtLeast, Initiative
from models.plan.source import Place, shown

Check = Callable[[Initiative, Place], Iterator[Problem]]

EXITS = ("withdrawn", "merged_into", "superseded_by")


def check_initiatives(draft: Draft) -> Iterator[Problem]:
    """Every broken rule of every initiative that parsed."""
    member_from = {placed.item.key: placed.item.member_from for placed in draft.of("states")}
    for initiative, place in draft.initiatives:
        for check in CHECKS:
            yield from check(initiative, place)
        if initiative.scope is Scope.NATIONAL:
            yield from _dates_of_states(initiative, place, member_from)


def _dates(initiative: Initiative, place: Place) -> Iterator[Problem]:
    start = initiative.start
    if initiative.due <= start:
        yield place.problem(("due",), f"due {initiative.due} is not after start {start}", "correct one of the two")
    for state, due in initiative.due_by_state.items():
        if due <= start:
            what = f"due {due} is not after the initiative's start {start}"
            yield place.problem(("due_by_state", state), what, "correct one of the two")


def _deliverables(initiative: Initiative, place: Place) -> Iterator[Problem]:
    last = max([initiative.due, *initiative.due_by_state.values()])
    keys = [deliverable.key for deliverable in initiative.deliverables]
    for index, deliverable in enumerate(initiative.deliverables):
        if not initiative.start <= deliverable.due <= last:
            what = f"due {deliverable.due} is outside the initiative's {initiative.start} to {last}"
            yield place.problem(("deliverables", index, "due"), what, "correct the date, or the initiative's")
        if deliverable.key in keys[:index]:
            what = f"key {shown(deliverable.key)} stands twice in this initiative"
            yield place.problem(("deliverables", index, "key"), what, "give each deliverable a key of its own")


def _exits(initiative: Initiative, place: Place) -> Iterator[Problem]:
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
            yield place.problem((name, "initiative"), "names the initiative itself", "name the other initiative")


def _only_a_placeholder(initiative: Initiative, name: str) -> bool:
    """A working title that nobody needs leaves from its first day, so that it never counted."""
    return name == "withdrawn" and initiative.never_counted and initiative.wording is Wording.WORKING


def _regional(initiative: Initiative, place: Place) -> Iterator[Problem]:
    if initiative.scope is not Scope.REGIONAL:
        return
    for name in ("states", "joins", "due_by_state"):
        if getattr(initiative, name):
            what = f"`{name}` belongs to a national initiative and this one is regional"
            yield place.problem((name,), what, "delete it, or write scope: national")
    if isinstance(initiative.rule, AtLeast):
        what = "`at_least` counts states and this initiative is regional"
        yield place.problem(("rule",), what, "delete the rule, or write scope: national")


def _national(initiative: Initiative, place: Place) -> Iterator[Problem]:
    if initiative.scope is not Scope.NATIONAL:
        return
    if isinstance(initiative.rule, AtLeast) and initiative.rule.at_least > len(initiative.states) > 0:
        what = f"at_least {initiative.rule.at_least} is above the number of states ({len(initiative.states)})"
        yield place.problem(("rule", "at_least"), what, "lower it, or add states")


def _wording(initiative: Initiative, place: Place) -> Iterator[Problem]:
    wording = initiative.wording
    if wording is not Wording.WORKING:
        named = wording is Wording.OFFICIAL and initiative.source_note
        if not (initiative.source or named):
            what = f"wording is {wording} and `source` is missing"
            yield place.problem((), what, "add the address of the document that holds the title")
        return
    if not initiative.source_quotes:
        what = "wording is working and `source_quotes` is missing"
        yield place.problem((), what, "add the sentences the title rests on")
    if "title" not in initiative.assumed:
        loc = ("assumed",) if initiative.assumed else ()
        yield place.problem(loc, "wording is working and `assumed` does not list title", "add title to it")


def _lead_not_supporting(initiative: Initiative, place: Place) -> Iterator[Problem]:
    if initiative.lead in initiative.supporting:
        loc = ("supporting", initiative.supporting.index(initiative.lead))
        yield place.problem(loc, f"{shown(initiative.lead)} leads the initiative", "delete it here")


def _dates_of_states(initiative: Initiative, place: Place, member_from: dict[str, date]) -> Iterator[Problem]:
    """Dates of a state's own belong to a state that takes part, and joining comes after membership."""
    for name in ("joins", "due_by_state"):
        for state in getattr(initiative, name):
            if state in member_from and state not in initiative.states:
                what = f"{shown(state)} is not one of the initiative's states"
                yield place.problem((name, state), what, "delete the line, or add the state")
    for state, joined in initiative.joins.items():
        if state in member_from and joined <= member_from[state]:
            what = f"{joined} is not after the state became a member ({member_from[state]})"
            yield place.problem(("joins", state), what, "write a later date, or delete the line")


CHECKS: tuple[Check, ...] = (
    _dates,
    _deliverables,
    _exits,
    _regional,
    _national,
    _wording,
    _lead_not_supporting,
)
