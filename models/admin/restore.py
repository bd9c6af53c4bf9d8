"""What a database holds, compared before a backup replaces it, and the end of all access that a backup brings back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.people.directory import person_name
from models.people.sign_in import end_sessions, void_links
from models.store.audit import record_act
from models.store.base import Base
from models.store.meeting_tables import DecisionRow, SnapshotRow
from models.store.people_tables import RoleGrant
from models.store.reporting_tables import Draft, EvidenceFile
from models.store.tables import AuditEvent, Edition, Person, Progress

COUNTED: dict[str, type[Base]] = {
    "rows of the log": Progress,
    "drafts": Draft,
    "evidence files": EvidenceFile,
    "editions": Edition,
    "snapshots": SnapshotRow,
    "decisions": DecisionRow,
    "events of the audit trail": AuditEvent,
}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a database holds: numbers of rows by name, its last act (UTC), and who has which role."""

    counts: dict[str, int]
    last_act: datetime | None
    roles: frozenset[str]


def holdings(session: Session) -> Holdings:
    """Count what a database holds, and list its roles, each as a line such as "a@example.org: chair of TMTF"."""
    numbers = {name: select(func.count()).select_from(table) for name, table in COUNTED.items()}
    counts = {name: session.execute(number).scalar_one() for name, number in numbers.items()}
    last_act = session.execute(select(func.max(col(AuditEvent.at)))).scalar_one()
    return Holdings(counts, last_act, frozenset(_roles(session)))


def differences(standing: Holdings | None, copy: Holdings) -> Iterator[str]:
    """Say line by line what a restore replaces by what; `standing` is None where no database can be read."""
    yield f"{'':26}{'database':>20}{'backup':>20}"
    for name, number in copy.counts.items():
        yield f"{name:26}{standing.counts[name] if standing else '–':>20}{number:>20}"
    yield f"{'last act (UTC)':26}{_moment(standing):>20}{_moment(copy):>20}"
    if standing:
        yield from (f"role that comes back: {role}" for role in sorted(copy.roles - standing.roles))
        yield from (f"role that is lost: {role}" for role in sorted(standing.roles - copy.roles))


def end_all_access(session: Session, *, file: str, now: datetime) -> None:
    """End every session and void every sign-in link of a copy: among them are those that were revoked after it."""
    for person in session.execute(select(Person)).scalars():
        if person.id is not None:
            end_sessions(session, person.id, now)
            void_links(session, person.id, now)
            person.signed_out_at = now
    record_act(session, action="restore", subject=file, now=now)


def _roles(session: Session) -> Iterator[str]:
    held = select(Person, RoleGrant).join(RoleGrant, col(RoleGrant.person_id) == Person.id)
    for person, grant in session.execute(held.where(col(RoleGrant.ended_at).is_(None))):
        role = grant.role.replace("_", " ")
        yield f"{person_name(person)}: {role} of {grant.scope}" if grant.scope else f"{person_name(person)}: {role}"


def _moment(held: Holdings | None) -> str:
    return f"{held.last_act:%Y-%m-%d %H:%M}" if held and held.last_act else "–"
