"""The changes between two assessments, in four groups, and the first reports."""

from collections.abc import Iterator
from math import floor

from models.core.text import day, listed, percent
from models.core.vocabulary import ASEAN, Word
from models.figures.rollup import Assessment
from models.figures.standing import InitiativeStanding
from models.plan.schema import Initiative, Plan
from models.plan.schema_parts import Day, Frozen, Key
from models.progress.scope import in_force


class ChangeKind(Word):
    """The groups of changes, in the order in which they are listed."""

    COMPLETED = "completed", "Completed"
    MOVED_BACK = "moved_back", "Moved back"
    DATE_MOVED = "date_moved", "Date changed"
    DENOMINATOR = "denominator", "Counted"
    FIRST_REPORT = "first_report", "First report"


class InitiativeChange(Frozen):
    """One change of an initiative: its group and the facts; `change_text` puts them into words.

    Percents are 0 to 100, floored. `parties` are those whose first report it is; `counted` says whether it entered
    (True) or left (False) what is counted, with the day and reason where an edition took it out. `text` is what a
    snapshot of format 1 wrote in place of the facts.
    """

    kind: ChangeKind
    initiative: Key
    percents: tuple[int, int] | None = None
    reopened: bool = False
    due: tuple[Day, Day] | None = None
    parties: tuple[Key, ...] = ()
    counted: bool | None = None
    left_on: Day | None = None
    reason: str | None = None
    text: str | None = None


def changes_between(before: Assessment, after: Assessment) -> tuple[InitiativeChange, ...]:
    """Return every change between the two assessments, by group, then in the later plan's order."""
    rows = [change for initiative in after.plan.initiatives for change in _changes(initiative, before, after)]
    order = list(ChangeKind)
    return tuple(sorted(rows, key=lambda change: order.index(change.kind)))


def count_changes(changes: tuple[InitiativeChange, ...], kind: ChangeKind) -> int:
    """Return the number of changes of a group."""
    return sum(change.kind is kind for change in changes)


def _changes(initiative: Initiative, before: Assessment, after: Assessment) -> Iterator[InitiativeChange]:
    key, old, new = initiative.key, before.by_key.get(initiative.key), after.by_key.get(initiative.key)
    if new is None or old is None:
        if new or old:
            yield _scope_change(initiative, new, after)
        return
    if new.completed and not old.completed:
        yield InitiativeChange(kind=ChangeKind.COMPLETED, initiative=key)
    if new.percent < old.percent:
        percents = floor(old.percent), floor(new.percent)
        yield InitiativeChange(kind=ChangeKind.MOVED_BACK, initiative=key, percents=percents, reopened=old.completed)
    if new.due != old.due:
        yield InitiativeChange(kind=ChangeKind.DATE_MOVED, initiative=key, due=(old.due, new.due))
    if new.reported and not old.reported:
        parties = tuple(commitment.party for commitment in new.commitments if commitment.statement)
        yield InitiativeChange(kind=ChangeKind.FIRST_REPORT, initiative=key, parties=parties)


def _scope_change(initiative: Initiative, new: InitiativeStanding | None, after: Assessment) -> InitiativeChange:
    kind, key, left = ChangeKind.DENOMINATOR, initiative.key, initiative.exit
    if new is None and left and not in_force(initiative, after.as_of):
        return InitiativeChange(kind=kind, initiative=key, counted=False, left_on=left.on, reason=left.reason)
    return InitiativeChange(kind=kind, initiative=key, counted=new is not None)


def change_text(change: InitiativeChange, plan: Plan) -> str:
    """What happened, in words; empty where the group says it all."""
    if change.text is not None:
        return change.text
    if change.percents is not None:
        moved = f"from {percent(change.percents[0])} to {percent(change.percents[1])}"
        return f"{moved}, no longer completed" if change.reopened else moved
    if change.due:
        return f"from {day(change.due[0])} to {day(change.due[1])}"
    if change.left_on:
        return f"left the count on {day(change.left_on)}: {change.reason}"
    if change.counted is not None:
        return "is counted from now on" if change.counted else "left the count: not applicable"
    return _parties(change, plan)


def _parties(change: InitiativeChange, plan: Plan) -> str:
    lead = plan.initiative[change.initiative].lead
    known = [party for party in change.parties if party == ASEAN or party in plan.state]
    names = [lead if party == ASEAN else plan.state[party].name for party in known]
    return f"by {listed(names)}" if names else ""
