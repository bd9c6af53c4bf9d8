"""A form that came back, cell by cell against two others: what it held when it went out, and what stands now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.core.vocabulary import Word
from models.plan.schema import Commitment
from models.progress.draft_fields import Written
from models.progress.statement import REPORTED_PERCENT
from models.reporting.form import ADDED, FIELDS, NOTHING, FilledRow
from models.reporting.form_cells import shown, value_of

GIVEN_BY_STATUS = ("percent", "deliverables_done")
"""What only goes with something under way: a step left over from before is dropped, as on the page."""

CellKey = tuple[Commitment, str]
"""One cell of a form: its commitment and its field."""


class Verdict(Word):
    """What becomes of a cell."""

    UNCHANGED = "unchanged", "Unchanged"
    TAKEN = "taken", "Taken from the form"
    CONFLICT = "conflict", "Changed on both sides"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One edited cell: where it stands, its three texts, and what becomes of it."""

    commitment: Commitment
    field: str
    at: str
    exported: str
    edited: str
    now: str
    verdict: Verdict

    @property
    def key(self) -> CellKey:
        """Which cell it is."""
        return self.commitment, self.field


def shown_change(one: CellChange) -> str:
    """I02/KH Status: “Ongoing”, was nothing."""
    edited, exported, now = (_quoted(one.field, text) for text in (one.edited, one.exported, one.now))
    both = f", and {now} by somebody else" if one.verdict is Verdict.CONFLICT else ""
    return f"{'/'.join(one.commitment)} {FIELDS[one.field]}: {edited}, was {exported}{both}"


def _quoted(field: str, text: str) -> str:
    return f"“{' '.join(shown(field, text).split())}”" if text else "nothing"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody chose for a cell changed on both sides, and what stood there when they chose."""

    form: bool
    seen: str


def verdict(exported: str, edited: str, now: str) -> Verdict:
    """What was not edited, or stands there already, changes nothing; what only the form changed is taken."""
    if edited in {exported, now}:
        return Verdict.UNCHANGED
    return Verdict.TAKEN if exported == now else Verdict.CONFLICT


def added(edited: str, now: str) -> Verdict:
    """Evidence is only added, so that two who add something never contradict each other."""
    return Verdict.UNCHANGED if set(edited.split("\n")) <= {*now.split("\n"), ""} else Verdict.TAKEN


def row_changes(row: FilledRow, now: Mapping[str, str]) -> Iterator[CellChange]:
    """The edited cells of a row that are not there already."""
    for field in row.edited:
        cell, exported = row.cells[field], row.exported[field]
        found = added(cell.text, now[field]) if field in ADDED else verdict(exported, cell.text, now[field])
        if found is not Verdict.UNCHANGED:
            yield CellChange(row.commitment, field, cell.at, exported, cell.text, now[field], found)


def undecided(found: Iterable[CellChange], decided: Mapping[CellKey, Decision]) -> list[CellChange]:
    """The conflicts nobody decided, and those where something else stands by now."""
    conflicts = (one for one in found if one.verdict is Verdict.CONFLICT)
    return [one for one in conflicts if one.key not in decided or decided[one.key].seen != one.now]


def taken(found: Iterable[CellChange], decided: Mapping[CellKey, Decision]) -> dict[Commitment, dict[str, str]]:
    """What is taken from the form, by commitment and field."""
    cells: dict[Commitment, dict[str, str]] = {}
    for one in found:
        if one.verdict is Verdict.TAKEN or decided[one.key].form:
            cells.setdefault(one.commitment, {})[one.field] = one.edited
    return cells


def says_nothing(cells: Mapping[str, str]) -> bool:
    """Whether what is taken marks the commitment as having nothing to report."""
    return cells.get("status") == NOTHING


def merged(present: Written, cells: Mapping[str, str]) -> Written:
    """What the draft says once the cells are taken, field by field in the order of the card."""
    written = present
    for field in FIELDS:
        fixed = field in GIVEN_BY_STATUS and written.status not in {None, *REPORTED_PERCENT}
        if field in cells and field not in ADDED and not fixed:
            written = written.with_field(field, value_of(field, cells[field]), said=None)
    return written


def contradiction(row: FilledRow) -> tuple[str, str, str] | None:
    """The cell of an edited row that cannot stand beside its status, what is wrong, and what to do."""
    told = {field: cell.text for field, cell in row.cells.items()}
    filled = [field for field, text in told.items() if text and field != "status"]
    if told["status"] == NOTHING and filled:
        what = f"stands beside “{NOTHING}”"
        return filled[0], what, "empty the cell, or choose another status"
    status = value_of("status", told["status"])
    if "percent" in row.edited and told["percent"] and status and status not in REPORTED_PERCENT:
        return "percent", f"does not go with “{told['status']}”", "empty the cell, or choose Ongoing or Suspended"
    return None
