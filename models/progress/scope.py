"""The commitments in scope on a day (method.md, section 2), and the changes between two states. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.core.text import PublicText
from models.core.vocabulary import ASEAN, ExclusionReason, LedgerEventKind, Status
from models.plan.schema import Commitment, Initiative, Merger, Plan
from models.plan.schema_parts import MemberState
from models.progress.statement import Statement

EXITS = {
    "withdrawn": LedgerEventKind.WITHDRAWN,
    "merged_into": LedgerEventKind.MERGED,
    "superseded_by": LedgerEventKind.SUPERSEDED,
}
"""The three exits of an initiative, by field, with the event of the ledger for each."""


def in_force(initiative: Initiative, as_of: date) -> bool:
    """Whether the initiative counts on the day: in_force_from <= D < out_of_force_on."""
    out = initiative.out_of_force_on
    return initiative.in_force_from <= as_of and (out is None or as_of < out)


def joining_day(initiative: Initiative, party: str, states: Mapping[str, MemberState]) -> date:
    """The first day on which the party takes part: as a member, or on the later day it joins the initiative."""
    if party == ASEAN:
        return initiative.in_force_from
    member_from = states[party].member_from
    return max(member_from, initiative.joins.get(party, member_from))


def takes_part(initiative: Initiative, party: str, *, states: Mapping[str, MemberState], as_of: date) -> bool:
    """Whether the party takes part in the initiative on the day."""
    return party == ASEAN or (party in states and joining_day(initiative, party, states) <= as_of)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why something in force is not counted; with the day it will be, where its party joins the initiative later."""

    reason: ExclusionReason
    joins_on: date | None = None


def exclusion(
    initiative: Initiative,
    party: str,
    statement: Statement | None,
    *,
    states: Mapping[str, MemberState],
    as_of: date,
) -> Exclusion | None:
    """Return why the commitment of an initiative in force is not counted on the day, None if it is."""
    if statement is not None and statement.status is Status.NOT_APPLICABLE:
        return Exclusion(ExclusionReason.NOT_APPLICABLE)
    if takes_part(initiative, party, states=states, as_of=as_of):
        return None
    if party not in states or states[party].member_from > as_of:
        return Exclusion(ExclusionReason.NOT_A_MEMBER_YET)
    return Exclusion(ExclusionReason.JOINS_LATER, joining_day(initiative, party, states))


def exclusion_of_all(commitments: Iterable[Exclusion]) -> Exclusion:
    """Return why an initiative is not counted whose commitments are all excluded.

    What is still to come decides: the first day on which a party joins, else a membership. Only where every party said
    so is the initiative itself not applicable.
    """
    order = (ExclusionReason.JOINS_LATER, ExclusionReason.NOT_A_MEMBER_YET, ExclusionReason.NOT_APPLICABLE)
    return min(
        commitments,
        key=lambda each: (order.index(each.reason), each.joins_on or date.max),
        default=Exclusion(ExclusionReason.NO_PARTY),
    )


def counts(
    initiative: Initiative,
    party: str,
    statement: Statement | None,
    *,
    states: Mapping[str, MemberState],
    as_of: date,
) -> bool:
    """Whether the commitment of a party counts on the day, given its latest statement."""
    excluded = exclusion(initiative, party, statement, states=states, as_of=as_of)
    return excluded is None and in_force(initiative, as_of)


@dataclass(frozen=True, slots=True)
class ScopeState:
    """The facts that decide which commitments count: the edition in force, the latest statements, and the day."""

    plan: Plan
    latest: Mapping[Commitment, Statement | None]
    as_of: date

    def __contains__(self, commitment: Commitment) -> bool:
        key, party = commitment
        initiative, statement = self.plan.initiative.get(key), self.latest.get(commitment)
        if initiative is None or party not in initiative.parties:
            return False
        return counts(initiative, party, statement, states=self.plan.state, as_of=self.as_of)

    def commitments(self) -> tuple[Commitment, ...]:
        """Those in scope, in the plan's order."""
        return tuple(commitment for commitment in self.plan.commitments() if commitment in self)

    def initiatives(self) -> int:
        """N: how many initiatives are in scope."""
        return len({key for key, _ in self.commitments()})


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One event that changes what is counted; `row` is the statement behind it, if any.

    Where the official text was adopted, `party` is None and `initiative` the plan's key. A reason or meeting of None
    means that of the act.
    """

    initiative: str
    party: str | None
    event: LedgerEventKind
    effective_on: date
    before: str | None = None
    after: str | None = None
    reason: PublicText | None = None
    decided_at: str | None = None
    row: int | None = None

    @property
    def name(self) -> str:
        """Its name in addresses and tables: I08/KH."""
        return f"{self.initiative}/{self.party}" if self.party else self.initiative


def scope_events(before: ScopeState, after: ScopeState, among: Iterable[Commitment] = ()) -> tuple[LedgerEvent, ...]:
    """Return an event for each commitment (of `among`, if given) that entered or left the scope, in plan order."""
    every = among or dict.fromkeys((*after.plan.commitments(), *before.plan.commitments()))
    moved = [commitment for commitment in every if (commitment in before) != (commitment in after)]
    return tuple((_entered if commitment in after else _left)(commitment, before, after) for commitment in moved)


def scope_days(plan: Plan, *, after: date, until: date) -> Iterator[date]:
    """Yield the days after `after` and up to `until` on which the calendar alone can change the scope."""
    days = {day for initiative in plan.initiatives for day in _days_of(initiative, plan)}
    yield from sorted(day for day in days if after < day <= until)


def events_on(scope: ScopeState, day: date) -> tuple[LedgerEvent, ...]:
    """Return the changes at the beginning of a day, under the plan and the statements of the scope."""
    return scope_events(replace(scope, as_of=day - timedelta(days=1)), replace(scope, as_of=day))


def events_to_come(scope: ScopeState) -> Iterator[LedgerEvent]:
    """Yield the changes by the calendar after the scope's day, if plan and statements do not change."""
    for day in scope_days(scope.plan, after=scope.as_of, until=date.max):
        yield from events_on(scope, day)


def _days_of(initiative: Initiative, plan: Plan) -> Iterator[date]:
    yield initiative.in_force_from
    if initiative.out_of_force_on:
        yield initiative.out_of_force_on
    yield from (joining_day(initiative, party, plan.state) for party in initiative.parties)


def _entered(commitment: Commitment, before: ScopeState, after: ScopeState) -> LedgerEvent:
    key, party = commitment
    old, new = before.plan.initiative.get(key), after.plan.initiative[key]
    if old is None:
        return LedgerEvent(key, party, LedgerEventKind.ADDED, new.in_force_from)
    if not in_force(old, before.as_of):
        was_out = old.exit is not None and old.exit.on <= before.as_of
        event, on = (
            (LedgerEventKind.REINSTATED, after.as_of) if was_out else (LedgerEventKind.IN_FORCE, new.in_force_from)
        )
        return LedgerEvent(key, party, event, on)
    if party not in old.parties:
        return LedgerEvent(key, party, LedgerEventKind.PARTY_ADDED, after.as_of)
    if not takes_part(old, party, states=before.plan.state, as_of=before.as_of):
        return LedgerEvent(key, party, LedgerEventKind.JOINED, joining_day(new, party, after.plan.state))
    return _by_statement(commitment, LedgerEventKind.APPLICABLE_AGAIN, before, after)


def _left(commitment: Commitment, before: ScopeState, after: ScopeState) -> LedgerEvent:
    key, party = commitment
    initiative = after.plan.initiative.get(key)
    if initiative and not in_force(initiative, after.as_of):
        return _out_of_force(initiative, party, after.as_of)
    if initiative is None or party not in initiative.parties:
        return LedgerEvent(key, party, LedgerEventKind.PARTY_REMOVED, after.as_of)
    if not takes_part(initiative, party, states=after.plan.state, as_of=after.as_of):
        return LedgerEvent(key, party, LedgerEventKind.JOINS_LATER, after.as_of)
    return _by_statement(commitment, LedgerEventKind.NOT_APPLICABLE, before, after)


def _out_of_force(initiative: Initiative, party: str, as_of: date) -> LedgerEvent:
    leaving = initiative.exit
    if leaving is None or as_of < leaving.on:
        return LedgerEvent(initiative.key, party, LedgerEventKind.NOT_IN_FORCE, as_of)
    event = next(event for field, event in EXITS.items() if getattr(initiative, field))
    other = leaving.initiative if isinstance(leaving, Merger) else None
    # The plan is public, and so is every reason in it.
    reason = PublicText(leaving.reason)
    return LedgerEvent(initiative.key, party, event, leaving.on, None, other, reason, leaving.decided_at)


def _by_statement(commitment: Commitment, event: LedgerEventKind, before: ScopeState, after: ScopeState) -> LedgerEvent:
    """The event is effective from the first day on which the statements before and after are both true."""
    statements = [scope.latest.get(commitment) for scope in (before, after)]
    known = [statement for statement in statements if statement]
    return LedgerEvent(*commitment, event, max(statement.valid_on for statement in known), row=known[-1].row)
