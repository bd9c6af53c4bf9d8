"""The changes between two assessments, in four groups, and the first reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from models.core.text import day, listed, percent
from models.core.vocabulary import ASEAN, Word
from models.figures.rollup import Assessment
from models.figures.standing import InitiativeStanding, in_force
from models.plan.schema import Initiative, Plan


class ChangeKind(Word):
    """The groups of changes, in the order in which they are listed."""

    COMPLETED = "completed", "Completed"
    MOVED_BACK = "moved_back", "Moved back"
    DATE_MOVED = "date_moved", "Date changed"
    DENOMINATOR = "denominator", "Counted"
    FIRST_REPORT = "first_report", "First report"


@dataclass(frozen=True, slots=True)
class InitiativeChange:
    """A change of an initiative: its group, and the details as text (empty if the group is enough)."""

    kind: ChangeKind
    initiative: Initiative
    text: str = ""


def changes_between(before: Assessment, after: Assessment) -> tuple[InitiativeChange, ...]:
    """Return every change between the two assessments, by group, then in the later plan's order."""
    rows = [change for initiative in after.plan.initiatives for change in _changes(initiative, before, after)]
    order = list(ChangeKind)
    return tuple(sorted(rows, key=lambda change: order.index(change.kind)))


def count_changes(changes: tuple[InitiativeChange, ...], kind: ChangeKind) -> int:
    """Return the number of changes of a group."""
    return sum(change.kind is kind for change in changes)


def _changes(initiative: Initiative, before: Assessment, after: Assessment) -> Iterator[InitiativeChange]:
    old, new = before.by_key.get(initiative.key), after.by_key.get(initiative.key)
    if new is None or old is None:
        if new or old:
            yield InitiativeChange(ChangeKind.DENOMINATOR, initiative, _scope_change(initiative, new, after))
        return
    if new.completed and not old.completed:
        yield InitiativeChange(ChangeKind.COMPLETED, initiative)
    if new.percent < old.percent:
        yield InitiativeChange(ChangeKind.MOVED_BACK, initiative, _moved_back(old, new))
    if new.due != old.due:
        yield InitiativeChange(ChangeKind.DATE_MOVED, initiative, f"from {day(old.due)} to {day(new.due)}")
    if new.reported and not old.reported:
        yield InitiativeChange(ChangeKind.FIRST_REPORT, initiative, _reporters(new, after.plan))


def _scope_change(initiative: Initiative, new: InitiativeStanding | None, after: Assessment) -> str:
    if new is not None:
        return "is now counted"
    end = initiative.exit
    if end and not in_force(initiative, after.as_of):
        return f"left the count on {day(end.on)}: {end.reason}"
    return "left the count: not applicable"


def _moved_back(old: InitiativeStanding, new: InitiativeStanding) -> str:
    moved = f"from {percent(floor(old.percent))} to {percent(floor(new.percent))}"
    return f"{moved}, no longer completed" if old.completed else moved


def _reporters(new: InitiativeStanding, plan: Plan) -> str:
    parties = [commitment.party for commitment in new.commitments if commitment.statement]
    return f"by {listed([new.initiative.lead if party == ASEAN else plan.state[party].name for party in parties])}"
