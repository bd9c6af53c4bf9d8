"""The first sign-in: a link for the first account of the secretariat, printed on the server and nowhere else."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.core.errors import SignInRefused
from models.core.vocabulary import Role
from models.people.directory import has_secretariat_signed_in, has_secretariat_with_address, subject_of
from models.people.sign_in import first_link, person_of_link
from models.people.sign_in_mail import link_address
from models.store.audit import record_act
from models.store.database import folder_beside, reading, writing
from models.store.people_tables import RoleGrant
from models.store.private_files import FIRST_LINK_FILE, write_private
from models.store.tables import Person


def first_link_file(engine: Engine) -> Path:
    """Return the path of the file with the link, which exists until the link is used."""
    return folder_beside(engine) / FIRST_LINK_FILE


def offer_first_sign_in(engine: Engine, *, address: str, has_provider: bool, now: datetime) -> list[str]:
    """Write the first link to its file and return the lines to print; a link that is still valid is used again.

    Returns no lines once a member of the secretariat has signed in, or can do so with the identity provider.
    """
    file = first_link_file(engine)
    with writing(engine) as session:
        if has_secretariat_signed_in(session) or (has_provider and has_secretariat_with_address(session)):
            file.unlink(missing_ok=True)
            return []
        token = _kept(session, file, now) or first_link(session, _first_account(session, now), now=now).text
        link = link_address(address, token)
        write_private(file, f"{link}\n")
    return [
        "No member of the secretariat has signed in yet. Open this link in a browser:",
        link,
        f"The link is also in the file {file}.",
    ]


def remove_used_first_link(engine: Engine) -> None:
    """Delete the file once a member of the secretariat has signed in."""
    with reading(engine) as session:
        if has_secretariat_signed_in(session):
            first_link_file(engine).unlink(missing_ok=True)


def _kept(session: Session, file: Path, now: datetime) -> str | None:
    """The token in the file, while it is valid."""
    token = file.read_text(encoding="utf-8").strip().rpartition("/")[2] if file.is_file() else ""
    try:
        person_of_link(session, token, now=now)
    except SignInRefused:
        return None
    return token


def _first_account(session: Session, now: datetime) -> int:
    """The first account of the secretariat; a new one without name and address if there is none."""
    query = select(RoleGrant.person_id).where(RoleGrant.role == Role.SECRETARIAT, col(RoleGrant.ended_at).is_(None))
    person_id = session.exec(query.order_by(col(RoleGrant.id))).first()
    if person_id is not None:
        return person_id
    row = Person()
    session.add(row)
    session.flush()
    person_id = row.id or 0
    session.add(RoleGrant(person_id=person_id, role=Role.SECRETARIAT, granted_at=now))
    after = {"roles": [Role.SECRETARIAT.value]}
    record_act(session, action="add person", subject=subject_of(person_id), now=now, after=after)
    return person_id
