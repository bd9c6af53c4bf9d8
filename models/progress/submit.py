"""The submission of drafts: each becomes a row of the log; all of them or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.core.errors import FieldError, UpdateRefused
from models.core.vocabulary import Kind
from models.people.context import Context
from models.people.permissions import Action, assignment_for
from models.plan.schema import Commitment, name_of
from models.progress.drafts import (
    commitment_id,
    draft_evidence,
    is_returned_update,
    newest_row,
    remove_draft,
    written_in,
)
from models.progress.entry import Entry, labelled, submission, submission_errors
from models.progress.log import add_rows
from models.store.reporting_tables import Draft
from models.store.tables import Person


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """The result of a submission: the number of updates and of nil reports."""

    updates: int
    nils: int


def submit_drafts(
    context: Context, commitments: Sequence[Commitment], *, seen_at: datetime | None = None
) -> SubmitResult:
    """Turn the drafts into submitted statements and nil reports.

    `seen_at` is the moment (UTC) at which the user opened the differences: what another person wrote later is refused.
    Raises UpdateRefused with every error; then nothing was submitted.
    """
    drafts = [_draft(context, commitment) for commitment in commitments]
    errors: list[FieldError | str] = [*_unseen(context, commitments, drafts, seen_at)]
    author = context.session.get_one(Person, context.author).email or ""
    pairs = zip(commitments, drafts, strict=True)
    entries = [_submission(context, commitment, draft, author) for commitment, draft in pairs]
    errors += [
        labelled(error, name_of(entry.commitment))
        for entry in entries
        for error in submission_errors(entry, context.plan, now=context.now)
    ]
    if errors:
        raise UpdateRefused(*errors)
    rows = add_rows(context.session, entries)
    for commitment, draft, row in zip(commitments, drafts, rows, strict=True):
        context.record("submit", name_of(commitment), after={"row": row})
        remove_draft(context.session, draft)
    nils = sum(entry.kind is Kind.NIL for entry in entries)
    return SubmitResult(len(entries) - nils, nils)


def _draft(context: Context, commitment: Commitment) -> Draft:
    context.require(Action.SUBMIT, commitment)
    draft = context.session.get(Draft, commitment_id(context.session, commitment))
    if draft is None:
        raise UpdateRefused(f"{name_of(commitment)} no longer has a draft; somebody else submitted or discarded it.")
    return draft


def _unseen(
    context: Context, commitments: Sequence[Commitment], drafts: Sequence[Draft], seen_at: datetime | None
) -> Iterator[str]:
    """The errors for what another person wrote after the differences were shown."""
    if seen_at is None:
        return
    for commitment, draft in zip(commitments, drafts, strict=True):
        newest = newest_row(context.session, draft.commitment_id)
        if draft.saved_at > seen_at and draft.saved_by != context.user.person_id:
            yield f"{name_of(commitment)}: somebody else changed the draft after you opened the differences."
        if newest and newest.submitted_at and newest.submitted_at > seen_at:
            yield f"{name_of(commitment)}: somebody else reported after you opened the differences."


def _submission(context: Context, commitment: Commitment, draft: Draft, author: str) -> Entry:
    newest = newest_row(context.session, draft.commitment_id)
    assignment = assignment_for(context.user, plan=context.plan, commitment=commitment)
    return submission(
        written_in(draft),
        draft_evidence(context.session, [draft.commitment_id])[draft.commitment_id],
        commitment,
        author=author,
        on_behalf_of=assignment.scope if assignment else None,
        plan=context.plan,
        now=context.now,
        replaces=newest.ref if newest and is_returned_update(newest) else None,
    )
