"""The annexes: the matrix, the changes to plan and denominator, the proposals, the method, the corrections."""

from models.core.text import day
from models.core.vocabulary import Scope
from models.figures.explain import status_text
from models.figures.method_text import METHOD_VERSION, method
from models.figures.participation import Participation
from models.meetings.handover import is_pending, moved_due
from models.meetings.snapshot import Marked
from models.people.visibility_rules import Detail, shows
from models.plan.schema import Plan
from models.progress.ledger import LedgerLine
from models.progress.statement import LABELS, EvidenceItem
from models.progress.views import StatementView
from reports.meeting.attention_tables import named
from reports.meeting.context import ReportContext
from reports.meeting.opening import PROPOSALS_ANNEX, UPDATES_ANNEX, updates_text
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name
from reports.parts.participation import participation_matrix, participation_title
from reports.report import Items, Paragraph, Section, TableRow, row, table

OTHER_FIELDS = ("obstacles", "next_step", "support_needed")
"""The fields of a statement beside its narrative, in the order in which they are printed."""


def matrix(context: ReportContext) -> Section:
    """National initiatives by member states."""
    if all(initiative.scope is not Scope.NATIONAL for initiative in context.plan.initiatives):
        return Section("matrix", "Matrix", (Paragraph("No national initiative is in this report."),), annex="A")
    latest = {statement.commitment: statement.counted for statement in context.snapshot.statements}
    reported = Participation(context.now, latest, frozenset())
    title, blocks = participation_title(reported), (participation_matrix(reported),)
    return Section("matrix", title, blocks, annex="A", new_page=True, wide=True)


def ledger(context: ReportContext) -> Section:
    """Every event that changed what is counted, the newest first."""
    columns = [("Initiative", 3), ("Event", 6), ("From", 3), ("Why", 8), ("Decided at", 3)]
    rows = (_ledger_row(context.plan, line) for line in reversed(context.snapshot.ledger))
    empty = "Nothing has changed what is counted since the first edition."
    changes = table("Every change, the newest first", columns, rows, empty)
    return Section("ledger", "Changes to the plan and to what is counted", (changes,), annex="B", new_page=True)


def _ledger_row(plan: Plan, line: LedgerLine) -> TableRow:
    subject = "The plan" if line.initiative == plan.key else line.initiative
    party = f"/{line.party}" if line.party else ""
    decided = meeting_name(plan, line.decided_at) if line.decided_at else NOTHING
    return row(subject + party, line.sentence, day(line.effective_on), line.reason, decided)


def proposals(context: ReportContext) -> Section | None:
    """Due dates to be moved, and requests not to apply or to be suspended; the meeting decides."""
    if not shows(context.display, Detail.PROPOSALS):
        return None
    rows = (
        _proposal(context, statement)
        for statement in context.snapshot.statements
        if is_pending(statement, context.plan)
    )
    columns = [("Commitment", 8), ("By", 3), ("Proposed", 5), ("Why", 8)]
    proposed = table("What was proposed or asked for", columns, rows, "Nothing was proposed or asked for.")
    return Section("proposals", "Proposals and requests", (proposed,), annex=PROPOSALS_ANNEX)


def _proposal(context: ReportContext, statement: StatementView) -> TableRow:
    initiative, moved = context.plan.initiative[statement.initiative], moved_due(statement, context.plan)
    request = f"that it {statement.requested.label.removeprefix('that it ')}" if statement.requested else ""
    due = f"due {day(moved)} instead of {day(initiative.due_for(statement.party))}" if moved else ""
    return row(
        named(initiative),
        party_name(context.plan, statement.speaker),
        "; ".join(filter(None, (due, request))),
        statement.request_reason or statement.obstacles or NOTHING,
        link=context.link(*statement.commitment),
    )


def corrections(context: ReportContext) -> Section | None:
    """The statements that differ between the paper and what was noted: the annex of the Summary Record."""
    if not context.snapshot.corrections:
        return None
    rows = (
        context.row_of(correction, marked(correction.before), marked(correction.after))
        for correction in context.snapshot.corrections
    )
    columns = [("Commitment", 3), ("In the paper", 6), ("As noted", 6)]
    title = f"After the paper: {updates_text(context.snapshot.corrections)}"
    updates = table("What the paper said, and what was noted", columns, rows)
    return Section("corrections", title, (updates,), annex=UPDATES_ANNEX)


def marked(statement: Marked | StatementView | None) -> str:
    """A statement in short: its status and the day it was valid on."""
    if statement is None:
        return "no report"
    return f"{status_text(statement.status, statement.percent)}, valid on {day(statement.valid_on)}"


def statements(context: ReportContext) -> Section | None:
    """The last statement of each party, in its own words and with its evidence; the public has open evidence only."""
    in_plan = [entry for entry in context.snapshot.statements if entry.initiative in context.plan.initiative]
    if shows(context.display, Detail.NARRATIVE):
        columns = [("Commitment", 3), ("Status", 4), ("In its own words", 12)]
        rows = (_statement(context, statement) for statement in in_plan)
        last_statements = table("What each party said last", columns, rows, "Nothing has been said yet.")
        return Section("statements", "Statements", (last_statements,), annex="E", new_page=True)
    evidence = [
        row(named(context.plan.initiative[statement.initiative]), evidence_text(statement.evidence))
        for statement in in_plan
        if statement.evidence
    ]
    open_evidence = table("Evidence that everybody may read", [("Initiative", 8), ("Evidence", 10)], evidence)
    return Section("statements", "Evidence", (open_evidence,), annex="E", new_page=True) if evidence else None


def _statement(context: ReportContext, statement: StatementView) -> TableRow:
    words = (
        statement.narrative,
        *(f"{LABELS[name]}: {getattr(statement, name)}" for name in OTHER_FIELDS if getattr(statement, name)),
        f"Evidence: {evidence_text(statement.evidence)}" if statement.evidence else "",
        _persons(context, statement),
    )
    return context.row_of(statement, marked(statement), "\n".join(filter(None, words)))


def _persons(context: ReportContext, statement: StatementView) -> str:
    """Who wrote and cleared it, where the display gives names."""
    author, clearer = context.people.get(statement.author), context.people.get(statement.cleared_by or 0)
    parts = (f"written by {author}" if author else "", f"cleared by {clearer}" if clearer else "")
    names = ", ".join(filter(None, parts))
    return f"{names[:1].upper()}{names[1:]}"


def evidence_text(evidence: tuple[EvidenceItem, ...]) -> str:
    """Each item with its title and where it is; a file is kept in the dashboard."""
    return "; ".join(map(_evidence_item, evidence))


def _evidence_item(item: EvidenceItem) -> str:
    location = item.document or item.url or (f"file {item.file}" if item.file else "")
    return f"{item.title}: {location}" if item.title and location != item.title else location


def questions(context: ReportContext) -> Section | None:
    """What the chair may wish to ask: the secretariat's own annex."""
    if not shows(context.display, Detail.QUESTIONS):
        return None
    rows = (context.row_of(question, question.rule.label, question.sentence) for question in context.snapshot.questions)
    columns = [("Commitment", 3), ("Rule", 5), ("Question", 10)]
    suggested = table("By fixed rules, from what is cleared", columns, rows, "There is nothing to ask.")
    return Section("questions", "Questions the chair may wish to ask", (suggested,), annex="G")


def the_method(context: ReportContext) -> Section:
    """How every figure is computed, in words for readers."""
    parts = method(context.plan.settings)
    blocks = tuple(Items(part.title, tuple(f"{term}: {meaning}" for term, meaning in part.entries)) for part in parts)
    return Section("method", f"Method, version {METHOD_VERSION}", blocks, annex="D", new_page=True)
