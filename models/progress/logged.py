"""Which initiatives anything was said of, or is being said: their slots may no longer be given to something else."""

from sqlalchemy import select, union
from sqlmodel import Session, col

from models.store.reporting_tables import Draft
from models.store.tables import CommitmentRow, Progress


def logged_initiatives(session: Session) -> frozenset[str]:
    """The keys of the initiatives with rows in the log, whatever became of those, or with a draft."""
    spoken_of = union(select(col(Progress.commitment_id)), select(col(Draft.commitment_id)))
    query = select(col(CommitmentRow.initiative)).where(col(CommitmentRow.id).in_(spoken_of))
    return frozenset(session.execute(query.distinct()).scalars())
