"""Tables of reporting: cycles, drafts (each belongs to a commitment) and evidence files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary
from sqlmodel import Field

from models.store.base import Numbered, moment_column, text_column
from models.store.statement_columns import StatementColumns, closed_lists


class Cycle(Numbered, table=True):
    """The reporting cycle before a meeting; its days are counted back from the meeting, so that it moves with it."""

    __table_args__ = (CheckConstraint("opens_days >= due_days AND due_days >= 0", name="opens_before_due"),)

    meeting: str = Field(unique=True)
    opens_days: int
    due_days: int
    opened_at: datetime = moment_column()


class Draft(StatementColumns, table=True):
    """The draft on a commitment: everybody who may report on it can open it, from any computer."""

    __table_args__ = (
        *closed_lists(),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    commitment_id: int = Field(primary_key=True, foreign_key="commitment.id")
    begun_from_id: int | None = Field(default=None, foreign_key="progress.id")
    saved_at: datetime = moment_column()
    saved_by: int = Field(foreign_key="person.id")


class DraftEvidence(Numbered, table=True):
    """Evidence of a draft: a link, the reference of a document, or a file."""

    __tablename__ = "draft_evidence"

    commitment_id: int = Field(foreign_key="draft.commitment_id")
    title: str | None = text_column()
    url: str | None = text_column()
    document: str | None = text_column()
    file_id: int | None = Field(default=None, foreign_key="evidence_file.id")
    public: bool = False


class EvidenceFile(Numbered, table=True):
    """An evidence file, kept in the database so that a single backup includes everything."""

    __tablename__ = "evidence_file"
    # All that a person's quota asks for: in the row it is behind the content, which would be read to reach it.
    __table_args__ = (Index(None, "uploaded_by", "uploaded_at", "size"),)

    name: str
    content_type: str
    size: int
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    uploaded_at: datetime = moment_column()
    uploaded_by: int = Field(foreign_key="person.id")
