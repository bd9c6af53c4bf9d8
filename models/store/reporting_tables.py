"""Tables of the reporting round: cycles, drafts that belong to a commitment, and files of evidence."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, LargeBinary
from sqlmodel import Field

from models.store.base import Base, moment_column, text_column
from models.store.statement_columns import StatementColumns, closed_lists


class Cycle(Base, table=True):
    """The reporting round before a meeting. Its days are counted back from the meeting, so that it moves with it."""

    __table_args__ = (CheckConstraint("opens_days >= due_days AND due_days >= 0", name="opens_before_due"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting: str = Field(unique=True)
    opens_days: int
    due_days: int
    opened_at: datetime = moment_column()


class Draft(StatementColumns, table=True):
    """What is being written on a commitment: whoever may report on it finds it, from any computer."""

    __table_args__ = (
        *closed_lists(),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    commitment_id: int = Field(primary_key=True, foreign_key="commitment.id")
    begun_from_id: int | None = Field(default=None, foreign_key="progress.id")
    saved_at: datetime = moment_column()
    saved_by: int = Field(foreign_key="person.id")


class DraftEvidence(Base, table=True):
    """One item of evidence of a draft: a link, the reference of a document, or a file."""

    __tablename__ = "draft_evidence"

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="draft.commitment_id")
    title: str | None = text_column()
    url: str | None = text_column()
    document: str | None = text_column()
    file_id: int | None = Field(default=None, foreign_key="evidence_file.id")
    public: bool = False


class EvidenceFile(Base, table=True):
    """A file of evidence, kept in the database: one backup holds all."""

    __tablename__ = "evidence_file"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    content_type: str
    size: int
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    uploaded_at: datetime = moment_column()
    uploaded_by: int = Field(foreign_key="person.id")
