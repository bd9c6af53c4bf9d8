"""What happens to a statement once recorded: submitted, cleared, returned, withdrawn; each once, with who and why."""

from datetime import datetime

from sqlmodel import Session

from models.acts.audit import record_act
from models.acts.ledger import APPLICABLE_AGAIN, NOT_APPLICABLE, not_applicable_commitments
from models.rules.errors import NotFound, UpdateRefused
from models.rules.plan import Commitment
from models.rules.words import Kind, Status
from models.store.tables import CommitmentRow, LedgerEntry, Progress


def submit(session: Session, row_id: int, *, person_id: int, now: datetime) -> None:
    """Hand the statement in; a nil report is accepted with that."""
    row = _row(session, row_id)
    _refuse_if(row.submitted_at is not None, "was submitted already; record a new one to correct it")
    _refuse_if(row.withdrawn_at is not None, "was withdrawn; record a new one")
    row.submitted_at = now
    record_act(session, action="submit", subject=_subject(row), now=now, person_id=person_id)


def clear(session: Session, row_id: int, *, person_id: int, now: datetime, reason: str | None = None) -> None:
    """Find the statement complete. Taking a commitment out, or bringing it back, needs a reason and a ledger row."""
    row = _waiting(session, row_id)
    _refuse_if(row.kind == Kind.NIL, "is a nil report, which is accepted at submission; nothing is left to clear")
    commitment = _commitment(session, row)
    leaves = row.status == Status.NOT_APPLICABLE
    if row.kind == Kind.UPDATE and leaves != (commitment in not_applicable_commitments(session)):
        event = NOT_APPLICABLE if leaves else APPLICABLE_AGAIN
        _add_to_ledger(session, row, commitment, event=event, reason=_given(reason, event), now=now)
    row.cleared_at, row.cleared_by = now, person_id
    record_act(session, action="clear", subject=_subject(row), now=now, person_id=person_id, reason=reason)


def return_to_author(session: Session, row_id: int, *, person_id: int, note: str, now: datetime) -> None:
    """Send the statement back with a note that says what is missing."""
    row = _waiting(session, row_id)
    row.returned_at, row.returned_by, row.return_note = now, person_id, _given(note, "returning a statement")
    record_act(session, action="return", subject=_subject(row), now=now, person_id=person_id, reason=note)


def withdraw(session: Session, row_id: int, *, person_id: int, reason: str, now: datetime) -> None:
    """Take the statement back, with a reason; it stays in the log and counts no longer."""
    row = _row(session, row_id)
    _refuse_if(row.submitted_at is None, "was not submitted; there is nothing to withdraw")
    _refuse_if(row.withdrawn_at is not None, "was withdrawn already")
    row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = now, person_id, _given(reason, "withdrawing")
    commitment = _commitment(session, row)
    if row.cleared_at and row.status == Status.NOT_APPLICABLE and commitment in not_applicable_commitments(session):
        _add_to_ledger(session, row, commitment, event=APPLICABLE_AGAIN, reason=reason, now=now)
    record_act(session, action="withdraw", subject=_subject(row), now=now, person_id=person_id, reason=reason)


def _row(session: Session, row_id: int) -> Progress:
    row = session.get(Progress, row_id)
    if row is None:
        message = f"the log has no row {row_id}"
        raise NotFound(message)
    return row


def _waiting(session: Session, row_id: int) -> Progress:
    row = _row(session, row_id)
    _refuse_if(row.submitted_at is None, "was not submitted yet; only a submitted statement can be reviewed")
    _refuse_if(row.cleared_at is not None, "was cleared already")
    _refuse_if(row.returned_at is not None, "was returned already; its author sends a new one")
    _refuse_if(row.withdrawn_at is not None, "was withdrawn")
    return row


def _refuse_if(condition: bool, why: str) -> None:  # noqa: FBT001  # reads as a sentence at every call
    if condition:
        message = f"The statement {why}."
        raise UpdateRefused(message)


def _given(reason: str | None, what: str) -> str:
    if not reason or not reason.strip():
        message = f"A reason is missing: {what} needs one."
        raise UpdateRefused(message)
    return reason.strip()


def _commitment(session: Session, row: Progress) -> Commitment:
    commitment = session.get_one(CommitmentRow, row.commitment_id)
    return commitment.initiative, commitment.party


def _subject(row: Progress) -> str:
    return f"progress {row.id}"


def _add_to_ledger(
    session: Session, row: Progress, commitment: Commitment, *, event: str, reason: str, now: datetime
) -> None:
    session.add(
        LedgerEntry(
            recorded_at=now,
            progress_id=row.id,
            initiative=commitment[0],
            party=commitment[1],
            event=event,
            effective_on=row.valid_on,
            reason=reason,
        )
    )
