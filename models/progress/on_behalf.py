"""Statements that a body or state sent by e-mail or on a sheet, and that the secretariat records for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from models.core.errors import FieldError, NotPermitted, UpdateRefused
from models.core.text import PublicText
from models.core.vocabulary import Kind
from models.people.context import Context
from models.people.permissions import Action, assignment_of, commitments_of
from models.plan.schema import Commitment, Plan, name_of
from models.progress.clearing import clear
from models.progress.drafts import keep_file
from models.progress.entry import Entry, labelled, submission, submission_errors
from models.progress.log import add_rows
from models.progress.statement import LABELS, EvidenceItem, StatementFields
from models.store.tables import Person

Upload = tuple[str, bytes]
"""An uploaded file: its name and its content."""


@dataclass(frozen=True, slots=True)
class Received:
    """A received statement: who made it, on which commitment, the day on which it was true, and how it arrived.

    `fields` has the fields of a draft by name; without any, there is nothing to report. `came_with` names the e-mail or
    sheet, `file_id` is its stored file if there is one, `also` is the evidence that the sheet itself names.
    """

    speaker: str
    commitment: Commitment
    fields: Mapping[str, Any]
    valid_on: date
    came_with: str
    url: str | None = None
    file_id: int | None = None
    also: tuple[EvidenceItem, ...] = ()


def record_on_behalf(
    context: Context,
    received: Received,
    *,
    file: Upload | None = None,
    cleared: bool = False,
    reason: PublicText | None = None,
) -> int:
    """Submit a received statement, and clear it at once if `cleared`; returns its key in the log.

    The officer is the author, and the statement is that of the body or state; the e-mail or sheet is its evidence, and
    `file` its content if it is not stored yet. `reason` is for the public ledger: without one, UpdateRefused on the
    field `reason` if clearing changes what is counted.
    """
    context.require(Action.RECORD_ON_BEHALF, received.commitment)
    if file is not None:
        file_id, _ = keep_file(context, *file)
        received = replace(received, file_id=file_id)
    entry = _submission(context, received)
    errors = [labelled(error) for error in _errors(entry, context.plan, context.now)]
    if errors:
        raise UpdateRefused(*errors)
    row_id = add_rows(context.session, [entry]).start
    context.record("record on behalf", f"progress {row_id}", after={"on_behalf_of": received.speaker})
    if cleared and entry.kind is Kind.UPDATE:
        clear(context, row_id, reason=reason)
    return row_id


def spoken_for(speaker: str, plan: Plan) -> tuple[Commitment, ...]:
    """The commitments that a body or state reports on, in the plan's order."""
    return tuple(commitments_of(assignment_of(speaker, plan), plan))


def _submission(context: Context, received: Received) -> Entry:
    entry = submission(
        _written(received.fields),
        (_evidence(received), *received.also),
        received.commitment,
        author=_author(context),
        on_behalf_of=received.speaker,
        plan=context.plan,
        now=context.now,
    )
    # An entry with evidence is never empty, so that `submission` makes it an update.
    kind = Kind.UPDATE if received.fields else Kind.NIL
    return entry.model_copy(update={"kind": kind, "valid_on": received.valid_on})


def _written(fields: Mapping[str, Any]) -> StatementFields:
    written = StatementFields()
    for name, value in sorted(fields.items(), key=lambda pair: list(LABELS).index(pair[0])):
        written = written.with_field(name, value, previous=None)
    return written


def _evidence(received: Received) -> EvidenceItem:
    try:
        return EvidenceItem(document=received.came_with, url=received.url or None, file_id=received.file_id)
    except ValidationError as error:
        raise UpdateRefused(
            "Evidence is missing; name the e-mail or sheet it came with, and give a link only if it starts with https://."
        ) from error


def _author(context: Context) -> str:
    person = context.session.get(Person, context.user.person_id) if context.user.person_id is not None else None
    if person is None or person.email is None:
        raise NotPermitted("Sign in first: what is recorded needs an author.")
    return person.email


def _errors(entry: Entry, plan: Plan, now: datetime) -> Iterator[FieldError]:
    yield from submission_errors(entry, plan, now=now)
    if entry.commitment not in spoken_for(entry.on_behalf_of or "", plan):
        name = name_of(entry.commitment)
        yield FieldError("Body or state", f"{entry.on_behalf_of} does not report on {name}", "choose who does")
