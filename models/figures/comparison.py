"""Two states of the plan against each other: what changed, both ways, and the bridge from one count to the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.core.text import day
from models.core.vocabulary import ASEAN, Word
from models.figures.rollup import Assessment
from models.plan.schema import Plan
from models.progress.scope import in_force
from models.progress.statement import Statement

Reasons = Mapping[str, tuple[str, str | None]]
"""Why an initiative's due date was changed: the reason and the deciding meeting of the edition that did."""


class ScopeEvent(Word):
    """How an initiative came into the count, or left it."""

    ADDED = "added", "added"
    WITHDRAWN = "withdrawn", "withdrawn"
    MERGED = "merged", "merged"
    SUPERSEDED = "superseded", "superseded"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    NOT_IN_FORCE = "not_in_force", "not in force yet"


@dataclass(frozen=True, slots=True)
class Bridge:
    """How a count got from its start to its end. It adds up, or the comparison is wrong."""

    start: int
    completed: int
    added: int
    withdrawn: int
    reversed: int
    end: int

    @property
    def adds_up(self) -> bool:
        """Start + completed + added - withdrawn - reversed = end."""
        return self.start + self.completed + self.added - self.withdrawn - self.reversed == self.end


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One commitment whose latest statement says another status or percent; None is no report."""

    initiative: str
    party: str
    before: Statement | None
    after: Statement | None


@dataclass(frozen=True, slots=True)
class Slip:
    """One due date that was moved: by how many days (negative is earlier), and why."""

    initiative: str
    before: date
    after: date
    reason: str
    decided_at: str | None

    @property
    def days(self) -> int:
        """How far it was moved."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """One initiative, or one party of it, that came into the count or left it, and why."""

    initiative: str
    event: ScopeEvent
    reason: str = ""
    party: str = ASEAN


@dataclass(frozen=True)
class Comparison:
    """Everything between two states. `completed` bridges n, `in_scope` bridges N."""

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
    """Compare two assessed states, of the same edition or of two; in the order of the later plan."""
    old = {key for key, one in before.by_key.items() if one.completed}
    new = {key for key, one in after.by_key.items() if one.completed}
    both = before.by_key.keys() & after.by_key.keys()
    order = _order(before.plan, after.plan)
    return Comparison(
        before=before,
        after=after,
        completed=_bridge(old, new, both),
        in_scope=_scope_bridge(before, after),
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


def _scope_bridge(before: Assessment, after: Assessment) -> Bridge:
    old, new = before.by_key.keys(), after.by_key.keys()
    return Bridge(len(old), 0, len(new - old), len(old - new), 0, len(new))


def _order(before: Plan, after: Plan) -> list[str]:
    return list(dict.fromkeys([*after.initiative, *before.initiative]))


def _statuses(before: Assessment, after: Assessment) -> Iterator[StatusChange]:
    old, new = _statements(before), _statements(after)
    for key in dict.fromkeys([*after.plan.commitments(), *before.plan.commitments()]):
        if key in old and key in new and _said(old[key]) != _said(new[key]):
            yield StatusChange(*key, old[key], new[key])


def _statements(assessment: Assessment) -> dict[tuple[str, str], Statement | None]:
    return {(each.key, one.party): one.statement for each in assessment.standings for one in each.commitments}


def _said(statement: Statement | None) -> tuple[str, int] | None:
    return (statement.status, statement.percent) if statement else None


def _slips(before: Assessment, after: Assessment, reasons: Reasons) -> Iterator[Slip]:
    for key, one in after.by_key.items():
        old = before.by_key.get(key)
        dates = {each.party: each.due for each in old.commitments} if old else {}
        pairs = {(dates.get(each.party, each.due), each.due) for each in one.commitments}
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
    """Parties that came into the count of an initiative or left it, while it stayed."""
    old, new = ([one.party for one in side.by_key[key].commitments] for side in (before, after))
    yield from (ScopeChange(key, ScopeEvent.ADDED, party=party) for party in new if party not in old)
    yield from (ScopeChange(key, ScopeEvent.NOT_APPLICABLE, party=party) for party in old if party not in new)


def _left(key: str, after: Assessment) -> ScopeChange:
    initiative = after.plan.initiative.get(key)
    if initiative is None:
        return ScopeChange(key, ScopeEvent.WITHDRAWN, "not in the other edition")
    if after.as_of < initiative.in_force_from:
        return ScopeChange(key, ScopeEvent.NOT_IN_FORCE, f"from {day(initiative.in_force_from)}")
    gone = initiative.exit
    if gone is None or in_force(initiative, after.as_of):
        return ScopeChange(key, ScopeEvent.NOT_APPLICABLE, "no commitment in scope")
    event = next(event for field, event in _EXITS.items() if getattr(initiative, field))
    return ScopeChange(key, event, f"{gone.reason} (from {day(gone.on)})")


_EXITS = {
    "withdrawn": ScopeEvent.WITHDRAWN,
    "merged_into": ScopeEvent.MERGED,
    "superseded_by": ScopeEvent.SUPERSEDED,
}
