"""The comparison of two states in words: the bridge, and each difference as a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.core.text import counted, day
from models.core.vocabulary import ASEAN
from models.figures.comparison import Comparison, ScopeChange, Slip, StatusChange
from models.figures.explain import status_text
from models.progress.statement import Statement
from reports.parts.naming import of_party, wording_tag


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One line of the bridge: its name and its numbers for n and N; the last line is the sum."""

    name: str
    completed: str
    in_scope: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference: the initiative and party it is about, and what happened."""

    key: str
    party: str
    name: str
    tag: str
    text: str


def comparison_title(comparison: Comparison) -> str:
    """Completed from 4 of 43 to 8 of 43; 31 statements changed, 2 due dates moved."""
    if comparison.is_empty:
        return "No differences"
    moved = f"; {counted(len(comparison.slips), 'due date')} moved" if comparison.slips else ""
    n, total = comparison.completed, comparison.in_scope
    completed = f"Completed from {n.start} of {total.start} to {n.end} of {total.end}"
    return f"{completed}; {counted(len(comparison.statuses), 'statement')} changed{moved}"


def bridge_lines(comparison: Comparison) -> tuple[BridgeLine, ...]:
    """Start + completed + added - withdrawn - reversed = end."""
    n, total = comparison.completed, comparison.in_scope
    return (
        BridgeLine("At the start", f"{n.start}", f"{total.start}"),
        BridgeLine("+ completed", f"{n.completed}", "0"),
        BridgeLine("+ added", f"{n.added}", f"{total.added}"),
        BridgeLine("− withdrawn", f"{n.withdrawn}", f"{total.withdrawn}"),
        BridgeLine("− reversed", f"{n.reversed}", "0"),
        BridgeLine("= at the end", f"{n.end}", f"{total.end}"),
    )


def differences(comparison: Comparison) -> Mapping[str, tuple[DifferenceLine, ...]]:
    """Return all differences by group; empty groups are left out."""
    groups = {
        "Newly completed": (_line(comparison, key, ASEAN, "is completed") for key in comparison.newly_completed),
        "No longer completed": (_line(comparison, key, ASEAN, "is no longer completed") for key in comparison.reversed),
        "Added, withdrawn, merged": (_scope(comparison, change) for change in comparison.scope),
        "Due dates moved": (_slip(comparison, change) for change in comparison.slips),
        "Statements that changed": (_status(comparison, change) for change in comparison.statuses),
    }
    listed = {name: tuple(items) for name, items in groups.items()}
    return {name: items for name, items in listed.items() if items}


def in_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the whole comparison as plain lines for the command line."""
    yield comparison_title(comparison)
    for line in bridge_lines(comparison):
        yield f"  {line.name:<14}{line.completed:>4} completed {line.in_scope:>4} counted"
    for name, group in differences(comparison).items():
        yield f"{name}: {len(group)}"
        yield from (f"  {row.key}{f'/{row.party}' if row.party != ASEAN else ''} {row.text}" for row in group)


def _line(comparison: Comparison, key: str, party: str, text: str) -> DifferenceLine:
    initiative = comparison.after.plan.initiative.get(key) or comparison.before.plan.initiative[key]
    name = f"{initiative.title}{of_party(comparison.after.plan, party)}"
    return DifferenceLine(key, party, name, wording_tag(initiative), text)


def _scope(comparison: Comparison, change: ScopeChange) -> DifferenceLine:
    reason = f": {change.reason}" if change.reason else ""
    return _line(comparison, change.initiative, change.party, f"{change.event.label}{reason}")


def _slip(comparison: Comparison, slip: Slip) -> DifferenceLine:
    direction = "later" if slip.days > 0 else "earlier"
    reason = f": {slip.reason}" if slip.reason else ""
    decided = f" (decided at {slip.decided_at})" if slip.decided_at else ""
    moved = f"{counted(abs(slip.days), 'day')} {direction}, from {day(slip.before)} to {day(slip.after)}"
    return _line(comparison, slip.initiative, ASEAN, f"{moved}{reason}{decided}")


def _status(comparison: Comparison, change: StatusChange) -> DifferenceLine:
    text = f"from “{_status_text(change.before)}” to “{_status_text(change.after)}”"
    return _line(comparison, change.initiative, change.party, text)


def _status_text(statement: Statement | None) -> str:
    return status_text(statement.status, statement.percent) if statement else "no report"
