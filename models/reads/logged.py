"""Which initiatives anything was ever said of: their slots may no longer be given to something else."""

from sqlalchemy import select
from sqlmodel import Session, col

from models.store.tables import CommitmentRow, Progress


def logged_initiatives(session: Session) -> frozenset[str]:
    """The keys of the initiatives with rows in the log, whatever became of those."""
    query = select(col(CommitmentRow.initiative)).join(Progress, col(Progress.commitment_id) == CommitmentRow.id)
    return frozenset(session.execute(query.distinct()).scalars())
