"""What a new edition would change, in words, what of it moves the denominator, and what is refused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.amendments.adoption import adoption_line, is_adopted_with
from models.core.vocabulary import Wording
from models.figures.standing import in_force
from models.plan.canonical import to_document
from models.plan.schema import Initiative, Merger, Plan

LISTS = {
    "measures": "strategic measure",
    "activities": "activity",
    "initiatives": "initiative",
    "bodies": "body",
    "states": "member state",
    "meetings": "meeting",
    "themes": "theme",
    "ip_rights": "IP right",
    "partners": "partner",
    "cooperation": "cooperation",
    "platforms": "platform",
    "watch": "watch item",
    "documents": "document",
}
"""The plan's lists of keyed parts, with the word for one of them."""

PERMANENT = frozenset({"measures", "activities", "initiatives", "bodies", "states", "meetings", "themes"})
"""Lists whose keys the log, the figures or addresses rest on: nothing in them may go missing."""

COUNTED_FIELDS = ("scope", "states", "joins", "weight", "rule", "in_force_from", "deliverables")
"""Fields of an initiative that change what is counted, or how heavily."""

EXITS = {"withdrawn": "withdrawn", "merged_into": "merged", "superseded_by": "superseded"}
"""The three ways out of force, and the ledger's word for each."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what kind of part, which one, and what became of it or of one of its fields."""

    part: str
    key: str
    event: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.event in {"added", "missing"}:
            return f"{self.event}: {self.part} {self.key}"
        return f"changed: {self.part} {self.key}: {self.event}: {_shown(self.before)} -> {_shown(self.after)}"


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One event that changes what is counted, for the denominator ledger."""

    initiative: str
    event: str
    effective_on: date
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    decided_at: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything between the edition in force and a new one. `refusals` pair what is wrong with the remedy.

    `counted` is N on the day, before and after.
    """

    changes: tuple[Change, ...]
    ledger: tuple[LedgerEvent, ...]
    refusals: tuple[tuple[str, str], ...]
    counted: tuple[int, int]


def _counted_after(old: Plan, new: Plan, counted: Collection[str], today: date) -> int:
    """N after the load: what is in force, without what stands outside the count already (not applicable)."""
    left_out = {one.key for one in old.initiatives if in_force(one, today)} - set(counted)
    return sum(in_force(one, today) and one.key not in left_out for one in new.initiatives)


def _ledger(old: Plan, new: Plan, logged: Collection[str], today: date) -> Iterator[LedgerEvent]:
    for one in new.initiatives:
        if one.key not in old.initiative:
            yield from _added(one)
    for after in new.initiatives:
        before = old.initiative.get(after.key)
        if before:
            yield from _exit_events(before, after, today)
            if before.wording is not Wording.WORKING or before.key in logged:
                yield from _field_events(before, after, today)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "nothing"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items()) or "nothing"
    return str(value)


def compare(
    old: Plan, new: Plan, *, logged: Collection[str], counted: Collection[str], completed: Collection[str], today: date
) -> Difference:
    """Compare two editions.

    `logged` are the initiatives with rows in the log, `counted` those in scope today, `completed` those of them that
    are completed; `today` dates changes of fields, which hold from the day of loading.
    """
    pairs = [(old.initiative[key], one) for key, one in new.initiative.items() if key in old.initiative]
    changes = changes_between(old, new)
    n = len(counted), _counted_after(old, new, counted, today)
    ledger = list(_ledger(old, new, logged, today))
    if line := adoption_line(old, new, n):
        others = (event for event in ledger if not is_adopted_with(event.initiative, old, new))
        ledger = [LedgerEvent(new.key, line, today), *others]
    refusals = [
        *(_missing(change) for change in changes if change.event == "missing" and change.part in _PERMANENT_WORDS),
        *(refusal for before, after in pairs for refusal in _refusals(before, after, logged, completed)),
    ]
    return Difference(changes=changes, ledger=tuple(ledger), refusals=tuple(refusals), counted=n)


def changes_between(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every difference between two editions, part by part, in the plan's order."""
    return tuple(_changes(to_document(old), to_document(new)))


_PERMANENT_WORDS = frozenset(LISTS[name] for name in PERMANENT)


def _missing(change: Change) -> tuple[str, str]:
    what = f"{change.part} {change.key} is missing, and nothing in the plan is ever deleted"
    if change.part == LISTS["initiatives"]:
        return what, "put it back and mark it withdrawn, merged_into or superseded_by, with on, reason and decided_at"
    return what, "put it back"


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in new:
        if name not in LISTS and old[name] != new[name]:
            yield Change("plan", str(new["key"]), name, old[name], new[name])
    for name, word in LISTS.items():
        yield from _list_changes(word, _by_key(old[name]), _by_key(new[name]))


def _by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows}


def _list_changes(word: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key, row in new.items():
        if key not in old:
            yield Change(word, key, "added")
            continue
        for field in row:
            if row[field] != old[key].get(field):
                yield Change(word, key, field, old[key].get(field), row[field])
    yield from (Change(word, key, "missing") for key in old if key not in new)
    shared = [[key for key in rows if key in old and key in new] for rows in (old, new)]
    if shared[0] != shared[1]:
        yield Change(word, "list", "order", *shared)


def _added(initiative: Initiative) -> Iterator[LedgerEvent]:
    yield LedgerEvent(initiative.key, "added", initiative.in_force_from, after=initiative.title)


def _exit_events(before: Initiative, after: Initiative, today: date) -> Iterator[LedgerEvent]:
    if before.exit == after.exit:
        return
    if after.exit is None:
        yield LedgerEvent(after.key, "reinstated", today)
        return
    way = next(word for field, word in EXITS.items() if getattr(after, field))
    other = after.exit.initiative if isinstance(after.exit, Merger) else None
    yield LedgerEvent(
        after.key, way, after.exit.on, after=other, reason=after.exit.reason, decided_at=after.exit.decided_at
    )


def _field_events(before: Initiative, after: Initiative, today: date) -> Iterator[LedgerEvent]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    for field in COUNTED_FIELDS:
        if old[field] != new[field]:
            yield LedgerEvent(after.key, f"{field} changed", today, _shown(old[field]), _shown(new[field]))


def _refusals(
    before: Initiative, after: Initiative, logged: Collection[str], completed: Collection[str]
) -> Iterator[tuple[str, str]]:
    left = before.exit is None and after.exit is not None
    if left and after.key in completed and not after.superseded_by:
        yield f"initiative {after.key} is completed and cannot be withdrawn or merged", "leave it in force"
    if left and after.never_counted and (before.wording is not Wording.WORKING or after.key in logged):
        remedy = "give a later day from which it is withdrawn, with the reason and the meeting that decided it"
        yield f"initiative {after.key} is more than a placeholder and cannot be withdrawn from its first day", remedy
    if before.scope is not after.scope and after.key in logged:
        remedy = "keep the scope, mark it superseded_by and add a new initiative"
        yield f"initiative {after.key} has progress logged, so its scope cannot change", remedy
