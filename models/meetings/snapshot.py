"""A snapshot: the whole plan and its counted state at one moment, frozen, hashed and chained to the one before.

A report is rendered from a snapshot and from nothing else. All that is in it is either written down here as it stood
(statements, owed, ledger) or follows from that by the method whose version it names.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Field

from models.core.vocabulary import Basis, DecisionKind, Grouping, ObstacleKind, Request, Status, Step
from models.figures.rollup import Assessment, Figures, assess
from models.meetings.questions import QuestionRule
from models.plan.canonical import canonical, from_document
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day, Frozen, Key, Text
from models.progress.statement import Statement

Pair = tuple[Key, Key]
"""A commitment, as JSON writes it: the initiative's key and the party."""

FigureRows = dict[Grouping, tuple[dict[str, Any], ...]]
"""The rows of `rollup --format json`, by grouping."""

Line = Annotated[str, Field(max_length=500)]


class Paper(Frozen):
    """What stands at the head of the meeting's paper and cannot be computed; the secretariat types it."""

    agenda_item: Line = ""
    document_number: Line = ""
    classification: Line = ""
    invited: tuple[Text, ...] = ()
    """Further lines of "The Meeting is invited to"."""


class ToldEvidence(Frozen):
    """One item of evidence as it stood; `file` is the number under which /api/evidence gives it."""

    title: str | None
    url: str | None
    document: str | None
    file: int | None
    public: bool


class Told(Frozen):
    """One statement as it stood in the log. People are there by their keys: names are kept in one place only."""

    row: int
    initiative: Key
    party: Key
    speaker: Key
    author: int
    cleared_by: int | None
    status: Status
    percent: int | None
    valid_on: Day
    submitted_at: datetime
    cleared_at: datetime | None
    narrative: str | None
    obstacles: str | None
    obstacle_kind: ObstacleKind | None
    next_step: str | None
    support_needed: str | None
    deliverables_done: tuple[Key, ...]
    proposed_due: Day | None
    requested: Request | None
    request_reason: str | None
    evidence: tuple[ToldEvidence, ...]

    @property
    def commitment(self) -> Commitment:
        """What it is about."""
        return self.initiative, self.party

    @property
    def statement(self) -> Statement:
        """What the figures take from it."""
        return Statement(self.row, self.status, self.percent or 0, self.valid_on, self.deliverables_done)


class Marked(Frozen):
    """A statement as a list of corrections names it."""

    row: int
    status: Status
    percent: int | None
    valid_on: Day


class Correction(Frozen):
    """What became of a commitment's statement between the paper and what was noted; None where there was none."""

    initiative: Key
    party: Key
    before: Marked | None
    after: Marked | None


class Excluded(Frozen):
    """An initiative in force, or one party of it, that is not counted, and why."""

    initiative: Key
    party: Key
    reason: str


class LedgerRow(Frozen):
    """One event that changed what is counted."""

    recorded_at: datetime
    edition: str | None
    initiative: str
    party: str | None
    event: str
    effective_on: Day
    before: str | None
    after: str | None
    reason: str
    decided_at: str | None


class Decided(Frozen):
    """A decision or action point of a meeting, as it stood."""

    id: int
    meeting: str
    kind: DecisionKind
    text: str
    initiatives: tuple[Key, ...]
    owner: Key | None
    due_meeting: str | None
    closed_on: Day | None
    closing_evidence: str | None
    closing_reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be carried out."""
        return self.closed_on is None


class AskedQuestion(Frozen):
    """One question the chair may wish to ask, with the rule it comes from."""

    rule: QuestionRule
    initiative: Key
    party: Key
    sentence: str
    rows: tuple[int, ...]


class Moved(Frozen):
    """One change since the meeting before: its group, the initiative, and what happened in words."""

    kind: str
    initiative: Key
    text: str


class Since(Frozen):
    """The meeting before, as reported there, and what changed since."""

    meeting: str
    as_of: Day
    figures: FigureRows
    changes: tuple[Moved, ...]


class CoursePoint(Frozen):
    """The plan's figures at one meeting: as reported then, and as restated from what is known now."""

    name: str
    day: Day
    reported: dict[str, Any]
    restated: dict[str, Any]


class EditionMark(Frozen):
    """Which edition of the plan was in force."""

    version: str
    sha256: str
    loaded_at: datetime


class Snapshot(Frozen):
    """The frozen content. `step` is None for a draft that nobody circulated."""

    format: Literal[1] = 1
    method: int
    meeting: str | None
    step: Step | None
    revision: int
    as_of: Day
    known_at: datetime
    rows_until: int
    previous: str | None
    demonstration: bool
    paper: Paper
    edition: EditionMark
    plan_document: dict[str, Any]
    originals: dict[Key, dict[str, Any]]
    heard: tuple[Pair, ...] | None
    owed: tuple[Pair, ...]
    statements: tuple[Told, ...]
    submitted: tuple[Told, ...]
    excluded: tuple[Excluded, ...]
    ledger: tuple[LedgerRow, ...]
    decisions: tuple[Decided, ...]
    corrections: tuple[Correction, ...]
    questions: tuple[AskedQuestion, ...]
    figures: dict[Basis, FigureRows]
    since: Since | None
    course: tuple[CoursePoint, ...]

    @cached_property
    def plan(self) -> Plan:
        """The edition in force."""
        return from_document(self.plan_document)

    @cached_property
    def assessment(self) -> Assessment:
        """How everything stood, on basis cleared."""
        return self._assess({told.commitment: told.statement for told in self.statements})

    @cached_property
    def told(self) -> Mapping[Commitment, Told]:
        """The latest cleared statement of each commitment that has one."""
        return {one.commitment: one for one in self.statements}

    def rows(self, by: Grouping, basis: Basis = Basis.CLEARED) -> tuple[Figures, ...]:
        """The figures of a grouping, as frozen."""
        return tuple(Figures(**row) for row in self.figures[basis][by])

    def _assess(self, latest: Mapping[Commitment, Statement]) -> Assessment:
        return assess(
            self.plan,
            latest,
            as_of=self.as_of,
            originals=original_initiatives(self.plan, self.originals),
            heard=None if self.heard is None else frozenset(self.heard),
        )


def written(snapshot: Snapshot) -> str:
    """The one spelling of a snapshot."""
    return canonical(snapshot.model_dump(mode="json")).decode("utf-8")


def hash_of(document: str) -> str:
    """The SHA-256 of a snapshot's one spelling."""
    return sha256(document.encode("utf-8")).hexdigest()


def read_snapshot(document: str) -> Snapshot:
    """The snapshot that was written down."""
    return Snapshot.model_validate(json.loads(document))


def corrections(circulated: Snapshot, noted: tuple[Told, ...]) -> tuple[Correction, ...]:
    """What the noted statements change against the circulated paper, in the plan's order."""
    before, after = circulated.told, {one.commitment: one for one in noted}
    every = dict.fromkeys([*circulated.plan.commitments(), *before, *after])
    changed = [key for key in every if _row(before.get(key)) != _row(after.get(key))]
    return tuple(
        Correction(initiative=key[0], party=key[1], before=_mark(before.get(key)), after=_mark(after.get(key)))
        for key in changed
    )


def original_initiatives(plan: Plan, documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Initiative]:
    """Each initiative as its due date was first stated; only those that differ from the edition are written down."""
    return {
        one.key: Initiative.model_validate(documents[one.key]) if one.key in documents else one
        for one in plan.initiatives
    }


def _row(told: Told | None) -> int | None:
    return told.row if told else None


def _mark(told: Told | None) -> Marked | None:
    return (
        None if told is None else Marked(row=told.row, status=told.status, percent=told.percent, valid_on=told.valid_on)
    )
