"""One commitment for its reporter: earlier statements, what was returned, the draft and what it still needs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from models.core.errors import FieldError
from models.core.vocabulary import Basis, Kind, Word
from models.people.context import Context
from models.people.permissions import assignment_for
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Initiative
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.drafts import commitment_ids, draft_evidence, written_in
from models.progress.entry import draft_errors
from models.progress.latest import View, latest_statements
from models.progress.statement import EvidenceItem, Latest, Statement, StatementFields
from models.progress.views import StatementView, views_of
from models.store.reporting_tables import Draft
from models.store.tables import Progress


class Stage(Word):
    """How far the report on a commitment is."""

    RETURNED = "returned", "Returned"
    DRAFT = "draft", "Draft"
    NO_CHANGE = "no_change", "Nothing to report"
    NOT_BEGUN = "not_begun", "Not begun"


class PreviousStatement(StatementView):
    """One submitted statement; `meeting` names the cycle it was submitted in, `mine` says that the user wrote it."""

    mine: bool
    meeting: str | None

    @property
    def cleared(self) -> bool:
        """Whether the secretariat cleared it."""
        return self.cleared_at is not None


@dataclass(frozen=True, slots=True)
class Returned:
    """A statement that was sent back: when, and what its note asks for."""

    moment: datetime
    note: str


@dataclass(frozen=True, slots=True)
class DraftState:
    """When the draft was saved last, whether by the user, and what still speaks against submitting it."""

    saved_at: datetime
    mine: bool
    problems: tuple[FieldError, ...]


@dataclass(frozen=True)
class Card:
    """One commitment of somebody's list. `written` is what the card's fields show."""

    initiative: Initiative
    party: str
    speaker: str
    last_cleared: PreviousStatement | None
    newest: PreviousStatement | None
    last_reported: StatementFields | None
    returned: Returned | None
    meanwhile: tuple[PreviousStatement, ...]
    draft: DraftState | None
    written: StatementFields
    evidence: tuple[EvidenceItem, ...]
    owed: bool = False

    @property
    def commitment(self) -> Commitment:
        """Who must deliver what."""
        return self.initiative.key, self.party

    @property
    def stage(self) -> Stage:
        """How far the report is; what was returned stays so until it is submitted again."""
        if self.returned:
            return Stage.RETURNED
        if self.draft is None:
            return Stage.NOT_BEGUN
        return Stage.NO_CHANGE if self.says_nothing else Stage.DRAFT

    @property
    def says_nothing(self) -> bool:
        """Whether the draft is the mark that there is nothing to report."""
        return self.draft is not None and self.written.is_empty and not self.evidence

    @property
    def size(self) -> int:
        """The bytes of the files among its evidence."""
        return sum({item.file_id: item.size or 0 for item in self.evidence if item.file_id}.values())

    def was_reported_in(self, cycle: CycleSpan) -> bool:
        """Whether something on it was submitted in the cycle and not returned."""
        return self.newest is not None and self.returned is None and cycle.holds(self.newest.submitted_at)


def cards(context: Context, commitments: Collection[Commitment]) -> dict[Commitment, Card]:
    """A card for each commitment, in the order given; however many there are, it takes the same few queries."""
    keys = commitment_ids(context.session)
    ids = [keys[commitment] for commitment in commitments]
    rows = _rows(context, ids)
    begun = context.session.execute(select(Draft).where(col(Draft.commitment_id).in_(ids))).scalars()
    drafts = {draft.commitment_id: draft for draft in begun}
    logged = [(commitment, row) for commitment in commitments for row in rows[keys[commitment]]]
    known = _Known(
        context=context,
        latest=tuple(
            latest_statements(context.session, View(day_of(context.now, context.plan), context.now, basis))
            for basis in (Basis.CLEARED, Basis.REPORTED)
        ),
        cycles=list_cycles(context.session, context.plan),
        evidence=draft_evidence(context.session, list(drafts)),
        views={view.row: view for view in views_of(context.session, context.plan, logged, known_at=context.now)},
    )
    return {
        commitment: known.card(commitment, rows[keys[commitment]], drafts.get(keys[commitment]))
        for commitment in commitments
    }


def _rows(context: Context, ids: Collection[int]) -> Mapping[int, list[Progress]]:
    """What was submitted on each commitment and not withdrawn, the oldest first."""
    query = select(Progress).where(
        col(Progress.commitment_id).in_(ids),
        col(Progress.kind).in_([Kind.UPDATE, Kind.NIL]),
        col(Progress.submitted_at) <= context.now,
        col(Progress.withdrawn_at).is_(None),
    )
    rows: dict[int, list[Progress]] = defaultdict(list)
    for row in context.session.execute(query.order_by(col(Progress.id))).scalars():
        rows[row.commitment_id].append(row)
    return rows


@dataclass(frozen=True)
class _Known:
    """What was read for all cards at once: what counts as cleared and as reported, cycles, evidence, statements."""

    context: Context
    latest: tuple[Latest, ...]
    cycles: tuple[CycleSpan, ...]
    evidence: Mapping[int, tuple[EvidenceItem, ...]]
    views: Mapping[int, StatementView]

    def card(self, commitment: Commitment, rows: list[Progress], draft: Draft | None) -> Card:
        """The card of one commitment, from its rows of the log and its draft."""
        cleared, reported = (_row_of(rows, latest.get(commitment)) for latest in self.latest)
        newest = rows[-1] if rows else None
        returned = newest if newest and newest.returned_at and newest.kind == Kind.UPDATE else None
        written, evidence = self._contents(draft, returned)
        return Card(
            initiative=self.context.plan.initiative[commitment[0]],
            party=commitment[1],
            speaker=self._speaker(commitment),
            last_cleared=self._previous(cleared) if cleared else None,
            newest=self._previous(newest) if newest else None,
            last_reported=written_in(reported) if reported else None,
            returned=Returned(returned.returned_at or returned.entered_at, returned.return_note or "")
            if returned
            else None,
            meanwhile=tuple(self._previous(row) for row in _meanwhile(rows, draft)),
            draft=self._draft_state(commitment, draft, written, evidence) if draft else None,
            written=written,
            evidence=evidence,
        )

    def _contents(
        self, draft: Draft | None, returned: Progress | None
    ) -> tuple[StatementFields, tuple[EvidenceItem, ...]]:
        """What the fields show: the draft, or else what was sent back, since its author takes that up again."""
        if draft:
            return written_in(draft), self.evidence[draft.commitment_id]
        if returned and returned.id:
            return written_in(returned), self.views[returned.id].evidence
        return StatementFields(), ()

    def _draft_state(
        self, commitment: Commitment, draft: Draft, written: StatementFields, evidence: Sequence[EvidenceItem]
    ) -> DraftState:
        key, party = commitment
        problems = tuple(draft_errors(written, evidence, self.context.plan.initiative[key], party))
        return DraftState(draft.saved_at, draft.saved_by == self.context.user.person_id, problems)

    def _speaker(self, commitment: Commitment) -> str:
        role = assignment_for(self.context.user, plan=self.context.plan, commitment=commitment)
        return role.scope if role else ""

    def _previous(self, row: Progress) -> PreviousStatement:
        view = self.views[row.id or 0]
        cycle = cycle_at(self.cycles, view.submitted_at)
        mine, meeting = view.author == self.context.user.person_id, cycle.meeting.name if cycle else None
        return PreviousStatement.model_validate(dict(view) | {"mine": mine, "meeting": meeting})


def _row_of(rows: list[Progress], statement: Statement | None) -> Progress | None:
    return next((row for row in rows if statement and row.id == statement.row), None)


def _meanwhile(rows: list[Progress], draft: Draft | None) -> list[Progress]:
    """What somebody else submitted after the draft was begun, unless it was returned."""
    if draft is None:
        return []
    return [row for row in rows if (row.id or 0) > (draft.begun_from_id or 0) and row.returned_at is None]
