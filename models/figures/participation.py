"""Who has reported what on the national initiatives."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Basis
from models.figures.assess import assessment
from models.figures.rollup import Assessment
from models.people.permissions import User
from models.people.visibility_rules import Detail, display_of, shows
from models.plan.schema import Commitment
from models.progress.latest import View, latest_statements
from models.progress.statement import Latest, Statement
from models.store.tables import Progress


@dataclass(frozen=True)
class Participation:
    """The plan in a view, the latest statement of each commitment, and the commitments whose latest is not cleared."""

    now: Assessment
    latest: Latest
    submitted_only: frozenset[Commitment]


def participation(session: Session, view: View) -> Participation:
    """Return the participation in a view; `submitted_only` is empty in a view of cleared statements."""
    latest = latest_statements(session, view)
    is_cleared = view.basis is Basis.CLEARED
    cleared = latest if is_cleared else latest_statements(session, replace(view, basis=Basis.CLEARED))
    submitted_only = frozenset(key for key, statement in latest.items() if cleared.get(key) != statement)
    return Participation(assessment(session, view), latest, submitted_only)


def narratives(session: Session, statements: Collection[Statement], *, user: User) -> Mapping[int, str]:
    """Return the narratives of the statements by log row; empty for a user who may not read them."""
    if not shows(display_of(user), Detail.NARRATIVE):
        return {}
    rows = [statement.row for statement in statements]
    query = select(col(Progress.id), col(Progress.narrative)).where(col(Progress.id).in_(rows))
    return {row: narrative for row, narrative in session.execute(query) if narrative}
