"""What a page hands in for the log: an entry with what an import line does not carry (method.md, section 5)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from models.core.text import day
from models.core.vocabulary import Kind, Request
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day
from models.progress.draft_fields import Written
from models.progress.statement import Complaint, Entry, EvidenceItem, Narrative, complaints

ADD_EVIDENCE = "add a link, a file or the reference of a document"


class Attached(EvidenceItem):
    """An item of evidence from a page: a link, the reference of a document, or a file; for visitors too, or not."""

    file_id: int | None = None
    public: bool = False

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.url is None and self.document is None and self.file_id is None:
            raise PydanticCustomError("evidence", "has neither link, document nor file")
        return self


class Submission(Entry):
    """A row of the log as a page hands it in: proposals and requests become decisions sought of the meeting."""

    proposed_due: Day | None = None
    requested: Request | None = None
    request_reason: Narrative | None = None
    evidence: tuple[Attached, ...] = ()


def submission(
    written: Written,
    evidence: tuple[Attached, ...],
    commitment: Commitment,
    *,
    author: str,
    on_behalf_of: str | None,
    plan: Plan,
    now: datetime,
    replaces: str | None = None,
) -> Submission:
    """The row that a draft becomes when it is submitted now; a draft that says nothing becomes a nil report."""
    nothing = written.is_empty and not evidence
    return Submission(
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
        **written.model_dump(),
    )


def submission_complaints(entry: Submission, plan: Plan, *, now: datetime) -> Iterator[Complaint]:
    """Everything that speaks against submitting it, each with its field and remedy."""
    for field, what, remedy in complaints(entry, plan, now=now):
        yield field, what, ADD_EVIDENCE if field == "evidence" else remedy
    if entry.requested and not entry.request_reason:
        yield "request_reason", "is missing", "say why the meeting should decide it"
    if entry.request_reason and not entry.requested:
        yield "requested", "is missing", "choose what the meeting should decide, or empty the reason"
    initiative = plan.initiative.get(entry.initiative)
    if initiative is not None and entry.proposed_due is not None:
        yield from _about_proposed_due(entry, initiative)


def _about_proposed_due(entry: Submission, initiative: Initiative) -> Iterator[Complaint]:
    if entry.proposed_due is not None and entry.proposed_due <= initiative.start:
        yield "proposed_due", f"is not after the start, {day(initiative.start)}", "propose a later day"
    if entry.proposed_due == initiative.due_for(entry.party):
        yield "proposed_due", "is the due date already", "propose another day, or leave it empty"
