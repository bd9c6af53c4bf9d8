"""Statements of the log in full, as a snapshot writes them down."""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import ASEAN
from models.meetings.snapshot import Told, ToldEvidence
from models.plan.schema import Commitment, Plan
from models.progress.drafts import statement_evidence
from models.progress.latest import View
from models.progress.statement import EvidenceItem, Latest
from models.store.tables import Progress


def told(session: Session, plan: Plan, latest: Latest, view: View) -> tuple[Told, ...]:
    """What each of the latest rows says, in the plan's order; what became of a row only later is left out."""
    rows = _rows(session, [statement.row for statement in latest.values()])
    evidence = statement_evidence(session, list(rows))
    found = [(commitment, rows[latest[commitment].row]) for commitment in _in_order(plan, latest)]
    return tuple(_told(plan, commitment, row, evidence[row.id or 0], view) for commitment, row in found)


def _in_order(plan: Plan, latest: Latest) -> Iterable[Commitment]:
    """Those of the edition first, then what only an earlier one held."""
    own = [commitment for commitment in plan.commitments() if commitment in latest]
    return [*own, *sorted(latest.keys() - set(own))]


def _rows(session: Session, keys: Sequence[int]) -> Mapping[int, Progress]:
    query = select(Progress).where(col(Progress.id).in_(keys))
    return {row.id: row for row in session.execute(query).scalars() if row.id is not None}


def _told(plan: Plan, commitment: Commitment, row: Progress, evidence: Sequence[EvidenceItem], view: View) -> Told:
    initiative, party = commitment
    lead = plan.initiative[initiative].lead if initiative in plan.initiative else party
    cleared = row.cleared_at if row.cleared_at and row.cleared_at <= view.known_at else None
    return Told.model_validate(
        {
            **{name: getattr(row, name) for name in _AS_STORED},
            "row": row.id,
            "initiative": initiative,
            "party": party,
            "speaker": row.on_behalf_of or (lead if party == ASEAN else party),
            "author": row.author_id,
            "cleared_at": cleared,
            "cleared_by": row.cleared_by if cleared else None,
            "deliverables_done": json.loads(row.deliverables_done) if row.deliverables_done else (),
            "evidence": tuple(_evidence(one) for one in evidence),
        }
    )


_AS_STORED = (
    "status",
    "percent",
    "valid_on",
    "submitted_at",
    "narrative",
    "obstacles",
    "obstacle_kind",
    "next_step",
    "support_needed",
    "proposed_due",
    "requested",
    "request_reason",
)


def _evidence(item: EvidenceItem) -> ToldEvidence:
    attached = item
    file = item.id if attached.file_id is not None else None
    return ToldEvidence(
        title=attached.title, url=attached.url, document=attached.document, file=file, public=attached.public
    )
