"""The sections on unfinished business: decisions, evidence and proposals."""

from models.core.text import day, listed
from models.figures.explain import status_text
from models.meetings.handover import FAR, Handover, is_pending, moved_due, owes_evidence
from models.meetings.snapshot import Decided
from models.progress.views import StatementView
from reports.handover.standing import commitment_of, in_order, link, shortened
from reports.meeting.attention_tables import named
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name
from reports.report import Cell, Column, Paragraph, Row, Section, Table


def decisions(pack: Handover) -> Section:
    """Return the open decisions owned by the party or about its commitments."""
    columns = (
        Column("From", width=3),
        Column("Decision or action point", width=9),
        Column("Owner", width=3),
        Column("Due", width=3),
    )
    rows = tuple(
        Row(
            (
                Cell(meeting_name(pack.plan, decision.meeting)),
                Cell(f"{decision.kind.label}: {decision.text}{_about(decision)}"),
                Cell(party_name(pack.plan, decision.owner) if decision.owner else NOTHING),
                Cell(meeting_name(pack.plan, decision.due_meeting) if decision.due_meeting else NOTHING),
            )
        )
        for decision in pack.decisions
    )
    title = f"Open decisions: {len(rows)}"
    return Section("handover_decisions", title, (Table(title, columns, rows, "No decision or action point is open."),))


def _about(decision: Decided) -> str:
    return f" ({listed(decision.initiatives)})" if decision.initiatives else ""


def evidence(pack: Handover, address: str) -> Section:
    """Return the commitments reported as completed or nearly completed, without evidence."""
    in_scope = {commitment_of(standing) for standing in pack.standings}
    kept = (statement for key, statement in pack.statements.items() if key in in_scope)
    what = f"Reported as completed, or at {FAR} % or more, without evidence, which completing a commitment needs."
    rows = tuple(
        Row(
            (
                named(pack.plan.initiative[statement.initiative]),
                Cell(status_text(statement.status, statement.percent)),
            ),
            link(address, statement.commitment),
        )
        for statement in kept
        if owes_evidence(statement)
    )
    title = f"Evidence outstanding: {len(rows)}"
    if not rows:
        none = Paragraph(f"None. Evidence is outstanding where a commitment is {what[0].lower()}{what[1:]}")
        return Section("handover_evidence", title, (none,))
    columns = (Column("Commitment", width=9), Column("Last statement", width=3))
    return Section("handover_evidence", title, (Paragraph(what, quiet=True), Table(title, columns, rows)))


def proposals(pack: Handover, address: str) -> Section:
    """Return the proposals that no meeting has decided yet, cleared or awaiting clearance."""
    latest = {**pack.statements, **pack.waiting}
    statements = [latest[key] for key in in_order(pack, latest) if is_pending(latest[key], pack.plan)]
    rows = tuple(_proposal(pack, statement, address) for statement in statements)
    columns = (Column("Commitment", width=8), Column("Proposed", width=5), Column("Reason", width=6))
    title = f"Proposals pending: {len(rows)}"
    return Section("handover_proposals", title, (Table(title, columns, rows, "No proposal is pending."),))


def _proposal(pack: Handover, statement: StatementView, address: str) -> Row:
    moved = moved_due(statement, pack.plan)
    proposed = (f"due {day(moved)}" if moved else "", statement.requested.label if statement.requested else "")
    tag = "" if statement.cleared_at else "not cleared yet"
    why = shortened(statement.request_reason or statement.obstacles or "") or NOTHING
    what = Cell("; ".join(filter(None, proposed)), tag=tag)
    cells = (named(pack.plan.initiative[statement.initiative]), what, Cell(why))
    return Row(cells, link(address, statement.commitment))
