"""Percent, due date and health of commitments and initiatives on a day (method.md, 2 and 3): pure and exact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from models.core.vocabulary import Health, Status
from models.plan.schema import AtLeast, Commitment, Initiative, Plan
from models.progress.scope import counts
from models.progress.statement import Latest, Statement

FULL = Fraction(100)


@dataclass(frozen=True)
class CommitmentStanding:
    """One commitment in scope on a day: percent p (0-100), expected e (0-100), due date and health."""

    initiative: Initiative
    party: str
    statement: Statement | None
    percent: Fraction
    expected: Fraction
    due: date
    original_due: date
    late: bool
    health: Health
    stale: bool

    @property
    def key(self) -> str:
        """As addresses write it: I08/KH."""
        return f"{self.initiative.key}/{self.party}"

    @property
    def weight(self) -> Fraction:
        """The weight of its initiative."""
        return self.initiative.weight

    @property
    def completed(self) -> bool:
        """Whether its latest row says completed."""
        return self.statement is not None and self.statement.status is Status.COMPLETED

    @property
    def commitments(self) -> tuple["CommitmentStanding", ...]:
        """Itself: a commitment is counted like an initiative with one."""
        return (self,)


@dataclass(frozen=True)
class InitiativeStanding:
    """One initiative in scope on a day, with its commitments in scope in the plan's order."""

    initiative: Initiative
    commitments: tuple[CommitmentStanding, ...]
    completed: bool
    percent: Fraction
    expected: Fraction
    due: date
    original_due: date
    late: bool
    health: Health

    @property
    def key(self) -> str:
        """The initiative's key."""
        return self.initiative.key

    @property
    def weight(self) -> Fraction:
        """Its weight in every mean."""
        return self.initiative.weight

    @property
    def stale(self) -> bool:
        """Whether the last closed cycle brought neither an update nor a nil report on any of its commitments."""
        return all(commitment.stale for commitment in self.commitments)

    @cached_property
    def reported(self) -> int:
        """How many of its commitments in scope have a latest row."""
        return sum(commitment.statement is not None for commitment in self.commitments)


Standing = CommitmentStanding | InitiativeStanding


def expected_on(initiative: Initiative, due: date, as_of: date) -> Fraction:
    """Where the dates say a commitment should be, 0 to 100: by deliverables due, else linear from start to due."""
    if initiative.deliverables:
        by_now = sum((item.weight for item in initiative.deliverables if item.due <= as_of), Fraction(0))
        return FULL * by_now / sum((item.weight for item in initiative.deliverables), Fraction(0))
    if as_of < initiative.start:
        return Fraction(0)
    if as_of >= due:
        return FULL
    return FULL * (as_of - initiative.start).days / (due - initiative.start).days


def is_late(due: date, as_of: date, *, completed: bool) -> bool:
    """Whether it was due before the day and is not completed; on the due date itself nothing is late."""
    return due < as_of and not completed


def _suspended(statements: Sequence[Statement | None]) -> bool:
    """At least one commitment is open and every open one is suspended."""
    statuses = {statement.status if statement else None for statement in statements}
    return statuses - {Status.COMPLETED} == {Status.SUSPENDED}


def needed(initiative: Initiative, in_scope: int) -> int:
    """How many completed commitments make the initiative completed; `at_least` is capped at the number in scope."""
    return min(initiative.rule.at_least, in_scope) if isinstance(initiative.rule, AtLeast) else in_scope


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


class Assessor:
    """Assesses the initiatives of one edition on one day from the latest rows.

    `originals` gives each initiative as its due date was first stated; `reported` the commitments reported on in
    the last closed cycle, None when no cycle has closed.
    """

    def __init__(
        self,
        plan: Plan,
        latest: Latest,
        *,
        as_of: date,
        originals: Mapping[str, Initiative],
        reported: Collection[Commitment] | None,
    ) -> None:
        self._plan, self._latest, self._as_of = plan, latest, as_of
        self._originals, self._reported = originals, reported

    def initiative(self, initiative: Initiative) -> InitiativeStanding | None:
        """The standing of the initiative, or None when it is not in scope."""
        commitments = tuple(filter(None, (self._commitment(initiative, party) for party in initiative.parties)))
        if not commitments:
            return None
        completed = sum(commitment.completed for commitment in commitments) >= needed(initiative, len(commitments))
        percent = FULL if completed else _mean([commitment.percent for commitment in commitments])
        expected = _mean([commitment.expected for commitment in commitments])
        due = max(commitment.due for commitment in commitments)
        late = is_late(due, self._as_of, completed=completed)
        statements = [commitment.statement for commitment in commitments]
        return InitiativeStanding(
            initiative=initiative,
            commitments=commitments,
            completed=completed,
            percent=percent,
            expected=expected,
            due=due,
            original_due=max(commitment.original_due for commitment in commitments),
            late=late,
            health=self._health(
                statements, completed=completed, percent=percent, expected=expected, start=initiative.start, late=late
            ),
        )

    def _commitment(self, initiative: Initiative, party: str) -> CommitmentStanding | None:
        statement = self._latest.get((initiative.key, party))
        if not counts(initiative, party, statement, states=self._plan.state, as_of=self._as_of):
            return None
        due = initiative.due_for(party)
        completed = statement is not None and statement.status is Status.COMPLETED
        percent = Fraction(statement.percent if statement else 0)
        expected = expected_on(initiative, due, self._as_of)
        late = is_late(due, self._as_of, completed=completed)
        return CommitmentStanding(
            initiative=initiative,
            party=party,
            statement=statement,
            percent=percent,
            expected=expected,
            due=due,
            original_due=self._originals.get(initiative.key, initiative).due_for(party),
            late=late,
            health=self._health(
                [statement], completed=completed, percent=percent, expected=expected, start=initiative.start, late=late
            ),
            stale=self._reported is not None and (initiative.key, party) not in self._reported,
        )

    def _health(
        self,
        statements: Sequence[Statement | None],
        *,
        completed: bool,
        percent: Fraction,
        expected: Fraction,
        start: date,
        late: bool,
    ) -> Health:
        """The first rule that fits, in the order of method.md."""
        rules: tuple[tuple[Health, bool], ...] = (
            (Health.COMPLETED, completed),
            (Health.SUSPENDED, _suspended(statements)),
            (Health.OVERDUE, late),
            (Health.NOT_DUE, self._as_of < start and percent == 0),
            (Health.NO_REPORT, not any(statements)),
            (Health.AT_RISK, expected - percent >= self._plan.settings.at_risk_points),
        )
        return next((health for health, fits in rules if fits), Health.ON_TRACK)
