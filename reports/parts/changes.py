"""The changes between two assessments in words: the one place for pages, documents and the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.core.text import counted, day, listed, percent
from models.core.vocabulary import ASEAN, LedgerEventKind, Status
from models.figures.changes import (
    Bridge,
    Change,
    ChangeKind,
    Changes,
    CountingChange,
    DateChange,
    Reason,
    ReportedChange,
    ScopeChange,
    StatementStep,
    TextAdoption,
)
from models.figures.explain import status_text
from models.plan.schema import Initiative, Plan
from models.progress.statement import Statement
from reports.parts.naming import meeting_name, party_name, wording_tag

COUNTED_AS = {
    ChangeKind.STATES_COMPLETED: ("completed by member states", ""),
    ChangeKind.STATES_REOPENED: ("reopened by member states", ""),
    ChangeKind.REPORT_WITHDRAWN: ("report withdrawn", "reports withdrawn"),
    ChangeKind.DATE_MOVED: ("due date moved", "due dates moved"),
    ChangeKind.STATE_DATE_MOVED: ("due date of member states moved", "due dates of member states moved"),
    ChangeKind.DATE_SET: ("due date set", "due dates set"),
    ChangeKind.FIRST_REPORT: ("first report", "first reports"),
}
"""What follows the number of changes of a kind, where that is not its label: for one, and for several."""

NO_CHANGE = "nothing new was reported, no due date changed, and nothing entered or left the count"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: what kind, the initiative with its title and tag (none for the whole plan), and what happened."""

    kind: ChangeKind
    initiative: Initiative | None
    text: str

    @property
    def sentence(self) -> str:
        """Progressed: I13 Patent work-sharing: from 25 % to 40 %."""
        tag = wording_tag(self.initiative) if self.initiative else ""
        title = f"{self.initiative.key} {self.initiative.title}{f' ({tag})' if tag else ''}" if self.initiative else ""
        return ": ".join(filter(None, (self.kind.label, title, self.text)))


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One line of the bridge: its name and its numbers for n and N; the last line is the sum."""

    name: str
    completed: str
    in_scope: str


def changes_title(changes: Changes, since: str) -> str:
    """Since AWGIPC 78: 3 completed, 7 progressed; N unchanged at 43. Without a change, that is said."""
    if not changes.listed:
        return f"No change since {since}: {NO_CHANGE}"
    return f"Since {since}: {change_counts(changes)}"


def change_counts(changes: Changes) -> str:
    """3 completed, 7 progressed, 1 due date moved; N from 43 to 44."""
    numbers = ((kind, len(changes.of_kind(kind))) for kind in ChangeKind if kind is not ChangeKind.TEXT_ADOPTED)
    counts = [_adopted(change) for change in changes.listed if isinstance(change, TextAdoption)]
    counts += [_counted(kind, number) for kind, number in numbers if number]
    total = changes.in_scope
    denominator = f"N unchanged at {total.end}" if total.start == total.end else f"N from {total.start} to {total.end}"
    return "; ".join(filter(None, (", ".join(counts), denominator)))


def _counted(kind: ChangeKind, number: int) -> str:
    singular, plural = COUNTED_AS.get(kind, (kind.label.lower(), ""))
    return f"{number} {singular if number == 1 else plural or singular}"


def _adopted(change: TextAdoption) -> str:
    return f"official text adopted ({adoption_text(change)})"


def change_lines(changes: Changes) -> tuple[ChangeLine, ...]:
    """Return every change in words, in its order."""
    return tuple(_line(change, changes) for change in changes.listed)


def smaller_movements(lines: Sequence[ChangeLine], printed: int) -> str:
    """What a list that ends after some lines must say of the rest; steps forward come last, the largest first."""
    rest = lines[printed:]
    if not rest:
        return ""
    smaller = all(line.kind is ChangeKind.PROGRESSED for line in rest)
    return counted(len(rest), "smaller movement" if smaller else "further change")


def _line(change: Change, changes: Changes) -> ChangeLine:
    plan = changes.after.plan
    initiative = plan.initiative.get(change.initiative) or changes.before.plan.initiative.get(change.initiative)
    return ChangeLine(change.kind, initiative, change_text(change, plan))


def change_text(change: Change, plan: Plan) -> str:
    """What happened, in words; empty where the kind says it all."""
    match change:
        case ReportedChange():
            return _reported(change, plan)
        case DateChange():
            return _dated(change, plan)
        case TextAdoption():
            return adoption_text(change)
        case ScopeChange():
            return _entered_or_left(change, plan)
        case CountingChange():
            return _counted_otherwise(change)


def _reported(change: ReportedChange, plan: Plan) -> str:
    """By whom, and from where to where; a report on one's own commitments does not repeat whose they are."""
    if change.kind in {ChangeKind.COMPLETED, ChangeKind.STATES_COMPLETED}:
        names = [party_name(plan, step.party) for step in change.steps if _is_named(step.party, plan)]
        return f"by {listed(names)}" if names else ""
    return ", ".join(_step(change.kind, step, plan) for step in change.steps)


def _step(kind: ChangeKind, step: StatementStep, plan: Plan) -> str:
    before, after = _reached(step.before), _reached(step.after)
    moved = after if kind is ChangeKind.FIRST_REPORT else f"from {before} to {after}"
    return f"{party_name(plan, step.party)} {moved}" if _is_named(step.party, plan) else moved


def _is_named(party: str, plan: Plan) -> bool:
    return party != ASEAN and len(plan.states) > 1


def _reached(statement: Statement | None) -> str:
    if statement is None:
        return "no report"
    if statement.status is Status.ONGOING:
        return percent(statement.percent)
    return status_text(statement.status, statement.percent)


def _dated(change: DateChange, plan: Plan) -> str:
    parties = [party_name(plan, party) for party in change.parties if _is_named(party, plan)]
    dates = f"from {day(change.before)} to {day(change.after)}"
    if change.kind is not ChangeKind.DATE_SET:
        direction = "later" if change.days > 0 else "earlier"
        dates = f"{counted(abs(change.days), 'day')} {direction}, {dates}"
    return f"{', '.join(filter(None, (listed(parties), dates)))}{_because(change.reason, plan)}"


def adoption_text(change: TextAdoption) -> str:
    """43 titles, 37 dates set."""
    dates = f", {counted(change.dates, 'date')} set" if change.dates else ""
    return f"{counted(change.titles, 'title')}{dates}"


def _entered_or_left(change: ScopeChange, plan: Plan) -> str:
    """Viet Nam, no longer a participating state (1 Sep 2026): the reason."""
    states = [party_name(plan, party) for party in change.parties if _is_named(party, plan)]
    event = change.event.label if change.event else "the lead passed to another body"
    if states and change.event is LedgerEventKind.PARTY_REMOVED:
        event = "no longer a participating state" if len(states) == 1 else "no longer participating states"
    what = f"{event} ({day(change.on)})" if change.on else event
    return f"{', '.join(filter(None, (listed(states), what)))}{_because(change.reason, plan)}"


def _counted_otherwise(change: CountingChange) -> str:
    """Never as an act of somebody: nobody reported it."""
    parts = {
        True: "complete by what is counted now",
        False: "not complete by what is counted now",
        None: "",
    }[change.complete]
    rule = "another number of states must complete it" if change.rule else ""
    weights = f"weight from {change.weights[0]} to {change.weights[1]}" if change.weights else ""
    return "; ".join(filter(None, (rule, weights, parts)))


def _because(reason: Reason, plan: Plan) -> str:
    decided = f" (decided at {meeting_name(plan, reason.decided_at)})" if reason.decided_at else ""
    return f": {reason.text}{decided}" if reason.text else decided


def comparison_title(changes: Changes) -> str:
    """Completed from 4 of 43 to 8 of 43: 4 completed, 31 progressed; N unchanged at 43."""
    if not changes.listed:
        return "No differences"
    n, total = changes.completed, changes.in_scope
    return f"Completed from {n.start} of {total.start} to {n.end} of {total.end}: {change_counts(changes)}"


def bridge_lines(changes: Changes) -> tuple[BridgeLine, ...]:
    """Start + completed + entered - left - reopened = end."""
    names = {
        "At the start": "start",
        "+ completed": "completed",
        "+ entered": "entered",
        "− left": "left",
        "− reopened": "reopened",
        "= at the end": "end",
    }
    return tuple(
        BridgeLine(name, _number(changes.completed, part), _number(changes.in_scope, part))
        for name, part in names.items()
    )


def _number(bridge: Bridge, part: str) -> str:
    return str(getattr(bridge, part))


def in_lines(changes: Changes) -> Iterator[str]:
    """Yield the whole comparison as plain lines for the command line."""
    yield comparison_title(changes)
    for line in bridge_lines(changes):
        yield f"  {line.name:<14}{line.completed:>4} completed {line.in_scope:>4} counted"
    for change in change_lines(changes):
        yield f"  {change.sentence}"
