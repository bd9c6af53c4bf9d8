"""Who has reported what on the initiatives that every member state delivers for itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Basis
from models.figures.assess import assessment
from models.figures.rollup import Assessment
from models.people.permissions import Reader
from models.people.visibility_rules import Detail, display_of, shows
from models.plan.schema import Commitment
from models.progress.latest import View, latest_statements
from models.progress.statement import Latest, Statement
from models.store.tables import Progress


@dataclass(frozen=True)
class Participation:
    """The plan in the view, the latest statement of each commitment, and which of them nobody has cleared yet."""

    now: Assessment
    latest: Latest
    submitted_only: frozenset[Commitment]


def participation(session: Session, view: View) -> Participation:
    """Read it; what is only submitted can stand in a view that includes what is submitted."""
    latest = latest_statements(session, view)
    return Participation(assessment(session, view), latest, frozenset(_uncleared(session, view, latest)))


def narratives(session: Session, statements: Collection[Statement], *, user: Reader) -> Mapping[int, str]:
    """What the statements say in words, by their rows in the log; nothing for a user who may not read them."""
    if not shows(display_of(user), Detail.NARRATIVE):
        return {}
    rows = [statement.row for statement in statements]
    query = select(col(Progress.id), col(Progress.narrative)).where(col(Progress.id).in_(rows))
    return {row: narrative for row, narrative in session.execute(query) if narrative}


def _uncleared(session: Session, view: View, latest: Latest) -> set[Commitment]:
    if view.basis is Basis.CLEARED:
        return set()
    cleared = latest_statements(session, replace(view, basis=Basis.CLEARED))
    return {commitment for commitment, statement in latest.items() if cleared.get(commitment) != statement}
