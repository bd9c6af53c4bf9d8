"""Drafts and their evidence: each field is stored when the user leaves it. A draft belongs to the commitment.

Each command checks the permission itself. Writing a draft adds no audit event and does not change the data version: no
figure depends on a draft, and otherwise every field that is typed would empty the caches of all readers. The draft
names who saved it last and when, a file names who uploaded it, and submission is audited. Discarding text or evidence
is audited too, because nothing else would show it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, exists, select
from sqlmodel import Session, col

from models.core.days import read_day
from models.core.errors import FieldError, NotFound, UpdateRefused
from models.core.values import ValueRefused, read_address
from models.core.vocabulary import Basis, Kind, Status
from models.people.context import Context
from models.people.permissions import Action
from models.plan.calendar import day_of, day_window
from models.plan.schema import Commitment, Plan, name_of
from models.progress.evidence_files import checked_file
from models.progress.evidence_quota import require_room, require_room_on_draft
from models.progress.latest import View, latest_statements
from models.progress.statement import ABOUT, LABELS, REPORTED_PERCENT, EvidenceItem, StatementFields
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile
from models.store.statement_columns import StatementColumns
from models.store.tables import CommitmentRow, DataVersion, Evidence, Progress

WEB = ("http://", "https://")


def save_field(context: Context, commitment: Commitment, field: str, value: Any) -> StatementFields:
    """Store one field and return the content of the draft. A draft that becomes empty is deleted.

    Raises UpdateRefused for a day that lies outside the years of the plan, or is none.
    """
    _refuse_impossible_day(field, value, context.plan)
    draft = open_draft(context, commitment)
    previous = (
        last_statement(context.session, commitment, plan=context.plan, now=context.now) if field == "status" else None
    )
    written = written_in(draft).with_field(field, value, previous=previous)
    put(context, draft, written)
    if written.is_empty and not draft_evidence(context.session, [draft.commitment_id]):
        context.session.delete(draft)
    return written


def _refuse_impossible_day(field: str, value: Any, plan: Plan) -> None:
    if field != "proposed_due" or value is None:
        return
    try:
        read_day(value, day_window(plan.period))
    except ValueRefused as refused:
        raise UpdateRefused(FieldError(field, f"{LABELS[field]}: {refused.what}", refused.remedy)) from None


def discard(context: Context, commitment: Commitment) -> None:
    """Delete the draft with its evidence; submitted statements do not change.

    The mark that there is nothing to report contains no text, so that discarding it is not audited.
    """
    context.require(Action.DRAFT, commitment)
    draft = context.session.get(Draft, commitment_id(context.session, commitment))
    if draft is None:
        return
    if not written_in(draft).is_empty or draft_evidence(context.session, [draft.commitment_id]):
        context.record("discard draft", name_of(commitment))
    remove_draft(context.session, draft)


def report_nothing(context: Context, commitments: Iterable[Commitment]) -> None:
    """Mark commitments as unchanged: empty drafts, which are submitted as nil reports and can be discarded before."""
    for commitment in commitments:
        context.require(Action.DRAFT, commitment)
        row_id = commitment_id(context.session, commitment)
        if context.session.get(Draft, row_id) is not None:
            raise UpdateRefused(f"{name_of(commitment)} has a draft; submit it, or discard it first.")
        context.session.add(_new_draft(context, row_id, newest_row(context.session, row_id)))


def open_draft(context: Context, commitment: Commitment) -> Draft:
    """Return the draft on the commitment; a new one begins with a returned statement, so that no text is lost."""
    context.require(Action.DRAFT, commitment)
    row_id = commitment_id(context.session, commitment)
    draft = context.session.get(Draft, row_id)
    if draft is not None:
        return draft
    newest = newest_row(context.session, row_id)
    draft = _new_draft(context, row_id, newest)
    context.session.add(draft)
    if newest is not None and is_returned_update(newest):
        put(context, draft, written_in(newest))
        context.session.flush()
        items = statement_evidence(context.session, [newest.id or 0])[newest.id or 0]
        context.session.add_all(DraftEvidence(commitment_id=row_id, **item.columns) for item in items)
    context.session.flush()
    return draft


def add_evidence(context: Context, commitment: Commitment, text: str) -> None:
    """Add evidence that the user typed: a web address is a link, any other text the reference of a document.

    Everybody may read it when the statement is cleared, unless it is restricted before.
    """
    written = " ".join(text.split())
    if not written:
        raise UpdateRefused("Nothing was typed: paste a link, or name the document and the paragraph.")
    kind = "url" if read_address(written).startswith(WEB) else "document"
    try:
        item = EvidenceItem(**{kind: written}, public=True)
    except ValidationError as error:
        raise UpdateRefused("This is not a link: write it without spaces, or name the document in words.") from error
    _add(context, commitment, item)


def attach_file(context: Context, commitment: Commitment, name: str, content: bytes) -> None:
    """Store a file and attach it; it is restricted until its author makes it public."""
    context.require(Action.DRAFT, commitment)
    require_room_on_draft(context, commitment_id(context.session, commitment), len(content))
    file_id, title = keep_file(context, name, content)
    _add(context, commitment, EvidenceItem(title=title, file_id=file_id))


def keep_file(context: Context, name: str, content: bytes) -> tuple[int | None, str]:
    """Store a file in the database, if it is of its type and there is room; returns its key and its stored name."""
    checked = checked_file(name, content)
    require_room(context, len(content))
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
    """Remove one item of evidence; a draft that is empty without it is deleted."""
    row = _evidence_row(context, commitment, item)
    context.session.delete(row)
    context.session.flush()
    drop_files(context.session, [row.file_id])
    draft = context.session.get_one(Draft, row.commitment_id)
    _saved(context, draft)
    if written_in(draft).is_empty and not draft_evidence(context.session, [row.commitment_id]):
        remove_draft(context.session, draft)
    context.record("remove evidence", name_of(commitment))


def set_public(context: Context, commitment: Commitment, item: int, *, public: bool) -> None:
    """Set whether visitors may read one item when the statement is cleared."""
    row = _evidence_row(context, commitment, item)
    row.public = public
    _saved(context, context.session.get_one(Draft, row.commitment_id))


def _add(context: Context, commitment: Commitment, item: EvidenceItem) -> None:
    draft = open_draft(context, commitment)
    context.session.add(DraftEvidence(commitment_id=draft.commitment_id, **item.columns))
    _saved(context, draft)


def _saved(context: Context, draft: Draft) -> None:
    draft.saved_at, draft.saved_by = context.now, context.author


def _evidence_row(context: Context, commitment: Commitment, item: int) -> DraftEvidence:
    context.require(Action.DRAFT, commitment)
    row = context.session.get(DraftEvidence, item)
    if row is None or row.commitment_id != commitment_id(context.session, commitment):
        raise NotFound("This item is gone already: somebody else took it away.")
    return row


def is_returned_update(row: Progress) -> bool:
    """Whether the row is an update that was returned to its author."""
    return row.kind == Kind.UPDATE and row.returned_at is not None


def put(context: Context, draft: Draft, written: StatementFields) -> None:
    """Set the content of the draft, when it was saved and by whom."""
    for field, value in columns_of(written).items():
        setattr(draft, field, value)
    draft.saved_at, draft.saved_by = context.now, context.author


def remove_draft(session: Session, draft: Draft) -> None:
    """Delete a draft with its evidence, and with the files that no statement uses."""
    items = draft_evidence(session, [draft.commitment_id])[draft.commitment_id]
    session.execute(delete(DraftEvidence).where(col(DraftEvidence.commitment_id) == draft.commitment_id))
    drop_files(session, [item.file_id for item in items])
    session.delete(draft)
    session.flush()


def drop_files(session: Session, file_ids: Iterable[int | None]) -> None:
    """Delete files that only drafts used; a file of a statement in the log is never deleted."""
    in_the_log = exists(select(col(Evidence.id)).where(col(Evidence.file_id) == col(EvidenceFile.id)))
    wanted = [file_id for file_id in file_ids if file_id is not None]
    session.execute(delete(EvidenceFile).where(col(EvidenceFile.id).in_(wanted), ~in_the_log))


def _new_draft(context: Context, row_id: int, newest: Progress | None) -> Draft:
    begun_from = newest.id if newest else None
    return Draft(commitment_id=row_id, begun_from_id=begun_from, saved_at=context.now, saved_by=context.author)


def commitment_id(session: Session, commitment: Commitment) -> int:
    """The key of the commitment's row."""
    initiative, party = commitment
    query = select(col(CommitmentRow.id)).where(
        col(CommitmentRow.initiative) == initiative, col(CommitmentRow.party) == party
    )
    row_id: int | None = session.execute(query).scalar()
    if row_id is None:
        raise NotFound(f"There is no commitment {initiative} of {party}.")
    return row_id


def commitment_ids(session: Session) -> dict[Commitment, int]:
    """The keys of all commitments."""
    rows = session.execute(select(*map(col, (CommitmentRow.initiative, CommitmentRow.party, CommitmentRow.id))))
    return {(initiative, party): row_id for initiative, party, row_id in rows}


def columns_of(statement: StatementFields) -> dict[str, Any]:
    """Return the content of a statement as its columns store it (models/store/statement_columns.py)."""
    done = statement.deliverables_done
    return {**statement.content, "deliverables_done": None if done is None else json.dumps(done)}


def stored_fields(row: StatementColumns) -> dict[str, Any]:
    """The fields of a statement, as the columns of a draft or of the log hold them."""
    done = tuple(json.loads(row.deliverables_done)) if row.deliverables_done else None
    return {field: getattr(row, field) for field in ABOUT} | {"deliverables_done": done}


def written_in(row: Draft | Progress) -> StatementFields:
    """Return the content of a draft or statement, without a percent that follows from status or deliverables."""
    content = stored_fields(row)
    given = Status(row.status) in REPORTED_PERCENT if row.status else True
    return StatementFields.model_validate(
        content | ({} if given and content["deliverables_done"] is None else {"percent": None})
    )


def newest_row(session: Session, commitment_row: int) -> Progress | None:
    """Return the last submitted update or nil report that was not withdrawn; a new draft begins with it."""
    query = select(Progress).where(
        col(Progress.commitment_id) == commitment_row,
        col(Progress.kind).in_([Kind.UPDATE, Kind.NIL]),
        col(Progress.submitted_at).is_not(None),
        col(Progress.withdrawn_at).is_(None),
    )
    return session.execute(query.order_by(col(Progress.id).desc()).limit(1)).scalar()


def last_statement(session: Session, commitment: Commitment, *, plan: Plan, now: datetime) -> StatementFields | None:
    """The last statement of the party, cleared or not; a draft is compared with it."""
    latest = latest_statements(session, View(day_of(now, plan), now, Basis.REPORTED)).get(commitment)
    row = session.get(Progress, latest.row) if latest else None
    return written_in(row) if row else None


def version_of_drafts(session: Session) -> int:
    """Return the number of writing transactions, which changes with every change of a draft or its evidence.

    Drafts do not change the data version, so caches of what shows drafts need this number as well.
    """
    return session.execute(select(col(DataVersion.transactions))).scalar() or 0


def draft_evidence(session: Session, commitments: Collection[int]) -> Mapping[int, tuple[EvidenceItem, ...]]:
    """The evidence of drafts, by the key of their commitment, in the order it was added."""
    return _evidence(session, DraftEvidence, "commitment_id", commitments)


def statement_evidence(session: Session, rows: Collection[int]) -> Mapping[int, tuple[EvidenceItem, ...]]:
    """The evidence of statements, by their row in the log."""
    return _evidence(session, Evidence, "progress_id", rows)


def _evidence(
    session: Session, table: type[DraftEvidence] | type[Evidence], owner: str, keys: Collection[int]
) -> Mapping[int, tuple[EvidenceItem, ...]]:
    items: dict[int, tuple[EvidenceItem, ...]] = defaultdict(tuple)
    if keys:
        owned = getattr(table, owner)
        query = (
            select(table, col(EvidenceFile.size))
            .join(EvidenceFile, col(EvidenceFile.id) == col(table.file_id), isouter=True)
            .where(col(owned).in_(keys))
            .order_by(col(table.id))
        )
        for row, size in session.execute(query):
            items[getattr(row, owner)] += (_item(row, size),)
    return items


def _item(row: DraftEvidence | Evidence, size: int | None) -> EvidenceItem:
    stored = {name: getattr(row, name) for name in EvidenceItem.model_fields if name != "size"}
    return EvidenceItem.model_validate(stored | {"size": size})
