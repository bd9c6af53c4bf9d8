"""The editions of the plan, and the one that a moment of knowledge selects."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.errors import NotFound
from models.core.vocabulary import Wording
from models.plan.canonical import from_document
from models.plan.schema import Initiative, Plan
from models.store.tables import Edition


@dataclass(frozen=True, slots=True)
class LoadedEdition:
    """One edition as loaded: which, when and why, and by which person (None: on the server)."""

    id: int
    version: str
    sha256: str
    loaded_at: datetime
    reason: str
    decided_at: str | None
    loaded_by: int | None = None


@dataclass(frozen=True, slots=True)
class PlanAsKnown:
    """The plan as known at a moment, with each initiative as its due date was first stated."""

    plan: Plan
    edition: LoadedEdition
    originals: Mapping[str, Initiative]


_plans: dict[str, Plan] = {}
"""Parsed editions by hash: an edition never changes, so neither does what stands under its hash."""


def list_editions(session: Session) -> tuple[LoadedEdition, ...]:
    """Every edition in the order of loading."""
    facts = (Edition.id, Edition.version, Edition.sha256, Edition.loaded_at, Edition.reason, Edition.decided_at)
    columns = (*facts, Edition.loaded_by)
    rows = session.execute(select(*map(col, columns)).order_by(col(Edition.id))).all()
    return tuple(LoadedEdition(*row) for row in rows)


def plan_of(session: Session, edition: LoadedEdition) -> Plan:
    """The frozen plan of one edition."""
    if edition.sha256 not in _plans:
        document = session.execute(select(col(Edition.document)).where(col(Edition.id) == edition.id)).scalar_one()
        _plans[edition.sha256] = from_document(json.loads(document))
    return _plans[edition.sha256]


def plan_as_known(session: Session, known_at: datetime) -> PlanAsKnown:
    """The edition loaded last at or before the moment; the first one if none was (method.md, section 1)."""
    editions = list_editions(session)
    if not editions:
        message = "no plan is loaded yet; run `python manage.py plan load --reason TEXT`"
        raise NotFound(message)
    known = [edition for edition in editions if edition.loaded_at <= known_at] or list(editions[:1])
    plans = [plan_of(session, edition) for edition in known]
    return PlanAsKnown(plan=plans[-1], edition=known[-1], originals=originals(plans))


def originals(plans: Sequence[Plan]) -> dict[str, Initiative]:
    """Each initiative as it stood when its due date was first stated on its present footing.

    The footing is the wording and whether the date is assumed: a date that replaces our assumption, or comes with the
    official text, was set and not moved.
    """
    first: dict[str, Initiative] = {}
    for initiative in (initiative for plan in plans for initiative in plan.initiatives):
        if initiative.key not in first or _footing(first[initiative.key]) != _footing(initiative):
            first[initiative.key] = initiative
    return first


def due_dates(plans: Sequence[Plan]) -> dict[str, tuple[date, ...]]:
    """The due dates each initiative had on its present footing, edition by edition, the oldest first."""
    dates: dict[str, tuple[date, ...]] = {}
    last: dict[str, Initiative] = {}
    for initiative in (initiative for plan in plans for initiative in plan.initiatives):
        key = initiative.key
        moved = key in last and _footing(last[key]) == _footing(initiative)
        dates[key] = (*dates[key], initiative.due) if moved else (initiative.due,)
        last[key] = initiative
    return dates


def _footing(initiative: Initiative) -> tuple[Wording, bool]:
    return initiative.wording, initiative.due_is_assumed
