"""The filled rows of the adoption workbook, and what is wrong with how they are matched."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.amendments.adoption_columns import HEADINGS, Match
from models.core.errors import Problem
from models.core.vocabulary import Wording
from models.plan.schema import Initiative, Plan
from models.plan.source import Place, shown, suggestion

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of the workbook: the slot it is about (none for an added one), the match, and what was filled in."""

    key: str | None
    title_now: str | None
    match: Match | None
    values: Values
    place: Place


@dataclass(slots=True)
class FilledSheet:
    """What came back: the rows, the document they all come from, and what could not be read.

    `letters` are the columns of the sheet by what they fill, so that a problem can name its cell.
    """

    file: str
    rows: list[FilledRow] = field(default_factory=list)
    source: str | None = None
    problems: list[Problem] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)

    def named(self, problem: Problem) -> Problem:
        """The problem with its cell as the officer sees it: lead body (K12)."""
        name = "source" if problem.path == "source_note" else re.split(r"[.\[]", problem.path)[0]
        if name not in self.letters:
            return problem
        return replace(problem, path=f"{HEADINGS[name]} ({self.letters[name]}{problem.line})")


def slots(plan: Plan) -> tuple[Initiative, ...]:
    """The initiatives in force that wait for their official text, in the plan's order."""
    return tuple(one for one in plan.initiatives if one.exit is None and one.wording is not Wording.OFFICIAL)


def row_problems(plan: Plan, rows: Sequence[FilledRow], logged: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the match of a row, whatever its cells say."""
    waiting = {one.key: one for one in slots(plan)}
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            yield row.place.problem(("key",), f"{row.key} stands twice", "delete one of the two rows")
        elif row.key and row.key not in waiting:
            yield _unknown_slot(row, plan)
        elif row.key and row.title_now is not None and row.title_now != waiting[row.key].title:
            what = f"this is not how {row.key} is titled now"
            yield row.place.problem(("title_now",), what, "download the workbook again and fill that")
        elif complaint := _match_problem(row, waiting.get(row.key or ""), logged):
            yield row.place.problem(("match",), *complaint)
        seen.update([row.key] if row.key else [])


def _unknown_slot(row: FilledRow, plan: Plan) -> Problem:
    known = plan.initiative.get(row.key or "")
    if known and known.wording is Wording.OFFICIAL:
        return row.place.problem(("key",), f"{row.key} carries its official text already", "delete this row")
    if known:
        return row.place.problem(("key",), f"{row.key} is no longer in force", "delete this row")
    remedy = suggestion(row.key or "", [one.key for one in slots(plan)], "leave the key empty for a new initiative")
    return row.place.problem(("key",), f"{shown(row.key)} is not a slot of the plan", remedy)


def _match_problem(row: FilledRow, slot: Initiative | None, logged: Collection[str]) -> tuple[str, str] | None:
    if row.match is None:
        return ("the row is filled and not matched", "choose a match from the list") if row.values else None
    if slot is None:
        remedy = f"choose “{Match.NEW.label}”, since a row without key is a new initiative"
        return None if row.match is Match.NEW else (f"there is no slot that this is “{row.match.label}” as", remedy)
    if row.match is not Match.SAME and (why := _more_than_a_placeholder(slot, logged)):
        remedy = f"choose “{Match.SAME.label}”, or withdraw it under “Amend the plan” from the day it was decided"
        if row.match is Match.NEW:
            remedy = "write the new initiative into an empty row at the end, without a key"
        return f"{why}, so {slot.key} is more than a placeholder", remedy
    if row.match is Match.NOT_NEEDED and row.values:
        return f"{slot.key} is no longer needed, and its row is filled", "empty the row, or choose another match"
    return None


def _more_than_a_placeholder(slot: Initiative, logged: Collection[str]) -> str:
    """Why a slot may neither be given to another initiative nor leave as if it had never counted."""
    if slot.key in logged:
        return "progress is logged on it"
    return "" if slot.wording is Wording.WORKING else "a public report tells of it"
