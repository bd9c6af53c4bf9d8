"""Writing a draft: each field is stored when it is left. Drafts belong to the commitment, not to the person.

Each act asks for the permission itself. Writing a draft adds nothing to the audit trail and moves no data version: no
figure hangs on it, and while many people type, what is kept for readers would be thrown away with every field. The
draft names who saved it last and when, a file who brought it, and submitting is audited. Taking away what was written
is audited too, since nothing else would tell.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, exists, select

from models.core.errors import NotPermitted, UpdateRefused
from models.core.vocabulary import Kind
from models.people.permissions import Action, Reader, require
from models.plan.schema import Commitment, Plan
from models.progress.draft_fields import Written
from models.progress.drafts_read import (
    commitment_id,
    draft_evidence,
    newest_row,
    said_last,
    statement_evidence,
    written_in,
)
from models.store.audit_write import record_act
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile
from models.store.tables import Evidence, Progress


def save_field(
    session: Session, reader: Reader, commitment: Commitment, field: str, value: Any, *, plan: Plan, now: datetime
) -> Written:
    """Store one field as it was left, and give back what the draft says now. An emptied draft is gone."""
    draft = open_draft(session, reader, commitment, plan=plan, now=now)
    said = said_last(session, commitment, plan=plan, now=now) if field == "status" else None
    written = written_in(draft).with_field(field, value, said=said)
    put(draft, written, reader, now)
    if written.is_empty and not draft_evidence(session, [draft.commitment_id]):
        session.delete(draft)
    return written


def discard(session: Session, reader: Reader, commitment: Commitment, *, plan: Plan, now: datetime) -> None:
    """Take the draft away with its evidence; what was submitted stays as it is.

    The mark that there is nothing to report holds nobody's words, so that taking it back leaves no trace.
    """
    require(reader, Action.DRAFT, plan=plan, commitment=commitment)
    draft = session.get(Draft, commitment_id(session, commitment))
    if draft is None:
        return
    if not written_in(draft).is_empty or draft_evidence(session, [draft.commitment_id]):
        audit(session, reader, commitment, action="discard draft", now=now)
    remove_draft(session, draft)


def report_nothing(
    session: Session, reader: Reader, commitments: Iterable[Commitment], *, plan: Plan, now: datetime
) -> None:
    """Mark commitments as unchanged: drafts that say nothing, sent as nil reports, and discarded until then."""
    for commitment in commitments:
        require(reader, Action.DRAFT, plan=plan, commitment=commitment)
        row_id = commitment_id(session, commitment)
        if session.get(Draft, row_id) is not None:
            raise UpdateRefused(f"{name_of(commitment)} has a draft; submit it, or discard it first.")
        session.add(_new_draft(row_id, newest_row(session, row_id), reader, now))


def open_draft(session: Session, reader: Reader, commitment: Commitment, *, plan: Plan, now: datetime) -> Draft:
    """The commitment's draft; a new one begins with what was returned, so that nothing is typed twice."""
    require(reader, Action.DRAFT, plan=plan, commitment=commitment)
    row_id = commitment_id(session, commitment)
    draft = session.get(Draft, row_id)
    if draft is not None:
        return draft
    newest = newest_row(session, row_id)
    draft = _new_draft(row_id, newest, reader, now)
    session.add(draft)
    if newest is not None and is_returned_update(newest):
        put(draft, written_in(newest), reader, now)
        session.flush()
        _copy_evidence(session, newest, draft)
    session.flush()
    return draft


def is_returned_update(row: Progress) -> bool:
    """Whether the statement was sent back, so that its author should take it up again."""
    return row.kind == Kind.UPDATE and row.returned_at is not None


def put(draft: Draft, written: Written, reader: Reader, now: datetime) -> None:
    """Set what the draft says, when it was saved and by whom."""
    for field, value in written.model_dump(exclude={"deliverables_done"}).items():
        setattr(draft, field, value)
    done = written.deliverables_done
    draft.deliverables_done = None if done is None else json.dumps(done)
    draft.saved_at, draft.saved_by = now, person_of(reader)


def person_of(reader: Reader) -> int:
    """The key of the person who acts."""
    if reader.person_id is None:
        raise NotPermitted("Sign in first: what is written needs an author.")
    return reader.person_id


def name_of(commitment: Commitment) -> str:
    """As addresses and tables name it: I08/KH."""
    return "/".join(commitment)


def audit(
    session: Session,
    reader: Reader,
    commitment: Commitment,
    *,
    action: str,
    now: datetime,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add the audit event of an act on a commitment."""
    subject = name_of(commitment)
    record_act(session, action=action, subject=subject, now=now, person_id=reader.person_id, after=after)


def remove_draft(session: Session, draft: Draft) -> None:
    """Take a draft away with its evidence, and with the files that no statement rests on."""
    items = draft_evidence(session, [draft.commitment_id])[draft.commitment_id]
    session.execute(delete(DraftEvidence).where(col(DraftEvidence.commitment_id) == draft.commitment_id))
    drop_files(session, [one.attached.file_id for one in items])
    session.delete(draft)
    session.flush()


def drop_files(session: Session, file_ids: Iterable[int | None]) -> None:
    """Delete files that belonged to a draft only; what a statement in the log rests on stays for ever."""
    in_the_log = exists(select(Evidence.id).where(col(Evidence.file_id) == col(EvidenceFile.id)))
    wanted = [one for one in file_ids if one is not None]
    session.execute(delete(EvidenceFile).where(col(EvidenceFile.id).in_(wanted), ~in_the_log))


def _copy_evidence(session: Session, row: Progress, draft: Draft) -> None:
    for one in statement_evidence(session, [row.id or 0])[row.id or 0]:
        session.add(DraftEvidence(commitment_id=draft.commitment_id, **one.attached.model_dump()))


def _new_draft(row_id: int, newest: Progress | None, reader: Reader, now: datetime) -> Draft:
    begun_from = newest.id if newest else None
    return Draft(commitment_id=row_id, begun_from_id=begun_from, saved_at=now, saved_by=person_of(reader))
