"""The statement: what a party says about a commitment. One content model for everything that contains a statement.

Draft, log row, import line, form row, snapshot, history, report cell and card iterate over these fields. A new field is
a row here, a column in models/store/statement_columns.py and its migration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from models.core.errors import FieldError, UpdateRefused
from models.core.folding import folded, kept
from models.core.text import day, listed
from models.core.vocabulary import Kind, ObstacleKind, Request, Status
from models.people.visibility_rules import Detail
from models.plan.error_messages import advice_on
from models.plan.schema import Commitment, Initiative
from models.plan.schema_parts import Day, Key, Url

COMPLETED_PERCENT = 100
FIXED_PERCENT = {Status.COMPLETED: COMPLETED_PERCENT, Status.NOT_STARTED: 0}
REPORTED_PERCENT = frozenset({Status.ONGOING, Status.SUSPENDED})

OFFERED = (Status.NOT_STARTED, Status.ONGOING, Status.COMPLETED, Status.SUSPENDED)
"""The statuses a party can choose; only the meeting decides that a commitment does not apply."""

STATUS_WORDS: Mapping[Status | Kind, tuple[str, ...]] = {
    Status.NOT_STARTED: ("not yet started", "not begun", "not yet begun", "yet to start", "not commenced"),
    Status.ONGOING: ("on going", "on-going", "in progress", "in-progress", "under way", "underway", "started"),
    Status.COMPLETED: ("complete", "done", "finished", "fully completed"),
    Status.SUSPENDED: ("on hold", "on-hold", "paused", "halted"),
    Status.NOT_APPLICABLE: ("n/a", "n.a", "na", "does not apply"),
    Kind.NIL: ("no change", "no changes", "unchanged", "nothing new", "no update", "nil", "nil report"),
}
"""What people write for a status, or for nothing to report, besides its label: in small letters."""

EVIDENCE = "Evidence"

STEPS: Mapping[int, str] = {
    10: "work plan agreed",
    25: "drafting begun",
    50: "draft circulated",
    75: "text agreed",
    90: "adopted, roll-out under way",
}
"""What was reached at each defined step of ongoing work, for bodies and member states.

Pages offer these five, since a free percentage of "convergence of laws" says little; 100 comes only with "completed".
The log keeps the percentage, and imports may give any.
"""


def printable(value: str) -> str:
    """Refuse the NUL character, which no database keeps."""
    if "\x00" in value:
        raise PydanticCustomError("nul", "contains a character that is not allowed")
    return value


Narrative = Annotated[
    str,
    StringConstraints(max_length=20_000, min_length=1, strip_whitespace=True),
    AfterValidator(printable),
    BeforeValidator(lambda words: kept(words) if isinstance(words, str) else words),
]


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of a field of a statement.

    `label` is its name on card, form and in messages; `column` and `meaning` its name and dictionary entry in data
    files (none for what they give otherwise); `detail` who sees it (None for everybody); `form_width` the width of its
    column in the Excel form, in characters; `imported` whether a line of `progress import` may carry it (method.md,
    section 5); `offered` the values of a list to choose from.
    """

    label: str
    detail: Detail | None = None
    column: str = ""
    meaning: str = ""
    form_width: int = 20
    imported: bool = True
    offered: tuple[Any, ...] = ()


class StatementFields(BaseModel):
    """The content of a statement; every field may be empty in a draft.

    A draft in which every field is empty means that there is nothing to report. `percent` is 0 to 99, left out if it
    follows from the status or the deliverables.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Annotated[Status | None, About("Status", form_width=14, offered=OFFERED)] = None
    percent: Annotated[
        Annotated[int, Field(strict=True, ge=0, le=100)] | None,
        About("How far", form_width=16, offered=tuple(STEPS)),
    ] = None
    deliverables_done: Annotated[tuple[Key, ...] | None, About("Deliverables done")] = None
    narrative: Annotated[
        Narrative | None,
        About("What happened since", Detail.NARRATIVE, "What was done", "the party's words", 34, 60),
    ] = None
    obstacles: Annotated[Narrative | None, About("Obstacles", Detail.OBSTACLES, "Obstacles", "the party's words")] = (
        None
    )
    obstacle_kind: Annotated[
        ObstacleKind | None,
        About(
            "Kind of obstacle",
            Detail.OBSTACLES,
            "Kind of obstacle",
            "one of a closed list",
            13,
            offered=tuple(ObstacleKind),
        ),
    ] = None
    next_step: Annotated[Narrative | None, About("Next step", Detail.NARRATIVE, "Next step", "the party's words")] = (
        None
    )
    support_needed: Annotated[
        Narrative | None,
        About("Support needed", Detail.OBSTACLES, "Support needed", "the party's words"),
    ] = None
    proposed_due: Annotated[
        Day | None,
        About(
            "Proposed new due date",
            Detail.PROPOSALS,
            "Proposed due",
            "a later due date the meeting is asked for",
            13,
            imported=False,
        ),
    ] = None
    requested: Annotated[
        Request | None,
        About(
            "Request to the meeting",
            Detail.PROPOSALS,
            "Requested",
            "what else the meeting is asked to decide",
            13,
            imported=False,
            offered=tuple(Request),
        ),
    ] = None
    request_reason: Annotated[
        Narrative | None,
        About("Reason for the request", Detail.PROPOSALS, "Reason", "why", imported=False),
    ] = None

    @property
    def content(self) -> Mapping[str, Any]:
        """Every field of the statement and its value, in the order of the card."""
        return {name: getattr(self, name) for name in ABOUT}

    @property
    def is_empty(self) -> bool:
        """Whether every field is empty."""
        return all(value is None for value in self.content.values())

    def with_field(self, field: str, value: Any, *, previous: "StatementFields | None") -> "StatementFields":
        """Return the statement with a new value of one field; `previous`, the party's last one, is used with a status.

        Ongoing work starts from the last step or deliverables; any other status has none. Raises UpdateRefused for an
        invalid value, with the field's label.
        """
        written = self._with_value(field, value)
        if field != "status":
            return written
        if written.status not in REPORTED_PERCENT:
            return written.model_copy(update={"percent": None, "deliverables_done": None})
        before = previous or StatementFields()
        reached = written.percent or before.percent or None
        done = written.deliverables_done or before.deliverables_done
        return written.model_copy(update={"percent": reached, "deliverables_done": done})

    def _with_value(self, field: str, value: Any) -> "StatementFields":
        if field not in ABOUT:
            raise UpdateRefused(f"{field} is not a field of a statement; reload the page.")
        empty = value is None or (isinstance(value, str) and not folded(value))
        try:
            return StatementFields.model_validate({**self.content, field: None if empty else value})
        except ValidationError as error:
            advice = (advice_on(problem) for problem in error.errors())
            errors = (FieldError(field, f"{LABELS[field]}: {what}", remedy) for what, remedy in advice)
            raise UpdateRefused(*errors) from error


ABOUT: Mapping[str, About] = {
    name: next(item for item in field.metadata if isinstance(item, About))
    for name, field in StatementFields.model_fields.items()
}
"""Every field of a statement, in the order of the card."""

LABELS: Mapping[str, str] = {name: about.label for name, about in ABOUT.items()} | {"evidence": EVIDENCE}
"""The label of each field, and of the evidence, on card, form and in messages."""


class EvidenceItem(BaseModel):
    """One item of the evidence of a statement: a link, the reference of a document, or a file.

    `file_id` is the key of the stored file; `id` that of the stored item, which addresses of /api/evidence contain;
    `size` that of the file in bytes, if it was queried. `public` means that visitors may read it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Narrative | None = None
    url: Url | None = None
    document: Narrative | None = None
    file_id: int | None = None
    public: bool = False
    id: int | None = None
    size: int | None = None

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.url is None and self.document is None and self.file_id is None:
            raise PydanticCustomError("evidence", "has neither link, document nor file")
        return self

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the item's row, without its key."""
        return self.model_dump(exclude={"id", "size"})

    @property
    def name(self) -> str:
        """Its title, else the document or the link."""
        return self.title or self.document or self.url or ""

    @property
    def file(self) -> int | None:
        """The number of its file in addresses of /api/evidence; None if it is not a file."""
        return self.id if self.file_id is not None else None


@dataclass(frozen=True, slots=True)
class Statement:
    """The latest counting update of a commitment: its content, the day it was true, and its row in the log."""

    row: int
    status: Status
    percent: int
    valid_on: date
    deliverables_done: tuple[str, ...] = ()


Latest = Mapping[Commitment, Statement]
"""The latest row of each commitment that has one."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs from the statement before, in words; empty if it has no value."""

    label: str
    before: str
    after: str


def differences(before: StatementFields, after: StatementFields, initiative: Initiative) -> Iterator[FieldChange]:
    """Yield the fields in which two statements differ, in the order of the card."""
    for field in ABOUT:
        old, new = (field_text(field, statement, initiative) for statement in (before, after))
        if old != new:
            yield FieldChange(LABELS[field], old, new)


def changes(before: StatementFields, after: StatementFields, initiative: Initiative) -> tuple[FieldChange, ...]:
    """Return the changes of a draft from the last statement, without a percent that follows from the new status."""
    given = () if after.status in REPORTED_PERCENT else (LABELS["percent"], LABELS["deliverables_done"])
    return tuple(change for change in differences(before, after, initiative) if change.label not in given)


def step_label(percent: int) -> str:
    """Return a step as text: 50 draft circulated; another percentage as a percentage."""
    return f"{percent} {STEPS[percent]}" if percent in STEPS else f"{percent} %"


def choices(present: int | None) -> tuple[int, ...]:
    """Return the steps to choose from, with the present percentage if it is not a step."""
    return tuple(sorted({*STEPS, *([present] if present is not None else [])}))


def field_text(field: str, statement: StatementFields, initiative: Initiative) -> str:
    """Return one field in words; empty if it has no value."""
    value = getattr(statement, field)
    if value is None:
        return ""
    if field == "percent":
        return step_label(value)
    if field == "deliverables_done":
        return listed([item.title for item in initiative.deliverables if item.key in value]) or "none yet"
    if field == "proposed_due":
        return day(value)
    return str(getattr(value, "label", value))
