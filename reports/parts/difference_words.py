"""What an edition would change, as a desk officer reads it: sentences, grouped by what they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.amendments.diff import LISTS, Change
from models.core.text import day
from models.plan.schema import Exit, Initiative, Merger, Plan
from models.progress.scope import EXITS
from reports.parts.edition_words import assumed_told, field_name, value_told

TOLD_OTHERWISE = frozenset(
    {"title", "wording", "assumed", "source", "source_note"}
    | {"measure", "out_of_force_on", "source_quotes", "older_text"}
)
"""Fields that have sentences of their own, or follow from another one."""
INITIATIVE = LISTS["initiatives"]


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """What becomes of one part of the plan: how it is called, and a sentence for each change."""

    name: str
    sentences: tuple[str, ...]


def told_changes(changes: Sequence[Change], old: Plan, new: Plan) -> tuple[ToldChanges, ...]:
    """Every change in words, part by part in the plan's order; a part with nothing to tell is left out."""
    parts = groupby(changes, key=lambda change: (change.part, change.key))
    found = (_part(part, key, list(ones), old, new) for (part, key), ones in parts)
    return tuple(one for one in found if one.sentences)


def _part(part: str, key: str, changes: list[Change], old: Plan, new: Plan) -> ToldChanges:
    if part == "plan":
        return ToldChanges("The plan", tuple(_head(changes)))
    if part != INITIATIVE:
        return ToldChanges(f"{part[0].upper()}{part[1:]} {key}", tuple(map(_other, changes)))
    before, after = old.initiative.get(key), new.initiative.get(key)
    if before is None or after is None:
        return ToldChanges(key, (_arrived(after),) if after else ("is missing.",))
    return ToldChanges(key, tuple(_initiative(changes, before, after, (old, new))))


def _head(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        if change.event == "version":
            yield f"edition {change.before} is followed by edition {change.after}."
        elif change.event != "expected_counts":
            yield _was(field_name(change.event), value_told(change.before), value_told(change.after))


def _other(change: Change) -> str:
    if change.event in {"added", "missing"}:
        return f"is {change.event}."
    if change.event == "order":
        return "stand in another order."
    return _was(field_name(change.event), value_told(change.before), value_told(change.after))


def _arrived(one: Initiative) -> str:
    lead = f"{one.lead}{_if_assumed(one, 'lead')}"
    due = f"{day(one.due)}{_if_assumed(one, 'due')}"
    return f"is new: “{one.title}” ({one.wording.label}), {one.scope}, lead {lead}, due {due}."


def _initiative(
    changes: list[Change], before: Initiative, after: Initiative, plans: tuple[Plan, Plan]
) -> Iterator[str]:
    if after.never_counted and not before.exit:
        told = f"“{before.title}” ({before.wording.label}) is a placeholder no longer needed"
        yield f"{told}: it leaves as if it had never counted."
        return
    if (before.title, before.wording) != (after.title, after.wording):
        yield _was("title", *(f"“{one.title}” ({one.wording.label})" for one in (before, after)))
    fields = [change.event for change in changes]
    for change in changes:
        field = change.event
        if field in EXITS:
            yield _exit(EXITS[field], getattr(after, field))
        elif field not in TOLD_OTHERWISE:
            old, new = _told(field, before, change.before, plans[0]), _told(field, after, change.after, plans[1])
            yield _was(field_name(field), old, new)
    if known := assumed_told(*([one for one in kept.assumed if one not in fields] for kept in (before, after))):
        yield f"{known}."
    if (before.source, before.source_note) != (after.source, after.source_note):
        yield f"source: {after.source or after.source_note or 'none'}."


def _told(field: str, one: Initiative, value: object, plan: Plan) -> str:
    told = value_told(value)
    if field == "activity":
        told = next((part.code for part in plan.activities if part.key == value), told)
    return told + _if_assumed(one, field)


def _if_assumed(one: Initiative, field: str) -> str:
    return " (assumed)" if field in one.assumed else ""


def _exit(way: str, left: Exit | None) -> str:
    if left is None:
        return f"is no longer {way}, and is counted again."
    other = f" into {left.initiative}" if way == "merged" and isinstance(left, Merger) else ""
    other = f" by {left.initiative}" if way == "superseded" and isinstance(left, Merger) else other
    return f"is {way}{other} from {day(left.on)}, as decided at {left.decided_at}: {left.reason}"


def _was(name: str, before: str, after: str) -> str:
    return f"{name}, was {before}, becomes {after}."
