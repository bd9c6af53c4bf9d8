"""The roll-up (method.md, section 3): every figure is a sum over initiatives, or over a state's commitments.

Exact throughout: fractions, floored once at the end. Pure: the edition, the latest rows and the day are arguments.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any

from models.core.vocabulary import Grouping, Health
from models.figures.early_cycle import EarlyCycle
from models.figures.standing import Assessor, CommitmentStanding, InitiativeStanding, Standing, is_late
from models.plan.schema import Commitment, Initiative, Plan
from models.progress.scope import Exclusion, ScopeState, exclusion, exclusion_of_all, in_force
from models.progress.statement import Latest


@dataclass(frozen=True)
class Assessment:
    """The whole plan on one day: every initiative in scope, in the plan's order, by the latest statements.

    `excluded` says why of each commitment in force that is not counted; `early` is set while the first cycle is too
    young for percentages.
    """

    plan: Plan
    as_of: date
    standings: tuple[InitiativeStanding, ...]
    latest: Latest
    excluded: Mapping[Commitment, Exclusion] = field(default_factory=dict)
    early: EarlyCycle | None = None

    @cached_property
    def by_key(self) -> dict[str, InitiativeStanding]:
        """The initiatives in scope by key."""
        return {standing.key: standing for standing in self.standings}

    @property
    def scope(self) -> ScopeState:
        """What decides which commitments are in scope."""
        return ScopeState(self.plan, self.latest, self.as_of)

    @property
    def has_reports(self) -> bool:
        """Whether anything was reported."""
        return any(standing.reported for standing in self.standings)

    @property
    def shows_percentages(self) -> bool:
        """Whether screens and documents show percentages and expected figures (method.md, withheld)."""
        return self.has_reports and self.early is None

    def in_force(self) -> list[Initiative]:
        """The initiatives in force on the day, in scope or not."""
        return [initiative for initiative in self.plan.initiatives if in_force(initiative, self.as_of)]

    def why_excluded(self, initiative: Initiative) -> Exclusion:
        """Why an initiative in force is not in scope."""
        return exclusion_of_all([self.excluded[key] for key in initiative.commitments])


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one group. Counts are of initiatives, or of commitments for a state as implementer.

    Percents are whole and floored, null for an empty group. `stale` looks at the last closed cycle: zero while no
    cycle has closed.
    """

    key: str
    in_scope: int
    completed: int
    completed_percent: int | None
    progress_percent: int | None
    expected_percent: int | None
    due: int
    due_completed: int
    due_moved: int
    commitments: int
    commitments_reported: int
    without_report: int
    stale: int
    excluded: int
    assumed_due: int
    health: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """One row of `rollup --format json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RollupGroup:
    """The members behind one row of figures: its key, its members in scope, and how many in force are not, and why."""

    key: str
    members: tuple[Standing, ...]
    excluded: Mapping[Exclusion, int]

    @property
    def weight_sum(self) -> Fraction:
        """The denominator of every weighted mean of the group."""
        return sum((member.weight for member in self.members), Fraction(0))

    @property
    def progress_sum(self) -> Fraction:
        """The numerator of progress: the sum of w times p."""
        return sum((member.weight * member.percent for member in self.members), Fraction(0))

    @property
    def expected_sum(self) -> Fraction:
        """The numerator of expected: the sum of w times e."""
        return sum((member.weight * member.expected for member in self.members), Fraction(0))


@dataclass(frozen=True, slots=True)
class DueByNow:
    """Of the m members due by a day, how many are completed."""

    due: int
    completed: int


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many members were due before the day and are not completed.

    `assumed` of them are late by a due date that is assumed; `originally` is the same number on the original dates.
    """

    number: int
    assumed: int
    originally: int


def assess(
    plan: Plan,
    latest: Latest,
    *,
    as_of: date,
    originals: Mapping[str, Initiative] | None = None,
    reported: Collection[Commitment] | None = None,
) -> Assessment:
    """Assess every initiative of the edition on the day, from the latest row of each commitment.

    `originals` and `reported` are explained at `Assessor`.
    """
    assessor = Assessor(plan, latest, as_of=as_of, originals=originals or {}, reported=reported)
    standings = (assessor.initiative(initiative) for initiative in plan.initiatives)
    excluded = dict(_excluded(plan, latest, as_of))
    counted = tuple(filter(None, standings))
    return Assessment(plan=plan, as_of=as_of, standings=counted, latest=latest, excluded=excluded)


def _excluded(plan: Plan, latest: Latest, as_of: date) -> Iterator[tuple[Commitment, Exclusion]]:
    for initiative in plan.initiatives:
        for key, party in initiative.commitments if in_force(initiative, as_of) else ():
            why = exclusion(initiative, party, latest.get((key, party)), states=plan.state, as_of=as_of)
            if why:
                yield (key, party), why


def due_by_now(members: Iterable[Standing], as_of: date) -> DueByNow:
    """Count what is due by the day, and what of it is completed."""
    due = [member for member in members if member.due <= as_of]
    return DueByNow(due=len(due), completed=sum(member.completed for member in due))


def count_late(members: Sequence[Standing], as_of: date) -> LateCount:
    """Count what is late on the day."""
    late = [member for member in members if member.late]
    return LateCount(
        number=len(late),
        assumed=sum(member.initiative.due_is_assumed for member in late),
        originally=sum(is_late(member.original_due, as_of, completed=member.completed) for member in members),
    )


def _floor_ratio(numerator: Fraction | int, denominator: Fraction | int) -> int | None:
    return floor(Fraction(numerator) / Fraction(denominator)) if denominator else None


def figures_of(group: RollupGroup, as_of: date) -> Figures:
    """The figures of one group on the day."""
    members, weights = group.members, group.weight_sum
    completed = sum(member.completed for member in members)
    due = due_by_now(members, as_of)
    commitments = [commitment for member in members for commitment in member.commitments]
    return Figures(
        key=group.key,
        in_scope=len(members),
        completed=completed,
        completed_percent=_floor_ratio(100 * completed, len(members)),
        progress_percent=_floor_ratio(group.progress_sum, weights),
        expected_percent=_floor_ratio(group.expected_sum, weights),
        due=due.due,
        due_completed=due.completed,
        due_moved=sum(member.due != member.original_due for member in members),
        commitments=len(commitments),
        commitments_reported=sum(commitment.statement is not None for commitment in commitments),
        without_report=sum(
            all(commitment.statement is None for commitment in member.commitments) for member in members
        ),
        stale=sum(member.stale for member in members),
        excluded=sum(group.excluded.values()),
        assumed_due=sum(member.initiative.due_is_assumed for member in members),
        health={health.value: sum(member.health is health for member in members) for health in Health},
    )


def _keys(values: Iterable[Any]) -> list[str]:
    return [value.key for value in values]


Membership = tuple[Callable[[Plan], Sequence[str]], Callable[[Initiative], Sequence[str]]]

MEMBERSHIP: dict[Grouping, Membership] = {
    Grouping.PLAN: (lambda plan: (plan.key,), lambda _: ()),
    Grouping.MEASURE: (lambda plan: _keys(plan.measures), lambda initiative: (initiative.measure,)),
    Grouping.ACTIVITY: (lambda plan: _keys(plan.activities), lambda initiative: (initiative.activity,)),
    Grouping.INITIATIVE: (lambda plan: _keys(plan.initiatives), lambda initiative: (initiative.key,)),
    Grouping.BODY: (lambda plan: _keys(plan.bodies), lambda initiative: (initiative.lead,)),
    Grouping.CHAMPION: (lambda plan: _keys(plan.states), lambda initiative: initiative.champions),
    Grouping.THEME: (lambda plan: _keys(plan.themes), lambda initiative: initiative.themes),
}
"""Per grouping: the keys of its groups in the plan's order, and the groups an initiative belongs to."""


def groups(assessment: Assessment, by: Grouping) -> tuple[RollupGroup, ...]:
    """Every group of the kind, in the plan's order, empty ones included."""
    if by is Grouping.STATE:
        return _state_groups(assessment)
    keys_of, groups_of = MEMBERSHIP[by]
    whole_plan = by is Grouping.PLAN
    members: dict[str, list[Standing]] = {key: [] for key in keys_of(assessment.plan)}
    excluded: dict[str, Counter[Exclusion]] = {key: Counter() for key in members}
    for initiative in assessment.in_force():
        standing = assessment.by_key.get(initiative.key)
        for key in members if whole_plan else groups_of(initiative):
            if standing:
                members[key].append(standing)
            else:
                excluded[key][assessment.why_excluded(initiative)] += 1
    return tuple(RollupGroup(key, tuple(members[key]), excluded[key]) for key in members)


def _state_groups(assessment: Assessment) -> tuple[RollupGroup, ...]:
    """Member states as implementers: their commitments, not initiatives."""
    members: dict[str, list[CommitmentStanding]] = {state.key: [] for state in assessment.plan.states}
    excluded: dict[str, Counter[Exclusion]] = {state: Counter() for state in members}
    for standing in assessment.standings:
        for commitment in standing.commitments:
            if commitment.party in members:
                members[commitment.party].append(commitment)
    for (_, party), why in assessment.excluded.items():
        if party in members:
            excluded[party][why] += 1
    return tuple(RollupGroup(state, tuple(members[state]), excluded[state]) for state in members)


def roll_up(assessment: Assessment, by: Grouping) -> tuple[Figures, ...]:
    """The figures of every group of the kind, in the plan's order."""
    return tuple(figures_of(group, assessment.as_of) for group in groups(assessment, by))


@dataclass(frozen=True, slots=True)
class Filter:
    """The theme and the IP right that initiatives must have; an empty key selects all."""

    theme: str = ""
    ip_right: str = ""

    def keeps(self, initiative: Initiative) -> bool:
        """Whether the initiative has the theme and the IP right."""
        return self.theme in {"", *initiative.themes} and self.ip_right in {"", *initiative.ip_rights}


def apply_filter(assessment: Assessment, chosen: Filter) -> Assessment:
    """Return the assessment of the selected initiatives only, so that every N is the number of that part."""
    plan = assessment.plan
    kept = tuple(filter(chosen.keeps, plan.initiatives))
    standings = tuple(standing for standing in assessment.standings if chosen.keeps(standing.initiative))
    # A new plan and not a copy: a copy would keep the cached look-up by key of the whole plan.
    part = Plan.model_construct(**(dict(plan) | {"initiatives": kept}))
    excluded = {(key, party): why for (key, party), why in assessment.excluded.items() if key in part.initiative}
    return replace(assessment, plan=part, standings=standings, excluded=excluded)
