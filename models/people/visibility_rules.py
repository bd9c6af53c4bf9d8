"""The visibility policy: which details of the plan's reporting each audience sees, and how the rest is removed.

Pages, files of evidence and documents of an audience use the same table. Figures, dates, wording, who leads, and the
status and percentage of each party are for everybody. The fields of a model name their detail (`Restricted`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from models.core.vocabulary import Role, Word
from models.people.permissions import User


class Display(Word):
    """The audience of a page or report; the values are those of `--display`."""

    SECRETARIAT = "secretariat", "Secretariat"
    MEETING = "meeting", "Meeting"
    PUBLIC = "public", "Public"


class Detail(Word):
    """A detail that is not public."""

    NARRATIVE = "narrative", "what a party said in words, and its next step"
    OBSTACLES = "obstacles", "the obstacles a party names, and the support it needs"
    PROPOSALS = "proposals", "the dates a party proposes, and what it asks the meeting to decide"
    RESTRICTED_EVIDENCE = "restricted_evidence", "evidence that was not opened to visitors"
    PARTIES = "parties", "which member state said what, entered or left the count"
    OWED = "owed", "who still owes a report"
    CORRECTIONS = "corrections", "what the meeting corrected in its paper"
    DECISIONS = "decisions", "the decisions and action points of meetings"
    PAPER_HEAD = "paper_head", "agenda item, document number, classification and the action requested of the meeting"
    PERSONS = "persons", "who wrote a statement and who cleared it"
    NOT_CLEARED = "not_cleared", "what was submitted and is not cleared"
    QUESTIONS = "questions", "the questions the chair may wish to ask"


_PUBLIC = frozenset({Detail.PARTIES})
_MEETING = _PUBLIC | {
    Detail.NARRATIVE,
    Detail.OBSTACLES,
    Detail.PROPOSALS,
    Detail.RESTRICTED_EVIDENCE,
    Detail.OWED,
    Detail.CORRECTIONS,
    Detail.DECISIONS,
    Detail.PAPER_HEAD,
}

VISIBLE_DETAILS: Mapping[Display, frozenset[Detail]] = {
    Display.SECRETARIAT: frozenset(Detail),
    Display.MEETING: _MEETING,
    Display.PUBLIC: _PUBLIC,
}
"""Everything that is not listed is hidden."""


def shows(display: Display, detail: Detail) -> bool:
    """Whether the audience sees the detail."""
    return detail in VISIBLE_DETAILS[display]


def display_of(user: User) -> Display:
    """Return the audience of a user: secretariat, meeting for any other role, public without a role."""
    if any(assignment.role is Role.SECRETARIAT for assignment in user.roles):
        return Display.SECRETARIAT
    return Display.MEETING if user.roles else Display.PUBLIC


def displays_of(user: User) -> tuple[Display, ...]:
    """Return the audiences for which a user may have a report: the user's own first, then every more limited one."""
    order = list(Display)
    return tuple(order[order.index(display_of(user)) :])


@dataclass(frozen=True, slots=True)
class Restricted:
    """The detail of a field of a model, and the value that replaces it for an audience that does not see the detail.

    `keeps` decides for each item of a list whether that audience sees the item nevertheless.
    """

    detail: Detail
    blank: Any = None
    keeps: Callable[[Any], bool] | None = None


M = TypeVar("M", bound=BaseModel)


def redact(item: M, display: Display) -> M:
    """Return a copy without the details that the audience does not see, of any model with restricted fields."""
    hidden = [(name, rule) for name, rule in _rules(type(item)) if not shows(display, rule.detail)]
    update = {
        name: tuple(filter(rule.keeps, getattr(item, name))) if rule.keeps else rule.blank for name, rule in hidden
    }
    return item.model_copy(update=update)


def redact_all(items: Iterable[M], display: Display) -> tuple[M, ...]:
    """Return each item without the details that the audience does not see."""
    return tuple(redact(item, display) for item in items)


@cache
def _rules(model: type[BaseModel]) -> tuple[tuple[str, Restricted], ...]:
    """The restricted fields of a model; other metadata with a detail counts, too."""
    return tuple(
        (name, rule if isinstance(rule, Restricted) else Restricted(rule.detail))
        for name, field in model.model_fields.items()
        for rule in field.metadata
        if getattr(rule, "detail", None) is not None
    )
