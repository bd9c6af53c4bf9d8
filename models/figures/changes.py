"""What changed between two assessments, said in four groups and the first reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from models.core.text import day, listed, percent
from models.core.vocabulary import ASEAN, Word
from models.figures.rollup import Assessment
from models.figures.standing import InitiativeStanding
from models.plan.schema import Initiative, Plan
from models.progress.scope import in_force


class ChangeKind(Word):
    """The groups of changes, in the order in which they are told."""

    COMPLETED = "completed", "Completed"
    MOVED_BACK = "moved_back", "Moved back"
    DATE_MOVED = "date_moved", "Date changed"
    DENOMINATOR = "denominator", "Counted"
    FIRST_REPORT = "first_report", "First report"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its group, the initiative, and what happened in words (empty when the group says it all)."""

    kind: ChangeKind
    initiative: Initiative
    text: str = ""


def changes(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """Every change between the two, by group, then in the plan's order."""
    found = [change for initiative in after.plan.initiatives for change in _changes(initiative, before, after)]
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def count(found: tuple[Change, ...], kind: ChangeKind) -> int:
    """How many changes of the group there are."""
    return sum(change.kind is kind for change in found)


def _changes(initiative: Initiative, before: Assessment, after: Assessment) -> Iterator[Change]:
    old, new = before.by_key.get(initiative.key), after.by_key.get(initiative.key)
    if new is None or old is None:
        if new or old:
            yield Change(ChangeKind.DENOMINATOR, initiative, _scope_change(initiative, new, after))
        return
    if new.completed and not old.completed:
        yield Change(ChangeKind.COMPLETED, initiative)
    if new.percent < old.percent:
        yield Change(ChangeKind.MOVED_BACK, initiative, _moved_back(old, new))
    if new.due != old.due:
        yield Change(ChangeKind.DATE_MOVED, initiative, f"from {day(old.due)} to {day(new.due)}")
    if new.reported and not old.reported:
        yield Change(ChangeKind.FIRST_REPORT, initiative, _reporters(new, after.plan))


def _scope_change(initiative: Initiative, new: InitiativeStanding | None, after: Assessment) -> str:
    if new is not None:
        return "is counted from now on"
    left = initiative.exit
    if left and not in_force(initiative, after.as_of):
        return f"left the count on {day(left.on)}: {left.reason}"
    return "left the count: not applicable"


def _moved_back(old: InitiativeStanding, new: InitiativeStanding) -> str:
    moved = f"from {percent(floor(old.percent))} to {percent(floor(new.percent))}"
    return f"{moved}, no longer completed" if old.completed else moved


def _reporters(new: InitiativeStanding, plan: Plan) -> str:
    parties = [one.party for one in new.commitments if one.statement]
    return f"by {listed([new.initiative.lead if party == ASEAN else plan.state[party].name for party in parties])}"
