"""Tables of meetings: snapshots, reopened cycles, decisions and action points."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.core.vocabulary import DecisionKind, Step
from models.store.base import Numbered, moment_column, not_before, one_of, text_column


class SnapshotRow(Numbered, table=True):
    """The whole plan and its counted state at a moment, as canonical JSON, chained to the snapshot before it.

    `rows_until` is the last row of the log at that moment: history imported later does not change the snapshot.
    """

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("meeting", "step", "revision"), one_of("step", Step))

    meeting: str
    step: str
    revision: int
    as_of: date
    known_at: datetime = moment_column()
    rows_until: int
    taken_by: int | None = Field(default=None, foreign_key="person.id")
    document: str = text_column(required=True)
    sha256: str = Field(max_length=64, unique=True)
    previous_sha256: str | None = Field(default=None, max_length=64, unique=True)


class Reopening(Numbered, table=True):
    """A circulated or noted cycle that was reopened, and why; the next snapshot is a new revision."""

    meeting: str
    revision: int
    reopened_at: datetime = moment_column()
    reopened_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = text_column(required=True)


class DecisionRow(Numbered, table=True):
    """A decision or action point of a meeting; closed once, with evidence or a reason."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("kind", DecisionKind),
        not_before("closed_at", "recorded_at"),
        CheckConstraint(
            "closed_at IS NULL OR closing_evidence IS NOT NULL OR closing_reason IS NOT NULL",
            name="closed_with_evidence_or_reason",
        ),
    )

    meeting: str
    kind: str
    text: str = text_column(required=True)
    initiatives: str = text_column(required=True)
    """The keys of its initiatives, as a JSON list; empty for the whole plan."""
    owner: str | None = None
    due_meeting: str | None = None
    recorded_at: datetime = moment_column()
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = moment_column(required=False)
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closing_evidence: str | None = text_column()
    closing_reason: str | None = text_column()


CLOSING = frozenset({"closed_at", "closed_by", "closing_evidence", "closing_reason"})
"""The columns of a decision that are NULL until it is closed, and then written once."""
