"""The audit trail: each write adds an event in its own transaction, and raises the data version used by caches."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.core.mail_address import folded_address
from models.store.database import log_when_written
from models.store.tables import AuditEvent, DataVersion, Person

_KEY = re.compile(r"[A-Za-z0-9/-]+( [A-Za-z0-9/-]+)?")
"""A subject that is a key; the name of a file is not logged, because it may contain a name or an address."""


def record_act(
    session: Session,
    *,
    action: str,
    subject: str,
    now: datetime,
    person_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Add an audit event, and raise the data version by 1."""
    texts = [json.dumps(facts, default=str, ensure_ascii=False) if facts else None for facts in (before, after)]
    event = AuditEvent(
        at=now, person_id=person_id, action=action, subject=subject, before=texts[0], after=texts[1], reason=reason
    )
    session.add(event)
    session.execute(update(DataVersion).values(value=col(DataVersion.value) + 1))
    key = subject if _KEY.fullmatch(subject) else "a file"
    log_when_written(session, f"{action}: {key}, by {'the server' if person_id is None else f'person {person_id}'}")


def person_id_of(session: Session, email: str) -> int:
    """Return the key of the person with this address; a new address is added."""
    address = folded_address(email)
    person = session.exec(select(Person).where(col(Person.email) == address)).first()
    if person is None:
        person = Person(email=address)
        session.add(person)
        session.flush()
    return person.id or 0
