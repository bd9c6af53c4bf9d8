"""What the secretariat looks through: statements that wait, each beside the one it would follow; and who is silent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import ASEAN, Basis, Kind, LedgerEventKind
from models.figures.assess import assessment
from models.figures.rollup import Assessment
from models.people.context import Context
from models.people.directory import person_name
from models.people.permissions import Action, require
from models.plan.calendar import day_of, end_of_day
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment, Initiative, Plan
from models.progress.clearing import why_not_cleared
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.drafts import statement_evidence, written_in
from models.progress.latest import View, latest_statements, statements_once_cleared
from models.progress.scope import ScopeState, scope_events
from models.progress.statement import ABOUT, LABELS, EvidenceItem, FieldChange, StatementFields, field_text
from models.reporting.owed import owed_in
from models.store.tables import CommitmentRow, Person, Progress


@dataclass(frozen=True, slots=True)
class PendingReview:
    """One statement that was submitted and is neither cleared nor returned nor withdrawn.

    `effect` is what clearing it would do to the count, if anything: it needs a reason then. `why_not` says why the
    user may not clear it, and is empty for whoever may.
    """

    row: int
    initiative: Initiative
    party: str
    speaker: str
    kind: Kind
    author_id: int
    author: str
    on_behalf_of: str | None
    submitted_on: date
    valid_on: date
    fields: tuple[FieldChange, ...]
    evidence: tuple[EvidenceItem, ...]
    effect: LedgerEventKind | None
    why_not: str

    @property
    def name(self) -> str:
        """As addresses and tables name its commitment: I08/KH."""
        return f"{self.initiative.key}/{self.party}"


@dataclass(frozen=True)
class Review:
    """Everything the Review page shows at one moment, in the plan's order."""

    plan: Plan
    today: date
    queue: tuple[PendingReview, ...]
    cycle: CycleSpan | None
    owed: Mapping[str, tuple[Commitment, ...]]
    cleared: Assessment
    reported: Assessment

    @property
    def speakers(self) -> Mapping[str, int]:
        """How many statements wait from each body or state."""
        counts: dict[str, int] = {}
        for statement in self.queue:
            counts[statement.speaker] = counts.get(statement.speaker, 0) + 1
        return counts


def review(context: Context) -> Review:
    """Read it; refused to anybody who may not read what is not cleared yet."""
    plan = plan_as_known(context.session, context.now).plan
    require(context.user, Action.READ_SUBMITTED, plan=plan)
    view = latest_view(plan, context.now)
    cycle = cycle_at(list_cycles(context.session, plan), context.now)
    owed = owed_in(context.session, cycle, known_at=context.now) if cycle else ()
    return Review(
        plan=plan,
        today=view.as_of,
        queue=_queue(context, view),
        cycle=cycle,
        owed=by_reporter(owed, plan),
        cleared=assessment(context.session, view),
        reported=assessment(context.session, View(view.as_of, view.known_at, Basis.REPORTED)),
    )


def latest_view(plan: Plan, now: datetime) -> View:
    """Today as known today, on what is cleared."""
    today = day_of(now, plan)
    return View(today, end_of_day(today, plan))


def reporter(plan: Plan, commitment: Commitment) -> str:
    """Who reports on a commitment: the body that leads it, or the state that owes it."""
    initiative, party = commitment
    return plan.initiative[initiative].lead if party == ASEAN else party


def in_order(plan: Plan, names: Mapping[str, object]) -> list[str]:
    """Bodies and states in the plan's order, bodies first."""
    return [key for key in (*plan.body, *plan.state) if key in names]


def by_reporter(owed: Sequence[Commitment], plan: Plan) -> dict[str, tuple[Commitment, ...]]:
    """Commitments by the body or state that reports on them, in the plan's order."""
    grouped: dict[str, tuple[Commitment, ...]] = {}
    for commitment in owed:
        key = reporter(plan, commitment)
        grouped[key] = (*grouped.get(key, ()), commitment)
    return {key: grouped[key] for key in in_order(plan, grouped)}


def _queue(context: Context, view: View) -> tuple[PendingReview, ...]:
    session, plan = context.session, plan_as_known(context.session, context.now).plan
    submitted = _rows(session, view.known_at)
    latest = latest_statements(session, view)
    earlier = [latest[commitment].row for commitment, _, _ in submitted if commitment in latest]
    before = {row.id: row for row in session.execute(select(Progress).where(col(Progress.id).in_(earlier))).scalars()}
    evidence = statement_evidence(session, [row.id or 0 for _, row, _ in submitted])
    effects = _effects(session, ScopeState(plan, latest, view.as_of), view, submitted)
    waiting = [
        _waiting(
            commitment,
            row,
            person,
            plan=plan,
            before=before.get(latest[commitment].row) if commitment in latest else None,
            evidence=evidence[row.id or 0],
            effect=effects.get(row.id or 0),
            why_not=why_not_cleared(context, row, commitment),
        )
        for commitment, row, person in submitted
        if commitment[0] in plan.initiative
    ]
    return tuple(sorted(waiting, key=_place(plan)))


def _effects(
    session: Session, scope: ScopeState, view: View, submitted: Sequence[tuple[Commitment, Progress, Person]]
) -> dict[int, LedgerEventKind]:
    """What clearing each row, and nothing else, would add to the ledger."""
    rows = {row.id or 0: commitment for commitment, row, _ in submitted}
    effects = {}
    for row, statement in statements_once_cleared(session, view, rows).items():
        cleared = replace(scope, latest={rows[row]: statement})
        for event in scope_events(scope, cleared, among=[rows[row]]):
            effects[row] = event.event
    return effects


def _place(plan: Plan) -> Callable[[PendingReview], tuple[int, int, int]]:
    """The order of the queue: bodies, then states; the plan's order; the oldest first."""
    speakers = {key: place for place, key in enumerate((*plan.body, *plan.state))}
    commitments = {commitment: place for place, commitment in enumerate(plan.commitments())}

    def place(statement: PendingReview) -> tuple[int, int, int]:
        commitment = statement.initiative.key, statement.party
        return (
            speakers.get(statement.speaker, len(speakers)),
            commitments.get(commitment, len(commitments)),
            statement.row,
        )

    return place


def _rows(session: Session, known_at: datetime) -> list[tuple[Commitment, Progress, Person]]:
    query = (
        select(col(CommitmentRow.initiative), col(CommitmentRow.party), Progress, Person)
        .join(Progress, col(Progress.commitment_id) == col(CommitmentRow.id))
        .join(Person, col(Person.id) == col(Progress.author_id))
        .where(
            col(Progress.kind) != Kind.NIL,
            col(Progress.submitted_at) <= known_at,
            col(Progress.cleared_at).is_(None),
            col(Progress.returned_at).is_(None),
            col(Progress.withdrawn_at).is_(None),
        )
    )
    return [((initiative, party), row, person) for initiative, party, row, person in session.execute(query)]


def _waiting(
    commitment: Commitment,
    row: Progress,
    author: Person,
    *,
    plan: Plan,
    before: Progress | None,
    evidence: tuple[EvidenceItem, ...],
    effect: LedgerEventKind | None,
    why_not: str,
) -> PendingReview:
    assert row.id is not None  # noqa: S101  # both were read from the database
    assert row.submitted_at is not None  # noqa: S101
    return PendingReview(
        row=row.id,
        initiative=plan.initiative[commitment[0]],
        party=commitment[1],
        speaker=row.on_behalf_of or reporter(plan, commitment),
        kind=Kind(row.kind),
        author_id=row.author_id,
        author=person_name(author),
        on_behalf_of=row.on_behalf_of,
        submitted_on=day_of(row.submitted_at, plan),
        valid_on=row.valid_on,
        fields=_compared(before, row, plan.initiative[commitment[0]]),
        evidence=evidence,
        effect=effect,
        why_not=why_not,
    )


def _compared(before: Progress | None, row: Progress, initiative: Initiative) -> tuple[FieldChange, ...]:
    """Every field that either of the two fills, in the order of the card it was written on."""
    previous, statement = written_in(before) if before else StatementFields(), written_in(row)
    pairs = (
        FieldChange(LABELS[field], field_text(field, previous, initiative), field_text(field, statement, initiative))
        for field in ABOUT
    )
    return tuple(pair for pair in pairs if pair.before or pair.after)
