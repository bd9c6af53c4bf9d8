"""What a new edition would change, in words, what of it moves the denominator, and what is refused."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.amendments.adoption import adoption_facts, is_adopted_with
from models.core.vocabulary import LedgerEventKind, Wording
from models.plan.canonical import to_document
from models.plan.schema import Initiative, Plan
from models.progress.scope import LedgerEvent, ScopeState, events_to_come, scope_events

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

PERMANENT = frozenset(
    LISTS[name] for name in ("measures", "activities", "initiatives", "bodies", "states", "meetings", "themes")
)
"""Parts whose keys the log, the figures or addresses refer to: none of them may go missing."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference: what kind of part, which one, and what happened to it or to one of its fields."""

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
class EditionDifference:
    """Everything between the edition in force and a new one. `refusals` pair what is wrong with the remedy.

    `ledger` are the events that loading adds, `coming` those that later days will add because of it, `counted` is N on
    the day, before and after.
    """

    changes: tuple[PlanChange, ...]
    ledger: tuple[LedgerEvent, ...]
    coming: tuple[LedgerEvent, ...]
    refusals: tuple[tuple[str, str], ...]
    counted: tuple[int, int]


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "nothing"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items()) or "nothing"
    return str(value)


def compare(before: ScopeState, new: Plan, *, logged: Collection[str], completed: Collection[str]) -> EditionDifference:
    """Compare a new edition with the one in force, as it is on the day of loading.

    `logged` are the initiatives with rows in the log, `completed` those in scope that are completed.
    """
    old, after = before.plan, replace(before, plan=new)
    pairs = [(old.initiative[key], initiative) for key, initiative in new.initiative.items() if key in old.initiative]
    changes = changes_between(old, new)
    counted = before.initiatives(), after.initiatives()
    refusals = [
        *(_missing(change) for change in changes if change.event == "missing" and change.part in PERMANENT),
        *(refusal for pair in pairs for refusal in _refusals(*pair, logged, completed)),
    ]
    ledger = _ledger(scope_events(before, after), old, new, logged=logged, counted=counted, today=before.as_of)
    known = set(events_to_come(before))
    coming = () if refusals else tuple(event for event in events_to_come(after) if event not in known)
    return EditionDifference(changes=changes, ledger=ledger, coming=coming, refusals=tuple(refusals), counted=counted)


def _ledger(
    events: Sequence[LedgerEvent],
    old: Plan,
    new: Plan,
    *,
    logged: Collection[str],
    counted: tuple[int, int],
    today: date,
) -> tuple[LedgerEvent, ...]:
    """Where official text is adopted, one line covers all slots; everything else has a line of its own."""
    facts = adoption_facts(old, new, counted)
    if facts is None:
        return tuple(events)
    line = LedgerEvent(new.key, None, LedgerEventKind.ADOPTED, today, after=facts.write())
    return line, *(event for event in events if not is_adopted_with(event.initiative, old, new, logged))


def changes_between(old: Plan, new: Plan) -> tuple[PlanChange, ...]:
    """Every difference between two editions, part by part, in the plan's order."""
    return tuple(_changes(to_document(old), to_document(new)))


def _missing(change: PlanChange) -> tuple[str, str]:
    what = f"{change.part} {change.key} is missing, and nothing in the plan is ever deleted"
    if change.part == LISTS["initiatives"]:
        return what, "put it back and mark it withdrawn, merged_into or superseded_by, with on, reason and decided_at"
    return what, "put it back"


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PlanChange]:
    for name in new:
        if name not in LISTS and old[name] != new[name]:
            yield PlanChange("plan", str(new["key"]), name, old[name], new[name])
    for name, word in LISTS.items():
        yield from _list_changes(word, _by_key(old[name]), _by_key(new[name]))


def _by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows}


def _list_changes(word: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PlanChange]:
    for key, row in new.items():
        if key not in old:
            yield PlanChange(word, key, "added")
            continue
        for field in row:
            if row[field] != old[key].get(field):
                yield PlanChange(word, key, field, old[key].get(field), row[field])
    yield from (PlanChange(word, key, "missing") for key in old if key not in new)
    shared = [[key for key in rows if key in old and key in new] for rows in (old, new)]
    if shared[0] != shared[1]:
        yield PlanChange(word, "list", "order", *shared)


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
