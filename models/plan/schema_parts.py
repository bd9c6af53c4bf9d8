"""The context of the plan: states, bodies, partners, meetings and documents.

Lists of facts, each with its source; the roll-up needs only the keys and the dates of membership.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from models.core.days import read_day
from models.core.values import ValueRefused, read_address, read_number, read_truth, read_whole

KEY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
Key = Annotated[str, StringConstraints(pattern=KEY.pattern)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://\S+$", max_length=2000),
    BeforeValidator(lambda text: read_address(text) if isinstance(text, str) else text),
]


@dataclass(frozen=True, slots=True)
class In:
    """A key of an item in another list of the plan."""

    kind: str


BodyKey = Annotated[Key, In("bodies")]
StateKey = Annotated[Key, In("states")]
PartnerKey = Annotated[Key, In("partners")]
MeetingKey = Annotated[Key, In("meetings")]


def read_by(read: Callable[[Any], Any], *, unless: tuple[type, ...] = ()) -> BeforeValidator:
    """A type that is read as every door reads it; a value that already has one of the types in `unless` is kept."""

    def validate(value: Any) -> Any:
        try:
            return value if type(value) in unless else read(value)
        except ValueRefused as refused:
            advice = {"what": refused.what, "remedy": refused.remedy}
            raise PydanticCustomError(REFUSED, "{what}; {remedy}", advice) from None

    return BeforeValidator(validate)


REFUSED = "refused"
"""The type of an error that carries what is wrong and the remedy."""


def _exact(value: Any) -> Fraction:
    """The decimal as written, so that 0.1 is exactly one tenth and not the nearest binary fraction."""
    return Fraction(read_number(value))


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


FOUNDED = 1967
"""The year in which ASEAN was founded."""


@dataclass(frozen=True, slots=True)
class OfHistory:
    """Marks a day that may lie before the plan: when a state joined, a document was signed, a thing was observed."""


Day = Annotated[date, read_by(read_day)]
HistoricDay = Annotated[Day, OfHistory()]
WholeNumber = Annotated[int, read_by(read_whole, unless=(int,)), Field(strict=True)]
Count = Annotated[WholeNumber, Field(ge=0, le=100_000)]
Year = Annotated[WholeNumber, Field(ge=FOUNDED, le=2100)]
Flag = Annotated[bool, read_by(read_truth, unless=(bool,)), Field(strict=True)]
Weight = Annotated[Fraction, read_by(_exact, unless=(Fraction,)), PlainSerializer(_number), Field(gt=0, le=1000)]
Dates = Annotated[Mapping[StateKey, Day], AfterValidator(MappingProxyType), PlainSerializer(dict)]


class Frozen(BaseModel):
    """A part of the plan: unknown keys are refused, values keep their type, and it cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, arbitrary_types_allowed=True)


def is_model(annotation: Any) -> bool:
    """Whether values of a type have parts with names."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


class Period(Frozen):
    """The period of the plan; first and last day are included."""

    start: Day
    end: Day


class Settings(Frozen):
    """The settings of the figures (method.md): the time zone of days, and the points (0-100) for at risk."""

    time_zone: Text = "Asia/Jakarta"
    at_risk_points: Annotated[WholeNumber, Field(ge=1, le=100)] = 20


class ExpectedCounts(Frozen):
    """How many measures, activities and initiatives the plan must have, so that a lost line is detected."""

    measures: Count
    activities: Count
    initiatives: Count


class Office(Frozen):
    """A member state's IP office; its abbreviation is never a key, since three states share one."""

    name: Text
    abbreviation: Text | None = None
    under: Text | None = None
    remit: Text | None = None


class MemberState(Frozen):
    """A member state of ASEAN; its key is the ISO 3166 alpha-2 code."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Text
    formal_name: Text
    alpha3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    member_from: HistoricDay
    offices: tuple[Office, ...] = ()
    note: Text | None = None
    sources: tuple[Url, ...] = ()


class Officer(Frozen):
    """The state that holds an office of a body, as of a date and according to a source."""

    role: Literal["chair", "vice_chair"]
    state: StateKey
    as_of: HistoricDay
    source: Url
    note: Text | None = None


class Body(Frozen):
    """A body that leads or supports initiatives: the working group, a task force or a network."""

    key: Key
    name: Text
    kind: Literal["working_group", "task_force", "network"]
    status: Literal["active", "historical"] = "active"
    founded: Year | None = None
    remit: Text | None = None
    officers: tuple[Officer, ...] = ()
    note: Text | None = None
    sources: tuple[Url, ...] = ()


class Theme(Frozen):
    """A theme of the upgraded framework agreement or a priority area of the plan's page."""

    key: Key
    title: Text
    group: Literal["afaipc", "priority_area"]
    source_quote: Text


class IpRight(Frozen):
    """A kind of intellectual property right named in the sources of the plan."""

    key: Key
    title: Text


class Partner(Frozen):
    """An office, organisation or association outside the member states that gives support."""

    key: Key
    name: Text
    abbreviation: Text | None = None
    kind: Literal["ip_office", "organisation", "association"]
    through: Text | None = None
    note: Text | None = None
    sources: tuple[Url, ...] = ()


class Cooperation(Frozen):
    """A programme or arrangement with a partner: of ASEAN together, or bilateral and outside the plan."""

    key: Key
    title: Text
    level: Literal["regional", "bilateral"]
    within_plan: Flag
    status: Literal["active", "ended", "not_known"]
    summary: Text
    states: tuple[StateKey, ...] = ()
    partners: tuple[PartnerKey, ...] = ()
    others: tuple[Text, ...] = ()
    year: Year | None = None
    source_quote: Text | None = None
    sources: tuple[Url, ...] = ()


class Platform(Frozen):
    """A regional platform, service or common text that initiatives build on."""

    key: Key
    name: Text
    kind: Literal["work_sharing", "database", "training", "guidelines"]
    part_of: Annotated[Key, In("platforms")] | None = None
    since: Year | None = None
    turnaround_months: Annotated[WholeNumber, Field(ge=1, le=120)] | None = None
    summary: Text
    source_quotes: tuple[Text, ...] = ()
    sources: tuple[Url, ...] = ()


class Meeting(Frozen):
    """A meeting of a body, last day included; `provisional` dates follow the usual calendar and are not announced."""

    key: Key
    body: BodyKey
    number: Annotated[WholeNumber, Field(ge=1)]
    start: Day
    end: Day
    place: Text | None = None
    provisional: Flag = False
    note: Text | None = None
    sources: tuple[Url, ...] = ()

    @property
    def name(self) -> str:
        """The usual short name: AWGIPC 77."""
        return f"{self.body} {self.number}"


class WatchNote(Frozen):
    """An observation in a watched sector, with its date and source."""

    on: HistoricDay
    text: Text
    source: Url


class WatchItem(Frozen):
    """Another ASEAN sector whose IP-related work AWGIPC follows."""

    key: Key
    title: Text
    source_quote: Text | None = None
    notes: tuple[WatchNote, ...] = ()


class Document(Frozen):
    """A key document, agreement, plan, page or address."""

    key: Key
    title: Text
    kind: Literal["agreement", "plan", "page", "publication", "contact"]
    dated: HistoricDay | None = None
    status: Text | None = None
    url: Url | None = None
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    note: Text | None = None
    source_quote: Text | None = None
    sources: tuple[Url, ...] = ()
