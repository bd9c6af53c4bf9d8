"""What is written on a commitment before it is submitted, and how it differs from what was said before.

Every field may be left empty in a draft. A draft in which everything is empty says on purpose that there is nothing to
report: emptying the last field by hand takes the draft away instead (models/progress/drafts.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.core.errors import UpdateRefused
from models.core.text import day, listed
from models.core.vocabulary import ObstacleKind, Request, Status
from models.plan.schema import Initiative
from models.plan.schema_parts import Day, Key
from models.progress.statement import REPORTED_PERCENT, Narrative
from models.progress.steps import step_label

LABELS: Mapping[str, str] = {
    "status": "Status",
    "percent": "How far",
    "deliverables_done": "Deliverables done",
    "narrative": "What happened since",
    "obstacles": "Obstacles",
    "obstacle_kind": "Kind of obstacle",
    "next_step": "Next step",
    "support_needed": "Support needed",
    "proposed_due": "Proposed new due date",
    "requested": "Request to the meeting",
    "request_reason": "Reason for the request",
    "evidence": "Evidence",
}
"""What each field is called, in the order of the card."""

OFFERED = (Status.NOT_STARTED, Status.ONGOING, Status.COMPLETED, Status.SUSPENDED)
"""What can be said at once; that something does not apply is for the meeting to decide."""


class Written(BaseModel):
    """The fields of a statement as far as somebody has written them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Status | None = None
    percent: Annotated[int, Field(strict=True, ge=0, le=99)] | None = None
    deliverables_done: tuple[Key, ...] | None = None
    narrative: Narrative | None = None
    obstacles: Narrative | None = None
    obstacle_kind: ObstacleKind | None = None
    next_step: Narrative | None = None
    support_needed: Narrative | None = None
    proposed_due: Day | None = None
    requested: Request | None = None
    request_reason: Narrative | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self == Written()

    def with_field(self, field: str, value: Any, *, said: "Written | None") -> "Written":
        """The draft with one field as it was just left; `said`, what the party said last, is needed with a status.

        Something under way starts from the step or deliverables reached last; any other status has no step.
        """
        written = _changed(self, field, value)
        if field != "status":
            return written
        if written.status not in REPORTED_PERCENT:
            return written.model_copy(update={"percent": None, "deliverables_done": None})
        before = said or Written()
        reached = written.percent or before.percent or None
        done = written.deliverables_done or before.deliverables_done
        return written.model_copy(update={"percent": reached, "deliverables_done": done})


def _changed(written: Written, field: str, value: Any) -> Written:
    if field not in Written.model_fields:
        raise UpdateRefused(f"{field} is not a field of a statement; reload the page.")
    empty = value is None or (isinstance(value, str) and not value.strip())
    try:
        return Written.model_validate(written.model_dump() | {field: None if empty else value})
    except ValidationError as error:
        told = "; ".join(one["msg"] for one in error.errors())
        raise UpdateRefused(f"{LABELS[field]}: {told}. Shorten or correct it.") from error


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs from what was said before, as people read it; empty for nothing."""

    label: str
    before: str
    after: str


def changes(before: Written, after: Written, initiative: Initiative) -> tuple[Change, ...]:
    """Field by field, in the order of the card, what the draft says otherwise than the last statement."""
    given_by_status = () if after.status in REPORTED_PERCENT else ("percent", "deliverables_done")
    fields = [field for field in LABELS if field in Written.model_fields and field not in given_by_status]
    pairs = ((field, told(field, before, initiative), told(field, after, initiative)) for field in fields)
    return tuple(Change(LABELS[field], old, new) for field, old, new in pairs if old != new)


def told(field: str, written: Written, initiative: Initiative) -> str:
    """One field in words; empty where nothing is written."""
    value = getattr(written, field)
    if value is None:
        return ""
    if field == "percent":
        return step_label(value)
    if field == "deliverables_done":
        return listed([one.title for one in initiative.deliverables if one.key in value]) or "none yet"
    if field == "proposed_due":
        return day(value)
    return str(getattr(value, "label", value))
