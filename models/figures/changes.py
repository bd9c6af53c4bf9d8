"""The changes between two assessments (method.md, section 3): pure facts, each named by what happened.

What parties reported and what the plan decided is listed over the commitments in scope on both sides. What entered or
left the count is kept apart: an aggregate that moves because its members changed is nobody's act.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from models.core.vocabulary import ASEAN, LedgerEventKind, Status, Word, Wording
from models.figures.rollup import Assessment
from models.figures.standing import CommitmentStanding, InitiativeStanding
from models.plan.editions import kind_of_date
from models.plan.schema import Plan
from models.progress.scope import LedgerEvent, scope_events
from models.progress.statement import Statement


class ChangeKind(Word):
    """What happened, in the order in which it is listed; steps forward come last, the largest first."""

    COMPLETED = "completed", "Completed"
    REOPENED = "reopened", "Reopened"
    STATES_COMPLETED = "states_completed", "Completed by member states"
    STATES_REOPENED = "states_reopened", "Reopened by member states"
    REVISED = "revised", "Revised downward"
    SUSPENDED = "suspended", "Suspended"
    RESUMED = "resumed", "Resumed"
    REPORT_WITHDRAWN = "report_withdrawn", "Report withdrawn"
    TEXT_ADOPTED = "text_adopted", "Official text adopted"
    DATE_MOVED = "date_moved", "Due date moved"
    STATE_DATE_MOVED = "state_date_moved", "Due date of member states moved"
    DATE_SET = "date_set", "Due date set"
    ENTERED = "entered", "Entered the count"
    LEFT = "left", "Left the count"
    COUNTED_OTHERWISE = "counted_otherwise", "Counted otherwise"
    FIRST_REPORT = "first_report", "First report"
    PROGRESSED = "progressed", "Progressed"


@dataclass(frozen=True, slots=True)
class StatementStep:
    """What a party reported on one commitment before and after; None is no report."""

    party: str
    before: Statement | None
    after: Statement | None

    @property
    def points(self) -> int:
        """How many points of percent it rose; negative where it fell."""
        return (self.after.percent if self.after else 0) - (self.before.percent if self.before else 0)


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """What the parties of an initiative did: the statements of all whose kind of change it is."""

    kind: ChangeKind
    initiative: str
    steps: tuple[StatementStep, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the plan or the count changed, in public words, and the meeting that decided it, if one did."""

    text: str
    decided_at: str | None = None


NO_REASON = Reason("")


@dataclass(frozen=True, slots=True)
class DateChange:
    """A due date that the plan moved, or first set; of `parties` only, or of the whole initiative."""

    kind: ChangeKind
    initiative: str
    before: date
    after: date
    reason: Reason = NO_REASON
    parties: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """The number of days from the old to the new date; negative is earlier."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class TextAdoption:
    """Official text that replaced working titles: how many titles, and how many due dates came with it."""

    kind: ChangeKind
    initiative: str
    titles: int
    dates: int


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """What entered or left the count and why: an initiative, or some of its parties where others stay.

    `on` is the day from which, where the event has one of its own. Without an event it entered or left the part of the
    plan that a body leads: another body has the lead.
    """

    kind: ChangeKind
    initiative: str
    event: LedgerEventKind | None
    on: date | None
    reason: Reason = NO_REASON
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountingChange:
    """What makes an initiative count otherwise although no party reported it.

    `complete` says whether it now is by what is counted; `rule` that its rule of completion changed, `weights` from
    what weight to what.
    """

    kind: ChangeKind
    initiative: str
    complete: bool | None = None
    rule: bool = False
    weights: tuple[str, str] | None = None


Change = ReportedChange | DateChange | TextAdoption | ScopeChange | CountingChange


@dataclass(frozen=True)
class ChangeReasons:
    """Why due dates moved, by initiative, and why commitments entered or left the count, by commitment and event."""

    dates: Mapping[str, Reason]
    scope: Mapping[tuple[str, str, LedgerEventKind], Reason]


NO_REASONS = ChangeReasons({}, {})


@dataclass(frozen=True, slots=True)
class Bridge:
    """The steps of a count: start + completed + entered - left - reopened = end."""

    start: int
    completed: int
    entered: int
    left: int
    reopened: int
    end: int


@dataclass(frozen=True)
class Changes:
    """Every change between two assessments, by kind, then in the plan's order."""

    before: Assessment
    after: Assessment
    listed: tuple[Change, ...]

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Those of a kind."""
        return tuple(change for change in self.listed if change.kind is kind)

    @cached_property
    def in_scope(self) -> Bridge:
        """The bridge of N."""
        old, new = self.before.by_key.keys(), self.after.by_key.keys()
        return Bridge(len(old), 0, len(new - old), len(old - new), 0, len(new))

    @cached_property
    def completed(self) -> Bridge:
        """The bridge of n; what is complete by the change of its members or rule only, entered or left it."""
        old, new = (_completed(side) for side in (self.before, self.after))
        done, undone = (
            {change.initiative for change in self.of_kind(kind)} for kind in (ChangeKind.COMPLETED, ChangeKind.REOPENED)
        )
        return Bridge(len(old), len(done), len(new - old - done), len(old - new - undone), len(undone), len(new))


def _completed(side: Assessment) -> set[str]:
    return {standing.key for standing in side.standings if standing.completed}


def changes_between(
    before: Assessment,
    after: Assessment,
    reasons: ChangeReasons = NO_REASONS,
    *,
    elsewhere: Collection[str] = frozenset(),
) -> Changes:
    """Return every change between the two assessments of the same scope.

    `elsewhere` are the initiatives that the other side of a cut has outside of it: another body leads them.
    """
    order = list(dict.fromkeys([*after.plan.initiative, *before.plan.initiative]))
    both = [key for key in order if key in before.by_key and key in after.by_key]
    pairs = [_Pair(before.by_key[key], after.by_key[key]) for key in both]
    changes: list[Change] = [change for pair in pairs for change in pair.reported()]
    changes += [change for pair in pairs for change in pair.counting()]
    changes += _dates(pairs, before.plan, after.plan, reasons)
    changes += _scope(before, after, reasons, elsewhere)
    ranks, places = list(ChangeKind), {key: place for place, key in enumerate(order)}
    changes.sort(key=lambda change: (ranks.index(change.kind), -_points(change), places.get(change.initiative, -1)))
    return Changes(before, after, tuple(changes))


def _points(change: Change) -> int:
    """Of what progressed, how many points its largest step has; all else stays in the plan's order."""
    if isinstance(change, ReportedChange) and change.kind is ChangeKind.PROGRESSED:
        return max(step.points for step in change.steps)
    return 0


def kind_of_step(before: Statement | None, after: Statement | None) -> ChangeKind | None:
    """Return what happened to a commitment in scope on both sides, None where status and percent are the same."""
    old, new = (_facts(statement) for statement in (before, after))
    if old == new:
        return None
    rules = (
        (ChangeKind.COMPLETED, new[0] is Status.COMPLETED),
        (ChangeKind.REOPENED, old[0] is Status.COMPLETED),
        (ChangeKind.FIRST_REPORT, before is None),
        (ChangeKind.REPORT_WITHDRAWN, after is None),
        (ChangeKind.SUSPENDED, new[0] is Status.SUSPENDED and old[0] is not Status.SUSPENDED),
        (ChangeKind.RESUMED, old[0] is Status.SUSPENDED and new[0] is not Status.SUSPENDED),
        (ChangeKind.REVISED, (new[1], new[0] is Status.ONGOING) < (old[1], old[0] is Status.ONGOING)),
    )
    return next((kind for kind, holds in rules if holds), ChangeKind.PROGRESSED)


def _facts(statement: Statement | None) -> tuple[Status | None, int]:
    return (statement.status, statement.percent) if statement else (None, 0)


class _Pair:
    """An initiative in scope on both sides, with the commitments that are."""

    def __init__(self, old: InitiativeStanding, new: InitiativeStanding) -> None:
        self.old, self.new, self.key = old, new, new.key
        earlier = {commitment.party: commitment for commitment in old.commitments}
        self.commitments = [(earlier[now.party], now) for now in new.commitments if now.party in earlier]

    def steps(self) -> Iterator[tuple[ChangeKind, StatementStep]]:
        """Each commitment on which another status or percent was reported, with what happened."""
        for before, after in self.commitments:
            kind = kind_of_step(before.statement, after.statement)
            if kind:
                yield kind, StatementStep(after.party, before.statement, after.statement)

    def reported(self) -> Iterator[ReportedChange]:
        """What the parties did, one change for each kind."""
        steps = list(self.steps())
        for kind in dict.fromkeys(kind for kind, _ in steps):
            parts = tuple(step for same, step in steps if same is kind)
            yield ReportedChange(self._of_initiative(kind), self.key, parts)

    def _of_initiative(self, kind: ChangeKind) -> ChangeKind:
        """Whether a commitment completed or reopened did so to its initiative too."""
        if kind is ChangeKind.COMPLETED and not (self.new.completed and not self.old.completed):
            return ChangeKind.STATES_COMPLETED
        if kind is ChangeKind.REOPENED and not (self.old.completed and not self.new.completed):
            return ChangeKind.STATES_REOPENED
        return kind

    def counting(self) -> Iterator[CountingChange]:
        """What changed in its counting without a report on it."""
        old, new = self.old.initiative, self.new.initiative
        act = ChangeKind.COMPLETED if self.new.completed else ChangeKind.REOPENED
        unreported = self.old.completed != self.new.completed and act not in {kind for kind, _ in self.steps()}
        complete = self.new.completed if unreported else None
        weights = None if old.weight == new.weight else (f"{old.weight}", f"{new.weight}")
        if complete is not None or old.rule != new.rule or weights:
            yield CountingChange(ChangeKind.COUNTED_OTHERWISE, self.key, complete, old.rule != new.rule, weights)


def _dates(pairs: Sequence[_Pair], before: Plan, after: Plan, reasons: ChangeReasons) -> Iterator[Change]:
    """The dates that were moved or set; those that came with official text are one change together."""
    adopted = {
        initiative.key
        for initiative in after.initiatives
        if initiative.wording is Wording.OFFICIAL
        and initiative.key in before.initiative
        and before.initiative[initiative.key].wording is not Wording.OFFICIAL
    }
    changes = [change for pair in pairs for change in _dates_of(pair, reasons.dates.get(pair.key, NO_REASON))]
    with_text = [change for change in changes if change.kind is ChangeKind.DATE_SET and change.initiative in adopted]
    yield from (change for change in changes if change not in with_text)
    if adopted:
        dates = len({change.initiative for change in with_text})
        yield TextAdoption(ChangeKind.TEXT_ADOPTED, after.key, len(adopted), dates)


def _dates_of(pair: _Pair, reason: Reason) -> Iterator[DateChange]:
    """The due date of the initiative, over its commitments in scope on both sides; else those of parties alone."""
    whole = list(_date_steps(pair.commitments, pair.key, reason))
    yield from whole
    if len(pair.commitments) > 1:
        common = {(change.kind, change.before, change.after) for change in whole}
        own = [
            (change, after.party)
            for before, after in pair.commitments
            for change in _date_steps([(before, after)], pair.key, reason)
            if (change.kind, change.before, change.after) not in common
        ]
        yield from _of_parties(own)


def _of_parties(own: Sequence[tuple[DateChange, str]]) -> Iterator[DateChange]:
    """One change for all the parties that have the same."""
    for change in dict.fromkeys(change for change, _ in own):
        kind = ChangeKind.STATE_DATE_MOVED if change.kind is ChangeKind.DATE_MOVED else change.kind
        parties = tuple(party for same, party in own if same == change)
        yield DateChange(kind, change.initiative, change.before, change.after, change.reason, parties)


def _date_steps(
    commitments: Sequence[tuple[CommitmentStanding, CommitmentStanding]], key: str, reason: Reason
) -> Iterator[DateChange]:
    """Set where the kind of date changed (models/plan/editions.py); moved from the first date of its present kind."""
    if not commitments:
        return
    old, new = zip(*commitments, strict=True)
    was, now = max(side.due for side in old), max(side.due for side in new)
    same_kind = kind_of_date(old[0].initiative) == kind_of_date(new[0].initiative)
    if same_kind and [side.original_due for side in old] == [side.original_due for side in new]:
        first = was
    else:
        first = max(side.original_due for side in new)
        if was != first:
            yield DateChange(ChangeKind.DATE_SET, key, was, first)
    if first != now:
        yield DateChange(ChangeKind.DATE_MOVED, key, first, now, reason)


def _scope(
    before: Assessment, after: Assessment, reasons: ChangeReasons, elsewhere: Collection[str]
) -> Iterator[ScopeChange]:
    """What entered and left the count; one change for the parties of an initiative that share their reason."""
    events = [(_explained(event, reasons, elsewhere), event.party) for event in scope_events(before.scope, after.scope)]
    for change, group in groupby(sorted(events, key=_by_initiative), key=lambda pair: pair[0]):
        stays = change.initiative in before.by_key and change.initiative in after.by_key
        parties = tuple(party for _, party in group if party and stays)
        yield ScopeChange(change.kind, change.initiative, change.event, change.on, change.reason, parties)


def _by_initiative(pair: tuple[ScopeChange, str | None]) -> tuple[str, ...]:
    change, _ = pair
    reason = change.reason
    return change.initiative, change.event or "", str(change.on or ""), reason.text, reason.decided_at or ""


ENTRIES = frozenset(
    {
        LedgerEventKind.ADDED,
        LedgerEventKind.IN_FORCE,
        LedgerEventKind.REINSTATED,
        LedgerEventKind.PARTY_ADDED,
        LedgerEventKind.JOINED,
        LedgerEventKind.APPLICABLE_AGAIN,
    }
)
"""The events by which a commitment enters the count; by all others it leaves."""

WITHOUT_DAY = frozenset(
    {
        LedgerEventKind.REINSTATED,
        LedgerEventKind.PARTY_ADDED,
        LedgerEventKind.NOT_IN_FORCE,
        LedgerEventKind.PARTY_REMOVED,
        LedgerEventKind.JOINS_LATER,
    }
)
"""The events by an edition, whose day between two views is only that of the later view."""


def _explained(event: LedgerEvent, reasons: ChangeReasons, elsewhere: Collection[str]) -> ScopeChange:
    kind = ChangeKind.ENTERED if event.event in ENTRIES else ChangeKind.LEFT
    happened = None if event.initiative in elsewhere else event.event
    own = Reason(event.reason, event.decided_at) if event.reason else NO_REASON
    reason = reasons.scope.get((event.initiative, event.party or ASEAN, event.event), own)
    on = event.effective_on if happened and happened not in WITHOUT_DAY else None
    return ScopeChange(kind, event.initiative, happened, on, reason)
