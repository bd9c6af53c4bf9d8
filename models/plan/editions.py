"""The editions of the plan, and the edition that was known at a moment."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
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
    """A loaded edition: version, moment (UTC), reason, deciding meeting and person (None: command line)."""

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
"""Parsed editions by hash; an edition never changes."""


def list_editions(session: Session) -> tuple[LoadedEdition, ...]:
    """Return every edition in the order of loading."""
    columns = (col(getattr(Edition, fact.name)) for fact in fields(LoadedEdition))
    return tuple(LoadedEdition(*row) for row in session.execute(select(*columns).order_by(col(Edition.id))))


def plan_of(session: Session, edition: LoadedEdition) -> Plan:
    """Return the frozen plan of an edition."""
    if edition.sha256 not in _plans:
        document = session.execute(select(col(Edition.document)).where(col(Edition.id) == edition.id)).scalar_one()
        _plans[edition.sha256] = from_document(json.loads(document))
    return _plans[edition.sha256]


def plan_as_known(session: Session, known_at: datetime) -> PlanAsKnown:
    """Return the last edition loaded at or before the moment, or the first edition (method.md, section 1).

    Raises NotFound while no plan is loaded.
    """
    editions = list_editions(session)
    if not editions:
        raise NotFound("no plan is loaded yet; run `python manage.py plan load --reason TEXT`")
    known = [edition for edition in editions if edition.loaded_at <= known_at] or list(editions[:1])
    plans = [plan_of(session, edition) for edition in known]
    return PlanAsKnown(plan=plans[-1], edition=known[-1], originals=originals(plans))


InitiativeAt = Callable[[str, datetime], Initiative | None]
"""The initiative with a key, as the edition known at a moment has it; else as the first that has it, None if none."""


def initiatives_as_known(session: Session) -> InitiativeAt:
    """Return how to look up initiatives as known when a row was entered (method.md, section 1)."""
    held: defaultdict[str, list[tuple[datetime, Initiative]]] = defaultdict(list)
    for edition in list_editions(session):
        for initiative in plan_of(session, edition).initiatives:
            held[initiative.key].append((edition.loaded_at, initiative))

    def initiative_at(key: str, known_at: datetime) -> Initiative | None:
        versions = held.get(key, [])
        known = [initiative for loaded_at, initiative in versions if loaded_at <= known_at]
        return known[-1] if known else next((initiative for _, initiative in versions), None)

    return initiative_at


def originals(plans: Sequence[Plan]) -> dict[str, Initiative]:
    """Return each initiative by key as it was when its current kind of due date was first given.

    The kind is the wording and whether the date is assumed: a date that replaces our assumption, or comes with the
    official text, was set and not moved.
    """
    first: dict[str, Initiative] = {}
    for initiative in (initiative for plan in plans for initiative in plan.initiatives):
        if initiative.key not in first or kind_of_date(first[initiative.key]) != kind_of_date(initiative):
            first[initiative.key] = initiative
    return first


def due_dates(plans: Sequence[Plan]) -> dict[str, tuple[date, ...]]:
    """Return the due dates of the current kind by initiative, one for each edition, the oldest first."""
    dates: dict[str, tuple[date, ...]] = {}
    last: dict[str, Initiative] = {}
    for initiative in (initiative for plan in plans for initiative in plan.initiatives):
        key = initiative.key
        moved = key in last and kind_of_date(last[key]) == kind_of_date(initiative)
        dates[key] = (*dates[key], initiative.due) if moved else (initiative.due,)
        last[key] = initiative
    return dates


def kind_of_date(initiative: Initiative) -> tuple[Wording, bool]:
    """Return what must stay the same for another due date to be a moved one: the wording, and whether it is assumed."""
    return initiative.wording, initiative.due_is_assumed
