"""What a draft rests on: links, references of documents and files, each for visitors too or restricted."""

import hashlib
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from models.core.errors import NotFound, UpdateRefused
from models.people.permissions import Action, Reader, require
from models.plan.schema import Commitment, Plan
from models.progress.drafts import (
    audit,
    commitment_id,
    draft_evidence,
    drop_files,
    open_draft,
    person_of,
    remove_draft,
    written_in,
)
from models.progress.evidence_files import checked_file
from models.progress.submission import Attached
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile

WEB = ("http://", "https://")


def add_evidence(
    session: Session, reader: Reader, commitment: Commitment, text: str, *, plan: Plan, now: datetime
) -> None:
    """Add what somebody typed: an address on the web is a link, anything else the reference of a document.

    Either may be read by everybody once the statement is cleared, unless it is restricted afterwards.
    """
    told = " ".join(text.split())
    if not told:
        raise UpdateRefused("Nothing was typed: paste a link, or name the document and the paragraph.")
    try:
        item = Attached(url=told, public=True) if told.startswith(WEB) else Attached(document=told, public=True)
    except ValidationError as error:
        raise UpdateRefused("This is not a link: write it without spaces, or name the document in words.") from error
    _add(session, reader, commitment, item, plan=plan, now=now)


def attach_file(
    session: Session, reader: Reader, commitment: Commitment, name: str, content: bytes, *, plan: Plan, now: datetime
) -> None:
    """Keep a file in the database and attach it; restricted until its author says that visitors may read it."""
    require(reader, Action.DRAFT, plan=plan, commitment=commitment)
    file_id, title = keep_file(session, reader, name, content, now=now)
    _add(session, reader, commitment, Attached(title=title, file_id=file_id), plan=plan, now=now)


def keep_file(session: Session, reader: Reader, name: str, content: bytes, *, now: datetime) -> tuple[int | None, str]:
    """Keep a file in the database, once what it is was checked; returns its key and the name it is kept under."""
    checked = checked_file(name, content)
    row = EvidenceFile(
        name=checked.name,
        content_type=checked.type.label,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=now,
        uploaded_by=person_of(reader),
    )
    session.add(row)
    session.flush()
    return row.id, checked.name


def remove_evidence(
    session: Session, reader: Reader, commitment: Commitment, item: int, *, plan: Plan, now: datetime
) -> None:
    """Take one item away again; a draft that says nothing without it goes with it."""
    row = _item(session, reader, commitment, item, plan)
    session.delete(row)
    session.flush()
    drop_files(session, [row.file_id])
    draft = session.get_one(Draft, row.commitment_id)
    _saved(draft, reader, now)
    if written_in(draft).is_empty and not draft_evidence(session, [row.commitment_id]):
        remove_draft(session, draft)
    audit(session, reader, commitment, action="remove evidence", now=now)


def set_public(
    session: Session,
    reader: Reader,
    commitment: Commitment,
    item: int,
    *,
    public: bool,
    plan: Plan,
    now: datetime,
) -> None:
    """Say whether visitors may read one item once the statement is cleared."""
    row = _item(session, reader, commitment, item, plan)
    row.public = public
    _saved(session.get_one(Draft, row.commitment_id), reader, now)


def _add(
    session: Session, reader: Reader, commitment: Commitment, item: Attached, *, plan: Plan, now: datetime
) -> None:
    draft = open_draft(session, reader, commitment, plan=plan, now=now)
    session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.model_dump()))
    _saved(draft, reader, now)


def _saved(draft: Draft, reader: Reader, now: datetime) -> None:
    draft.saved_at, draft.saved_by = now, person_of(reader)


def _item(session: Session, reader: Reader, commitment: Commitment, item: int, plan: Plan) -> DraftEvidence:
    require(reader, Action.DRAFT, plan=plan, commitment=commitment)
    row = session.get(DraftEvidence, item)
    if row is None or row.commitment_id != commitment_id(session, commitment):
        raise NotFound("This item is gone already: somebody else took it away.")
    return row
