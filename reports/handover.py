"""The handover pack: what a new chair, champion or focal point takes over, in one short document."""

from collections.abc import Iterable, Iterator

from models.core.text import counted, day, distance, listed
from models.core.vocabulary import ASEAN, Health, Role, Status, Wording
from models.figures.explain import status_text
from models.figures.health_label import health_label
from models.figures.standing import CommitmentStanding
from models.meetings.handover import FAR, Handover, StatementsAtMeeting, is_pending, moved_due, owes_evidence
from models.people.visibility_rules import Display
from models.plan.calendar import next_meeting
from models.plan.schema import Commitment, Plan
from models.progress.cycles import CycleSpan
from models.progress.views import StatementView
from reports.meeting.attention_tables import decision_cells, due_cell, named
from reports.meeting.describe import DEMONSTRATION
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name
from reports.report import Block, Items, Paragraph, Report, ReportHead, Section, TableCell, TableRow, row, table

LONGEST_STATEMENT = 140
"""Characters of a statement that the pack repeats; its link leads to the full text."""


def describe_handover(pack: Handover, address: str) -> Report:
    """Return the pack; its links begin with `address`, the URL of the dashboard.

    A template of the meeting report has no place for the keys of its sections, so their order is fixed.
    """
    sections = (_own_commitments, _statements, _due_next, _decisions, _evidence, _proposals, _how)
    return Report(
        head=_head(pack),
        sections=tuple(section(pack, address) for section in sections),
        foot=_foot(pack),
        records=(),
        made_at=pack.known_at,
        display=Display.MEETING,
        demonstration=DEMONSTRATION if pack.is_made_up else "",
    )


def speaker_named(plan: Plan, speaker: str) -> str:
    """Return "Chair of TMTF" or "Focal point of Thailand"."""
    return f"Focal point of {party_name(plan, speaker)}" if speaker in plan.state else f"Chair of {speaker}"


def _head(pack: Handover) -> ReportHead:
    scope, plan = pack.assignment.scope, pack.plan
    if scope in plan.state:
        name, role = plan.state[scope].formal_name, "focal point"
    else:
        name, role = plan.body[scope].name, "chair"
    return ReportHead(
        meeting=plan.title,
        place_and_dates=f"As of {day(pack.today)}",
        agenda_item="",
        document_number="",
        classification=f"For the incoming {role}; not for publication",
        state="",
        title=f"Handover pack: {speaker_named(plan, scope)}",
        subtitle=name,
    )


def _foot(pack: Handover) -> str:
    initiatives = {standing.initiative.key: standing.initiative for standing in pack.standings}.values()
    working = sum(initiative.wording is Wording.WORKING for initiative in initiatives)
    titles = f" {counted(working, 'title')} {'is a working title' if working == 1 else 'are working titles'}."
    basis = f"Cleared statements as of {day(pack.today)}, edition {pack.edition.version}."
    return f"{basis}{titles if working else ''} Long statements are shortened; the dashboard has the full text."


def _commitment_of(standing: CommitmentStanding) -> Commitment:
    return standing.initiative.key, standing.party


def _row(address: str, commitment: Commitment, *contents: TableCell | str) -> TableRow:
    """A row about a commitment, with its link."""
    key, party = commitment
    return row(*contents, link=f"{address}/initiative?initiative={key}&state={party}")


def _shortened(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= LONGEST_STATEMENT else f"{line[: LONGEST_STATEMENT - 1].rstrip()}…"


def _own_commitments(pack: Handover, address: str) -> Section:
    """Every commitment in scope with its due date and status."""
    champion = any(standing.party == ASEAN for standing in pack.standings) and pack.assignment.role is Role.FOCAL_POINT
    rows = (
        _row(
            address,
            _commitment_of(standing),
            named(standing.initiative),
            *(["champion" if standing.party == ASEAN else "member state"] if champion else []),
            due_cell(standing),
            _status_cell(pack, standing),
        )
        for standing in pack.standings
    )
    columns = [("Commitment", 9), *([("Role", 3)] if champion else []), ("Due", 3), ("Status", 6)]
    blocks: list[Block] = [table("Your commitments", columns, rows, "You have no commitment in force today.")]
    excluded = [key for (key, _), statement in pack.statements.items() if statement.status is Status.NOT_APPLICABLE]
    if excluded:
        blocks.append(Paragraph(f"Not applicable, and not counted: {', '.join(excluded)}.", quiet=True))
    return Section("handover_own", f"Your commitments: {len(pack.standings)}", tuple(blocks))


def _status_cell(pack: Handover, standing: CommitmentStanding) -> TableCell:
    """The health, and what was reported where that says more."""
    health, statement = health_label(standing), pack.statements.get(_commitment_of(standing))
    if statement is None or standing.completed:
        return TableCell(health.word, health=health)
    reported = status_text(statement.status, statement.percent)
    return TableCell(reported if standing.health is Health.SUSPENDED else f"{health.word}: {reported}", health=health)


def _statements(pack: Handover, address: str) -> Section:
    """The statements meeting by meeting; one that did not change is not repeated."""
    if not pack.meetings:
        nothing = Paragraph("No meeting has taken note of the plan yet.")
        return Section("handover_said", "Statements at the last meetings", (nothing,))
    title = f"Statements at the last {counted(len(pack.meetings), 'meeting')}"
    columns = [("Initiative", 2), *((meeting_name(pack.plan, meeting.meeting), 5) for meeting in pack.meetings)]
    keys = {key for meeting in pack.meetings for key in meeting.statements}
    rows = (_row(address, key, key[0], *_history(pack.meetings, key)) for key in pack.plan.commitments() if key in keys)
    return Section("handover_said", title, (table(title, columns, rows, "Nothing was reported at these meetings."),))


def _history(meetings: Iterable[StatementsAtMeeting], key: Commitment) -> Iterator[str]:
    before: StatementView | None = None
    for meeting in meetings:
        statement = meeting.statements.get(key)
        if statement is None:
            yield "no report"
        elif before and statement.row == before.row:
            yield "unchanged"
        else:
            words = (status_text(statement.status, statement.percent), _shortened(statement.narrative))
            yield "\n".join(filter(None, words))
        before = statement


def _due_next(pack: Handover, address: str) -> Section:
    """The reports that are due, then what is to be completed before the next meeting."""
    meeting = next_meeting(pack.plan, pack.today)
    reports = Paragraph(_owed(pack, pack.cycle) if pack.cycle else "No reporting cycle is open now.")
    if meeting is None:
        return Section("handover_due", "What is due next", (reports, Paragraph("No later meeting is in the calendar.")))
    rows = (
        _row(address, _commitment_of(standing), named(standing.initiative), due_cell(standing))
        for standing in pack.standings
        if not standing.completed and standing.due < meeting.start
    )
    caption = f"To be completed before {meeting.name}, {day(meeting.start)}"
    empty = f"Nothing is to be completed before {meeting.name}."
    due = table(caption, [("Commitment", 9), ("Due", 3)], rows, empty)
    return Section("handover_due", "What is due next", (reports, due))


def _owed(pack: Handover, cycle: CycleSpan) -> str:
    meeting = cycle.meeting.name
    if not pack.owed:
        return f"All reports due for {meeting} were received."
    due = f"{day(cycle.due)}, {distance(cycle.due, pack.today)}"
    return f"{counted(len(pack.owed), 'report')} for {meeting}, due {due}: {listed([key for key, _ in pack.owed])}."


def _decisions(pack: Handover, _address: str) -> Section:
    """The open decisions owned by the party or about its commitments."""
    columns = [("From", 3), ("Decision or action point", 9), ("Owner", 3), ("Due", 3)]
    rows = (
        row(
            *decision_cells(pack.plan, decision, listed),
            meeting_name(pack.plan, decision.due_meeting) if decision.due_meeting else NOTHING,
        )
        for decision in pack.decisions
    )
    title = f"Open decisions: {len(pack.decisions)}"
    open_decisions = table(title, columns, rows, "No decision or action point is open.")
    return Section("handover_decisions", title, (open_decisions,))


def _evidence(pack: Handover, address: str) -> Section:
    """The commitments reported as completed or nearly completed, without evidence."""
    in_scope = set(map(_commitment_of, pack.standings))
    rule = f"reported as completed, or at {FAR} % or more, without evidence, which completing a commitment needs."
    rows = [
        _row(address, key, named(pack.plan.initiative[key[0]]), status_text(statement.status, statement.percent))
        for key, statement in pack.statements.items()
        if key in in_scope and owes_evidence(statement)
    ]
    title = f"Evidence outstanding: {len(rows)}"
    if not rows:
        paragraph = Paragraph(f"None. Evidence is outstanding where a commitment is {rule}")
        return Section("handover_evidence", title, (paragraph,))
    missing = table(title, [("Commitment", 9), ("Last statement", 3)], rows)
    return Section("handover_evidence", title, (Paragraph(f"{rule[0].upper()}{rule[1:]}", quiet=True), missing))


def _proposals(pack: Handover, address: str) -> Section:
    """The proposals that no meeting has decided yet, cleared or awaiting clearance."""
    latest = {**pack.statements, **pack.waiting}
    statements = [latest[key] for key in pack.plan.commitments() if key in latest]
    rows = [_proposal(pack, statement, address) for statement in statements if is_pending(statement, pack.plan)]
    columns = [("Commitment", 8), ("Proposed", 5), ("Reason", 6)]
    title = f"Proposals pending: {len(rows)}"
    return Section("handover_proposals", title, (table(title, columns, rows, "No proposal is pending."),))


def _proposal(pack: Handover, statement: StatementView, address: str) -> TableRow:
    moved = moved_due(statement, pack.plan)
    proposed = (f"due {day(moved)}" if moved else "", statement.requested.label if statement.requested else "")
    proposal = TableCell("; ".join(filter(None, proposed)), tag="" if statement.cleared_at else "not cleared yet")
    reason = _shortened(statement.request_reason or statement.obstacles) or NOTHING
    return _row(address, statement.commitment, named(pack.plan.initiative[statement.initiative]), proposal, reason)


def _how(_pack: Handover, address: str) -> Section:
    """The steps of a first report."""
    steps = (
        f"Open {address}/my-updates. To sign in, request a link at {address}/sign-in; it is sent to your own e-mail"
        " address, so the secretariat must first add you.",
        "Open a card, select status and step, describe what was done and what comes next, and attach evidence. Each"
        " field is saved when you leave it. Drafts of your predecessor are now yours.",
        "Where nothing has changed, press “No change on the other ...”: it reports no change on all remaining ones.",
        "Press “See differences and submit”, check the differences from the last statements, and submit.",
        "The secretariat clears each statement, or returns it with a note at the top of your list. Only cleared ones"
        " are counted.",
    )
    return Section("handover_how", "How to report", (Items("In five steps:", steps, lettered=True),))
