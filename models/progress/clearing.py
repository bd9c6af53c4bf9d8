"""What happens to a statement once recorded: submitted, cleared, returned, withdrawn; each once, with who and why.

Every act asks again whether the person may do it. Nobody clears what they wrote themselves, except what the
secretariat recorded on behalf of a body or state: that is allowed, and shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.core.errors import NotFound, UpdateRefused
from models.core.vocabulary import Kind, Status
from models.people.context import Context
from models.people.permissions import Action
from models.plan.schema import Commitment
from models.progress.ledger import APPLICABLE_AGAIN, NOT_APPLICABLE, not_applicable_commitments
from models.store.tables import CommitmentRow, LedgerEntry, Progress


def submit(context: Context, row_id: int) -> None:
    """Hand the statement in; a nil report is accepted with that."""
    found = _found(context.session, row_id)
    _require_writer(context, found, Action.SUBMIT)
    found.refuse_if(found.row.submitted_at is not None, "was submitted already; record a new one to correct it")
    found.refuse_if(found.row.withdrawn_at is not None, "was withdrawn; record a new one")
    found.row.submitted_at = context.now
    context.record("submit", found.subject)


def clear(context: Context, row_id: int, *, reason: str | None = None) -> None:
    """Find the statement complete. Taking a commitment out, or bringing it back, needs a reason and a ledger row."""
    found = _found(context.session, row_id)
    context.require(Action.CLEAR, found.commitment)
    _refuse_unless_waiting(found)
    found.refuse_if(
        found.row.kind == Kind.NIL, "is a nil report, which is accepted at submission; nothing is left to clear"
    )
    own = found.row.author_id == context.user.person_id and not _on_behalf(context, found)
    found.refuse_if(own, "is your own; somebody else of the secretariat clears it")
    leaves = found.row.status == Status.NOT_APPLICABLE
    if found.row.kind == Kind.UPDATE and leaves != (found.commitment in not_applicable_commitments(context.session)):
        event = NOT_APPLICABLE if leaves else APPLICABLE_AGAIN
        _add_to_ledger(context.session, found, event=event, reason=found.given(reason, event), now=context.now)
    found.row.cleared_at, found.row.cleared_by = context.now, context.user.person_id
    context.record("clear", found.subject, reason=reason)


def clear_many(context: Context, row_ids: Iterable[int]) -> int:
    """Clear all of the statements or none; returns how many. Raises UpdateRefused with what stands against each."""
    against = []
    done = 0
    for row_id in row_ids:
        try:
            clear(context, row_id)
        except (UpdateRefused, NotFound) as refusal:
            against.append(str(refusal))
        else:
            done += 1
    if against:
        raise UpdateRefused("\n".join([*against, "Nothing was cleared."]))
    return done


def return_to_author(context: Context, row_id: int, *, note: str) -> None:
    """Send the statement back with a note that says what is missing."""
    found = _found(context.session, row_id)
    context.require(Action.RETURN, found.commitment)
    _refuse_unless_waiting(found)
    found.row.return_note = found.given(note, "returning a statement")
    found.row.returned_at, found.row.returned_by = context.now, context.user.person_id
    context.record("return", found.subject, reason=note)


def withdraw(context: Context, row_id: int, *, reason: str = "") -> None:
    """Take the statement back; it stays in the log and counts no longer.

    Before it is cleared its author does so; afterwards the secretariat, with a reason.
    """
    found = _found(context.session, row_id)
    row = found.row
    if row.cleared_at is None:
        _require_writer(context, found, Action.TAKE_BACK)
        found.refuse_if(row.author_id != context.user.person_id, "was written by somebody else, who may take it back")
    else:
        context.require(Action.WITHDRAW, found.commitment)
        found.given(reason, "withdrawing what was cleared")
    found.refuse_if(row.submitted_at is None, "was not submitted; there is nothing to withdraw")
    found.refuse_if(row.withdrawn_at is not None, "was withdrawn already")
    row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = (
        context.now,
        context.user.person_id,
        reason.strip() or None,
    )
    out = not_applicable_commitments(context.session)
    if row.cleared_at and row.status == Status.NOT_APPLICABLE and found.commitment in out:
        _add_to_ledger(context.session, found, event=APPLICABLE_AGAIN, reason=reason, now=context.now)
    context.record("withdraw", found.subject, reason=reason)


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of the log and the commitment it is about."""

    row: Progress
    commitment: Commitment

    @property
    def subject(self) -> str:
        """As the audit trail names it."""
        return f"progress {self.row.id}"

    @property
    def name(self) -> str:
        """As addresses and tables name its commitment: I08/KH."""
        return "/".join(self.commitment)

    def refuse_if(self, condition: bool, why: str) -> None:  # noqa: FBT001  # reads as a sentence at every call
        if condition:
            raise UpdateRefused(f"The statement on {self.name} {why}.")

    def given(self, reason: str | None, what: str) -> str:
        """The reason without the space around it; there must be one."""
        if not reason or not reason.strip():
            raise UpdateRefused(f"A reason is missing on {self.name}: {what} needs one.")
        return reason.strip()


def _found(session: Session, row_id: int) -> _Found:
    row = session.get(Progress, row_id)
    if row is None:
        raise NotFound(f"The log has no row {row_id}.")
    commitment = session.get_one(CommitmentRow, row.commitment_id)
    return _Found(row, (commitment.initiative, commitment.party))


def _on_behalf(context: Context, found: _Found) -> bool:
    """Whether the person wrote it for a body or state for which they do not report themselves."""
    for_another = found.row.on_behalf_of is not None and found.row.author_id == context.user.person_id
    return for_another and not context.may(Action.SUBMIT, found.commitment)


def _require_writer(context: Context, found: _Found, action: Action) -> None:
    """What somebody recorded on behalf of another is theirs to hand in and to take back."""
    asked = Action.RECORD_ON_BEHALF if _on_behalf(context, found) else action
    context.require(asked, found.commitment)


def _refuse_unless_waiting(found: _Found) -> None:
    row = found.row
    found.refuse_if(row.submitted_at is None, "was not submitted yet; only a submitted statement can be reviewed")
    found.refuse_if(row.cleared_at is not None, "was cleared already")
    found.refuse_if(row.returned_at is not None, "was returned already; its author sends a new one")
    found.refuse_if(row.withdrawn_at is not None, "was withdrawn")


def _add_to_ledger(session: Session, found: _Found, *, event: str, reason: str, now: datetime) -> None:
    initiative, party = found.commitment
    session.add(
        LedgerEntry(
            recorded_at=now,
            progress_id=found.row.id,
            initiative=initiative,
            party=party,
            event=event,
            effective_on=found.row.valid_on,
            reason=reason,
        )
    )
