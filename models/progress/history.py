"""The log of one initiative: every statement on its commitments that a user may see, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Basis, Kind
from models.people.directory import names_of
from models.people.permissions import User
from models.people.visibility_rules import Detail, Display, display_of, redact, shows
from models.plan.schema import Commitment, Initiative, Plan
from models.progress.latest import View
from models.progress.views import StatementView, views_of
from models.store.tables import CommitmentRow, Progress


@dataclass(frozen=True, slots=True)
class History:
    """Statements, the newest first, and the names of those who wrote and cleared them, for whoever may know."""

    statements: tuple[StatementView, ...]
    people: Mapping[int, str]

    def of(self, party: str) -> tuple[StatementView, ...]:
        """What one party said, the newest first."""
        return tuple(statement for statement in self.statements if statement.party == party)


def history(session: Session, plan: Plan, initiative: Initiative, view: View, *, user: User) -> History:
    """Every statement on the initiative known in the view, as far as the user may see it."""
    display = display_of(user)
    rows = [(commitment, row) for commitment, row in _rows(session, initiative) if _is_visible(row, view, display)]
    statements = views_of(session, plan, rows, known_at=view.known_at)
    people = names_of(session, authors(statements)) if shows(display, Detail.PERSONS) else {}
    return History(tuple(redact(_with_its_files(one, display), display) for one in statements), people)


def authors(statements: Sequence[StatementView]) -> set[int]:
    """The keys of those who wrote and cleared the statements."""
    return {key for statement in statements for key in (statement.author, statement.cleared_by) if key is not None}


def _rows(session: Session, initiative: Initiative) -> list[tuple[Commitment, Progress]]:
    newest_first = (col(Progress.valid_on).desc(), col(Progress.entered_at).desc(), col(Progress.id).desc())
    query = (
        select(col(CommitmentRow.party), Progress)
        .join(Progress, col(Progress.commitment_id) == col(CommitmentRow.id))
        .where(col(CommitmentRow.initiative) == initiative.key, col(Progress.submitted_at).is_not(None))
        .order_by(*newest_first)
    )
    return [((initiative.key, party), row) for party, row in session.execute(query)]


def _is_visible(row: Progress, view: View, display: Display) -> bool:
    """On basis cleared only what was cleared; a nil report is accepted at its submission."""
    wider = view.basis is Basis.REPORTED and shows(display, Detail.NOT_CLEARED)
    moment = row.submitted_at if wider or row.kind == Kind.NIL else row.cleared_at
    known = moment is not None and moment <= view.known_at and row.valid_on <= view.as_of
    return known and (row.id or 0) <= view.rows_until


def _with_its_files(statement: StatementView, display: Display) -> StatementView:
    """A file can be had while its statement is cleared (models/access/evidence.py); elsewhere it is not even named."""
    if shows(display, Detail.NOT_CLEARED) or (statement.cleared_at and not statement.withdrawn_at):
        return statement
    return statement.model_copy(update={"evidence": tuple(item for item in statement.evidence if item.file is None)})
