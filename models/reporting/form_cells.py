"""What may stand in a cell of the progress form, and what it says in a draft.

Every cell has one canonical text, empty for nothing: so what was exported, what was edited and what stands now can be
compared. Lists are read whatever the case of their letters; a date must be one, and no text that looks like it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from models.core.text import day
from models.core.vocabulary import ObstacleKind, Request, Status, Word
from models.plan.schema import Initiative
from models.progress.statement import EvidenceItem, StatementFields
from models.progress.steps import choices, step_label
from models.reporting.form import ADDED, CHOICES, FIELDS, NOTHING

NONE_YET = "none"
"""Of the deliverables: said on purpose, where an empty cell says nothing."""

WORDS: Mapping[str, type[Word]] = {"status": Status, "obstacle_kind": ObstacleKind, "requested": Request}
MAX_UNITS = 32_767
"""The longest text a cell holds, counted as Excel counts."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STEP = re.compile(r"(\d{1,3})\D*", re.ASCII)
"""A step is known by its number: its words may have changed since the form was exported."""


class Refusal(NamedTuple):
    """Why a cell cannot be read, and what to do about it."""

    what: str
    remedy: str


def tidy(text: str) -> str:
    """A text as a cell can hold it, whatever program kept it meanwhile."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    kept = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", lines).strip()
    while len(kept.encode("utf-16-le")) > 2 * MAX_UNITS:
        kept = f"{kept[: len(kept) * 9 // 10].rstrip()}…"
    return kept


def cells_of(written: StatementFields, *, nothing: bool = False) -> dict[str, str]:
    """What is written, cell by cell; `nothing` is the mark that there is nothing to report."""
    fields = {name: _told(name, getattr(written, name, None)) for name in FIELDS}
    return fields | {"status": NOTHING} if nothing else fields


def _told(field: str, value: Any) -> str:
    if value is None:
        return ""
    if field == "percent":
        return step_label(value)
    if field == "deliverables_done":
        return "; ".join(value) or NONE_YET
    if isinstance(value, date):
        return value.isoformat()
    return tidy(str(getattr(value, "label", value)))


def shown(field: str, text: str) -> str:
    """The text of a cell as a difference tells it."""
    return day(date.fromisoformat(text)) if field == "proposed_due" and text else text


def value_of(field: str, text: str) -> Any:
    """What the canonical text of a cell says in a draft; None for an empty one."""
    if not text or (field == "status" and text == NOTHING):
        return None
    if field in WORDS:
        return next(one for one in WORDS[field] if one.label == text)
    if field == "percent":
        return int(text.partition(" ")[0])
    if field == "deliverables_done":
        return () if text == NONE_YET else tuple(text.split("; "))
    return date.fromisoformat(text) if field == "proposed_due" else text


def in_words_of_today(field: str, text: str) -> str:
    """The canonical text of what a form held as it went out; raises ValueError or StopIteration for nonsense."""
    value = value_of(field, text)
    return text if value is None else _told(field, value)


def attached(field: str, text: str) -> tuple[EvidenceItem, ...]:
    """The evidence that a cell adds, one a line; visitors may read it once cleared, as with what is typed on a page."""
    lines = filter(None, map(str.strip, text.split("\n")))
    name = {"documents": "document", "links": "url"}[field]
    return tuple(EvidenceItem.model_validate({name: line, "public": True}) for line in lines)


def read_cell(field: str, content: Any, initiative: Initiative, exported: str) -> str | Refusal:
    """The canonical text of what somebody left in a cell, or why it cannot be taken."""
    if content is None or (isinstance(content, str) and not tidy(content)):
        return ""
    if isinstance(content, str) and tidy(content) == exported:
        return exported
    read = _READERS.get(field, _text)(field, content, initiative, exported)
    return read if isinstance(read, Refusal) else _checked(field, read)


def _checked(field: str, text: str) -> str | Refusal:
    """Held against what a draft takes: how long, and what an address looks like."""
    try:
        if field in ADDED:
            attached(field, text)
        else:
            StatementFields.model_validate({field: value_of(field, text)})
    except ValidationError as error:
        if field == "links":
            return Refusal("is not an address on the web", "write it whole, with https://, one a line")
        return Refusal("; ".join(one["msg"] for one in error.errors()), "shorten or correct it")
    return text


def _text(_field: str, content: Any, _initiative: Initiative, _exported: str) -> str | Refusal:
    if isinstance(content, bool) or not isinstance(content, (str, int, float)):
        return Refusal(f"{_quoted(content)} is not a text", "format the cell as text, and type it again")
    return tidy(str(content))


def _choice(field: str, content: Any, _initiative: Initiative, exported: str) -> str | Refusal:
    wanted = tidy(str(content)).casefold()
    found = next((one for one in CHOICES[field] if one.casefold() == wanted), None)
    if found is None and field == "status" and wanted == Status.NOT_APPLICABLE.label.casefold() != exported.casefold():
        ask = f"choose “{Request.NOT_APPLICABLE.label}” under “{FIELDS['requested']}”"
        return Refusal("that it does not apply is for the meeting to decide", ask)
    return found or Refusal(f"{_quoted(content)} is not in the list", f"choose {_one_of(CHOICES[field])}")


def _percent(_field: str, content: Any, initiative: Initiative, exported: str) -> str | Refusal:
    if initiative.deliverables:
        return Refusal("how far follows from the deliverables done here", "empty the cell")
    is_whole = isinstance(content, int) or (isinstance(content, float) and content.is_integer())
    told = tidy(str(int(content) if is_whole else content))
    present = int(exported.partition(" ")[0]) if exported else None
    found = _STEP.fullmatch(told)
    if found and int(found[1]) in choices(present):
        return step_label(int(found[1]))
    return Refusal(f"{_quoted(content)} is not a step", f"choose {_one_of(CHOICES['percent'])}")


def _deliverables(_field: str, content: Any, initiative: Initiative, _exported: str) -> str | Refusal:
    known = [one.key for one in initiative.deliverables]
    if not known:
        return Refusal("this initiative has no deliverables", "empty the cell")
    said = [part for part in map(str.strip, re.split("[;,\n]", str(content))) if part]
    if [part.casefold() for part in said] == [NONE_YET]:
        return NONE_YET
    unknown = sorted(set(said) - set(known))
    if unknown:
        allowed = f"use {_one_of((*known, NONE_YET))}, with semicolons between them"
        return Refusal(f"{_quoted(unknown[0])} is not a deliverable of {initiative.key}", allowed)
    return "; ".join(key for key in known if key in said)


def _date(_field: str, content: Any, _initiative: Initiative, _exported: str) -> str | Refusal:
    if isinstance(content, datetime) and content.time() == datetime.min.time():
        content = content.date()
    if isinstance(content, date) and not isinstance(content, datetime):
        return content.isoformat()
    told = f"{_quoted(content)} is {'a text and ' if isinstance(content, str) else ''}not a date"
    return Refusal(told, "format the cell as a date, and type it again, such as 31-Dec-2028")


_READERS: Mapping[str, Callable[[str, Any, Initiative, str], str | Refusal]] = {
    "status": _choice,
    "percent": _percent,
    "deliverables_done": _deliverables,
    "obstacle_kind": _choice,
    "proposed_due": _date,
    "requested": _choice,
}


def _quoted(content: Any) -> str:
    told = " ".join(tidy(str(content)).split())
    return f"“{told if len(told) <= 40 else f'{told[:40]}…'}”"


def _one_of(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
