"""The parts of a snapshot: statements, ledger, decisions, corrections and the meetings before, as they stood."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from models.core.vocabulary import DecisionKind, Grouping, ObstacleKind, Request, Status
from models.meetings.questions import QuestionRule
from models.plan.schema import Commitment
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
