"""A statement as it is read: its content, commitment, author, steps and evidence.

Snapshot, history and report use this one model; models/people/visibility_rules.py removes what a user may not see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import ASEAN, Basis, Kind, Status
from models.people.directory import names_of
from models.people.permissions import User
from models.people.visibility_rules import Detail, Display, Restricted, display_of, redact, shows
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day, Key
from models.progress.drafts import statement_evidence, stored_fields
from models.progress.latest import View
from models.progress.statement import EvidenceItem, Latest, Statement, StatementFields
from models.store.tables import CommitmentRow, Progress


class StatementView(StatementFields):
    """A row of the log. It has the keys of people, because names are stored in one place only. Moments are in UTC."""

    row: int
    initiative: Key
    party: Key
    speaker: Key
    kind: Kind = Kind.UPDATE
    author: Annotated[int, Restricted(Detail.PERSONS, blank=0)]
    cleared_by: Annotated[int | None, Restricted(Detail.PERSONS)] = None
    valid_on: Day
    submitted_at: datetime
    cleared_at: datetime | None = None
    returned_at: datetime | None = None
    withdrawn_at: datetime | None = None
    replaced_by: int | None = None
    evidence: Annotated[
        tuple[EvidenceItem, ...], Restricted(Detail.RESTRICTED_EVIDENCE, keeps=lambda item: item.public)
    ] = ()

    @property
    def commitment(self) -> Commitment:
        """The commitment it is about."""
        return self.initiative, self.party

    @property
    def is_in_effect(self) -> bool:
        """Whether it was neither returned, nor withdrawn, nor replaced."""
        return self.returned_at is None and self.withdrawn_at is None and self.replaced_by is None

    @property
    def counted(self) -> Statement:
        """The part of an update from which figures are computed."""
        status = self.status or Status.NOT_STARTED
        return Statement(self.row, status, self.percent or 0, self.valid_on, self.deliverables_done or ())


def views_of_latest(session: Session, plan: Plan, latest: Latest, view: View) -> tuple[StatementView, ...]:
    """Return the latest rows in the plan's order; steps after the view's moment are left out."""
    query = select(Progress).where(col(Progress.id).in_([statement.row for statement in latest.values()]))
    rows = {row.id: row for row in session.execute(query).scalars()}
    known = [commitment for commitment in plan.commitments() if commitment in latest]
    order = [*known, *sorted(latest.keys() - set(known))]  # at the end, those of earlier editions only
    ordered = [(commitment, rows[latest[commitment].row]) for commitment in order]
    return views_of(session, plan, ordered, known_at=view.known_at)


def views_of(
    session: Session, plan: Plan, rows: Sequence[tuple[Commitment, Progress]], *, known_at: datetime
) -> tuple[StatementView, ...]:
    """Return submitted rows of the log as known at a moment, in the given order."""
    evidence = statement_evidence(session, [row.id or 0 for _, row in rows])
    replaced = {row.replaces_id: row.id for _, row in rows if _stood(row, known_at)}
    return tuple(
        _view(plan, commitment, row, known_at).model_copy(
            update={"evidence": evidence[row.id or 0], "replaced_by": replaced.get(row.id)}
        )
        for commitment, row in rows
    )


def _stood(row: Progress, known_at: datetime) -> bool:
    return not any(moment and moment <= known_at for moment in (row.returned_at, row.withdrawn_at))


def _view(plan: Plan, commitment: Commitment, row: Progress, known_at: datetime) -> StatementView:
    moments = {name: _known(getattr(row, name), known_at) for name in ("cleared_at", "returned_at", "withdrawn_at")}
    head = {
        "row": row.id,
        "initiative": commitment[0],
        "party": commitment[1],
        "speaker": row.on_behalf_of or speaker_of(plan, commitment),
        "kind": row.kind,
        "author": row.author_id,
        "cleared_by": row.cleared_by if moments["cleared_at"] else None,
        "valid_on": row.valid_on,
        "submitted_at": row.submitted_at,
    }
    return StatementView.model_validate(stored_fields(row) | moments | head)


def speaker_of(plan: Plan, commitment: Commitment) -> str:
    """Who reports on a commitment: the state, or the body that leads a regional initiative."""
    initiative, party = commitment
    return plan.initiative[initiative].lead if party == ASEAN and initiative in plan.initiative else party


def _known(moment: datetime | None, known_at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= known_at else None


@dataclass(frozen=True, slots=True)
class History:
    """Statements, the newest first, and the names of their authors and clearing officers, if the user may see them."""

    statements: tuple[StatementView, ...]
    people: Mapping[int, str]

    def of_party(self, party: str) -> tuple[StatementView, ...]:
        """The statements of one party, the newest first."""
        return tuple(statement for statement in self.statements if statement.party == party)


def history(session: Session, plan: Plan, initiative: Initiative, view: View, *, user: User) -> History:
    """Return every statement on the initiative known in the view, without what the user may not see."""
    display = display_of(user)
    rows = [(commitment, row) for commitment, row in _rows(session, initiative) if _is_visible(row, view, display)]
    statements = views_of(session, plan, rows, known_at=view.known_at)
    people = names_of(session, authors(statements)) if shows(display, Detail.PERSONS) else {}
    return History(tuple(redact(_with_its_files(statement, display), display) for statement in statements), people)


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
    """Without files, unless the statement is cleared (models/access/evidence.py) or the audience sees every one."""
    if shows(display, Detail.NOT_CLEARED) or (statement.cleared_at and not statement.withdrawn_at):
        return statement
    return statement.model_copy(update={"evidence": tuple(item for item in statement.evidence if item.file is None)})
