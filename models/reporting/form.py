"""The progress form: the matrix everybody knows, one row for each commitment that is owed.

Pure: which columns it has, what a list offers, and what is known of a form when it goes out and when it comes back.
What may stand in a cell is described in form_cells.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.core.vocabulary import Kind, ObstacleKind, Request
from models.plan.schema import Commitment, Initiative
from models.progress.statement import LABELS, OFFERED
from models.progress.steps import STEPS, step_label

FORMAT = "1"
"""Raised when a form written before can no longer be read as it is."""

NOTHING = Kind.NIL.label
"""In the cell of the status: a nil report."""

ADDED: Mapping[str, str] = {"documents": "Evidence to add: document", "links": "Evidence to add: link"}
"""What only adds to the evidence, one a line; what is attached already stays."""

FIELDS: Mapping[str, str] = {**{name: label for name, label in LABELS.items() if name != "evidence"}, **ADDED}
"""The cells to fill in, under the names they have on My updates."""

ABOUT: Mapping[str, str] = {
    "key": "Key",
    "party": "Party",
    "code": "Code",
    "title": "Initiative",
    "due": "Due",
    "deliverables": "Deliverables",
    "cleared": "Last cleared",
    "said": "What it said",
    "note": "Returned: what is missing",
    "evidence": "Evidence so far",
}
"""The locked cells: which commitment it is, and what was said on it."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": (*(one.label for one in OFFERED), NOTHING),
    "percent": tuple(map(step_label, STEPS)),
    "obstacle_kind": tuple(one.label for one in ObstacleKind),
    "requested": tuple(one.label for one in Request),
}
"""What a cell with a list offers."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """Where a form comes from: which database and plan, for which cycle and whom, when."""

    database: str
    plan: str
    edition: str
    cycle: str
    speakers: tuple[str, ...]
    exported_at: datetime


@dataclass(frozen=True, slots=True)
class FormRow:
    """One commitment as the form shows it: the locked texts, the cells to fill in, and the last statement's row."""

    initiative: Initiative
    party: str
    about: Mapping[str, str]
    cells: Mapping[str, str]
    newest: int

    @property
    def commitment(self) -> Commitment:
        """Who must deliver what."""
        return self.initiative.key, self.party

    @property
    def closed(self) -> frozenset[str]:
        """The cells that stay locked: how far follows from the deliverables where there are any."""
        return frozenset({"percent"} if self.initiative.deliverables else {"deliverables_done"})


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be filled in: what it says above and about itself, and its rows in the order of the list."""

    head: FormHead
    banner: str
    advice: tuple[str, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class FilledCell:
    """What somebody left in a cell, as its canonical text; `at` is where the cell stands: K4."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One commitment of a form that came back: its cells, what they held when it went out, and its line."""

    commitment: Commitment
    line: int
    cells: Mapping[str, FilledCell]
    exported: Mapping[str, str]
    newest: int

    @property
    def edited(self) -> tuple[str, ...]:
        """The fields whose cells were changed."""
        return tuple(name for name, cell in self.cells.items() if cell.text != self.exported[name])

    @property
    def is_filled(self) -> bool:
        """Whether it says anything at all."""
        return any(cell.text for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that came back, under the name of its file."""

    name: str
    head: FormHead
    rows: tuple[FilledRow, ...]
