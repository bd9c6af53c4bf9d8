"""The latest counting update of every commitment (method.md, section 1), in one query.

One walk down the index (commitment, valid_on, entered_at, id) per commitment: milliseconds over a million rows, where
a window function over the whole log takes seconds.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    or_,
    select,
    union,
)
from sqlmodel import Session, col

from models.core.vocabulary import Basis, Kind, Status
from models.plan.schema import Commitment
from models.progress.statement import Statement
from models.store.base import Base, UtcDateTime
from models.store.reporting_tables import Draft
from models.store.tables import CommitmentRow, Progress

LOG = Base.metadata.tables[str(Progress.__tablename__)]
COMMITMENTS = Base.metadata.tables[CommitmentRow.__tablename__]
AS_OF = bindparam("as_of", type_=Date)
KNOWN_AT = bindparam("known_at", type_=UtcDateTime)
ROWS_UNTIL = bindparam("rows_until", type_=Integer)
EVERY_ROW, NOTHING = 2**31 - 1, 0
"""Bounds of a view of the whole log (the greatest key of a row), and of none of it."""

STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class View:
    """The parameters of a query: the day, the moment of knowledge (UTC) and the basis.

    `rows_until` is the last row of the log that is read. The view of a snapshot ends at the last row when it was taken,
    so that history imported later does not change it; 0 where nothing may be shown.
    """

    as_of: date
    known_at: datetime
    basis: Basis = Basis.CLEARED
    rows_until: int = EVERY_ROW

    @property
    def bound(self) -> dict[str, Any]:
        """The values of a query's parameters."""
        return {"as_of": self.as_of, "known_at": self.known_at, "rows_until": self.rows_until}


def eligible(row: FromClause, basis: Basis, cleared_too: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """The condition: cleared (or submitted) by the moment, and neither returned nor withdrawn by then.

    A nil report is accepted at its submission, on either basis. `cleared_too` is a row taken as if it were cleared.
    """
    submitted, cleared = row.c.submitted_at, row.c.cleared_at
    moment = submitted if basis is Basis.REPORTED else case((row.c.kind == Kind.NIL, submitted), else_=cleared)
    known = moment <= KNOWN_AT
    return and_(
        row.c.id <= ROWS_UNTIL,
        known if cleared_too is None else or_(known, row.c.id == cleared_too),
        or_(row.c.returned_at.is_(None), row.c.returned_at > KNOWN_AT),
        or_(row.c.withdrawn_at.is_(None), row.c.withdrawn_at > KNOWN_AT),
    )


def counts(row: FromClause, basis: Basis, cleared_too: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """The condition: eligible, and replaced by no eligible row, even if that row is later or itself replaced."""
    correction = LOG.alias("correction")
    replaced = exists().where(correction.c.replaces_id == row.c.id, eligible(correction, basis, cleared_too))
    # The row and the one taken as cleared are those of the queries around, at whatever depth.
    replaced = replaced.correlate_except(correction)
    return and_(eligible(row, basis, cleared_too), ~replaced)


def _latest_row(commitment: ColumnElement[int], basis: Basis, cleared_too: ColumnElement[int] | None = None) -> Any:
    """The key of the counting update that was true last."""
    row = LOG.alias("candidate")
    return (
        select(row.c.id)
        .where(
            row.c.commitment_id == commitment,
            row.c.kind == Kind.UPDATE,
            row.c.valid_on <= AS_OF,
            counts(row, basis, cleared_too),
        )
        .order_by(row.c.valid_on.desc(), row.c.entered_at.desc(), row.c.id.desc())
        .limit(1)
        .correlate(commitment.table)
        .scalar_subquery()
    )


_STATEMENT_COLUMNS = (LOG.c.id, LOG.c.status, LOG.c.percent, LOG.c.valid_on, LOG.c.deliverables_done)


# Built once per basis, because building the query takes longer than running it.
@cache
def _query(basis: Basis) -> Select[Any]:
    both = COMMITMENTS.join(LOG, LOG.c.id == _latest_row(COMMITMENTS.c.id, basis))
    return select(COMMITMENTS.c.initiative, COMMITMENTS.c.party, *_STATEMENT_COLUMNS).select_from(both)


def latest_statements(session: Session, view: View) -> dict[Commitment, Statement]:
    """The latest row of each commitment that has one, in the view."""
    rows = session.execute(_query(view.basis), view.bound).all()
    return {(initiative, party): _statement(*columns) for initiative, party, *columns in rows}


def statements_once_cleared(session: Session, view: View, rows: Collection[int]) -> dict[int, Statement | None]:
    """For each row that waits: the statement that would be the latest of its commitment if that row were cleared."""
    waiting = LOG.alias("waiting")
    latest = _latest_row(waiting.c.commitment_id, view.basis, waiting.c.id)
    both = waiting.outerjoin(LOG, LOG.c.id == latest)
    query = select(waiting.c.id, *_STATEMENT_COLUMNS).select_from(both).where(waiting.c.id.in_(rows))
    pairs = session.execute(query, view.bound)
    return {row: _statement(*columns) if columns[0] else None for row, *columns in pairs}


def _statement(row: int, status: str, percent: int | None, valid_on: date, done: str | None) -> Statement:
    return Statement(
        row=row,
        status=STATUSES[status],
        percent=percent or 0,
        valid_on=valid_on,
        deliverables_done=tuple(json.loads(done)) if done else (),
    )


def logged_initiatives(session: Session) -> frozenset[str]:
    """The keys of the initiatives with a draft or any row in the log, also if returned or withdrawn."""
    mentioned = union(select(col(Progress.commitment_id)), select(col(Draft.commitment_id)))
    query = select(col(CommitmentRow.initiative)).where(col(CommitmentRow.id).in_(mentioned))
    return frozenset(session.execute(query.distinct()).scalars())
