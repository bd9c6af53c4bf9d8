"""The tables. Rows of the log, editions, ledger and audit are only added: triggers refuse every change.

SQLModel table classes check nothing when a row is made. So every rule is a constraint here, and input is checked
earlier (models/progress/statement.py). All moments are UTC.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field

from models.core.vocabulary import Kind, LedgerEventKind
from models.store.base import Base, Numbered, moment_column, not_before, one_of, text_column
from models.store.statement_columns import StatementColumns, closed_lists


class Person(Numbered, table=True):
    """A person. The log refers to people by this key; name and address are only here and can be cleared."""

    email: str | None = Field(default=None, unique=True)
    name: str | None = None
    removed_at: datetime | None = moment_column(required=False)
    signed_out_at: datetime | None = moment_column(required=False)


class Edition(Numbered, table=True):
    """A loaded edition of the plan: its canonical JSON, its hash, who loaded it, when and why."""

    version: str
    sha256: str = Field(max_length=64)
    document: str = text_column(required=True)
    loaded_at: datetime = moment_column()
    loaded_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = text_column(required=True)
    decided_at: str | None = None


class CommitmentRow(Numbered, table=True):
    """Who must deliver what: an initiative and a party. Never removed, also if a later edition does not have it."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("initiative", "party"),)

    initiative: str
    party: str


class Progress(StatementColumns, table=True):
    """A row of the progress log: a statement on a commitment, and the moments of its life, each set once."""

    __table_args__ = (
        Index(None, "commitment_id", "valid_on", "entered_at", "id"),
        Index(None, "replaces_id"),
        Index(None, "submitted_at", "commitment_id"),
        one_of("kind", Kind),
        *closed_lists(),
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
    valid_on: date
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


class Evidence(Numbered, table=True):
    """The evidence of a statement: a link, the reference of a document, or a file."""

    __table_args__ = (
        Index(None, "progress_id"),
        CheckConstraint("url IS NOT NULL OR document IS NOT NULL OR file_id IS NOT NULL", name="points_somewhere"),
    )

    progress_id: int = Field(foreign_key="progress.id")
    title: str | None = text_column()
    url: str | None = text_column()
    document: str | None = text_column()
    file_id: int | None = Field(default=None, foreign_key="evidence_file.id")
    public: bool = False


class LedgerEntry(Numbered, table=True):
    """An event that changed what is counted, with its reason, for everybody: the denominator ledger."""

    __tablename__ = "ledger"
    __table_args__ = (one_of("event", LedgerEventKind),)

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


class AuditEvent(Numbered, table=True):
    """A write: who, when, what, before, after, why."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "at"),)

    at: datetime = moment_column()
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    subject: str
    before: str | None = text_column()
    after: str | None = text_column()
    reason: str | None = text_column()


class Seal(Numbered, table=True):
    """The hashes of the rows that a transaction wrote, chained to the seal before it (models/store/seals.py).

    `wrote` is JSON: table, key and hash of each row, null for a row that was deleted.
    """

    wrote: str = text_column(required=True)
    sha256: str = Field(max_length=64, unique=True)


class DataVersion(Base, table=True):
    """A single row: `value` is raised by every audited write, `transactions` by every one, of drafts too.

    Caches of pages use `value`; those of pages with drafts use `transactions`. `seal` is the hash of the last seal.
    """

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int | None = Field(default=1, primary_key=True)
    value: int = 0
    transactions: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    seal: str | None = Field(default=None, max_length=64)


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
"""The columns of the log that are NULL at first and written once; the others never change."""
