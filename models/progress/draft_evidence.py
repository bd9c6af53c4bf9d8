"""What a draft rests on: links, references of documents and files, each for visitors too or restricted."""

import hashlib

from pydantic import ValidationError

from models.core.errors import NotFound, UpdateRefused
from models.people.context import Context
from models.people.permissions import Action
from models.plan.schema import Commitment
from models.progress.drafts import (
    audit,
    commitment_id,
    draft_evidence,
    drop_files,
    open_draft,
    remove_draft,
    written_in,
)
from models.progress.evidence_files import checked_file
from models.progress.statement import EvidenceItem
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile

WEB = ("http://", "https://")


def add_evidence(context: Context, commitment: Commitment, text: str) -> None:
    """Add what somebody typed: an address on the web is a link, anything else the reference of a document.

    Either may be read by everybody once the statement is cleared, unless it is restricted afterwards.
    """
    told = " ".join(text.split())
    if not told:
        raise UpdateRefused("Nothing was typed: paste a link, or name the document and the paragraph.")
    try:
        item = EvidenceItem(url=told, public=True) if told.startswith(WEB) else EvidenceItem(document=told, public=True)
    except ValidationError as error:
        raise UpdateRefused("This is not a link: write it without spaces, or name the document in words.") from error
    _add(context, commitment, item)


def attach_file(context: Context, commitment: Commitment, name: str, content: bytes) -> None:
    """Keep a file in the database and attach it; restricted until its author says that visitors may read it."""
    context.require(Action.DRAFT, commitment)
    file_id, title = keep_file(context, name, content)
    _add(context, commitment, EvidenceItem(title=title, file_id=file_id))


def keep_file(context: Context, name: str, content: bytes) -> tuple[int | None, str]:
    """Keep a file in the database, once what it is was checked; returns its key and the name it is kept under."""
    checked = checked_file(name, content)
    row = EvidenceFile(
        name=checked.name,
        content_type=checked.type.label,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=context.now,
        uploaded_by=context.author,
    )
    context.session.add(row)
    context.session.flush()
    return row.id, checked.name


def remove_evidence(context: Context, commitment: Commitment, item: int) -> None:
    """Take one item away again; a draft that says nothing without it goes with it."""
    row = _item(context, commitment, item)
    context.session.delete(row)
    context.session.flush()
    drop_files(context.session, [row.file_id])
    draft = context.session.get_one(Draft, row.commitment_id)
    _saved(context, draft)
    if written_in(draft).is_empty and not draft_evidence(context.session, [row.commitment_id]):
        remove_draft(context.session, draft)
    audit(context, commitment, action="remove evidence")


def set_public(context: Context, commitment: Commitment, item: int, *, public: bool) -> None:
    """Say whether visitors may read one item once the statement is cleared."""
    row = _item(context, commitment, item)
    row.public = public
    _saved(context, context.session.get_one(Draft, row.commitment_id))


def _add(context: Context, commitment: Commitment, item: EvidenceItem) -> None:
    draft = open_draft(context, commitment)
    context.session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.columns))
    _saved(context, draft)


def _saved(context: Context, draft: Draft) -> None:
    draft.saved_at, draft.saved_by = context.now, context.author


def _item(context: Context, commitment: Commitment, item: int) -> DraftEvidence:
    context.require(Action.DRAFT, commitment)
    row = context.session.get(DraftEvidence, item)
    if row is None or row.commitment_id != commitment_id(context.session, commitment):
        raise NotFound("This item is gone already: somebody else took it away.")
    return row
