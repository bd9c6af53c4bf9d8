"""A file of evidence for whoever may read it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from models.rules.permissions import Action, Reader, may
from models.rules.plan import Plan
from models.store.reporting_tables import EvidenceFile
from models.store.tables import CommitmentRow, Evidence, Progress


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is sent."""

    name: str
    content_type: str
    content: bytes


def evidence_file(session: Session, reader: Reader, item: int, *, plan: Plan) -> StoredFile | None:
    """The file of an item of evidence; None when there is none, and when the reader may not know whether there is.

    Everybody may read what is public once its statement is cleared; otherwise it takes the right to read what is
    submitted on the commitment.
    """
    query = (
        select(EvidenceFile, col(Evidence.public), Progress, CommitmentRow)
        .join(Evidence, col(Evidence.file_id) == col(EvidenceFile.id))
        .join(Progress, col(Progress.id) == col(Evidence.progress_id))
        .join(CommitmentRow, col(CommitmentRow.id) == col(Progress.commitment_id))
        .where(col(Evidence.id) == item)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    file, is_public, row, commitment = found
    for_all = is_public and row.cleared_at is not None and row.withdrawn_at is None
    subject = (commitment.initiative, commitment.party)
    if not for_all and not may(reader, Action.READ_SUBMITTED, plan=plan, commitment=subject):
        return None
    return StoredFile(file.name, file.content_type, file.content)
