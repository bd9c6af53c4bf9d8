"""Parses the items of a plan one by one, so that a broken item hides no error of another item."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from models.core.errors import Problem
from models.core.vocabulary import Scope
from models.plan.error_messages import problems_of
from models.plan.recognise import Recogniser
from models.plan.schema import Initiative, Plan, PlanHead
from models.plan.schema_parts import Frozen
from models.plan.source import UNPRINTABLE, UNREADABLE, Loc, RawItem, RawPlan, SourceLocation, unprintable

KINDS: dict[str, type[Frozen]] = {
    name: get_args(field.annotation)[0]
    for name, field in Plan.model_fields.items()
    if name not in PlanHead.model_fields
}
"""The lists of the plan, with the model of their items."""


class ParsedItem(NamedTuple):
    """A parsed item of the plan, with its location."""

    item: Any
    place: SourceLocation


@dataclass(slots=True)
class PlanDraft:
    """The parsed items of a plan, its raw content and its problems."""

    raw: RawPlan
    head: ParsedItem | None = None
    items: dict[str, list[ParsedItem]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def items_of(self, kind: str) -> list[ParsedItem]:
        """The parsed items of a list."""
        return self.items.setdefault(kind, [])

    @property
    def initiatives(self) -> Iterator[tuple[Initiative, SourceLocation]]:
        """The parsed initiatives with their locations."""
        return iter(self.items_of("initiatives"))

    def all(self) -> Iterator[ParsedItem]:
        """Every parsed item."""
        return (parsed for kind in KINDS for parsed in self.items_of(kind))


def parse(raw: RawPlan) -> PlanDraft:
    """Return the parsed items of a raw plan with the problems of all; never raises."""
    recogniser = Recogniser(raw)
    if raw.head:
        raw.head = recogniser.item(raw.head, PlanHead)
    for kind, model in KINDS.items():
        raw.items[kind] = [recogniser.item(item, model) for item in raw.items_of(kind)]
    draft = PlanDraft(raw, problems=[*raw.problems, *recogniser.problems])
    if raw.head:
        draft.head = _parsed(PlanHead, raw.head, draft)
    for kind, model in KINDS.items():
        for item in raw.items_of(kind):
            written = _with_defaults(item, raw) if model is Initiative else item
            if parsed := _parsed(model, written, draft):
                draft.items_of(kind).append(parsed)
    return draft


def to_plan(draft: PlanDraft) -> Plan:
    """Return the plan of a draft without problems, everything in the plan's order."""
    assert draft.head is not None  # noqa: S101  # for the type checker: a draft without head has problems
    states = [placed.item.key for placed in draft.items_of("states")]
    lists: dict[str, list[Any]] = {kind: [parsed.item for parsed in draft.items_of(kind)] for kind in KINDS}
    lists["initiatives"] = [
        initiative.model_copy(update={"states": tuple(sorted(initiative.states, key=states.index))})
        for initiative in lists["initiatives"]
    ]
    lists["activities"] = _grouped(lists["activities"], "measure", lists["measures"])
    lists["initiatives"] = _grouped(lists["initiatives"], "activity", lists["activities"])
    return Plan.model_validate({**dict(draft.head.item), **lists})


def _parsed(model: type[Frozen], item: RawItem, draft: PlanDraft) -> ParsedItem | None:
    values = {**item.values, **item.inherited} if isinstance(item.values, dict) else item.values
    unprintable = list(_unprintable(values, item.place))
    draft.problems.extend(unprintable)
    try:
        parsed = model.model_validate(values)
    except ValidationError as error:
        draft.problems.extend(problems_of(error.errors(include_url=False), model, item))
        return None
    return None if unprintable else ParsedItem(parsed, item.place)


def _with_defaults(item: RawItem, raw: RawPlan) -> RawItem:
    """Add the defaults of an initiative: in force from the plan's first day, by all member states."""
    if not isinstance(item.values, dict):
        return item
    defaults = {"in_force_from": _first_day(item, raw)}
    if item.get("scope") == Scope.NATIONAL:
        defaults["states"] = list(dict.fromkeys(key for key, _ in raw.keys("states")))
    return RawItem({**defaults, **item.values}, item.place, item.inherited, item.holds)


def _first_day(item: RawItem, raw: RawPlan) -> Any:
    period = raw.head.get("period") if raw.head else None
    if isinstance(period, dict) and "start" in period:
        return period["start"]
    # A plan without a period is refused; with a substitute the initiative itself can still be checked.
    return item.values.get("start", UNREADABLE)


def _unprintable(value: Any, place: SourceLocation, loc: Loc = ()) -> Iterator[Problem]:
    """Problems of texts with characters that pages, documents or spreadsheets cannot contain."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _unprintable(inner, place, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unprintable(inner, place, (*loc, index))
    elif isinstance(value, str) and (match := UNPRINTABLE.search(value)):
        yield place.problem(loc, unprintable(match[0]), "delete it")


def _grouped(items: list[Any], by: str, groups: list[Any]) -> list[Any]:
    """Items in the order of the groups they belong to; the file's order within a group."""
    position = {group.key: index for index, group in enumerate(groups)}
    return sorted(items, key=lambda item: position[getattr(item, by)])
