"""The audit trail as its readers see it: who did what to what, when and why, the newest first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select
from sqlmodel import Session, col

from models.people.context import Context
from models.people.permissions import Action
from models.plan.schema import Plan
from models.store.tables import AuditEvent, CommitmentRow, Person, Progress

NOBODY = "The server"
"""Who acts where no person is named: the command line, an import, a start."""

HEADS = ("When (UTC)", "Who", "Action", "Subject", "Before", "After", "Why")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act."""

    moment: datetime
    who: str
    action: str
    subject: str
    before: str
    after: str
    reason: str

    def cells(self) -> tuple[str, ...]:
        """The line as texts, under HEADS."""
        moment, *texts = astuple(self)
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), *texts


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts to show; an empty field selects all. Days are those of the plan, both included."""

    person_id: int | None = None
    action: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the trail can be filtered by: the people and actions that occur in it."""

    people: dict[int, str]
    actions: tuple[str, ...]


def audit_trail(
    context: Context, chosen: AuditFilter, *, limit: int | None = None
) -> tuple[int, tuple[AuditLine, ...]]:
    """The number of acts that match, and their lines, the newest first; at most `limit` of them."""
    context.require(Action.READ_AUDIT)
    conditions = _conditions(context.session, chosen, context.plan)
    count = context.session.execute(select(func.count()).select_from(AuditEvent).where(*conditions)).scalar_one()
    query = select(AuditEvent).where(*conditions).order_by(col(AuditEvent.id).desc())
    events = context.session.execute(query.limit(limit)).scalars().all()
    names, commitments = _names(context.session), _commitments(context.session, events)
    return count, tuple(_line(event, names, commitments) for event in events)


def audit_choices(context: Context) -> AuditChoices:
    """The people who did something, by key, and every action done."""
    context.require(Action.READ_AUDIT)
    acted = set(context.session.execute(select(col(AuditEvent.person_id)).distinct()).scalars())
    actions = context.session.execute(
        select(col(AuditEvent.action)).distinct().order_by(col(AuditEvent.action))
    ).scalars()
    return AuditChoices({key: name for key, name in _names(context.session).items() if key in acted}, tuple(actions))


def _conditions(session: Session, chosen: AuditFilter, plan: Plan) -> list[ColumnElement[bool]]:
    zone, acted_at = ZoneInfo(plan.settings.time_zone), col(AuditEvent.at)
    conditions = (
        None if chosen.person_id is None else col(AuditEvent.person_id) == chosen.person_id,
        col(AuditEvent.action) == chosen.action if chosen.action else None,
        _is_about(session, chosen.subject.strip()) if chosen.subject.strip() else None,
        acted_at >= datetime.combine(chosen.first, time.min, zone) if chosen.first else None,
        acted_at <= datetime.combine(chosen.last, time.max, zone) if chosen.last else None,
    )
    return [condition for condition in conditions if condition is not None]


def _is_about(session: Session, text: str) -> ColumnElement[bool]:
    """The subject has the text, or is a person of that name or a statement on an initiative with that key."""
    people = [f"person {key}" for key, name in _names(session).items() if text.casefold() in name.casefold()]
    statements = (
        select(literal("progress ") + cast(col(Progress.id), String))
        .join(CommitmentRow, col(CommitmentRow.id) == col(Progress.commitment_id))
        .where(col(CommitmentRow.initiative) == text.upper())
    )
    subject = col(AuditEvent.subject)
    return or_(subject.icontains(text, autoescape=True), subject.in_(people), subject.in_(statements))


def _line(event: AuditEvent, names: Mapping[int, str], commitments: Mapping[str, str]) -> AuditLine:
    kind, _, key = event.subject.partition(" ")
    known = names.get(int(key)) if kind == "person" and key.isdecimal() else commitments.get(event.subject)
    return AuditLine(
        moment=event.at,
        who=NOBODY if event.person_id is None else names[event.person_id],
        action=event.action,
        subject=f"{event.subject} ({known})" if known and known != event.subject else event.subject,
        before=_facts(event.before),
        after=_facts(event.after),
        reason=event.reason or "",
    )


def _names(session: Session) -> dict[int, str]:
    """What each person is called; who was removed no longer has a name or an address."""
    rows = session.execute(select(*map(col, (Person.id, Person.name, Person.email))))
    return {key: name or email or f"person {key}" for key, name, email in rows if key is not None}


def _commitments(session: Session, events: Sequence[AuditEvent]) -> dict[str, str]:
    """What the statements among the subjects are about: initiative and party, by subject."""
    numbers = (event.subject.removeprefix("progress ") for event in events if event.subject.startswith("progress "))
    keys = [int(key) for key in numbers if key.isdecimal()]
    if not keys:
        return {}
    query = (
        select(*map(col, (Progress.id, CommitmentRow.initiative, CommitmentRow.party)))
        .join(CommitmentRow, col(CommitmentRow.id) == col(Progress.commitment_id))
        .where(col(Progress.id).between(min(keys), max(keys)))
    )
    return {f"progress {key}": f"{initiative} {party}" for key, initiative, party in session.execute(query)}


FORMER_NAMES = {"hats": "roles"}
"""What a fact is called now, by the name under which events of earlier releases hold it: an event is never changed."""


def _facts(facts: str | None) -> str:
    """Facts of an act as text: “roles: chair TMTF; due_days: 14”."""
    values: dict[str, Any] = json.loads(facts) if facts else {}
    texts = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    return "; ".join(f"{FORMER_NAMES.get(name, name)}: {text}" for name, text in texts.items())
