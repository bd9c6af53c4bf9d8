"""How much room files of evidence may take: on each draft, and of each person in each reporting cycle."""

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from models.core.errors import UpdateRefused
from models.core.text import MEGABYTE
from models.people.context import Context
from models.progress.evidence_files import size_text
from models.store.reporting_tables import Cycle, DraftEvidence, EvidenceFile

DRAFT_MEGABYTES, PERSON_MEGABYTES = 50, 300
REMEDY = "Remove a file that is not needed, or give a link or the name of the document instead."


def used_text(used: int, megabytes: int) -> str:
    """12 of 50 MB used, for a number of bytes; rounded up, so that the last megabyte is not promised twice."""
    return f"{-(-used // MEGABYTE)} of {megabytes} MB used"


def used_by_user(context: Context) -> int:
    """The bytes of the user's files since the last cycle was opened; of all of them where none ever was.

    What was removed, or discarded with a draft, does not count.
    """
    opened = select(func.max(col(Cycle.opened_at))).where(col(Cycle.opened_at) <= context.now)
    since = context.session.execute(opened).scalar()
    own = col(EvidenceFile.uploaded_by) == context.user.person_id
    return _size(context, own if since is None else own & (col(EvidenceFile.uploaded_at) >= since))


def require_room(context: Context, size: int) -> None:
    """Raise UpdateRefused for a file that the user may not add in this cycle."""
    used = used_by_user(context)
    if used + size > PERSON_MEGABYTES * MEGABYTE:
        raise UpdateRefused(
            f"The file has {size_text(size)}, and you have {used_text(used, PERSON_MEGABYTES)} in this cycle. {REMEDY}"
        )


def require_room_on_draft(context: Context, row_id: int, size: int) -> None:
    """Raise UpdateRefused for a file that the draft on a commitment has no room for."""
    files = select(col(DraftEvidence.file_id)).where(col(DraftEvidence.commitment_id) == row_id)
    used = _size(context, col(EvidenceFile.id).in_(files))
    if used + size > DRAFT_MEGABYTES * MEGABYTE:
        raise UpdateRefused(
            f"The file has {size_text(size)}, and the draft has {used_text(used, DRAFT_MEGABYTES)}. {REMEDY}"
        )


def _size(context: Context, condition: ColumnElement[bool]) -> int:
    total = select(func.coalesce(func.sum(col(EvidenceFile.size)), 0)).where(condition)
    return int(context.session.execute(total).scalar_one())
