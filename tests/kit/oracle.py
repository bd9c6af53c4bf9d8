"""The figures once more, written naively from method.md: plain dicts in, plain dicts out, nothing shared with models/.

Reads what `plan export --format json` prints and the lines of a progress file. Slow, and meant to be obviously right.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any

Item = Mapping[str, Any]
"""A plan, an initiative of it or a line of the log, as JSON has it."""

HEALTH = ["completed", "suspended", "overdue", "not_due", "no_report", "at_risk", "on_track"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def is_eligible(row: Item, known_at: datetime, basis: str) -> bool:
    if basis == "cleared" and row.get("kind", "update") != "nil":
        became = row.get("cleared_at")
    else:
        became = row.get("submitted_at")
    if became is None or moment(became) > known_at:
        return False
    ended = [row.get("returned_at"), row.get("withdrawn_at")]
    return not any(end is not None and moment(end) <= known_at for end in ended)


def counting_updates(log: Sequence[Item], known_at: datetime, basis: str) -> list[Item]:
    eligible = [row for row in log if is_eligible(row, known_at, basis)]
    replaced = {row["replaces"] for row in eligible if row.get("replaces")}
    return [row for row in eligible if row["ref"] not in replaced and row.get("kind", "update") == "update"]


def latest_rows(log: Sequence[Item], as_of: date, known_at: datetime, basis: str) -> dict[tuple[str, str], Item]:
    latest: dict[tuple[str, str], tuple[tuple[date, datetime, int], Item]] = {}
    for number, row in enumerate(log):
        if row not in counting_updates(log, known_at, basis) or day(row["valid_on"]) > as_of:
            continue
        rank = (day(row["valid_on"]), moment(row["entered_at"]), number)
        commitment = (row["initiative"], row["party"])
        if commitment not in latest or rank > latest[commitment][0]:
            latest[commitment] = (rank, row)
    return {commitment: row for commitment, (_, row) in latest.items()}


def percent(row: Item | None, entered_under: Mapping[str, Item]) -> int:
    """Of a row, under the edition in force when it was entered."""
    if row is None or row["status"] == "not_started":
        return 0
    if row["status"] == "completed":
        return 100
    deliverables = entered_under[row["initiative"]]["deliverables"]
    if not deliverables:
        return int(row["percent"])
    done = sum(Fraction(str(d["weight"])) for d in deliverables if d["key"] in (row.get("deliverables_done") or []))
    return min(99, floor(100 * done / sum(Fraction(str(d["weight"])) for d in deliverables)))


@dataclass
class Unit:
    """An initiative with its parties in scope, or one commitment as if it were an initiative."""

    rows: list[Item | None]
    done: list[bool]
    weight: Fraction
    mean_percent: Fraction
    e: Fraction
    due: date
    original_due: date
    start: date
    assumed: bool
    completed: bool = False
    p: Fraction = Fraction(0)
    health: str = ""


class Oracle:
    """The figures of one view: an edition, the editions before it, and the log."""

    def __init__(
        self,
        editions: Sequence[Item],
        log: Sequence[Item],
        as_of: date,
        known_at: datetime,
        basis: str,
        entered_under: Item,
    ) -> None:
        """`editions` are those loaded by the moment, in order: the last one is in force."""
        self.plan, self.as_of = editions[-1], as_of
        self.latest = latest_rows(log, as_of, known_at, basis)
        self.entered_under = {one["key"]: one for one in entered_under["initiatives"]}
        self.originals: dict[str, Item] = {}
        for edition in editions:
            for one in edition["initiatives"]:
                first = self.originals.get(one["key"])
                footing = (one["wording"], "due" in one["assumed"])
                if first is None or (first["wording"], "due" in first["assumed"]) != footing:
                    self.originals[one["key"]] = one
        self.members_from = {state["key"]: day(state["member_from"]) for state in self.plan["states"]}

    def in_force(self, one: Item) -> bool:
        out = one["out_of_force_on"]
        return day(one["in_force_from"]) <= self.as_of and (out is None or self.as_of < day(out))

    def parties(self, one: Item) -> list[str]:
        return ["ASEAN"] if one["scope"] == "regional" else list(one["states"])

    def in_scope(self, one: Item) -> list[str]:
        """The parties whose commitment counts."""
        found = []
        for party in self.parties(one):
            if party != "ASEAN":
                joins = day(one["joins"][party]) if party in one["joins"] else self.members_from[party]
                if max(joins, self.members_from[party]) > self.as_of:
                    continue
            row = self.latest.get((one["key"], party))
            if row is None or row["status"] != "not_applicable":
                found.append(party)
        return found if self.in_force(one) else []

    def due(self, one: Item, party: str, original: bool = False) -> date:
        source = self.originals[one["key"]] if original else one
        return day(source["due_by_state"].get(party, source["due"]))

    def expected(self, one: Item, party: str) -> Fraction:
        if one["deliverables"]:
            produced = [Fraction(str(d["weight"])) for d in one["deliverables"] if day(d["due"]) <= self.as_of]
            return 100 * sum(produced, Fraction(0)) / sum(Fraction(str(d["weight"])) for d in one["deliverables"])
        start, due = day(one["start"]), self.due(one, party)
        if self.as_of < start:
            return Fraction(0)
        return Fraction(100) if self.as_of >= due else Fraction(100 * (self.as_of - start).days, (due - start).days)

    def unit(self, one: Item, parties: Sequence[str]) -> Unit:
        rows = [self.latest.get((one["key"], party)) for party in parties]
        done = [row is not None and row["status"] == "completed" for row in rows]
        percents = [Fraction(percent(row, self.entered_under)) for row in rows]
        expecteds = [self.expected(one, party) for party in parties]
        return Unit(
            rows=rows,
            done=done,
            weight=Fraction(str(one["weight"])),
            mean_percent=sum(percents, Fraction(0)) / len(percents),
            e=sum(expecteds, Fraction(0)) / len(expecteds),
            due=max(self.due(one, party) for party in parties),
            original_due=max(self.due(one, party, original=True) for party in parties),
            start=day(one["start"]),
            assumed="due" in one["assumed"],
        )

    def judged(self, unit: Unit, completed: bool) -> Unit:
        unit.completed = completed
        unit.p = Fraction(100) if completed else unit.mean_percent
        open_rows = [row for row, done in zip(unit.rows, unit.done, strict=True) if not done]
        if completed:
            unit.health = "completed"
        elif open_rows and all(row is not None and row["status"] == "suspended" for row in open_rows):
            unit.health = "suspended"
        elif self.as_of > unit.due:
            unit.health = "overdue"
        elif self.as_of < unit.start and unit.p == 0:
            unit.health = "not_due"
        elif all(row is None for row in unit.rows):
            unit.health = "no_report"
        elif unit.e - unit.p >= self.plan["settings"]["at_risk_points"]:
            unit.health = "at_risk"
        else:
            unit.health = "on_track"
        return unit

    def initiative(self, one: Item) -> Unit | None:
        parties = self.in_scope(one)
        if not parties:
            return None
        unit = self.unit(one, parties)
        rule = one["rule"]
        needed = len(parties) if rule == "all_applicable" else min(rule["at_least"], len(parties))
        return self.judged(unit, sum(unit.done) >= needed)

    def row(self, key: str, units: Sequence[Unit], excluded: int) -> dict[str, Any]:
        weights = sum(unit.weight for unit in units)
        due = [unit for unit in units if unit.due <= self.as_of]
        rows = [row for unit in units for row in unit.rows]
        completed = sum(unit.completed for unit in units)
        return {
            "key": key,
            "in_scope": len(units),
            "completed": completed,
            "completed_percent": floor(Fraction(100 * completed, len(units))) if units else None,
            "progress_percent": floor(sum(u.weight * u.p for u in units) / weights) if units else None,
            "expected_percent": floor(sum(u.weight * u.e for u in units) / weights) if units else None,
            "due": len(due),
            "due_completed": sum(unit.completed for unit in due),
            "due_moved": sum(unit.due != unit.original_due for unit in units),
            "commitments": len(rows),
            "commitments_reported": sum(row is not None for row in rows),
            "without_report": sum(all(row is None for row in unit.rows) for unit in units),
            "stale": 0,
            "excluded": excluded,
            "assumed_due": sum(unit.assumed for unit in units),
            "health": {name: sum(unit.health == name for unit in units) for name in HEALTH},
        }

    def group(self, key: str, belongs: Callable[[Item, str], bool]) -> dict[str, Any]:
        force = [one for one in self.plan["initiatives"] if belongs(one, key) and self.in_force(one)]
        units = [unit for unit in map(self.initiative, force) if unit]
        return self.row(key, units, len(force) - len(units))

    def state(self, key: str) -> dict[str, Any]:
        force = [one for one in self.plan["initiatives"] if self.in_force(one) and key in one["states"]]
        units = []
        for one in force:
            if key in self.in_scope(one):
                unit = self.unit(one, [key])
                units.append(self.judged(unit, unit.done == [True]))
        return self.row(key, units, len(force) - len(units))

    def rollup(self, by: str) -> list[dict[str, Any]]:
        plan = self.plan
        if by == "plan":
            return [self.group(plan["key"], lambda *_: True)]
        if by == "state":
            return [self.state(state["key"]) for state in plan["states"]]
        lists = {"measure": "measures", "activity": "activities", "initiative": "initiatives", "body": "bodies"}
        lists |= {"champion": "states", "theme": "themes"}
        belongs: Callable[[Item, str], bool] = {
            "measure": lambda one, key: one["measure"] == key,
            "activity": lambda one, key: one["activity"] == key,
            "initiative": lambda one, key: one["key"] == key,
            "body": lambda one, key: one["lead"] == key,
            "champion": lambda one, key: key in one["champions"],
            "theme": lambda one, key: key in one["themes"],
        }[by]
        return [self.group(member["key"], belongs) for member in plan[lists[by]]]
