"""The annexes: the matrix, the changes to plan and denominator, the proposals, the method, the corrections."""

from collections.abc import Iterator

from models.core.text import day
from models.core.vocabulary import Scope
from models.figures.explain import status_text
from models.figures.method_text import METHOD_VERSION, method
from models.figures.participation import Participation
from models.meetings.handover import is_pending, moved_due
from models.meetings.snapshot import Correction, Marked
from models.people.visibility_rules import Detail, shows
from models.progress.ledger import LedgerLine
from models.progress.statement import LABELS, EvidenceItem
from models.progress.views import StatementView
from reports.meeting.attention_tables import named
from reports.meeting.context import ReportContext
from reports.meeting.opening import PROPOSALS_ANNEX
from reports.parts.headlines import NOTHING
from reports.parts.participation import participation_matrix, participation_title
from reports.report import Cell, Column, Items, Paragraph, Row, Section, Table


def matrix(of: ReportContext) -> Section:
    """National initiatives by member states."""
    seen = Participation(of.now, {one.commitment: one.counted for one in of.snapshot.statements}, frozenset())
    national = any(one.scope is Scope.NATIONAL for one in of.plan.initiatives)
    if not national:
        return Section("matrix", "Matrix", (Paragraph("No national initiative is in this report."),), annex="A")
    title = participation_title(seen)
    return Section("matrix", title, (participation_matrix(seen),), annex="A", new_page=True, wide=True)


def ledger(of: ReportContext) -> Section:
    """Every event that changed what is counted, the newest first."""
    columns = (
        Column("Initiative", width=3),
        Column("Event", width=6),
        Column("From", width=3),
        Column("Why", width=8),
        Column("Decided at", width=3),
    )
    rows = tuple(_ledger_row(of, one) for one in reversed(of.snapshot.ledger))
    empty = "Nothing has changed what is counted since the first edition."
    title = "Changes to the plan and to what is counted"
    return Section(
        "ledger", title, (Table("Every change, the newest first", columns, rows, empty),), annex="B", new_page=True
    )


def _ledger_row(of: ReportContext, one: LedgerLine) -> Row:
    about = "The plan" if one.initiative == of.plan.key else one.initiative
    party = f"/{one.party}" if one.party else ""
    decided = of.plan.meeting[one.decided_at].name if one.decided_at in of.plan.meeting else one.decided_at
    texts = (about + party, one.sentence, day(one.effective_on), one.reason, decided or NOTHING)
    return Row(tuple(map(Cell, texts)))


def proposals(of: ReportContext) -> Section | None:
    """Due dates to be moved, and what is asked not to apply or to be suspended; the meeting decides."""
    if not shows(of.display, Detail.PROPOSALS):
        return None
    columns = (
        Column("Commitment", width=8),
        Column("By", width=3),
        Column("Proposed", width=5),
        Column("Why", width=8),
    )
    rows = tuple(row for one in of.snapshot.statements for row in _proposed(of, one))
    empty = "Nothing was proposed or asked for."
    return Section(
        "proposals",
        "Proposals and requests",
        (Table("What was proposed or asked for", columns, rows, empty),),
        annex=PROPOSALS_ANNEX,
    )


def _proposed(of: ReportContext, one: StatementView) -> Iterator[Row]:
    if not is_pending(one, of.plan):
        return
    initiative, proposed = of.plan.initiative[one.initiative], moved_due(one, of.plan)
    asked = f"that it {one.requested.label.removeprefix('that it ')}" if one.requested else ""
    moved = f"due {day(proposed)} instead of {day(initiative.due_for(one.party))}" if proposed else ""
    why = one.request_reason or one.obstacles or NOTHING
    cells = (named(initiative), Cell(of.party(one.speaker)), Cell("; ".join(filter(None, (moved, asked)))), Cell(why))
    yield Row(cells, of.link(one.initiative, one.party))


def corrections(of: ReportContext) -> Section | None:
    """What the meeting corrected in its paper: the annex of its Summary Record."""
    if not of.snapshot.corrections:
        return None
    title = f"Corrections made at the meeting: {len(of.snapshot.corrections)}"
    columns = (Column("Commitment", width=3), Column("In the paper", width=6), Column("As noted", width=6))
    rows = tuple(_correction(of, one) for one in of.snapshot.corrections)
    drawn = Table("What the paper said, and what was noted", columns, rows)
    return Section("corrections", title, (drawn,), annex="F")


def _correction(of: ReportContext, one: Correction) -> Row:
    cells = (f"{one.initiative}/{one.party}", marked(one.before), marked(one.after))
    return Row(tuple(map(Cell, cells)), of.link(one.initiative, one.party))


def marked(said: Marked | None) -> str:
    """A statement as a correction names it."""
    return f"{status_text(said.status, said.percent)}, valid on {day(said.valid_on)}" if said else "no report"


def statements(of: ReportContext) -> Section | None:
    """What each party said last, in its own words and with its evidence."""
    if not shows(of.display, Detail.NARRATIVE):
        return _open_evidence(of)
    columns = (Column("Commitment", width=3), Column("Status", width=4), Column("In its own words", width=12))
    rows = tuple(_statement(of, one) for one in of.snapshot.statements if one.initiative in of.plan.initiative)
    drawn = Table("What each party said last", columns, rows, "Nothing has been said yet.")
    return Section("statements", "Statements", (drawn,), annex="E", new_page=True)


def _open_evidence(of: ReportContext) -> Section | None:
    """What the public has of it: the evidence that was opened to everybody, by initiative and not by state."""
    rows = tuple(
        Row((named(of.plan.initiative[one.initiative]), Cell("; ".join(map(evidence_told, one.evidence)))))
        for one in of.snapshot.statements
        if one.evidence and one.initiative in of.plan.initiative
    )
    columns = (Column("Initiative", width=8), Column("Evidence", width=10))
    drawn = Table("Evidence that everybody may read", columns, rows)
    return Section("statements", "Evidence", (drawn,), annex="E", new_page=True) if rows else None


WORDS = ("obstacles", "next_step", "support_needed")
"""What a statement says beside what happened, in the order in which it is printed."""


def _statement(of: ReportContext, one: StatementView) -> Row:
    words = [f"{LABELS[name]}: {getattr(one, name)}" for name in WORDS if getattr(one, name)]
    told = (
        one.narrative or "",
        *words,
        f"Evidence: {'; '.join(map(evidence_told, one.evidence))}" if one.evidence else "",
        _persons(of, one),
    )
    status = f"{status_text(one.status, one.percent)}, valid on {day(one.valid_on)}"
    cells = (f"{one.initiative}/{one.party}", status, "\n".join(filter(None, told)))
    return Row(tuple(map(Cell, cells)), of.link(one.initiative, one.party))


def _persons(of: ReportContext, one: StatementView) -> str:
    """Who wrote and cleared it, where the display names anybody."""
    written, cleared = of.people.get(one.author), of.people.get(one.cleared_by or 0)
    by = (f"written by {written}" if written else "", f"cleared by {cleared}" if cleared else "")
    told = ", ".join(filter(None, by))
    return f"{told[:1].upper()}{told[1:]}"


def questions(of: ReportContext) -> Section | None:
    """What the chair may wish to ask: the secretariat's own annex."""
    if not shows(of.display, Detail.QUESTIONS):
        return None
    columns = (Column("Commitment", width=3), Column("Rule", width=5), Column("Question", width=10))
    rows = tuple(
        Row(
            (Cell(f"{one.initiative}/{one.party}"), Cell(one.rule.label), Cell(one.sentence)),
            of.link(one.initiative, one.party),
        )
        for one in of.snapshot.questions
    )
    drawn = Table("By fixed rules, from what is cleared", columns, rows, "There is nothing to ask.")
    return Section("questions", "Questions the chair may wish to ask", (drawn,), annex="G")


def evidence_told(one: EvidenceItem) -> str:
    """Its title and where it is; a file is had from the product."""
    where = one.document or one.url or (f"file {one.file}" if one.file else "")
    return f"{one.title}: {where}" if one.title and where != one.title else where


def the_method(of: ReportContext) -> Section:
    """How every figure comes about, in the reader's words."""
    parts = method(of.plan.settings)
    blocks = tuple(Items(part.title, tuple(f"{term}: {meaning}" for term, meaning in part.entries)) for part in parts)
    return Section("method", f"Method, version {METHOD_VERSION}", blocks, annex="D", new_page=True)
