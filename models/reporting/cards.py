"""One commitment as its reporter meets it: what was said, what came back, what is being written, what it lacks."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import ASEAN, Basis, Kind, Status, Word
from models.people.permissions import Action, Reader, hat_for
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Initiative, Plan
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.drafts import commitment_ids, draft_evidence, statement_evidence, written_in
from models.progress.entry import FieldError, submission, submission_errors
from models.progress.latest import View, latest_statements
from models.progress.statement import EvidenceItem, Latest, Statement, StatementFields
from models.store.reporting_tables import Draft
from models.store.tables import Progress

NOBODY = "nobody@example.org"
"""Stands for the author while it is only asked what a draft lacks."""


class Stage(Word):
    """How far the report on a commitment is."""

    RETURNED = "returned", "Returned"
    DRAFT = "draft", "Draft"
    NO_CHANGE = "no_change", "Nothing to report"
    NOT_BEGUN = "not_begun", "Not begun"


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """One submitted statement, told as the body's or state's; `meeting` names the cycle it was submitted in."""

    row: int
    speaker: str
    kind: Kind
    status: Status | None
    percent: int | None
    narrative: str | None
    submitted_at: datetime
    cleared: bool
    mine: bool
    meeting: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A statement that was sent back: when, and what its note asks for."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class DraftState:
    """When the draft was saved last, whether by the reader, and what still speaks against submitting it."""

    saved_at: datetime
    mine: bool
    problems: tuple[FieldError, ...]


@dataclass(frozen=True)
class Card:
    """One commitment of somebody's list. `written` is what the card's fields show."""

    initiative: Initiative
    party: str
    speaker: str
    last_cleared: SaidBefore | None
    newest: SaidBefore | None
    said: StatementFields | None
    returned: Returned | None
    meanwhile: tuple[SaidBefore, ...]
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

    def was_heard_in(self, cycle: CycleSpan) -> bool:
        """Whether something on it was submitted in the cycle and stands."""
        return self.newest is not None and self.returned is None and cycle.holds(self.newest.submitted_at)


class Desk:
    """Reads cards for one reader at one moment."""

    def __init__(self, session: Session, reader: Reader, plan: Plan, now: datetime) -> None:
        self._session, self._reader, self._plan, self._now = session, reader, plan, now

    def cards(self, commitments: Collection[Commitment]) -> dict[Commitment, Card]:
        """A card for each commitment, in the order given."""
        keys = commitment_ids(self._session)
        ids = [keys[one] for one in commitments]
        rows = self._rows(ids)
        drafts = {one.commitment_id: one for one in self._drafts(ids)}
        return {one: self._card(one, rows[keys[one]], drafts.get(keys[one])) for one in commitments}

    def _rows(self, ids: Collection[int]) -> Mapping[int, list[Progress]]:
        """What was submitted on each commitment and not withdrawn, the oldest first."""
        query = select(Progress).where(
            col(Progress.commitment_id).in_(ids),
            col(Progress.kind).in_([Kind.UPDATE, Kind.NIL]),
            col(Progress.submitted_at) <= self._now,
            col(Progress.withdrawn_at).is_(None),
        )
        rows: dict[int, list[Progress]] = defaultdict(list)
        for row in self._session.execute(query.order_by(col(Progress.id))).scalars():
            rows[row.commitment_id].append(row)
        return rows

    def _drafts(self, ids: Collection[int]) -> Collection[Draft]:
        return self._session.execute(select(Draft).where(col(Draft.commitment_id).in_(ids))).scalars().all()

    def _card(self, commitment: Commitment, rows: list[Progress], draft: Draft | None) -> Card:
        initiative = self._plan.initiative[commitment[0]]
        cleared, reported = (_found(rows, latest.get(commitment)) for latest in self._latest)
        newest = rows[-1] if rows else None
        returned = newest if newest and newest.returned_at and newest.kind == Kind.UPDATE else None
        written, evidence = self._contents(draft, returned)
        return Card(
            initiative=initiative,
            party=commitment[1],
            speaker=self._speaker(commitment),
            last_cleared=self._said(cleared, commitment) if cleared else None,
            newest=self._said(newest, commitment) if newest else None,
            said=written_in(reported) if reported else None,
            returned=_returned(returned) if returned else None,
            meanwhile=tuple(self._said(row, commitment) for row in _meanwhile(rows, draft)),
            draft=self._draft_state(commitment, draft, written, evidence) if draft else None,
            written=written,
            evidence=evidence,
        )

    def _contents(
        self, draft: Draft | None, returned: Progress | None
    ) -> tuple[StatementFields, tuple[EvidenceItem, ...]]:
        """What the fields show: the draft, or else what was sent back, since its author takes that up again."""
        if draft:
            return written_in(draft), draft_evidence(self._session, [draft.commitment_id])[draft.commitment_id]
        if returned and returned.id:
            return written_in(returned), statement_evidence(self._session, [returned.id])[returned.id]
        return StatementFields(), ()

    def _draft_state(
        self, commitment: Commitment, draft: Draft, written: StatementFields, evidence: tuple[EvidenceItem, ...]
    ) -> DraftState:
        entry = submission(
            written,
            tuple(one for one in evidence),
            commitment,
            author=NOBODY,
            on_behalf_of=None,
            plan=self._plan,
            now=self._now,
        )
        problems = tuple(submission_errors(entry, self._plan, now=self._now))
        return DraftState(draft.saved_at, draft.saved_by == self._reader.person_id, problems)

    def _speaker(self, commitment: Commitment) -> str:
        hat = hat_for(self._reader, Action.SUBMIT, plan=self._plan, commitment=commitment)
        return hat.scope if hat else ""

    def _said(self, row: Progress, commitment: Commitment) -> SaidBefore:
        key, party = commitment
        submitted = row.submitted_at or row.entered_at
        cycle = cycle_at(self._cycles, submitted)
        return SaidBefore(
            row=row.id or 0,
            speaker=row.on_behalf_of or (self._plan.initiative[key].lead if party == ASEAN else party),
            kind=Kind(row.kind),
            status=Status(row.status) if row.status else None,
            percent=row.percent,
            narrative=row.narrative,
            submitted_at=submitted,
            cleared=row.cleared_at is not None,
            mine=row.author_id == self._reader.person_id,
            meeting=cycle.meeting.name if cycle else None,
        )

    @cached_property
    def _latest(self) -> tuple[Latest, Latest]:
        """What counts when only cleared statements do, and when all that are submitted do."""
        today = day_of(self._now, self._plan)
        cleared, reported = (
            latest_statements(self._session, View(today, self._now, basis)) for basis in (Basis.CLEARED, Basis.REPORTED)
        )
        return cleared, reported

    @cached_property
    def _cycles(self) -> tuple[CycleSpan, ...]:
        return list_cycles(self._session, self._plan)


def _found(rows: list[Progress], statement: Statement | None) -> Progress | None:
    return next((row for row in rows if statement and row.id == statement.row), None)


def _meanwhile(rows: list[Progress], draft: Draft | None) -> list[Progress]:
    """What somebody else submitted after the draft was begun, and still stands."""
    if draft is None:
        return []
    return [row for row in rows if (row.id or 0) > (draft.begun_from_id or 0) and row.returned_at is None]


def _returned(row: Progress) -> Returned:
    return Returned(row.returned_at or row.entered_at, row.return_note or "")
