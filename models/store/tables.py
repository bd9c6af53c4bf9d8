"""The tables. Rows of the log, editions, ledger and audit are only ever added: triggers refuse the rest.

SQLModel table classes check nothing when a row is made, so every rule that must hold stands here as a constraint,
and people's input is checked before it comes this far (models/progress/statement.py).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field

from models.core.vocabulary import Kind, LedgerEventKind, ObstacleKind, Status
from models.store.base import Base, moment_column, not_before, one_of, text_column


class Person(Base, table=True):
    """Who did something. The log names people by this key; name and address stand here alone and can be blanked."""

    id: int | None = Field(default=None, primary_key=True)
    email: str | None = Field(default=None, unique=True)
    name: str | None = None
    removed_at: datetime | None = moment_column(required=False)
    signed_out_at: datetime | None = moment_column(required=False)


class Edition(Base, table=True):
    """One edition of the plan as loaded: its canonical JSON, its hash, who loaded it, when and why."""

    id: int | None = Field(default=None, primary_key=True)
    version: str
    sha256: str = Field(max_length=64)
    document: str = text_column(required=True)
    loaded_at: datetime = moment_column()
    loaded_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = text_column(required=True)
    decided_at: str | None = None


class CommitmentRow(Base, table=True):
    """Who must deliver what: one initiative, one party. Never removed, whatever later editions say."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("initiative", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    initiative: str
    party: str


class Progress(Base, table=True):
    """One row of the progress log: a statement on a commitment, and the moments of its life, each set once."""

    __table_args__ = (
        Index(None, "commitment_id", "valid_on", "entered_at", "id"),
        Index(None, "replaces_id"),
        Index(None, "submitted_at", "commitment_id"),
        one_of("kind", Kind),
        one_of("status", Status),
        one_of("obstacle_kind", ObstacleKind),
        CheckConstraint("(kind = 'update') = (status IS NOT NULL)", name="only_updates_have_a_status"),
        CheckConstraint(
            "CASE status WHEN 'completed' THEN coalesce(percent, -1) = 100"
            " WHEN 'not_started' THEN coalesce(percent, -1) = 0"
            " WHEN 'ongoing' THEN coalesce(percent, -1) BETWEEN 0 AND 99"
            " WHEN 'suspended' THEN coalesce(percent, -1) BETWEEN 0 AND 99"
            " ELSE percent IS NULL END",
            name="percent_follows_status",
        ),
        not_before("submitted_at", "entered_at"),
        not_before("cleared_at", "submitted_at"),
        not_before("returned_at", "submitted_at"),
        not_before("withdrawn_at", "submitted_at"),
        CheckConstraint("cleared_at IS NULL OR returned_at IS NULL", name="cleared_or_returned"),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str | None = Field(default=None, unique=True)
    commitment_id: int = Field(foreign_key="commitment.id")
    kind: str
    status: str | None = None
    percent: int | None = None
    valid_on: date
    narrative: str | None = text_column()
    obstacles: str | None = text_column()
    obstacle_kind: str | None = None
    next_step: str | None = text_column()
    support_needed: str | None = text_column()
    deliverables_done: str | None = text_column()
    proposed_due: date | None = None
    requested: str | None = None
    request_reason: str | None = text_column()
    author_id: int = Field(foreign_key="person.id")
    on_behalf_of: str | None = None
    replaces_id: int | None = Field(default=None, sa_column=Column(ForeignKey("progress.id"), nullable=True))
    entered_at: datetime = moment_column()
    submitted_at: datetime | None = moment_column(required=False)
    cleared_at: datetime | None = moment_column(required=False)
    cleared_by: int | None = Field(default=None, foreign_key="person.id")
    returned_at: datetime | None = moment_column(required=False)
    returned_by: int | None = Field(default=None, foreign_key="person.id")
    return_note: str | None = text_column()
    withdrawn_at: datetime | None = moment_column(required=False)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawal_reason: str | None = text_column()


class Evidence(Base, table=True):
    """What a statement rests on: a link or the reference of a document."""

    __table_args__ = (
        Index(None, "progress_id"),
        CheckConstraint("url IS NOT NULL OR document IS NOT NULL OR file_id IS NOT NULL", name="points_somewhere"),
    )

    id: int | None = Field(default=None, primary_key=True)
    progress_id: int = Field(foreign_key="progress.id")
    title: str | None = text_column()
    url: str | None = text_column()
    document: str | None = text_column()
    file_id: int | None = Field(default=None, foreign_key="evidence_file.id")
    public: bool = False


class LedgerEntry(Base, table=True):
    """One event that changed what is counted, with its reason, for everybody: the denominator ledger."""

    __tablename__ = "ledger"
    __table_args__ = (one_of("event", LedgerEventKind),)

    id: int | None = Field(default=None, primary_key=True)
    recorded_at: datetime = moment_column()
    edition_id: int | None = Field(default=None, foreign_key="edition.id")
    progress_id: int | None = Field(default=None, foreign_key="progress.id")
    initiative: str
    party: str | None = None
    event: str
    effective_on: date
    before: str | None = text_column()
    after: str | None = text_column()
    reason: str = text_column(required=True)
    decided_at: str | None = None


class AuditEvent(Base, table=True):
    """One write: who, when, what, before, after, why."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment_column()
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    subject: str
    before: str | None = text_column()
    after: str | None = text_column()
    reason: str | None = text_column()


class DataVersion(Base, table=True):
    """One row, counted up by every write: what caches are keyed by."""

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int | None = Field(default=1, primary_key=True)
    value: int = 0


class Setting(Base, table=True):
    """A fact about this database itself, such as the fixed today of demonstration data."""

    key: str = Field(primary_key=True)
    value: str


SET_ONCE = frozenset(
    {
        "submitted_at",
        "cleared_at",
        "cleared_by",
        "returned_at",
        "returned_by",
        "return_note",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
    }
)
"""Columns of the log that are empty at first and written once; all its others never change."""
