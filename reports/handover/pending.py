"""What the pack says of unfinished business: decisions, evidence and proposals."""

from models.core.text import day, listed
from models.figures.explain import status_text
from models.meetings.handover import FAR, Handover, is_pending, moved_due, owes_evidence
from models.progress.views import StatementView
from reports.handover.standing import commitment_of, in_order, link, shortened
from reports.meeting.attention_tables import named
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name
from reports.report import Cell, Column, Paragraph, Row, Section, Table


def decisions(of: Handover) -> Section:
    """Those you own, and those about what you report on."""
    columns = (
        Column("From", width=3),
        Column("Decision or action point", width=9),
        Column("Owner", width=3),
        Column("Due", width=3),
    )
    rows = tuple(
        Row(
            (
                Cell(meeting_name(of.plan, one.meeting)),
                Cell(f"{one.kind.label}: {one.text}{f' ({listed(one.initiatives)})' if one.initiatives else ''}"),
                Cell(party_name(of.plan, one.owner) if one.owner else NOTHING),
                Cell(meeting_name(of.plan, one.due_meeting) if one.due_meeting else NOTHING),
            )
        )
        for one in of.decisions
    )
    title = f"Open decisions: {len(rows)}"
    return Section("handover_decisions", title, (Table(title, columns, rows, "No decision or action point is open."),))


def evidence(of: Handover, address: str) -> Section:
    """What is completed or nearly so, and rests on nothing yet."""
    standing = {commitment_of(one) for one in of.standings}
    found = [one for key, one in of.statements.items() if key in standing and owes_evidence(one)]
    what = f"Said to be completed, or at {FAR} % or more, with no evidence attached; completing a commitment needs it."
    rows = tuple(
        Row(
            (named(of.plan.initiative[one.initiative]), Cell(status_text(one.status, one.percent))),
            link(address, one.commitment),
        )
        for one in found
    )
    title = f"Evidence owed: {len(rows)}"
    if not rows:
        none = f"None. It would be owed for what is {what[0].lower()}{what[1:]}"
        return Section("handover_evidence", title, (Paragraph(none),))
    columns = (Column("Commitment", width=9), Column("Said last", width=3))
    return Section("handover_evidence", title, (Paragraph(what, quiet=True), Table(title, columns, rows)))


def proposals(of: Handover, address: str) -> Section:
    """What the meeting has not decided yet, cleared or still waiting to be."""
    latest = {**of.statements, **of.waiting}
    pending = [latest[key] for key in in_order(of, latest) if is_pending(latest[key], of.plan)]
    rows = tuple(_proposal(of, one, address) for one in pending)
    columns = (Column("Commitment", width=8), Column("Proposed", width=5), Column("Why", width=6))
    title = f"Proposals pending: {len(rows)}"
    empty = "Nothing was proposed that is not decided."
    return Section("handover_proposals", title, (Table(title, columns, rows, empty),))


def _proposal(of: Handover, one: StatementView, address: str) -> Row:
    moved = moved_due(one, of.plan)
    asked = (f"due {day(moved)}" if moved else "", one.requested.label if one.requested else "")
    waits = "" if one.cleared_at else "not cleared yet"
    why = shortened(one.request_reason or one.obstacles or "") or NOTHING
    cells = (named(of.plan.initiative[one.initiative]), Cell("; ".join(filter(None, asked)), tag=waits), Cell(why))
    return Row(cells, link(address, one.commitment))
