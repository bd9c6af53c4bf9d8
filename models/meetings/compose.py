"""Putting a snapshot together from the edition and the log as they are known at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session

from models.core.vocabulary import Basis, Step
from models.figures.assess import assessment
from models.figures.method_text import METHOD_VERSION
from models.figures.trend import plan_figures
from models.meetings.decisions import decisions
from models.meetings.past import trend_days
from models.meetings.questions import questions_in
from models.meetings.snapshot import (
    Correction,
    EditionMark,
    Excluded,
    Paper,
    Snapshot,
    TrendRecord,
    corrections,
    figure_rows,
)
from models.meetings.snapshots import SnapshotMark, as_reported, known_in, list_snapshots, snapshot
from models.plan.canonical import to_document
from models.plan.editions import PlanAsKnown, plan_as_known
from models.plan.schema import Commitment, Plan
from models.progress.cycles import last_closed, list_cycles, reported_in
from models.progress.latest import View, latest_statements
from models.progress.ledger import ledger
from models.progress.statement import Latest
from models.progress.views import StatementView, views_of_latest
from models.reporting.owed import owed_in
from models.store.clock import demonstration_today


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """What a snapshot is taken for: the meeting and step (none for a draft), its revision, the typed paper, and when.

    `own` is the number of the snapshot once it has one: only those taken earlier are its past.
    """

    as_of: date
    known_at: datetime
    rows_until: int
    meeting: str | None = None
    step: Step | None = None
    revision: int = 1
    paper: Paper = field(default_factory=Paper)
    own: int | None = None

    @property
    def view(self) -> View:
        """The question to the log, on basis cleared."""
        return View(self.as_of, self.known_at, rows_until=self.rows_until)


def compose(session: Session, request: SnapshotRequest) -> Snapshot:
    """The whole content, from what is known at the request's moment and from the snapshots before it."""
    view, known = request.view, plan_as_known(session, request.known_at)
    earlier = list_snapshots(session, before=request.own)
    days = trend_days(as_reported(known_in(earlier, view)), known.plan, view, own=request.meeting)
    latest = latest_statements(session, view)
    statements = views_of_latest(session, known.plan, latest, view)
    now, edition = assessment(session, view), known.edition
    return Snapshot(
        method=METHOD_VERSION,
        meeting=request.meeting,
        step=request.step,
        revision=request.revision,
        as_of=request.as_of,
        known_at=request.known_at,
        rows_until=request.rows_until,
        previous=earlier[-1].sha256 if earlier else None,
        demonstration=demonstration_today(session) is not None,
        paper=request.paper,
        edition=EditionMark(version=edition.version, sha256=edition.sha256, loaded_at=edition.loaded_at),
        plan_document=to_document(known.plan),
        originals=_originals(known),
        reported=_reported(session, known.plan, view),
        early=now.early,
        owed=_owed(session, known.plan, request),
        statements=statements,
        submitted=_submitted(session, known.plan, latest, view),
        excluded=tuple(
            Excluded(initiative=key, party=party, reason=why.reason) for (key, party), why in now.excluded.items()
        ),
        ledger=ledger(session, view.known_at, rows_until=view.rows_until),
        decisions=decisions(session, known.plan, known_at=view.known_at),
        corrections=_corrections(session, request, earlier, statements),
        questions=questions_in(session, view),
        figures={
            Basis.CLEARED: figure_rows(now),
            Basis.REPORTED: figure_rows(assessment(session, replace(view, basis=Basis.REPORTED))),
        },
        trend=_trend(session, view, days),
    )


def _originals(known: PlanAsKnown) -> dict[str, dict[str, object]]:
    """Those initiatives that were different in an earlier edition: the original due dates are read from them."""
    present = known.plan.initiative
    return {
        key: initiative.model_dump(mode="json")
        for key, initiative in known.originals.items()
        if present.get(key) != initiative
    }


def _reported(session: Session, plan: Plan, view: View) -> tuple[Commitment, ...] | None:
    closed = last_closed(list_cycles(session, plan), view.known_at)
    if closed is None:
        return None
    return tuple(sorted(reported_in(session, closed, known_at=view.known_at, rows_until=view.rows_until)))


def _owed(session: Session, plan: Plan, request: SnapshotRequest) -> tuple[Commitment, ...]:
    """What was still owed for the meeting."""
    cycle = next((cycle for cycle in list_cycles(session, plan) if cycle.meeting.key == request.meeting), None)
    if cycle is None:
        return ()
    return owed_in(session, cycle, known_at=request.known_at, rows_until=request.rows_until)


def _submitted(session: Session, plan: Plan, cleared: Latest, view: View) -> tuple[StatementView, ...]:
    """What counts on basis reported only: submitted, and not cleared by then."""
    reported = latest_statements(session, replace(view, basis=Basis.REPORTED))
    waiting = {key: statement for key, statement in reported.items() if cleared.get(key) != statement}
    return views_of_latest(session, plan, waiting, view)


def _corrections(
    session: Session, request: SnapshotRequest, earlier: Sequence[SnapshotMark], statements: tuple[StatementView, ...]
) -> tuple[Correction, ...]:
    """What the meeting corrected in its paper."""
    papers = [mark for mark in earlier if mark.meeting == request.meeting and mark.step is Step.CIRCULATED]
    if request.step is not Step.NOTED or not papers:
        return ()
    return corrections(snapshot(session, papers[-1].id), statements)


def _trend(session: Session, view: View, days: Mapping[str, date]) -> tuple[TrendRecord, ...]:
    """The plan's figures on the day of each meeting before, as restated in the view."""
    return tuple(
        TrendRecord(meeting=meeting, day=on, restated=plan_figures(session, replace(view, as_of=on)).to_json())
        for meeting, on in days.items()
    )
