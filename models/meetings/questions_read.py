"""The questions the chair may wish to ask, from what the log holds cleared: for the secretariat and the chair only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session

from models.core.vocabulary import Basis, Kind, Status
from models.figures.assess import assessment
from models.meetings.questions import Question, Said, questions
from models.people.permissions import Action, Reader, require
from models.plan.editions import due_dates, list_editions, plan_as_known, plan_of
from models.plan.schema import Commitment
from models.progress.cycle_span import CycleSpan, cycle_at
from models.progress.cycles_read import list_cycles
from models.progress.drafts_read import EvidenceItem, statement_evidence
from models.progress.latest import AS_OF, COMMITMENTS, LOG, View, counts

LOOKED_BACK = 24
"""How many updates of a commitment are looked at, the newest: years of reporting, however long the log."""


def questions_for(session: Session, view: View, *, by: Reader) -> tuple[Question, ...]:
    """Every question in the view, in the plan's order; refused to anybody else."""
    require(by, Action.ASK_QUESTIONS, plan=plan_as_known(session, view.known_at).plan)
    return questions_in(session, view)


def questions_in(session: Session, view: View) -> tuple[Question, ...]:
    """Every question in the view, for a snapshot: whoever shows it there asks who reads it."""
    now = assessment(session, view)
    cycles = [one for one in list_cycles(session, now.plan) if one.opened_at <= view.known_at]
    editions = [one for one in list_editions(session) if one.loaded_at <= view.known_at]
    return questions(
        now,
        _said(session, view, cycles),
        cycles=[one.meeting.key for one in cycles],
        due_dates=due_dates([plan_of(session, one) for one in editions]),
    )


# Built once per basis, as the query for the latest is.
@cache
def _query(basis: Basis) -> Select[Any]:
    row = LOG.alias("recent")
    newest_first = (row.c.valid_on.desc(), row.c.entered_at.desc(), row.c.id.desc())
    recent = (
        select(row.c.id)
        .where(
            row.c.commitment_id == COMMITMENTS.c.id,
            row.c.kind == Kind.UPDATE,
            row.c.valid_on <= AS_OF,
            counts(row, basis),
        )
        .order_by(*newest_first)
        .limit(LOOKED_BACK)
        .correlate(COMMITMENTS)
    )
    return (
        select(COMMITMENTS.c.initiative, COMMITMENTS.c.party, LOG)
        .select_from(COMMITMENTS.join(LOG, LOG.c.id.in_(recent)))
        .order_by(COMMITMENTS.c.id, LOG.c.valid_on, LOG.c.entered_at, LOG.c.id)
    )


def _said(session: Session, view: View, cycles: Sequence[CycleSpan]) -> Mapping[Commitment, Sequence[Said]]:
    rows = session.execute(_query(view.basis), view.bound).all()
    evidence = statement_evidence(session, [row.id for row in rows])
    said: dict[Commitment, list[Said]] = defaultdict(list)
    for row in rows:
        cycle = cycle_at(cycles, row.submitted_at)
        said[row.initiative, row.party].append(
            _as_said(row, cycle, evidence[row.id], cleared_by=_known(row.cleared_by, row.cleared_at, view.known_at))
        )
    return said


def _known(person: int | None, moment: datetime | None, known_at: datetime) -> int | None:
    """Who did it, unless it was done only after what the view knows."""
    return person if moment is not None and moment <= known_at else None


def _as_said(
    row: Row[Any], cycle: CycleSpan | None, evidence: Sequence[EvidenceItem], *, cleared_by: int | None
) -> Said:
    return Said(
        row=row.id,
        cycle=cycle.meeting.key if cycle else None,
        status=Status(row.status),
        percent=row.percent or 0,
        narrative=row.narrative or "",
        obstacles=row.obstacles or "",
        evidence=tuple(one.attached.model_dump_json(exclude={"public"}) for one in evidence),
        author=row.author_id,
        cleared_by=cleared_by,
        on_behalf_of=row.on_behalf_of,
    )
