"""A snapshot: the whole plan and its counted state at one moment, frozen, hashed and chained to the one before.

It holds facts: which rows of the log counted and what they said, what was owed, excluded and decided, the edition and
the figures by the method whose version it names. Sentences are written when it is read, so that a release that words
them otherwise, or adds a field, changes nothing of what was frozen. A report is made from a snapshot, and from those
before it for what was reported earlier (models/meetings/past.py), which it does not repeat.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from models.core.vocabulary import Basis, DecisionKind, ExclusionReason, Grouping, Status, Step
from models.figures.early_cycle import EarlyCycle
from models.figures.rollup import Assessment, Figures, assess, roll_up
from models.meetings.questions import Question
from models.people.visibility_rules import Detail, Restricted
from models.plan.canonical import canonical, from_document
from models.plan.schema import Commitment, Initiative, Plan
from models.plan.schema_parts import Day, Frozen, Key, Text
from models.progress.ledger import LedgerLine
from models.progress.statement import Statement
from models.progress.views import StatementView

FORMAT = 3
"""Raised when a document written before can no longer be read as it is; each format keeps its reader below."""

Pair = tuple[Key, Key]
"""A commitment, as JSON writes it: the initiative's key and the party."""

FigureRows = dict[Grouping, tuple[dict[str, Any], ...]]
"""The rows of `rollup --format json`, by grouping."""

Line = Annotated[str, Field(max_length=500)]


class Paper(Frozen):
    """The head of the meeting's paper, which cannot be computed; the secretariat types it.

    `invited` holds further lines of "The Meeting is invited to".
    """

    agenda_item: Annotated[Line, Restricted(Detail.PAPER_HEAD, blank="")] = ""
    document_number: Annotated[Line, Restricted(Detail.PAPER_HEAD, blank="")] = ""
    classification: Annotated[Line, Restricted(Detail.PAPER_HEAD, blank="")] = ""
    invited: Annotated[tuple[Text, ...], Restricted(Detail.PAPER_HEAD, blank=())] = ()


class Marked(Frozen):
    """A statement as a list of corrections names it."""

    row: int
    status: Status
    percent: int | None
    valid_on: Day


class Correction(Frozen):
    """What became of a commitment's statement between the paper and what was noted; None where there was none."""

    initiative: Key
    party: Key
    before: Marked | None
    after: Marked | None

    @property
    def changes_figures(self) -> bool:
        """Whether status or percent differ; else only words or the day it was valid on are new."""
        before, after = (mark and (mark.status, mark.percent) for mark in (self.before, self.after))
        return before != after


class Excluded(Frozen):
    """A commitment of an initiative in force that is not counted, and why."""

    initiative: Key
    party: Key
    reason: ExclusionReason


class Decided(Frozen):
    """A decision or action point of a meeting, as it was at the moment."""

    id: int
    meeting: str
    kind: DecisionKind
    text: str
    initiatives: tuple[Key, ...]
    owner: Key | None
    due_meeting: str | None
    closed_on: Day | None
    closing_evidence: str | None
    closing_reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be carried out."""
        return self.closed_on is None


class TrendRecord(Frozen):
    """The plan's figures on the day of one meeting, restated from what is known now.

    What was reported at it is in the snapshot taken then, if there is one.
    """

    meeting: str
    day: Day
    restated: dict[str, Any]


class EditionMark(Frozen):
    """Which edition of the plan was in force."""

    version: str
    sha256: str
    loaded_at: datetime


class Snapshot(Frozen):
    """The frozen content. `step` is None for a draft that nobody circulated.

    `reported` are the commitments on which something was submitted in the last closed cycle, None before the first one
    closed; `originals` the initiatives whose dates once were others; `early` says that percentages are withheld, which
    no release did before it knew this field.
    """

    format: int = FORMAT
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
    reported: tuple[Pair, ...] | None
    early: EarlyCycle | None = None
    owed: tuple[Pair, ...]
    statements: tuple[StatementView, ...]
    submitted: tuple[StatementView, ...]
    excluded: tuple[Excluded, ...]
    ledger: tuple[LedgerLine, ...]
    decisions: tuple[Decided, ...]
    corrections: tuple[Correction, ...]
    questions: tuple[Question, ...]
    figures: dict[Basis, FigureRows]
    trend: tuple[TrendRecord, ...]

    @property
    def address(self) -> str:
        """How an address names it: AWGIPC-83-noted-1; empty for a draft."""
        return address_of(self.meeting, self.step, self.revision) if self.meeting and self.step else ""

    @cached_property
    def plan(self) -> Plan:
        """The edition in force."""
        return from_document(self.plan_document)

    @cached_property
    def assessment(self) -> Assessment:
        """The standing of every initiative, on basis cleared."""
        return self.assessed(self.statements)

    @cached_property
    def by_commitment(self) -> Mapping[Commitment, StatementView]:
        """The latest cleared statement of each commitment that has one."""
        return by_commitment(self.statements)

    @property
    def reported_statements(self) -> tuple[StatementView, ...]:
        """The latest statements on basis reported: what was only submitted in the place of what was cleared."""
        return tuple(by_commitment((*self.statements, *self.submitted)).values())

    def rows(self, by: Grouping, basis: Basis = Basis.CLEARED) -> tuple[Figures, ...]:
        """The figures of a grouping, as frozen."""
        return tuple(Figures(**row) for row in self.figures[basis][by])

    def computed_figures(self) -> dict[Basis, FigureRows]:
        """The figures that follow from the frozen plan and statements by today's method."""
        return {
            Basis.CLEARED: figure_rows(self.assessment),
            Basis.REPORTED: figure_rows(self.assessed(self.reported_statements)),
        }

    def assessed(self, statements: Iterable[StatementView]) -> Assessment:
        """The assessment of the frozen plan by these statements."""
        latest: Mapping[Commitment, Statement] = {view.commitment: view.counted for view in statements}
        assessment = assess(
            self.plan,
            latest,
            as_of=self.as_of,
            originals=original_initiatives(self.plan, self.originals),
            reported=None if self.reported is None else frozenset(self.reported),
        )
        return replace(assessment, early=self.early)


def address_of(meeting: str, step: Step, revision: int) -> str:
    """How an address names a snapshot: the step of a meeting, and its revision."""
    return f"{meeting}-{step}-{revision}"


def by_commitment(statements: Iterable[StatementView]) -> dict[Commitment, StatementView]:
    """The statements by what they are about; of two the later one."""
    return {statement.commitment: statement for statement in statements}


def figure_rows(assessment: Assessment) -> FigureRows:
    """The figures of every grouping."""
    return {by: tuple(figures.to_json() for figures in roll_up(assessment, by)) for by in Grouping}


def written(snapshot: Snapshot) -> str:
    """The one spelling of a snapshot."""
    return canonical(snapshot.model_dump(mode="json")).decode("utf-8")


def hash_of(document: str) -> str:
    """The SHA-256 of a snapshot's one spelling."""
    return sha256(document.encode("utf-8")).hexdigest()


def read_snapshot(document: str) -> Snapshot:
    """The snapshot from its document, which any release may have written."""
    content: dict[str, Any] = json.loads(document)
    return Snapshot.model_validate(READERS[content["format"]](content))


def corrections(circulated: Snapshot, noted: tuple[StatementView, ...]) -> tuple[Correction, ...]:
    """What the noted statements change against the circulated paper, in the plan's order."""
    before, after = circulated.by_commitment, by_commitment(noted)
    every = dict.fromkeys([*circulated.plan.commitments(), *before, *after])
    changed = [key for key in every if _row(before.get(key)) != _row(after.get(key))]
    return tuple(
        Correction(initiative=key[0], party=key[1], before=_mark(before.get(key)), after=_mark(after.get(key)))
        for key in changed
    )


def original_initiatives(plan: Plan, documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Initiative]:
    """Each initiative as its due date was first stated; only those that differ from the edition are written down."""
    return {
        initiative.key: Initiative.model_validate(documents[initiative.key])
        if initiative.key in documents
        else initiative
        for initiative in plan.initiatives
    }


def _row(statement: StatementView | None) -> int | None:
    return statement.row if statement else None


def _mark(statement: StatementView | None) -> Marked | None:
    if statement is None or statement.status is None:
        return None
    return Marked(row=statement.row, status=statement.status, percent=statement.percent, valid_on=statement.valid_on)


def _from_format_2(content: dict[str, Any]) -> dict[str, Any]:
    """Format 2 held a second copy of what was reported before; the snapshots taken then say it."""
    names = {
        f"{meeting['body']} {meeting['number']}": meeting["key"] for meeting in content["plan_document"]["meetings"]
    }
    trend = [
        {"meeting": names[point["name"]], "day": point["day"], "restated": point["restated"]}
        for point in content["trend"]
    ]
    return {name: value for name, value in content.items() if name != "baseline"} | {"trend": trend}


def _from_format_1(content: dict[str, Any]) -> dict[str, Any]:
    """Format 1 (release 664c19b) held some sentences, which are kept word for word, and other names of its parts."""
    renamed = {
        **{name: value for name, value in content.items() if name not in {"heard", "course", "since"}},
        "statements": [_statement_1(statement) for statement in content["statements"]],
        "submitted": [_statement_1(statement) for statement in content["submitted"]],
        "ledger": [row | {"event": None, "text": row["event"]} for row in content["ledger"]],
        "excluded": [row | {"reason": row["reason"].replace(" ", "_")} for row in content["excluded"]],
        "questions": [
            {name: value for name, value in row.items() if name != "sentence"} | {"values": {"text": row["sentence"]}}
            for row in content["questions"]
        ],
        "reported": content["heard"],
        "trend": content["course"],
    }
    return _from_format_2(renamed)


def _statement_1(statement: dict[str, Any]) -> dict[str, Any]:
    """Evidence had only its number, for every kind of file."""
    items = [
        {name: value for name, value in item.items() if name != "file"}
        | {"id": item["file"], "file_id": None if item["file"] is None else 0}
        for item in statement["evidence"]
    ]
    return statement | {"evidence": items, "deliverables_done": statement["deliverables_done"] or None}


READERS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _from_format_1,
    2: _from_format_2,
    FORMAT: lambda content: content,
}
"""How each format that ever left the house becomes the present one."""
