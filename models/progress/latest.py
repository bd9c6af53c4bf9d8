"""The latest counting update of every commitment (method.md, section 1), in one query.

One walk down the index (commitment, valid_on, entered_at, id) per commitment: milliseconds over a million rows, where
a window function over the whole log takes seconds.
"""

import json
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
from models.store.base import Base, Moment
from models.store.reporting_tables import Draft
from models.store.tables import CommitmentRow, Progress

LOG = Base.metadata.tables[str(Progress.__tablename__)]
COMMITMENTS = Base.metadata.tables[CommitmentRow.__tablename__]
AS_OF = bindparam("as_of", type_=Date)
KNOWN_AT = bindparam("known_at", type_=Moment)
ROWS_UNTIL = bindparam("rows_until", type_=Integer)
EVERY_ROW, NOTHING = 2**31 - 1, 0
"""Bounds of a view that looks at the whole log (the greatest key a row can have), and at none of it."""

STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class View:
    """What is asked: as of a day, as known at a moment, on a basis.

    `rows_until` is the last row of the log that is looked at. A snapshot's view stops at the row that stood last when
    it was taken, so that history imported later does not touch it; none at all where nothing may be told.
    """

    as_of: date
    known_at: datetime
    basis: Basis = Basis.CLEARED
    rows_until: int = EVERY_ROW

    @property
    def bound(self) -> dict[str, Any]:
        """The values of a query's parameters."""
        return {"as_of": self.as_of, "known_at": self.known_at, "rows_until": self.rows_until}


def eligible(row: FromClause, basis: Basis) -> ColumnElement[bool]:
    """Cleared (or submitted) by the moment, and neither returned nor withdrawn by then.

    A nil report is accepted at its submission, on either basis.
    """
    submitted, cleared = row.c.submitted_at, row.c.cleared_at
    moment = submitted if basis is Basis.REPORTED else case((row.c.kind == Kind.NIL, submitted), else_=cleared)
    return and_(
        row.c.id <= ROWS_UNTIL,
        moment <= KNOWN_AT,
        or_(row.c.returned_at.is_(None), row.c.returned_at > KNOWN_AT),
        or_(row.c.withdrawn_at.is_(None), row.c.withdrawn_at > KNOWN_AT),
    )


def counts(row: FromClause, basis: Basis) -> ColumnElement[bool]:
    """Eligible, and replaced by no eligible row, whatever that row's date and even if it is itself replaced."""
    correction = LOG.alias("correction")
    replaced = exists().where(correction.c.replaces_id == row.c.id, eligible(correction, basis))
    return and_(eligible(row, basis), ~replaced)


# Built once per basis: putting the statement together takes longer than running it.
@cache
def _query(basis: Basis) -> Select[Any]:
    row = LOG.alias("candidate")
    latest = (
        select(row.c.id)
        .where(
            row.c.commitment_id == COMMITMENTS.c.id,
            row.c.kind == Kind.UPDATE,
            row.c.valid_on <= AS_OF,
            counts(row, basis),
        )
        .order_by(row.c.valid_on.desc(), row.c.entered_at.desc(), row.c.id.desc())
        .limit(1)
        .correlate(COMMITMENTS)
        .scalar_subquery()
    )
    said = (LOG.c.id, LOG.c.status, LOG.c.percent, LOG.c.valid_on, LOG.c.deliverables_done)
    both = COMMITMENTS.join(LOG, LOG.c.id == latest)
    return select(COMMITMENTS.c.initiative, COMMITMENTS.c.party, *said).select_from(both)


def latest_statements(session: Session, view: View) -> dict[Commitment, Statement]:
    """The latest row of each commitment that has one, in the view."""
    rows = session.execute(_query(view.basis), view.bound).all()
    return {
        (initiative, party): Statement(
            row=row,
            status=STATUSES[status],
            percent=percent or 0,
            valid_on=valid_on,
            deliverables_done=tuple(json.loads(done)) if done else (),
        )
        for initiative, party, row, status, percent, valid_on, done in rows
    }


def logged_initiatives(session: Session) -> frozenset[str]:
    """The keys of the initiatives with rows in the log, whatever became of those, or with a draft."""
    spoken_of = union(select(col(Progress.commitment_id)), select(col(Draft.commitment_id)))
    query = select(col(CommitmentRow.initiative)).where(col(CommitmentRow.id).in_(spoken_of))
    return frozenset(session.execute(query.distinct()).scalars())
