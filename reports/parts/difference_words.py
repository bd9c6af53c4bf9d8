"""What an edition would change, as sentences for a desk officer, grouped by part of the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.amendments.diff import LISTS, PlanChange
from models.core.text import day
from models.plan.schema import Exit, Initiative, Merger, Plan
from models.progress.scope import EXITS
from reports.parts.edition_words import assumed_change, field_name, value_text

SEPARATE_FIELDS = frozenset(
    {"title", "wording", "assumed", "source", "source_note"}
    | {"measure", "out_of_force_on", "source_quotes", "older_text"}
)
"""Fields that have sentences of their own or follow from another field."""
INITIATIVE = LISTS["initiatives"]


@dataclass(frozen=True, slots=True)
class ChangesOfPart:
    """The changes of one part of the plan: its name, and a sentence for each change."""

    name: str
    sentences: tuple[str, ...]


def describe_changes(changes: Sequence[PlanChange], old: Plan, new: Plan) -> tuple[ChangesOfPart, ...]:
    """Return all changes in words by part, in the plan's order; parts without a sentence are left out."""
    parts = groupby(changes, key=lambda change: (change.part, change.key))
    described = (_part(part, key, list(group), old, new) for (part, key), group in parts)
    return tuple(part_changes for part_changes in described if part_changes.sentences)


def _part(part: str, key: str, changes: list[PlanChange], old: Plan, new: Plan) -> ChangesOfPart:
    if part == "plan":
        return ChangesOfPart("The plan", tuple(_head(changes)))
    if part != INITIATIVE:
        return ChangesOfPart(f"{part[0].upper()}{part[1:]} {key}", tuple(map(_part_change, changes)))
    before, after = old.initiative.get(key), new.initiative.get(key)
    if before is None or after is None:
        return ChangesOfPart(key, (_added(after),) if after else ("is missing.",))
    return ChangesOfPart(key, tuple(_initiative(changes, before, after, (old, new))))


def _head(changes: list[PlanChange]) -> Iterator[str]:
    for change in changes:
        if change.event == "version":
            yield f"edition {change.before} is followed by edition {change.after}."
        elif change.event != "expected_counts":
            yield _changed(field_name(change.event), value_text(change.before), value_text(change.after))


def _part_change(change: PlanChange) -> str:
    if change.event in {"added", "missing"}:
        return f"is {change.event}."
    if change.event == "order":
        return "is in a different order."
    return _changed(field_name(change.event), value_text(change.before), value_text(change.after))


def _added(initiative: Initiative) -> str:
    lead = f"{initiative.lead}{_if_assumed(initiative, 'lead')}"
    due = f"{day(initiative.due)}{_if_assumed(initiative, 'due')}"
    return f"is new: “{initiative.title}” ({initiative.wording.label}), {initiative.scope}, lead {lead}, due {due}."


def _initiative(
    changes: list[PlanChange], before: Initiative, after: Initiative, plans: tuple[Plan, Plan]
) -> Iterator[str]:
    if after.never_counted and not before.exit:
        placeholder = f"“{before.title}” ({before.wording.label}) is a placeholder that is no longer needed"
        yield f"{placeholder}: it is removed and was never counted."
        return
    if (before.title, before.wording) != (after.title, after.wording):
        yield _changed("title", *(f"“{side.title}” ({side.wording.label})" for side in (before, after)))
    fields = [change.event for change in changes]
    for change in changes:
        field = change.event
        if field in EXITS:
            yield _exit(EXITS[field], getattr(after, field))
        elif field not in SEPARATE_FIELDS:
            old, new = _value(field, before, change.before, plans[0]), _value(field, after, change.after, plans[1])
            yield _changed(field_name(field), old, new)
    if words := assumed_change(*([field for field in side.assumed if field not in fields] for side in (before, after))):
        yield f"{words}."
    if (before.source, before.source_note) != (after.source, after.source_note):
        yield f"source: {after.source or after.source_note or 'none'}."


def _value(field: str, initiative: Initiative, value: object, plan: Plan) -> str:
    text = value_text(value)
    if field == "activity":
        text = next((part.code for part in plan.activities if part.key == value), text)
    return text + _if_assumed(initiative, field)


def _if_assumed(initiative: Initiative, field: str) -> str:
    return " (assumed)" if field in initiative.assumed else ""


def _exit(exit_word: str, left: Exit | None) -> str:
    if left is None:
        return f"is no longer {exit_word}, and is counted again."
    other = f" into {left.initiative}" if exit_word == "merged" and isinstance(left, Merger) else ""
    other = f" by {left.initiative}" if exit_word == "superseded" and isinstance(left, Merger) else other
    return f"is {exit_word}{other} from {day(left.on)}, as decided at {left.decided_at}: {left.reason}"


def _changed(name: str, before: str, after: str) -> str:
    return f"{name}: changed from {before} to {after}."
