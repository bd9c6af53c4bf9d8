"""Adopting the official text: each slot of the plan is matched with what the document says, row by row.

Pure: from the plan in force and the filled rows to the plan that would follow, through the checks of any edition. How
the rows stand in a workbook is described in adoption_workbook.py.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.amendments.adoption_columns import HEADINGS, KEPT_IF_EMPTY, PLACE_KEPT, SLOT_KEPT, Match
from models.core.errors import PlanError, Problem
from models.core.folding import unmarked
from models.core.text import suggestion
from models.core.vocabulary import Scope, Wording
from models.plan.calendar import WORKING_GROUP
from models.plan.checks import check
from models.plan.parse import KINDS, parse, to_plan
from models.plan.schema import Initiative, Plan, PlanHead
from models.plan.source import UNREADABLE, RawItem, RawPlan, SourceLocation, quoted
from models.progress.ledger import AdoptionFacts

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of the workbook: the slot it is about (none for an added one), the match, and what was filled in."""

    key: str | None
    title_now: str | None
    match: Match | None
    values: Values
    place: SourceLocation


@dataclass(slots=True)
class FilledSheet:
    """What came back: the rows, the document they all come from, what could not be read, and what is not taken.

    `letters` are the columns of the sheet by what they fill, so that a problem can name its cell.
    """

    file: str
    rows: list[FilledRow] = field(default_factory=list)
    source: str | None = None
    problems: list[Problem] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)

    def named(self, problem: Problem) -> Problem:
        """The problem with its cell as the officer sees it: lead body (K12)."""
        name = "source" if problem.path == "source_note" else re.split(r"[.\[]", problem.path)[0]
        if name not in self.letters:
            return problem
        return replace(problem, path=f"{HEADINGS[name]} ({self.letters[name]}{problem.line})")


def slots(plan: Plan) -> tuple[Initiative, ...]:
    """The initiatives in force that wait for their official text, in the plan's order."""
    return tuple(slot for slot in plan.initiatives if slot.exit is None and slot.wording is not Wording.OFFICIAL)


def row_problems(plan: Plan, rows: Sequence[FilledRow], logged: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the match of a row, apart from its other cells."""
    waiting = {slot.key: slot for slot in slots(plan)}
    earlier_keys: set[str] = set()
    for row in rows:
        if row.key in earlier_keys:
            yield row.place.problem(("key",), f"{row.key} appears twice", "delete one of the two rows")
        elif row.key and row.key not in waiting:
            yield _unknown_slot(row, plan)
        elif row.key and row.title_now is not None and unmarked(row.title_now) != unmarked(waiting[row.key].title):
            what = f"this is not how {row.key} is titled now"
            yield row.place.problem(("title_now",), what, "download the workbook again and fill that")
        elif complaint := _match_problem(row, waiting.get(row.key or ""), logged):
            yield row.place.problem(("match",), *complaint)
        earlier_keys.update([row.key] if row.key else [])


def _unknown_slot(row: FilledRow, plan: Plan) -> Problem:
    known = plan.initiative.get(row.key or "")
    if known and known.wording is Wording.OFFICIAL:
        return row.place.problem(("key",), f"{row.key} carries its official text already", "delete this row")
    if known:
        return row.place.problem(("key",), f"{row.key} is no longer in force", "delete this row")
    remedy = suggestion(row.key or "", [slot.key for slot in slots(plan)], "leave the key empty for a new initiative")
    return row.place.problem(("key",), f"{quoted(row.key)} is not a slot of the plan", remedy)


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


@dataclass(frozen=True, slots=True)
class AdoptionDecision:
    """Why the text is adopted, and the meeting that decided it."""

    reason: str
    meeting: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The plan that would follow, and how many slots still wait for their official text."""

    plan: Plan
    waiting: int


def adopt(plan: Plan, sheet: FilledSheet, *, logged: Collection[str], decision: AdoptionDecision) -> Adoption:
    """The plan as the filled rows make it; a `PlanError` with every problem, cell by cell, when they cannot.

    `logged` are the initiatives with rows in the progress log: their slots are nobody's to give away.
    """
    mismatched = list(row_problems(plan, sheet.rows, logged))
    problems = [*sheet.problems, *mismatched]
    wrong = {problem.line for problem in mismatched}
    rows = [row for row in sheet.rows if row.match and row.place.line() not in wrong]
    if not problems and not rows:
        problems.append(Problem(sheet.file, 1, "no row is matched yet", "fill in the official text row by row"))
    raw = raw_of(plan, sheet.file)
    taken = _Taken(plan, sheet, decision)
    answers = {row.key: row for row in rows if row.key}
    raw.items["initiatives"] = [
        taken.item(answers[item.get("key")]) if item.get("key") in answers else item
        for item in raw.items_of("initiatives")
    ]
    raw.items["initiatives"] += [taken.item(row) for row in rows if not row.key]
    problems += taken.problems
    _count_up(raw, plan)
    draft = parse(raw)
    problems += [*draft.problems, *check(draft), *_repeated(draft.initiatives, rows)]
    if problems:
        raise PlanError({sheet.named(problem) for problem in problems})
    made = to_plan(draft)
    return Adoption(made, waiting=len(slots(made)))


def next_version(version: str) -> str:
    """1.0 is followed by 1.1, and 2 by 3."""
    *first, last = version.split(".")
    return ".".join([*first, str(int(last) + 1)])


def raw_of(plan: Plan, file: str) -> RawPlan:
    """The plan as if just read from a file, so that it can be changed and checked as any edition is."""
    raw = RawPlan(file)
    raw.head = RawItem(plan.model_dump(include=set(PlanHead.model_fields)), SourceLocation(file))
    for kind in KINDS:
        raw.items[kind] = [
            RawItem(part.model_dump(exclude_defaults=True), SourceLocation(file, {}, (part.key,)))
            for part in getattr(plan, kind)
        ]
    return raw


def _count_up(raw: RawPlan, plan: Plan) -> None:
    """The version and the number of initiatives, which a lost line would otherwise break."""
    head = raw.head.values if raw.head else {}
    head["version"] = next_version(plan.version)
    head["expected_counts"] |= {"initiatives": len(raw.items_of("initiatives"))}


def _repeated(initiatives: Iterator[tuple[Initiative, SourceLocation]], rows: Sequence[FilledRow]) -> Iterator[Problem]:
    """A code or a title that the plan has twice: mostly a row pasted twice."""
    in_force = [(initiative, place) for initiative, place in initiatives if initiative.exit is None]
    for name in ("code", "title"):
        for row in rows:
            value = row.values.get(name)
            others = [
                initiative.key
                for initiative, place in in_force
                if getattr(initiative, name) == value and place is not row.place
            ]
            if value is not None and others:
                what = f"{quoted(value)} is also at {others[0]}"
                yield row.place.problem((name,), what, "give each initiative its own")


class _Taken:
    """Takes one matched row after the other into the plan; keys of new initiatives follow one another."""

    def __init__(self, plan: Plan, sheet: FilledSheet, decision: AdoptionDecision) -> None:
        self.plan, self.sheet, self.decision = plan, sheet, decision
        self.problems: list[Problem] = []
        numbers = (re.fullmatch(r"I(\d+)", initiative.key) for initiative in plan.initiatives)
        self.last = max((int(number[1]) for number in numbers if number), default=0)

    def item(self, row: FilledRow) -> RawItem:
        """The initiative as the row makes it."""
        slot = self.plan.initiative.get(row.key or "")
        if row.match is Match.NOT_NEEDED and slot:
            return RawItem(self._unneeded(slot), row.place)
        if row.match is Match.SAME and slot:
            kept = {name: value for name, value in slot.model_dump(exclude_defaults=True).items() if name in SLOT_KEPT}
            assumed: list[str] = [*slot.assumed]
            required = ["title"]
        else:
            # Another initiative takes the slot's key and place in the plan, and nothing of its own words.
            kept = {name: value for name, value in slot if name in PLACE_KEPT} if slot else self._new_place()
            assumed, required = [*KEPT_IF_EMPTY], ["code", "title", *(() if slot else ("activity", "scope"))]
        values = {**kept, **row.values, **self._sourced(row), "wording": Wording.OFFICIAL.value}
        values["assumed"] = [name for name in assumed if name not in row.values and name != "title"]
        self._ask(row, values, required)
        return RawItem(self._fitted(values, row.values, slot), row.place)

    def _unneeded(self, slot: Initiative) -> Values:
        left = {"on": slot.in_force_from, "reason": self.decision.reason, "decided_at": self.decision.meeting}
        return {**slot.model_dump(exclude_defaults=True), "withdrawn": left}

    def _new_place(self) -> Values:
        """The defaults of an added initiative: the whole period of the plan, led by the working group."""
        self.last += 1
        period = self.plan.period
        return {"key": f"I{self.last:02d}", "lead": WORKING_GROUP, "start": period.start, "due": period.end}

    def _sourced(self, row: FilledRow) -> Values:
        """The source of the text: an address, or the name of a document that has none."""
        written = row.values.get("source", self.sheet.source)
        if not isinstance(written, str) or re.match("https?:", written):
            return {} if written is None else {"source": written}
        return {"source": None, "source_note": written}

    def _ask(self, row: FilledRow, values: Values, required: Sequence[str]) -> None:
        """Complain of what only the document can say and the row does not."""
        if "source" not in values:
            remedy = "write the address or the name of the document, here or once for all rows on the first sheet"
            self.problems.append(row.place.problem(("source",), "no source is given", remedy))
            values["source_note"] = "-"
        for name in required:
            if name not in row.values:
                self.problems.append(row.place.problem((name,), "is empty", "write what the document says"))
                values[name] = UNREADABLE

    def _fitted(self, values: Values, filled: Values, slot: Initiative | None) -> Values:
        """What follows from the cells: the measure of the activity, and nothing left of another scope or due date."""
        measures = {activity.key: activity.measure for activity in self.plan.activities}
        # An unknown activity is complained of as such, which only an initiative with some measure lives to see.
        values["measure"] = measures.get(values.get("activity", ""), self.plan.measures[0].key)
        if slot and values.get("scope") != slot.scope:
            for name in ("states", "joins", "due_by_state", "rule"):
                values.pop(name, None)
            values["assumed"] = [name for name in values["assumed"] if name not in ("states", "rule")]
        elif slot and "due" in filled and slot.due_is_assumed:
            values.pop("due_by_state", None)
        if values.get("scope") == Scope.NATIONAL and "states" not in values:
            values["assumed"] = [*values["assumed"], "states"]
        if "lead" in filled and "supporting" not in filled:
            values["supporting"] = [body for body in values.get("supporting", ()) if body != filled["lead"]]
        return values


def adoption_facts(old: Plan, new: Plan, counted: tuple[int, int]) -> AdoptionFacts | None:
    """What became of the slots, and N before and after; None when no title becomes official text."""
    filled = [initiative.key for initiative in new.initiatives if _becomes_official(initiative.key, old, new)]
    if not filled:
        return None
    new_ones = [initiative.key for initiative in new.initiatives if _is_new_text(initiative.key, old, new)]
    not_needed = [initiative.key for initiative in new.initiatives if _is_unneeded(initiative.key, old, new)]
    return AdoptionFacts(len(filled), new_ones, not_needed, counted)


def is_adopted_with(key: str, old: Plan, new: Plan, logged: Collection[str]) -> bool:
    """Whether the one line of the ledger covers the initiative, so that its commitments have no lines of their own.

    A slot that is more than a placeholder (a published title, or something in the log) has them.
    """
    before = old.initiative.get(key)
    placeholder = before is not None and before.wording is Wording.WORKING and key not in logged
    filled = placeholder and _becomes_official(key, old, new)
    return filled or _is_new_text(key, old, new) or _is_unneeded(key, old, new)


def _becomes_official(key: str, old: Plan, new: Plan) -> bool:
    before = old.initiative.get(key)
    return bool(before and before.wording is not Wording.OFFICIAL and new.initiative[key].wording is Wording.OFFICIAL)


def _is_new_text(key: str, old: Plan, new: Plan) -> bool:
    return key not in old.initiative and new.initiative[key].wording is Wording.OFFICIAL


def _is_unneeded(key: str, old: Plan, new: Plan) -> bool:
    before = old.initiative.get(key)
    return bool(before and before.exit is None and new.initiative[key].never_counted)
