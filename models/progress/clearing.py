"""The steps after submission: a statement is cleared, returned or withdrawn, each once, with person and reason.

Every command checks the permission again. Nobody clears their own statement, except one that the secretariat recorded
on behalf of a body or state: that is allowed, and visible.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.errors import FieldError, NotFound, UpdateRefused
from models.core.text import PublicText
from models.core.vocabulary import Kind, Word
from models.people.context import Context
from models.people.permissions import Action
from models.plan.schema import Commitment, name_of
from models.progress.ledger import scope_changes
from models.store.tables import CommitmentRow, Progress


class Life(Word):
    """The state of a statement, with the words of the refusal of a step that the state does not allow."""

    RECORDED = "recorded", "was not submitted yet; only a submitted statement can be reviewed"
    WAITING = "waiting", "was submitted and was not cleared yet"
    ACCEPTED = "accepted", "is a nil report, which is accepted at submission; nothing is left to clear"
    CLEARED = "cleared", "was cleared already"
    RETURNED = "returned", "was returned already; its author sends a new one"
    WITHDRAWN = "withdrawn", "was withdrawn already; its author sends a new one"


STEPS: Mapping[Life, frozenset[Action]] = {
    Life.RECORDED: frozenset(),
    Life.WAITING: frozenset({Action.CLEAR, Action.RETURN, Action.TAKE_BACK}),
    Life.ACCEPTED: frozenset({Action.TAKE_BACK}),
    Life.CLEARED: frozenset({Action.WITHDRAW}),
    Life.RETURNED: frozenset(),
    Life.WITHDRAWN: frozenset(),
}
"""The steps that a statement in each state allows."""


def life_of(row: Progress) -> Life:
    """Return the state of a statement."""
    if row.withdrawn_at is not None:
        return Life.WITHDRAWN
    if row.returned_at is not None:
        return Life.RETURNED
    if row.cleared_at is not None:
        return Life.CLEARED
    if row.submitted_at is None:
        return Life.RECORDED
    return Life.ACCEPTED if row.kind == Kind.NIL else Life.WAITING


def clear(context: Context, row_id: int, *, reason: PublicText | None = None) -> None:
    """Clear a statement. A reason is required if its commitment leaves the count or is counted again."""
    statement = _statement(context.session, row_id)
    _require_clearing(context, statement)
    with scope_changes(context.session, context.now, reason=reason):
        _set_cleared(context, statement, reason)


def clear_many(context: Context, row_ids: Sequence[int]) -> int:
    """Clear all of the statements or none; returns how many. Raises UpdateRefused with the errors of each."""
    statements = _statements(context.session, row_ids)
    errors: list[FieldError | str] = [_no_row(row_id) for row_id in row_ids if row_id not in statements]
    allowed = []
    for statement in (statements[row_id] for row_id in row_ids if row_id in statements):
        try:
            _require_clearing(context, statement)
        except UpdateRefused as refusal:
            errors += refusal.errors
        else:
            allowed.append(statement)
    try:
        with scope_changes(context.session, context.now, reason=None):
            for statement in allowed:
                _set_cleared(context, statement, None)
    except UpdateRefused as refusal:
        errors += refusal.errors
    if errors:
        raise UpdateRefused(*errors, "Nothing was cleared.")
    return len(allowed)


def return_to_author(context: Context, row_id: int, *, note: str) -> None:
    """Return the statement to its author, with a note that says what is missing."""
    statement = _statement(context.session, row_id)
    context.require(Action.RETURN, statement.commitment)
    statement.require_step(Action.RETURN)
    note = statement.given(note, "returning a statement", field="note")
    with scope_changes(context.session, context.now, reason=None):
        row = statement.row
        row.return_note, row.returned_at, row.returned_by = note, context.now, context.user.person_id
    context.record("return", statement.subject, reason=note)


def withdraw(context: Context, row_id: int, *, reason: PublicText | None = None) -> None:
    """Withdraw the statement; it remains in the log and is no longer counted.

    Its author may do so until it is cleared; after that the secretariat, with a reason.
    """
    statement = _statement(context.session, row_id)
    row = statement.row
    if row.cleared_at is None:
        _require_own(context, statement)
        statement.require_step(Action.TAKE_BACK)
    else:
        context.require(Action.WITHDRAW, statement.commitment)
        statement.require_step(Action.WITHDRAW)
        statement.given(reason, "withdrawing what was cleared", field="reason")
    with scope_changes(context.session, context.now, reason=reason):
        row.withdrawn_at, row.withdrawn_by = context.now, context.user.person_id
        row.withdrawal_reason = reason or None
    context.record("withdraw", statement.subject, reason=reason)


def why_not_cleared(context: Context, row: Progress, commitment: Commitment) -> str:
    """Return why `clear` would refuse the statement for this user; empty if it would not."""
    statement = _Statement(row, commitment)
    if Action.CLEAR not in STEPS[life_of(row)]:
        return statement.sentence(life_of(row).label)
    if row.author_id == context.user.person_id and not _on_behalf(context, statement):
        return statement.sentence("is your own; somebody else of the secretariat clears it")
    return ""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A row of the log and the commitment it is about."""

    row: Progress
    commitment: Commitment

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"progress {self.row.id}"

    @property
    def name(self) -> str:
        """The name of its commitment in addresses and tables: I08/KH."""
        return name_of(self.commitment)

    def sentence(self, what: str) -> str:
        """The statement on I08/KH was cleared already."""
        return f"The statement on {self.name} {what}."

    def require_step(self, step: Action) -> None:
        """Raise UpdateRefused unless the state of the statement allows the step."""
        life = life_of(self.row)
        if step not in STEPS[life]:
            raise UpdateRefused(self.sentence(life.label))

    def given(self, reason: str | None, what: str, *, field: str) -> str:
        """Return the reason without the space around it; raises UpdateRefused if there is none."""
        if not reason or not reason.strip():
            raise UpdateRefused(f"A reason is missing on {self.name}: {what} needs one.", field=field)
        return reason.strip()


def _statements(session: Session, row_ids: Iterable[int]) -> dict[int, _Statement]:
    query = select(Progress, col(CommitmentRow.initiative), col(CommitmentRow.party)).join(
        CommitmentRow, col(CommitmentRow.id) == col(Progress.commitment_id)
    )
    rows = session.execute(query.where(col(Progress.id).in_(set(row_ids))))
    return {row.id: _Statement(row, (initiative, party)) for row, initiative, party in rows}


def _statement(session: Session, row_id: int) -> _Statement:
    statement = _statements(session, [row_id]).get(row_id)
    if statement is None:
        raise NotFound(_no_row(row_id))
    return statement


def _no_row(row_id: int) -> str:
    return f"The log has no row {row_id}."


def _require_clearing(context: Context, statement: _Statement) -> None:
    context.require(Action.CLEAR, statement.commitment)
    if why := why_not_cleared(context, statement.row, statement.commitment):
        raise UpdateRefused(why)


def _set_cleared(context: Context, statement: _Statement, reason: PublicText | None) -> None:
    statement.row.cleared_at, statement.row.cleared_by = context.now, context.user.person_id
    context.record("clear", statement.subject, reason=reason)


def _on_behalf(context: Context, statement: _Statement) -> bool:
    """Whether the user wrote it for a body or state for which the user does not report."""
    row = statement.row
    for_another = row.on_behalf_of is not None and row.author_id == context.user.person_id
    return for_another and not context.may(Action.SUBMIT, statement.commitment)


def _require_own(context: Context, statement: _Statement) -> None:
    """Raise unless the user may withdraw the statement as its author, also if it was recorded on behalf of another."""
    action = Action.RECORD_ON_BEHALF if _on_behalf(context, statement) else Action.TAKE_BACK
    context.require(action, statement.commitment)
    if statement.row.author_id != context.user.person_id:
        raise UpdateRefused(statement.sentence("was written by somebody else, who may take it back"))
