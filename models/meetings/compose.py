"""Putting a snapshot together from the edition and the log as they are known at one moment."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session

from models.core.vocabulary import Basis, Grouping, LedgerEventKind, Status, Step
from models.figures.assess import assessment
from models.figures.method_text import METHOD_VERSION
from models.figures.rollup import Assessment, roll_up
from models.meetings.decisions import decisions
from models.meetings.meeting_before import course, since
from models.meetings.questions import Question, questions_in
from models.meetings.snapshot import (
    AskedQuestion,
    Correction,
    EditionMark,
    Excluded,
    FigureRows,
    LedgerRow,
    Paper,
    Snapshot,
    Told,
    corrections,
)
from models.meetings.snapshots import SnapshotMark, list_snapshots, snapshot
from models.meetings.statements import told
from models.plan.canonical import to_document
from models.plan.editions import PlanAsKnown, plan_as_known
from models.plan.schema import Commitment, Plan
from models.progress.cycles import heard_in, last_closed, list_cycles
from models.progress.latest import View, latest_statements
from models.progress.ledger import LedgerLine, ledger
from models.progress.ledger_words import event_words
from models.progress.scope import in_force, takes_part
from models.progress.statement import Latest
from models.reporting.owed import owed_in
from models.store.clock import demonstration_today


@dataclass(frozen=True, slots=True)
class Taking:
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


def compose(session: Session, taking: Taking) -> Snapshot:
    """The whole content, from what is known at the taking's moment and from the snapshots before it."""
    view, known = taking.view, plan_as_known(session, taking.known_at)
    earlier = list_snapshots(session, before=taking.own)
    latest = latest_statements(session, view)
    statements = told(session, known.plan, latest, view)
    now = assessment(session, view)
    return Snapshot(
        method=METHOD_VERSION,
        meeting=taking.meeting,
        step=taking.step,
        revision=taking.revision,
        as_of=taking.as_of,
        known_at=taking.known_at,
        rows_until=taking.rows_until,
        previous=earlier[-1].sha256 if earlier else None,
        demonstration=demonstration_today(session) is not None,
        paper=taking.paper,
        edition=_edition(known),
        plan_document=to_document(known.plan),
        originals=_originals(known),
        heard=_heard(session, known.plan, view),
        owed=_owed(session, known.plan, taking),
        statements=statements,
        submitted=_submitted(session, known.plan, latest, view),
        excluded=tuple(_excluded(known.plan, latest, taking.as_of)),
        ledger=_ledger(session, view),
        decisions=decisions(session, known.plan, known_at=view.known_at),
        corrections=_corrections(session, taking, earlier, statements),
        questions=tuple(map(_asked, questions_in(session, view))),
        figures={Basis.CLEARED: _figures(now), Basis.REPORTED: _figures(_including_submitted(session, view))},
        since=since(session, now, view, earlier, own=taking.meeting),
        course=course(session, known.plan, view, earlier, own=taking.meeting),
    )


def _edition(known: PlanAsKnown) -> EditionMark:
    edition = known.edition
    return EditionMark(version=edition.version, sha256=edition.sha256, loaded_at=edition.loaded_at)


def _originals(known: PlanAsKnown) -> dict[str, dict[str, object]]:
    """Those initiatives that once stood otherwise: what the due dates first said is read from them."""
    present = known.plan.initiative
    return {key: one.model_dump(mode="json") for key, one in known.originals.items() if present.get(key) != one}


def _heard(session: Session, plan: Plan, view: View) -> tuple[Commitment, ...] | None:
    closed = last_closed(list_cycles(session, plan), view.known_at)
    if closed is None:
        return None
    return tuple(sorted(heard_in(session, closed, known_at=view.known_at, rows_until=view.rows_until)))


def _owed(session: Session, plan: Plan, taking: Taking) -> tuple[Commitment, ...]:
    """What was still owed for the meeting."""
    cycle = next((one for one in list_cycles(session, plan) if one.meeting.key == taking.meeting), None)
    if cycle is None:
        return ()
    return owed_in(session, cycle, known_at=taking.known_at, rows_until=taking.rows_until)


def _including_submitted(session: Session, view: View) -> Assessment:
    return assessment(session, replace(view, basis=Basis.REPORTED))


def _submitted(session: Session, plan: Plan, cleared: Latest, view: View) -> tuple[Told, ...]:
    """What counts on basis reported only: submitted, and not cleared by then."""
    reported = latest_statements(session, replace(view, basis=Basis.REPORTED))
    return told(session, plan, {key: one for key, one in reported.items() if cleared.get(key) != one}, view)


def _excluded(plan: Plan, latest: Latest, as_of: date) -> Iterator[Excluded]:
    for initiative in plan.initiatives:
        for party in initiative.parties if in_force(initiative, as_of) else ():
            said = latest.get((initiative.key, party))
            if said and said.status is Status.NOT_APPLICABLE:
                yield Excluded(initiative=initiative.key, party=party, reason="not applicable")
            elif not takes_part(initiative, party, states=plan.state, as_of=as_of):
                yield Excluded(initiative=initiative.key, party=party, reason="not a member yet")


def _ledger(session: Session, view: View) -> tuple[LedgerRow, ...]:
    lines = ledger(session, view.known_at, rows_until=view.rows_until)
    return tuple(map(_ledger_row, lines))


def _ledger_row(line: LedgerLine) -> LedgerRow:
    """As format 1 keeps it: an event in words, and what was before and after apart from it."""
    adopted = line.event is LedgerEventKind.ADOPTED
    words = {"event": event_words(line.event, line.before, line.after), "after": None} if adopted else {}
    return LedgerRow.model_validate(asdict(line) | {"event": line.event.label} | words)


def _corrections(
    session: Session, taking: Taking, earlier: Sequence[SnapshotMark], statements: tuple[Told, ...]
) -> tuple[Correction, ...]:
    """What the meeting corrected in its paper."""
    papers = [one for one in earlier if one.meeting == taking.meeting and one.step is Step.CIRCULATED]
    if taking.step is not Step.NOTED or not papers:
        return ()
    return corrections(snapshot(session, papers[-1].id), statements)


def _asked(one: Question) -> AskedQuestion:
    initiative, party = one.commitment
    return AskedQuestion(rule=one.rule, initiative=initiative, party=party, sentence=one.sentence, rows=one.rows)


def _figures(now: Assessment) -> FigureRows:
    return {by: tuple(figures.to_json() for figures in roll_up(now, by)) for by in Grouping}
