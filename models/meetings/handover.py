"""The handover pack of a body or state: its commitments, what was reported on them, what is due and open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.core.vocabulary import Basis, Status, Step
from models.figures.assess import assessment
from models.figures.standing import CommitmentStanding
from models.meetings.decisions import decisions
from models.meetings.snapshot import Decided
from models.meetings.snapshots import list_snapshots, snapshot
from models.people.context import Context
from models.people.permissions import Action, RoleAssignment, commitments_of, require
from models.plan.calendar import day_of
from models.plan.editions import LoadedEdition, plan_as_known
from models.plan.schema import Commitment, Plan
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.latest import View, latest_statements
from models.progress.views import StatementView, views_of_latest
from models.reporting.my_updates import role_of
from models.reporting.owed import owed_in
from models.store.clock import demonstration_today

MEETINGS = 3
"""How many meetings back a newcomer reads."""

Statements = Mapping[Commitment, StatementView]


@dataclass(frozen=True, slots=True)
class StatementsAtMeeting:
    """The latest statements on the commitments when a meeting took note."""

    meeting: str
    as_of: date
    statements: Statements


@dataclass(frozen=True, slots=True)
class Handover:
    """The affairs of a role on one day: its commitments in scope in the plan's order, and all that depends on them.

    `waiting` are statements that are submitted and not cleared; `meetings` the last that took note, the oldest first.
    """

    assignment: RoleAssignment
    plan: Plan
    edition: LoadedEdition
    known_at: datetime
    today: date
    is_made_up: bool
    standings: tuple[CommitmentStanding, ...]
    statements: Statements
    waiting: Statements
    meetings: tuple[StatementsAtMeeting, ...]
    cycle: CycleSpan | None
    owed: tuple[Commitment, ...]
    decisions: tuple[Decided, ...]


def handover(context: Context, speaker: str) -> Handover:
    """The pack of a body or state, for those who speak for it and for the secretariat; NotPermitted for others."""
    known = plan_as_known(context.session, context.now)
    plan, assignment = known.plan, role_of(speaker, known.plan)
    if assignment not in context.user.roles:
        require(context.user, Action.MANAGE_PEOPLE, plan=plan)
    ours = tuple(commitments_of(assignment, plan))
    today, cycle = day_of(context.now, plan), cycle_at(list_cycles(context.session, plan), context.now)
    view = View(today, context.now)
    initiatives = assessment(context.session, view).standings
    standings = {(row.initiative.key, row.party): row for initiative in initiatives for row in initiative.commitments}
    owed = owed_in(context.session, cycle, known_at=context.now) if cycle else ()
    submitted = _statements(context.session, plan, View(today, context.now, Basis.REPORTED), ours)
    return Handover(
        assignment=assignment,
        plan=plan,
        edition=known.edition,
        known_at=context.now,
        today=today,
        is_made_up=demonstration_today(context.session) is not None,
        standings=tuple(standings[commitment] for commitment in ours if commitment in standings),
        statements=_statements(context.session, plan, view, ours),
        waiting={commitment: statement for commitment, statement in submitted.items() if statement.cleared_at is None},
        meetings=tuple(_meetings(context.session, ours)),
        cycle=cycle,
        owed=tuple(commitment for commitment in owed if commitment in ours),
        decisions=_decisions(context.session, plan, assignment, ours, context.now),
    )


def _statements(session: Session, plan: Plan, view: View, ours: Sequence[Commitment]) -> Statements:
    latest = {
        commitment: statement
        for commitment, statement in latest_statements(session, view).items()
        if commitment in ours
    }
    return {statement.commitment: statement for statement in views_of_latest(session, plan, latest, view)}


def _meetings(session: Session, ours: Sequence[Commitment]) -> Iterator[StatementsAtMeeting]:
    """Of a meeting that was noted again, what it noted last."""
    noted = {mark.meeting: mark for mark in list_snapshots(session) if mark.step is Step.NOTED}
    for mark in sorted(noted.values(), key=lambda mark: mark.as_of)[-MEETINGS:]:
        statements = snapshot(session, mark.id).by_commitment
        known = {commitment: statements[commitment] for commitment in ours if commitment in statements}
        yield StatementsAtMeeting(mark.meeting, mark.as_of, known)


def _decisions(
    session: Session, plan: Plan, assignment: RoleAssignment, ours: Sequence[Commitment], now: datetime
) -> tuple[Decided, ...]:
    """The open ones that the body or state owns, or that are about what it reports on."""
    keys = {key for key, _ in ours}
    recorded = decisions(session, plan, known_at=now)
    return tuple(
        decision
        for decision in recorded
        if decision.is_open and (decision.owner == assignment.scope or keys.intersection(decision.initiatives))
    )


FAR = 75
"""From this percentage on a commitment is close enough to completed that its evidence should be at hand."""


def moved_due(statement: StatementView, plan: Plan) -> date | None:
    """The due date the party proposes, as long as the edition has another one."""
    initiative = plan.initiative.get(statement.initiative)
    if initiative is None or statement.proposed_due == initiative.due_for(statement.party):
        return None
    return statement.proposed_due


def is_pending(statement: StatementView, plan: Plan) -> bool:
    """Whether the meeting still has something to decide about it."""
    return statement.initiative in plan.initiative and (
        statement.requested is not None or moved_due(statement, plan) is not None
    )


def owes_evidence(statement: StatementView) -> bool:
    """Whether it is completed, or nearly so, without evidence: completing a commitment needs evidence."""
    far = statement.status is Status.ONGOING and (statement.percent or 0) >= FAR
    return (far or statement.status is Status.COMPLETED) and not statement.evidence
