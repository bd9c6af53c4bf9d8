"""A row for the progress log as it is entered, imported or submitted (method.md, section 5), and its rules.

An entry is a statement with its commitment, its author and the moments of its steps.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from math import floor
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from models.core.days import Window, outside
from models.core.errors import FieldError
from models.core.mail_address import LONGEST_ADDRESS, folded_address, is_address
from models.core.text import day
from models.core.vocabulary import Kind, Status
from models.plan.calendar import day_of, day_window
from models.plan.editions import InitiativeAt
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day, Key
from models.progress.statement import (
    COMPLETED_PERCENT,
    FIXED_PERCENT,
    LABELS,
    OFFERED,
    REPORTED_PERCENT,
    EvidenceItem,
    StatementFields,
    printable,
    step_label,
)

NEEDS_EVIDENCE, MISSING = "completed needs evidence", "is missing"
PAGE_REMEDIES: Mapping[tuple[str, str], str] = {
    ("evidence", NEEDS_EVIDENCE): "add a link, a file or the reference of a document",
    ("status", MISSING): f"choose {', '.join(status.label for status in OFFERED[:-1])} or {OFFERED[-1].label}",
    ("percent", MISSING): f"choose how far it is, such as {step_label(50)}",
}
"""What to do on a page or in the form, where a value is chosen; an import names the stored values."""


def _moment(value: Any) -> datetime:
    """Read the text of a moment; a number, which could be a year or seconds, is none."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value.strip())
        zoned = moment.astimezone(UTC) if moment.tzinfo else None
    except (AttributeError, ValueError, OverflowError):
        zoned = None
    if zoned is None:
        raise PydanticCustomError("moment", "is not a time with its zone")
    return zoned


def _address(value: str) -> str:
    if not is_address(value):
        raise PydanticCustomError("address", "is not an e-mail address")
    return folded_address(value)


ZonedMoment = Annotated[datetime, BeforeValidator(_moment)]
Email = Annotated[str, StringConstraints(max_length=LONGEST_ADDRESS), AfterValidator(_address)]


class Entry(StatementFields):
    """One row for the log. Null means left out; moments are kept in UTC."""

    ref: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(printable)] | None = None
    kind: Kind = Kind.UPDATE
    initiative: Key
    party: Key
    valid_on: Day
    author: Email
    on_behalf_of: Key | None = None
    cleared_by: Email | None = None
    entered_at: ZonedMoment
    submitted_at: ZonedMoment | None = None
    cleared_at: ZonedMoment | None = None
    returned_at: ZonedMoment | None = None
    withdrawn_at: ZonedMoment | None = None
    replaces: str | None = None
    evidence: tuple[EvidenceItem, ...] = ()

    @property
    def commitment(self) -> Commitment:
        """The commitment it is about."""
        return self.initiative, self.party


def errors_of(
    entry: Entry, plan: Plan, *, now: datetime, initiative_at: InitiativeAt | None = None
) -> Iterator[FieldError]:
    """Yield every error of the entry under the edition in force.

    Percent and deliverables go by the edition known when the row was entered, which `initiative_at` looks up; without
    it the row is entered now.
    """
    zone = ZoneInfo(plan.settings.time_zone)
    yield from _about_days(entry, zone, day_window(plan.period))
    yield from _about_moments(entry, now=now, zone=zone)
    yield from _about_kind(entry.kind, entry)
    yield from _about_status(entry, entry.evidence)
    if entry.on_behalf_of and entry.on_behalf_of not in plan.body.keys() | plan.state.keys():
        yield FieldError(
            "on_behalf_of", f"{entry.on_behalf_of} is neither a body nor a member state", "use a key of the plan"
        )
    initiative = plan.initiative.get(entry.initiative)
    if initiative is None:
        yield FieldError("initiative", f"{entry.initiative} is not in the plan", "use a key such as I01")
        return
    if entry.party not in initiative.parties:
        remedy = f"use {' or '.join(initiative.parties)}"
        yield FieldError("party", f"{entry.party} is not a party of {initiative.key}", remedy)
    known = initiative_at(initiative.key, entry.entered_at) if initiative_at else None
    yield from _about_deliverables(entry, known or initiative)


def _about_days(entry: Entry, zone: ZoneInfo, window: Window) -> Iterator[FieldError]:
    """The days that lie outside the years of the plan."""
    days = {
        "valid_on": entry.valid_on,
        "entered_at": entry.entered_at.astimezone(zone).date(),
        "proposed_due": entry.proposed_due,
    }
    for name, value in days.items():
        if value and (refusal := outside(value, window)):
            yield FieldError(name, *refusal)


def _about_moments(entry: Entry, *, now: datetime, zone: ZoneInfo) -> Iterator[FieldError]:
    earlier_name, earlier = "entered_at", entry.entered_at
    for name in ("submitted_at", "cleared_at", "returned_at", "withdrawn_at"):
        moment: datetime | None = getattr(entry, name)
        if moment is None:
            continue
        if moment < earlier:
            yield FieldError(
                name,
                f"is before {earlier_name}",
                "put the times in order: entered, submitted, cleared or returned, withdrawn",
            )
        earlier_name, earlier = name, max(moment, earlier)
        if entry.submitted_at is None:
            yield FieldError(name, "is given for a row that was never submitted", "give submitted_at")
    if earlier > now:
        yield FieldError(earlier_name, "is in the future", "use the time at which it happened")
    if entry.cleared_at and entry.returned_at:
        yield FieldError("returned_at", "the row is both cleared and returned", "keep one of the two")
    if entry.cleared_by and not entry.cleared_at:
        yield FieldError(
            "cleared_by", "names a person, but cleared_at is left out", "give cleared_at, or leave out cleared_by"
        )
    if entry.valid_on > entry.entered_at.astimezone(zone).date():
        yield FieldError("valid_on", "is after the day it was entered", "use the day on which it was true")


def _about_kind(kind: Kind, entry: StatementFields) -> Iterator[FieldError]:
    if kind is Kind.UPDATE:
        if entry.status is None:
            yield FieldError("status", MISSING, f"give one of {', '.join(Status)}")
        if entry.narrative is None:
            yield FieldError("narrative", "is missing", "say in a sentence what happened")
        return
    if entry.status is not None or entry.percent is not None or entry.deliverables_done is not None:
        yield FieldError("kind", f"a {kind} has neither status nor percent", "leave them out, or make it an update")
    if kind is Kind.REMARK and entry.narrative is None:
        yield FieldError("narrative", "is missing", "a remark is a sentence")


def _about_status(entry: StatementFields, evidence: Sequence[EvidenceItem]) -> Iterator[FieldError]:
    if entry.status is Status.NOT_APPLICABLE and entry.percent is not None:
        yield FieldError("percent", "does not go with not_applicable", "leave it out")
    elif entry.status in FIXED_PERCENT and entry.percent not in {None, FIXED_PERCENT[entry.status]}:
        yield FieldError("percent", f"{entry.percent} does not go with {entry.status}", "leave it out")
    elif entry.status in REPORTED_PERCENT and entry.percent == COMPLETED_PERCENT:
        yield FieldError("percent", f"100 does not go with {entry.status}", "use status completed, or 0 to 99")
    if entry.status is Status.COMPLETED and not evidence:
        yield FieldError("evidence", NEEDS_EVIDENCE, "add a link or the reference of a document")


def _about_deliverables(entry: StatementFields, initiative: Initiative) -> Iterator[FieldError]:
    known = {item.key for item in initiative.deliverables}
    for key in sorted(set(entry.deliverables_done or ()) - known):
        yield FieldError(
            "deliverables_done", f"{key} is not a deliverable of {initiative.key}", "use the keys of the plan"
        )
    if entry.status not in REPORTED_PERCENT:
        if (
            entry.status is Status.COMPLETED
            and entry.deliverables_done is not None
            and known - set(entry.deliverables_done)
        ):
            yield FieldError(
                "deliverables_done", "completed, but some are not marked done", "mark them done, or use ongoing"
            )
        return
    computed = percent_of(entry, initiative)
    if computed is None:
        yield FieldError("percent", MISSING, f"say how far, 0 to 99: {entry.status} does not fix it")
    elif entry.percent not in {None, computed}:
        yield FieldError(
            "percent", f"{entry.percent} disagrees with the deliverables done ({computed})", "leave it out"
        )


def percent_of(entry: StatementFields, initiative: Initiative) -> int | None:
    """The percent the log keeps: fixed by the status, computed from the deliverables done, or as reported."""
    if entry.status not in REPORTED_PERCENT:
        return FIXED_PERCENT.get(entry.status) if entry.status else None
    if not initiative.deliverables:
        return entry.percent
    done = set(entry.deliverables_done or ())
    total = sum((item.weight for item in initiative.deliverables), Fraction(0))
    reached = sum((item.weight for item in initiative.deliverables if item.key in done), Fraction(0))
    return min(floor(100 * reached / total), COMPLETED_PERCENT - 1)


def submission(
    written: StatementFields,
    evidence: tuple[EvidenceItem, ...],
    commitment: Commitment,
    *,
    author: str,
    on_behalf_of: str | None,
    plan: Plan,
    now: datetime,
    replaces: str | None = None,
) -> Entry:
    """Return the entry of a draft that is submitted now; an empty draft becomes a nil report."""
    nothing = written.is_empty and not evidence
    return Entry(
        kind=Kind.NIL if nothing else Kind.UPDATE,
        initiative=commitment[0],
        party=commitment[1],
        valid_on=day_of(now, plan),
        author=author,
        on_behalf_of=on_behalf_of,
        entered_at=now,
        submitted_at=now,
        replaces=None if nothing else replaces,
        evidence=evidence,
        **written.content,
    )


def submission_errors(entry: Entry, plan: Plan, *, now: datetime) -> Iterator[FieldError]:
    """Yield every error that prevents submission, each with its field and remedy."""
    yield from _in_words_of_the_page(errors_of(entry, plan, now=now))
    if entry.initiative in plan.initiative:
        yield from _about_proposals(entry, plan.initiative[entry.initiative], entry.party)


def draft_errors(
    statement: StatementFields, evidence: Sequence[EvidenceItem], initiative: Initiative, party: str
) -> Iterator[FieldError]:
    """Yield every error of a draft that prevents submission; an empty draft has none."""
    if statement.is_empty and not evidence:
        return
    yield from _in_words_of_the_page(
        (
            *_about_kind(Kind.UPDATE, statement),
            *_about_status(statement, evidence),
            *_about_deliverables(statement, initiative),
        )
    )
    yield from _about_proposals(statement, initiative, party)


def _in_words_of_the_page(errors: Iterable[FieldError]) -> Iterator[FieldError]:
    for field, what, remedy in errors:
        yield FieldError(field, what, PAGE_REMEDIES.get((field, what), remedy))


def _about_proposals(statement: StatementFields, initiative: Initiative, party: str) -> Iterator[FieldError]:
    if statement.requested and not statement.request_reason:
        yield FieldError("request_reason", "is missing", "say why the meeting should decide it")
    if statement.request_reason and not statement.requested:
        yield FieldError("requested", "is missing", "choose what the meeting should decide, or empty the reason")
    if statement.proposed_due is not None and statement.proposed_due <= initiative.start:
        yield FieldError("proposed_due", f"is not after the start, {day(initiative.start)}", "propose a later day")
    if statement.proposed_due == initiative.due_for(party):
        yield FieldError("proposed_due", "is the due date already", "propose another day, or leave it empty")


def labelled(error: FieldError, about: str = "") -> FieldError:
    """Return the error with the label that the field has on card and form; `about` names the commitment."""
    message = f"{LABELS.get(error.field, error.field)} {error.message}"
    return error._replace(message=f"{about}: {message}" if about else message)
