"""A file of evidence, for those who may read it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from models.access.view_choice import Visibility
from models.access.visibility import visibility_of
from models.people.context import Context
from models.people.permissions import Action
from models.people.visibility_rules import Detail, display_of, shows
from models.store.reporting_tables import EvidenceFile
from models.store.tables import CommitmentRow, Evidence, Progress


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is sent."""

    name: str
    content_type: str
    content: bytes


def evidence_file(context: Context, item: int) -> StoredFile | None:
    """The file of an item of evidence; None when there is none, and when the user may not know whether there is.

    Once its statement is cleared and in the user's visibility, a file is for everybody whose display has it; else it
    takes the right to read what is submitted on the commitment.
    """
    query = (
        select(EvidenceFile, col(Evidence.public), Progress, CommitmentRow)
        .join(Evidence, col(Evidence.file_id) == col(EvidenceFile.id))
        .join(Progress, col(Progress.id) == col(Evidence.progress_id))
        .join(CommitmentRow, col(CommitmentRow.id) == col(Progress.commitment_id))
        .where(col(Evidence.id) == item)
    )
    stored = context.session.execute(query).first()
    if stored is None:
        return None
    file, is_public, row, commitment = stored
    is_shown = is_public or shows(display_of(context.user), Detail.RESTRICTED_EVIDENCE)
    is_shown = is_shown and _is_visible(row, visibility_of(context.session, context.user))
    subject = (commitment.initiative, commitment.party)
    if not is_shown and not context.may(Action.READ_SUBMITTED, subject):
        return None
    return StoredFile(file.name, file.content_type, file.content)


def _is_visible(row: Progress, visibility: Visibility) -> bool:
    """Whether the statement is cleared, and among those that the user may look back to."""
    if row.cleared_at is None or row.withdrawn_at is not None:
        return False
    return visibility.latest or any(
        (row.id or 0) <= mark.rows_until and row.cleared_at <= mark.known_at and row.valid_on <= mark.as_of
        for mark in visibility.snapshots
    )
