"""A comparison of two states in words: the bridge, and every difference as a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.core.text import counted, day
from models.core.vocabulary import ASEAN
from models.figures.comparison import Comparison, ScopeChange, Slip, StatusChange
from models.figures.explain import status_text
from models.plan.schema import Initiative
from models.progress.statement import Statement
from reports.parts.naming import party_name, wording_tag


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One line of the bridge: what it is and its numbers for n and N; the last is the sum."""

    name: str
    completed: str
    in_scope: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the initiative and party it is about, and what happened."""

    key: str
    party: str
    name: str
    tag: str
    text: str


def comparison_title(found: Comparison) -> str:
    """Completed from 4 of 43 to 8 of 43; 31 statements changed, 2 due dates moved."""
    if found.is_empty:
        return "Nothing differs"
    moved = f"; {counted(len(found.slips), 'due date')} moved" if found.slips else ""
    n, total = found.completed, found.in_scope
    told = f"Completed from {n.start} of {total.start} to {n.end} of {total.end}"
    return f"{told}; {counted(len(found.statuses), 'statement')} changed{moved}"


def bridge_lines(found: Comparison) -> tuple[BridgeLine, ...]:
    """Start + completed + added - withdrawn - reversed = end."""
    n, total = found.completed, found.in_scope
    lines = (
        ("At the start", f"{n.start}", f"{total.start}"),
        ("+ completed", f"{n.completed}", "0"),
        ("+ added", f"{n.added}", f"{total.added}"),
        ("− withdrawn", f"{n.withdrawn}", f"{total.withdrawn}"),
        ("− reversed", f"{n.reversed}", "0"),
        ("= at the end", f"{n.end}", f"{total.end}"),
    )
    return tuple(BridgeLine(*line) for line in lines)


def differences(found: Comparison) -> Mapping[str, tuple[Difference, ...]]:
    """Every difference, in groups; a group without one is left out."""
    groups = {
        "Newly completed": (_about(found, key, ASEAN, "is completed") for key in found.newly_completed),
        "No longer completed": (_about(found, key, ASEAN, "is no longer completed") for key in found.reversed),
        "Added, withdrawn, merged": (_scope(found, one) for one in found.scope),
        "Due dates moved": (_slip(found, one) for one in found.slips),
        "Statements that changed": (_status(found, one) for one in found.statuses),
    }
    told = {name: tuple(ones) for name, ones in groups.items()}
    return {name: ones for name, ones in told.items() if ones}


def in_lines(found: Comparison) -> Iterator[str]:
    """The whole comparison as plain lines: for the command line."""
    yield comparison_title(found)
    for line in bridge_lines(found):
        yield f"  {line.name:<14}{line.completed:>4} completed {line.in_scope:>4} counted"
    for name, ones in differences(found).items():
        yield f"{name}: {len(ones)}"
        yield from (f"  {one.key}{f'/{one.party}' if one.party != ASEAN else ''} {one.text}" for one in ones)


def _initiative(found: Comparison, key: str) -> Initiative:
    return found.after.plan.initiative.get(key) or found.before.plan.initiative[key]


def _about(found: Comparison, key: str, party: str, text: str) -> Difference:
    initiative = _initiative(found, key)
    name = initiative.title if party == ASEAN else f"{initiative.title}, {party_name(found.after.plan, party)}"
    return Difference(key, party, name, wording_tag(initiative), text)


def _scope(found: Comparison, one: ScopeChange) -> Difference:
    return _about(found, one.initiative, one.party, f"{one.event.label}{f': {one.reason}' if one.reason else ''}")


def _slip(found: Comparison, one: Slip) -> Difference:
    way = "later" if one.days > 0 else "earlier"
    why = f": {one.reason}" if one.reason else ""
    decided = f" (decided at {one.decided_at})" if one.decided_at else ""
    moved = f"{counted(abs(one.days), 'day')} {way}, from {day(one.before)} to {day(one.after)}"
    return _about(found, one.initiative, ASEAN, f"{moved}{why}{decided}")


def _status(found: Comparison, one: StatusChange) -> Difference:
    return _about(found, one.initiative, one.party, f"from “{_said(one.before)}” to “{_said(one.after)}”")


def _said(statement: Statement | None) -> str:
    return status_text(statement.status, statement.percent) if statement else "no report"
