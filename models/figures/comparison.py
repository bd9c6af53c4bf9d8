"""The comparison of two states of the plan: what changed, and the bridge from one count to the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.core.text import day
from models.core.vocabulary import ASEAN, Word
from models.figures.rollup import Assessment
from models.progress.scope import EXITS, in_force
from models.progress.statement import Statement

Reasons = Mapping[str, tuple[str, str | None]]
"""The reason and the deciding meeting of the edition that changed a due date, by initiative."""


class ScopeEvent(Word):
    """How an initiative entered or left the count."""

    ADDED = "added", "added"
    WITHDRAWN = "withdrawn", "withdrawn"
    MERGED = "merged", "merged"
    SUPERSEDED = "superseded", "superseded"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    NOT_IN_FORCE = "not_in_force", "not in force yet"


@dataclass(frozen=True, slots=True)
class Bridge:
    """The steps of a count: start + completed + added - withdrawn - reversed = end."""

    start: int
    completed: int
    added: int
    withdrawn: int
    reversed: int
    end: int


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A commitment whose latest statement has another status or percent; None is no report."""

    initiative: str
    party: str
    before: Statement | None
    after: Statement | None


@dataclass(frozen=True, slots=True)
class Slip:
    """A due date that was changed, and why."""

    initiative: str
    before: date
    after: date
    reason: str
    decided_at: str | None

    @property
    def days(self) -> int:
        """The number of days from the old to the new date; negative is earlier."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """An initiative, or one of its parties, that entered or left the count, and why."""

    initiative: str
    event: ScopeEvent
    reason: str = ""
    party: str = ASEAN


@dataclass(frozen=True)
class Comparison:
    """Every difference between two states. `completed` is the bridge of n, `in_scope` of N."""

    before: Assessment
    after: Assessment
    completed: Bridge
    in_scope: Bridge
    newly_completed: tuple[str, ...]
    reversed: tuple[str, ...]
    statuses: tuple[StatusChange, ...]
    slips: tuple[Slip, ...]
    scope: tuple[ScopeChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.statuses or self.slips or self.scope or self.newly_completed or self.reversed)


def compare_states(before: Assessment, after: Assessment, reasons: Reasons) -> Comparison:
    """Return every difference of two assessments, of the same edition or of two; in the order of the later plan."""
    old = {key for key, standing in before.by_key.items() if standing.completed}
    new = {key for key, standing in after.by_key.items() if standing.completed}
    both = before.by_key.keys() & after.by_key.keys()
    order = list(dict.fromkeys([*after.plan.initiative, *before.plan.initiative]))
    return Comparison(
        before=before,
        after=after,
        completed=_bridge(old, new, both),
        in_scope=_bridge(set(before.by_key), set(after.by_key), both),
        newly_completed=tuple(key for key in order if key in (new - old) & both),
        reversed=tuple(key for key in order if key in (old - new) & both),
        statuses=tuple(_statuses(before, after)),
        slips=tuple(_slips(before, after, reasons)),
        scope=tuple(_scope(before, after, order)),
    )


def _bridge(old: set[str], new: set[str], both: set[str]) -> Bridge:
    return Bridge(
        start=len(old),
        completed=len((new - old) & both),
        added=len(new - both),
        withdrawn=len(old - both),
        reversed=len((old - new) & both),
        end=len(new),
    )


def _statuses(before: Assessment, after: Assessment) -> Iterator[StatusChange]:
    old, new = _statements(before), _statements(after)
    for key in dict.fromkeys([*after.plan.commitments(), *before.plan.commitments()]):
        if key in old and key in new and _status(old[key]) != _status(new[key]):
            yield StatusChange(*key, old[key], new[key])


def _statements(assessment: Assessment) -> dict[tuple[str, str], Statement | None]:
    return {
        (row.initiative.key, row.party): row.statement
        for standing in assessment.standings
        for row in standing.commitments
    }


def _status(statement: Statement | None) -> tuple[str, int] | None:
    return (statement.status, statement.percent) if statement else None


def _slips(before: Assessment, after: Assessment, reasons: Reasons) -> Iterator[Slip]:
    for key, new in after.by_key.items():
        old = before.by_key.get(key)
        dates = {row.party: row.due for row in old.commitments} if old else {}
        pairs = {(dates.get(row.party, row.due), row.due) for row in new.commitments}
        moved = [pair for pair in pairs if pair[0] != pair[1]]
        yield from (Slip(key, *pair, *reasons.get(key, ("", None))) for pair in sorted(moved))


def _scope(before: Assessment, after: Assessment, order: list[str]) -> Iterator[ScopeChange]:
    for key in order:
        if key in after.by_key and key not in before.by_key:
            yield ScopeChange(key, ScopeEvent.ADDED)
        elif key in before.by_key and key not in after.by_key:
            yield _left(key, after)
        elif key in before.by_key:
            yield from _parties(key, before, after)


def _parties(key: str, before: Assessment, after: Assessment) -> Iterator[ScopeChange]:
    """The parties that entered or left the count of an initiative that stayed in it."""
    old, new = ([row.party for row in side.by_key[key].commitments] for side in (before, after))
    yield from (ScopeChange(key, ScopeEvent.ADDED, party=party) for party in new if party not in old)
    yield from (ScopeChange(key, ScopeEvent.NOT_APPLICABLE, party=party) for party in old if party not in new)


def _left(key: str, after: Assessment) -> ScopeChange:
    initiative = after.plan.initiative.get(key)
    if initiative is None:
        return ScopeChange(key, ScopeEvent.WITHDRAWN, "not in the other edition")
    if after.as_of < initiative.in_force_from:
        return ScopeChange(key, ScopeEvent.NOT_IN_FORCE, f"from {day(initiative.in_force_from)}")
    end = initiative.exit
    if end is None or in_force(initiative, after.as_of):
        return ScopeChange(key, ScopeEvent.NOT_APPLICABLE, "no commitment in scope")
    event = next(event for field, event in EXITS.items() if getattr(initiative, field))
    return ScopeChange(key, ScopeEvent(event), f"{end.reason} (from {day(end.on)})")
