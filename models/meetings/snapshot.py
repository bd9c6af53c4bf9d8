"""A snapshot: the whole plan and its counted state at one moment, frozen, hashed and chained to the one before.

A report is rendered from a snapshot and from nothing else. All that is in it is either written down here as it stood
(statements, owed, ledger) or follows from that by the method whose version it names.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from models.core.vocabulary import Basis, Grouping, Step
from models.figures.rollup import Assessment, Figures, assess
from models.meetings.snapshot_parts import (
    AskedQuestion,
    Correction,
    CoursePoint,
    Decided,
    EditionMark,
    Excluded,
    FigureRows,
    LedgerRow,
    Marked,
    Pair,
    Paper,
    Since,
    Told,
)
from models.plan.canonical import canonical, from_document
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day, Frozen, Key
from models.progress.statement import Statement


class Snapshot(Frozen):
    """The frozen content. `step` is None for a draft that nobody circulated."""

    format: Literal[1] = 1
    method: int
    meeting: str | None
    step: Step | None
    revision: int
    as_of: Day
    known_at: datetime
    rows_until: int
    previous: str | None
    demonstration: bool
    paper: Paper
    edition: EditionMark
    plan_document: dict[str, Any]
    originals: dict[Key, dict[str, Any]]
    heard: tuple[Pair, ...] | None
    owed: tuple[Pair, ...]
    statements: tuple[Told, ...]
    submitted: tuple[Told, ...]
    excluded: tuple[Excluded, ...]
    ledger: tuple[LedgerRow, ...]
    decisions: tuple[Decided, ...]
    corrections: tuple[Correction, ...]
    questions: tuple[AskedQuestion, ...]
    figures: dict[Basis, FigureRows]
    since: Since | None
    course: tuple[CoursePoint, ...]

    @cached_property
    def plan(self) -> Plan:
        """The edition in force."""
        return from_document(self.plan_document)

    @cached_property
    def assessment(self) -> Assessment:
        """How everything stood, on basis cleared."""
        return self._assess({told.commitment: told.statement for told in self.statements})

    @cached_property
    def told(self) -> Mapping[Commitment, Told]:
        """The latest cleared statement of each commitment that has one."""
        return {one.commitment: one for one in self.statements}

    def rows(self, by: Grouping, basis: Basis = Basis.CLEARED) -> tuple[Figures, ...]:
        """The figures of a grouping, as frozen."""
        return tuple(Figures(**row) for row in self.figures[basis][by])

    def _assess(self, latest: Mapping[Commitment, Statement]) -> Assessment:
        return assess(
            self.plan,
            latest,
            as_of=self.as_of,
            originals=original_initiatives(self.plan, self.originals),
            heard=None if self.heard is None else frozenset(self.heard),
        )


def written(snapshot: Snapshot) -> str:
    """The one spelling of a snapshot."""
    return canonical(snapshot.model_dump(mode="json")).decode("utf-8")


def hash_of(document: str) -> str:
    """The SHA-256 of a snapshot's one spelling."""
    return sha256(document.encode("utf-8")).hexdigest()


def read_snapshot(document: str) -> Snapshot:
    """The snapshot that was written down."""
    return Snapshot.model_validate(json.loads(document))


def corrections(circulated: Snapshot, noted: tuple[Told, ...]) -> tuple[Correction, ...]:
    """What the noted statements change against the circulated paper, in the plan's order."""
    before, after = circulated.told, {one.commitment: one for one in noted}
    every = dict.fromkeys([*circulated.plan.commitments(), *before, *after])
    changed = [key for key in every if _row(before.get(key)) != _row(after.get(key))]
    return tuple(
        Correction(initiative=key[0], party=key[1], before=_mark(before.get(key)), after=_mark(after.get(key)))
        for key in changed
    )


def original_initiatives(plan: Plan, documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Initiative]:
    """Each initiative as its due date was first stated; only those that differ from the edition are written down."""
    return {
        one.key: Initiative.model_validate(documents[one.key]) if one.key in documents else one
        for one in plan.initiatives
    }


def _row(told: Told | None) -> int | None:
    return told.row if told else None


def _mark(told: Told | None) -> Marked | None:
    return (
        None if told is None else Marked(row=told.row, status=told.status, percent=told.percent, valid_on=told.valid_on)
    )
