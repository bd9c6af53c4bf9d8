"""The progress form: the matrix everybody knows, one row for each commitment that is owed.

Every cell has one canonical text, empty for nothing: so what was exported, what was edited and what is saved now can be
compared. Values are read as every door reads them (models/core): a day where it can be one only, within the years of
the plan.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from models.core.days import ANY_DAY, Window, read_day
from models.core.errors import Problem
from models.core.folding import folded, quoted
from models.core.names import name_table, split_names
from models.core.text import day, tidy
from models.core.values import ValueRefused, read_address, read_percent, read_text
from models.core.vocabulary import Kind, Request, Status
from models.plan.error_messages import advice_on
from models.plan.schema import Commitment, Initiative
from models.progress.statement import (
    ABOUT,
    STATUS_WORDS,
    About,
    EvidenceItem,
    StatementFields,
    choices,
    step_label,
)

FORMAT = "1"
"""Raised when a form written before can no longer be read as it is."""

FACTS = ("format", "database", "plan", "edition", "cycle", "for", "exported at")
"""Where a form comes from: whose it is, and the moment in UTC."""

NOTHING = Kind.NIL.label
"""In the cell of the status: a nil report."""

NONE_YET = "none"
"""In the cell of the deliverables: none is done. An empty cell reports nothing about them."""

ADDED = {"documents": "Evidence to add: document", "links": "Evidence to add: link"}
"""What only adds to the evidence, one a line; what is attached already stays."""

FIELDS: Mapping[str, About] = {**ABOUT, **{name: About(label) for name, label in ADDED.items()}}
"""The cells to fill in, under the names they have on My updates."""

KEYS = ("key", "party")
"""The columns that say which commitment a row is."""

LOCKED: Mapping[str, About] = {
    "key": About("Key", form_width=6),
    "party": About("Party", form_width=8),
    "code": About("Code", form_width=7),
    "title": About("Initiative", form_width=26),
    "due": About("Due", form_width=13),
    "deliverables": About("Deliverables", form_width=24),
    "cleared": About("Last cleared"),
    "said": About("What it said", form_width=28),
    "note": About("Returned: what is missing"),
    "evidence": About("Evidence so far"),
}
"""The cells that say which commitment it is, and what was reported on it."""

MATRIX = "Progress"
"""The sheet to fill in."""

_STEP = re.compile(r"([0-9]{1,3}) [^0-9%]+")
"""A step is known by its number: its words may have changed since the form was exported."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One commitment of a form: its cells by column, what they held when it was exported, and its line.

    `newest` is the row of the last statement at that time; `places` has the place of each cell in the file.
    """

    commitment: Commitment
    cells: Mapping[str, str]
    newest: int
    exported: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def edited(self) -> tuple[str, ...]:
        """The fields whose cells were changed."""
        return tuple(name for name in FIELDS if self.cells[name] != self.exported[name])

    @property
    def place(self) -> str:
        """The place of its key."""
        return self.places.get("key", "")

    @property
    def is_filled(self) -> bool:
        """Whether it says anything at all."""
        return any(self.cells[name] for name in FIELDS)


class NotTaken(NamedTuple):
    """Words in a form that are not taken: their place, what is there, and the words."""

    place: str
    what: str
    words: str

    def __str__(self) -> str:
        return f"Not taken: {self.place}, {self.what}: “{self.words}”"


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be filled in, or one that came back: its facts (FACTS), and its rows in the order of the list.

    `advice` is how to fill it in, a paragraph a line, the banner first. Of one that came back: `name` is the file,
    `rows` what can be taken, `problems` why the other rows cannot be, and `not_taken` what is written outside the cells
    to fill in. `window` holds the days that a proposed date may have.
    """

    facts: Mapping[str, str]
    rows: tuple[FormRow, ...]
    advice: tuple[str, ...] = ()
    name: str = ""
    problems: tuple[Problem, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    window: Window = ANY_DAY

    @property
    def speakers(self) -> tuple[str, ...]:
        """The bodies and states it was made for."""
        return tuple(self.facts["for"].split("; "))

    def problem(self, row: FormRow, name: str, what: str, remedy: str) -> Problem:
        """Return a problem with one cell."""
        return Problem(self.name, row.line, f"{FIELDS[name].label}: {what}", remedy, row.places.get(name, ""))


def cells_of(written: StatementFields, *, nothing: bool = False) -> dict[str, str]:
    """What is written, cell by cell; `nothing` is the mark that there is nothing to report."""
    fields = {name: cell_text(name, getattr(written, name, None)) for name in FIELDS}
    return fields | {"status": NOTHING} if nothing else fields


def cell_text(name: str, value: Any) -> str:
    """Return the canonical text of a value."""
    if value is None:
        return ""
    if name == "percent":
        return step_label(value)
    if name == "deliverables_done":
        return "; ".join(value) or NONE_YET
    if isinstance(value, date):
        return value.isoformat()
    return tidy(str(getattr(value, "label", value)))


CHOICES: Mapping[str, tuple[str, ...]] = {
    name: (*(cell_text(name, value) for value in about.offered), *([NOTHING] if name == "status" else []))
    for name, about in ABOUT.items()
    if about.offered
}
"""What a cell with a list offers."""


def shown(name: str, text: str) -> str:
    """The text of a cell as a difference shows it."""
    return day(date.fromisoformat(text)) if name == "proposed_due" and text else text


def value_of(name: str, text: str) -> Any:
    """What the canonical text of a cell says in a draft; None for an empty one."""
    if not text or (name == "status" and text == NOTHING):
        return None
    if name == "percent":
        return int(text.partition(" ")[0])
    if name in CHOICES:
        return next(word for word in type(ABOUT[name].offered[0]) if word.label == text)
    if name == "deliverables_done":
        return () if text == NONE_YET else tuple(text.split("; "))
    return date.fromisoformat(text) if name == "proposed_due" else text


def in_words_of_today(name: str, text: str) -> str:
    """The canonical text of what a form held as it went out; raises ValueError or StopIteration for nonsense."""
    value = value_of(name, text)
    return text if value is None else cell_text(name, value)


def attached(name: str, text: str) -> tuple[EvidenceItem, ...]:
    """The evidence that a cell adds, one a line; visitors may read it once cleared, as with what is typed on a page."""
    lines = filter(None, map(str.strip, text.split("\n")))
    key = {"documents": "document", "links": "url"}[name]
    return tuple(EvidenceItem.model_validate({key: line, "public": True}) for line in lines)


def read_cell(name: str, content: Any, initiative: Initiative, exported: str, window: Window = ANY_DAY) -> str:
    """Return the canonical text of what somebody left in a cell; raises ValueRefused where it cannot be taken.

    `content` is what the cell shows, `window` the days that a date may have.
    """
    if not folded(content):
        return ""
    if isinstance(content, str) and tidy(content) == exported:
        return exported
    match name:
        case "percent":
            text = _percent(content, initiative, exported)
        case "deliverables_done":
            text = _deliverables(content, initiative)
        case "proposed_due":
            text = read_day(content, window).isoformat()
        case "links":
            text = "\n".join(map(read_address, _text(content).split("\n")))
        case _:
            text = _choice(name, content, exported) if name in CHOICES else _text(content)
    _check(name, text)
    return text


def _check(name: str, text: str) -> None:
    """Held against what a draft takes: how long, and what an address looks like."""
    try:
        if name in ADDED:
            attached(name, text)
        else:
            StatementFields.model_validate({name: value_of(name, text)})
    except ValidationError as error:
        if name == "links":
            raise ValueRefused("is not an address on the web", "write it whole, with https://, one a line") from error
        raise ValueRefused(*advice_on(error.errors()[0])) from error


def _text(content: Any) -> str:
    if isinstance(content, date):
        raise ValueRefused(f"“{day(content)}” is a date and not a text", "format the cell as text, and type it again")
    return tidy(read_text(content))


def _choice(name: str, content: Any, exported: str) -> str:
    wanted = folded(content).strip(" .!")
    for choice in CHOICES[name]:
        if wanted in _words(name, choice):
            return choice
    if name == "status" and wanted in _words(name, Status.NOT_APPLICABLE.label):
        if exported == Status.NOT_APPLICABLE.label:
            return exported
        remedy = f"choose “{Request.NOT_APPLICABLE.label}” under “{FIELDS['requested'].label}”"
        raise ValueRefused("that it does not apply is for the meeting to decide", remedy)
    raise ValueRefused(f"{quoted(content)} is not in the list", f"choose {_alternatives(CHOICES[name])}")


def _words(name: str, choice: str) -> set[str]:
    """What people write for a choice."""
    more = (words for word, words in STATUS_WORDS.items() if name == "status" and word.label == choice)
    return {folded(choice), *(word for words in more for word in words)}


def _percent(content: Any, initiative: Initiative, exported: str) -> str:
    if initiative.deliverables:
        raise ValueRefused("how far follows from the deliverables done here", "empty the cell")
    remedy = f"choose {_alternatives(CHOICES['percent'])}"
    try:
        number = int(step[1]) if (step := _STEP.fullmatch(folded(content))) else read_percent(content)
    except ValueRefused as refused:
        raise ValueRefused(refused.what, remedy) from None
    if number in choices(int(exported.partition(" ")[0]) if exported else None):
        return step_label(number)
    raise ValueRefused(f"{quoted(content)} is not a step", remedy)


def _deliverables(content: Any, initiative: Initiative) -> str:
    known = name_table((item.key, (item.title,)) for item in initiative.deliverables)
    if not known:
        raise ValueRefused("this initiative has no deliverables", "empty the cell")
    if folded(content) in {NONE_YET, "none yet"}:
        return NONE_YET
    keys = [item.key for item in initiative.deliverables]
    done = split_names(str(content), known)
    for name in done:
        if name not in keys:
            remedy = f"use {_alternatives((*keys, NONE_YET))}, with semicolons between them"
            raise ValueRefused(f"{quoted(name)} is not a deliverable of {initiative.key}", remedy)
    return "; ".join(key for key in keys if key in done)


def _alternatives(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
