"""Adopting the official text: each slot of the plan is matched with what the document says, row by row.

Pure: from the plan in force and the filled rows to the plan that would follow, through the checks of any edition. How
the rows stand in a workbook is described in adoption_workbook.py.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.amendments.adoption_columns import KEPT_IF_EMPTY, PLACE_KEPT, SLOT_KEPT, Match
from models.amendments.adoption_rows import FilledRow, FilledSheet, Values, row_problems, slots
from models.amendments.version import next_version, raw_of
from models.core.errors import PlanError, Problem
from models.core.vocabulary import Scope, Wording
from models.plan.checks import check
from models.plan.meetings import WORKING_GROUP
from models.plan.parse import parse, to_plan
from models.plan.schema import Initiative, Plan
from models.plan.source import UNREADABLE, Place, RawItem, RawPlan, shown


@dataclass(frozen=True, slots=True)
class Decision:
    """Why the text is adopted, and the meeting that decided it."""

    reason: str
    meeting: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The plan that would follow, and how many slots still wait for their official text."""

    plan: Plan
    waiting: int


def adopt(plan: Plan, sheet: FilledSheet, *, logged: Collection[str], decision: Decision) -> Adoption:
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
        taken.item(answers[item.get("key")]) if item.get("key") in answers else item for item in raw.of("initiatives")
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


def _count_up(raw: RawPlan, plan: Plan) -> None:
    """The version and the number of initiatives, which a lost line would otherwise break."""
    head = raw.head.values if raw.head else {}
    head["version"] = next_version(plan.version)
    head["expected_counts"] |= {"initiatives": len(raw.of("initiatives"))}


def _repeated(found: Iterator[tuple[Initiative, Place]], rows: Sequence[FilledRow]) -> Iterator[Problem]:
    """A code or a title that stands in the plan twice: mostly a row pasted twice."""
    in_force = [(one, place) for one, place in found if one.exit is None]
    for name in ("code", "title"):
        for row in rows:
            value = row.values.get(name)
            others = [one.key for one, place in in_force if getattr(one, name) == value and place is not row.place]
            if value is not None and others:
                what = f"{shown(value)} stands at {others[0]} too"
                yield row.place.problem((name,), what, "give each initiative its own")


class _Taken:
    """Takes one matched row after the other into the plan; keys of new initiatives follow one another."""

    def __init__(self, plan: Plan, sheet: FilledSheet, decision: Decision) -> None:
        self.plan, self.sheet, self.decision = plan, sheet, decision
        self.problems: list[Problem] = []
        numbers = (re.fullmatch(r"I(\d+)", one.key) for one in plan.initiatives)
        self.last = max((int(found[1]) for found in numbers if found), default=0)

    def item(self, row: FilledRow) -> RawItem:
        """The initiative as the row makes it."""
        slot = self.plan.initiative.get(row.key or "")
        if row.match is Match.NOT_NEEDED and slot:
            return RawItem(self._unneeded(slot), row.place)
        if row.match is Match.SAME and slot:
            kept = {name: value for name, value in slot.model_dump(exclude_defaults=True).items() if name in SLOT_KEPT}
            assumed: list[str] = [*slot.assumed]
            asked = ["title"]
        else:
            kept = _place_of(slot) if slot else self._new_place()
            assumed, asked = [*KEPT_IF_EMPTY], ["code", "title", *(() if slot else ("activity", "scope"))]
        values = {**kept, **row.values, **self._sourced(row), "wording": Wording.OFFICIAL.value}
        values["assumed"] = [one for one in assumed if one not in row.values and one != "title"]
        self._ask(row, values, asked)
        return RawItem(self._fitted(values, row.values, slot), row.place)

    def _unneeded(self, slot: Initiative) -> Values:
        left = {"on": slot.in_force_from, "reason": self.decision.reason, "decided_at": self.decision.meeting}
        return {**slot.model_dump(exclude_defaults=True), "withdrawn": left}

    def _new_place(self) -> Values:
        """What an added initiative stands on until its cells say better: the whole plan, led by the working group."""
        self.last += 1
        period = self.plan.period
        return {"key": f"I{self.last:02d}", "lead": WORKING_GROUP, "start": period.start, "due": period.end}

    def _sourced(self, row: FilledRow) -> Values:
        """Where the text stands: an address, or the name of a document that has none."""
        written = row.values.get("source", self.sheet.source)
        if not isinstance(written, str) or re.match("https?:", written):
            return {} if written is None else {"source": written}
        return {"source": None, "source_note": written}

    def _ask(self, row: FilledRow, values: Values, asked: Sequence[str]) -> None:
        """Complain of what only the document can say and the row does not."""
        if "source" not in values:
            remedy = "write the address or the name of the document, here or once for all rows on the first sheet"
            self.problems.append(row.place.problem(("source",), "no source is given", remedy))
            values["source_note"] = "-"
        for name in asked:
            if name not in row.values:
                self.problems.append(row.place.problem((name,), "is empty", "write what the document says"))
                values[name] = UNREADABLE

    def _fitted(self, values: Values, filled: Values, slot: Initiative | None) -> Values:
        """What follows from the cells: the measure of the activity, and nothing left of another scope or due date."""
        measures = {one.key: one.measure for one in self.plan.activities}
        # An unknown activity is complained of as such, which only an initiative with some measure lives to see.
        values["measure"] = measures.get(values.get("activity", ""), self.plan.measures[0].key)
        if slot and values.get("scope") != slot.scope:
            for name in ("states", "joins", "due_by_state", "rule"):
                values.pop(name, None)
            values["assumed"] = [one for one in values["assumed"] if one not in ("states", "rule")]
        elif slot and "due" in filled and slot.due_is_assumed:
            values.pop("due_by_state", None)
        if values.get("scope") == Scope.NATIONAL and "states" not in values:
            values["assumed"] = [*values["assumed"], "states"]
        if "lead" in filled and "supporting" not in filled:
            values["supporting"] = [one for one in values.get("supporting", ()) if one != filled["lead"]]
        return values


def _place_of(slot: Initiative) -> Values:
    """What a slot gives to another initiative: its key and its place in the plan, and nothing of its own words."""
    return {name: value for name, value in slot if name in PLACE_KEPT}
