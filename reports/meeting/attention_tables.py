"""Page 3: what needs attention, who has not reported, what is due next, and what earlier meetings left to do."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from models.core.text import counted, day
from models.figures.attention import Attention, needs_attention
from models.figures.explain import status_text
from models.figures.health_label import health_label
from models.figures.standing import InitiativeStanding, Standing
from models.meetings.snapshot import Decided
from models.people.visibility_rules import Detail, shows
from models.plan.schema import Initiative, Plan
from reports.meeting.context import ReportContext
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name, wording_tag
from reports.report import Columns, Paragraph, Section, TableCell, row, table


def named(initiative: Initiative) -> TableCell:
    """The initiative's key, code and title, with the tag of its wording."""
    return TableCell(f"{initiative.key} {initiative.code} {initiative.title}", tag=wording_tag(initiative))


def due_cell(standing: Standing) -> TableCell:
    """The due date, with the tag of an assumed one."""
    return TableCell(day(standing.due), tag="assumed" if standing.initiative.due_is_assumed else "")


def attention(context: ReportContext) -> Section:
    """Overdue, at risk, never reported; each with its reason and, for the meeting, the next step its lead named."""
    reported, in_words = context.now.has_reports, shows(context.display, Detail.NARRATIVE)
    rows = [
        row(
            named(entry.standing.initiative),
            entry.standing.initiative.lead,
            TableCell(_reason(entry), health=entry.health_label),
            due_cell(entry.standing),
            *([_next_step(context, entry.standing.key)] if in_words else []),
            link=context.link(entry.standing.key),
        )
        for entry in (needs_attention(context.now) if reported else ())
    ]
    columns = [("Initiative", 8), ("Lead", 3), ("Why", 6), ("Due", 4), *([("Next step", 7)] if in_words else [])]
    title = f"Needs attention: {len(rows)} of {counted(len(context.now.standings), 'initiative')}"
    empty = "Nothing needs attention." if reported else "Nothing can be said before the first report."
    return Section("attention", title, (table("What to look at, and why", columns, rows, empty),), new_page=True)


def _reason(entry: Attention) -> str:
    """Overdue: 47 days past 31 Dec 2027; the word is not repeated where the reason begins with it."""
    word = entry.health_label.word
    return entry.reason if entry.reason.startswith(word) else f"{word}: {entry.reason}"


def _next_step(context: ReportContext, key: str) -> str:
    statements = (statement for statement in context.snapshot.statements if statement.initiative == key)
    steps = [statement.next_step for statement in statements if statement.next_step]
    return steps[0] if len(steps) == 1 else f"{len(steps)} next steps, see the statements" if steps else NOTHING


def not_reported(context: ReportContext) -> Section:
    """Who owes how many reports for this meeting; the public reads how many only."""
    owed = context.snapshot.owed
    if not context.snapshot.meeting:
        return Section("not_reported", "Not reported", (Paragraph("Reports are owed for a meeting; this is none."),))
    title = f"Not reported: {counted(len(owed), 'report')} owed" if owed else "Every report owed was received"
    if not shows(context.display, Detail.OWED) or not owed:
        return Section("not_reported", title, ())
    by_reporter = defaultdict(list)
    for initiative, party in owed:
        by_reporter[context.reporter(initiative, party)].append(initiative)
    rows = (
        row(party_name(context.plan, reporter), str(len(keys)), ", ".join(keys))
        for reporter in (*context.plan.body, *context.plan.state)
        if (keys := by_reporter[reporter])
    )
    columns: Columns = [("Reports", 3), ("Owed", 1, True), ("On", 10)]
    return Section("not_reported", title, (table("Who owes reports, and on what", columns, rows),))


def due_next(context: ReportContext) -> Section:
    """What falls due before the next meeting and is not completed."""
    meeting = context.next_meeting
    if meeting is None:
        return Section("due_next", "Due before the next meeting", (Paragraph("No later meeting is in the calendar."),))
    rows = (
        row(
            named(standing.initiative),
            standing.initiative.lead,
            due_cell(standing),
            _progress(context, standing),
            link=context.link(standing.key),
        )
        for standing in context.now.standings
        if not standing.completed and context.snapshot.as_of <= standing.due < meeting.start
    )
    columns = [("Initiative", 8), ("Lead", 3), ("Due", 3), ("Progress", 4)]
    due = table("What falls due and is not completed", columns, rows, "Nothing falls due before then.")
    return Section("due_next", f"Due before {meeting.name}, {day(meeting.start)}", (due,))


def _progress(context: ReportContext, standing: InitiativeStanding) -> str:
    if not standing.reported:
        return "no report"
    return f"{int(standing.percent)} %" if context.now.shows_percentages else "reported"


DECISION_COLUMNS = (("From", 3), ("Decision or action point", 8), ("Owner", 3), ("Due", 3), ("Since then", 6))


def matters_arising(context: ReportContext) -> Section | None:
    """Decisions and action points of earlier meetings: those open first, then those closed since the last one."""
    if not shows(context.display, Detail.DECISIONS):
        return None
    decisions = list(_arising(context))
    rows = (
        row(*decision_cells(context.plan, decision), _due(context, decision), _outcome(context, decision))
        for decision in decisions
    )
    title = f"Matters arising: {sum(decision.is_open for decision in decisions)} open"
    caption = "Decisions and action points of earlier meetings"
    arising = table(caption, DECISION_COLUMNS, rows, "Earlier meetings left nothing open.")
    return Section("decisions", title if decisions else "Matters arising", (arising,))


def _arising(context: ReportContext) -> Iterator[Decided]:
    snapshot, mark = context.snapshot, context.source.past.mark
    first = mark.as_of if mark else date.min
    earlier = [decision for decision in snapshot.decisions if decision.meeting != snapshot.meeting]
    yield from (decision for decision in earlier if decision.closed_on is None)
    yield from (decision for decision in earlier if decision.closed_on is not None and decision.closed_on >= first)


def decision_cells(
    plan: Plan, decision: Decided, joined: Callable[[Sequence[str]], str] = ", ".join
) -> tuple[str, str, str]:
    """The meeting it is from, what was decided on which initiatives, and who is to do it."""
    initiatives = f" ({joined(decision.initiatives)})" if decision.initiatives else ""
    owner = party_name(plan, decision.owner) if decision.owner else NOTHING
    return meeting_name(plan, decision.meeting), f"{decision.kind.label}: {decision.text}{initiatives}", owner


def _outcome(context: ReportContext, decision: Decided) -> str:
    """How it was closed; else the state of its initiatives now and at the meeting before."""
    if decision.closed_on:
        words = "; ".join(filter(None, (decision.closing_evidence, decision.closing_reason)))
        return f"closed {day(decision.closed_on)}: {words}"
    standings = [context.now.by_key[key] for key in decision.initiatives if key in context.now.by_key]
    return "; ".join(_moved(context, standing) for standing in standings) or "open"


def _moved(context: ReportContext, now: InitiativeStanding) -> str:
    """I02 on schedule, 40 % (20 % at AWGIPC 81)."""
    health = f"{now.key} {health_label(now).word}"
    if not (now.reported and context.now.shows_percentages):
        return health
    reached, before = int(now.percent), context.initiative_before(now.key)
    if before is None or context.before is None:
        return f"{health}, {reached} %"
    then = f"{before.progress_percent} % at" if before.progress_percent != reached else "unchanged since"
    return f"{health}, {reached} % ({then if before.commitments_reported else 'no report at'} {context.before.name})"


def _due(context: ReportContext, decision: Decided) -> TableCell:
    """The meeting it is due by, with a tag where that is this meeting or an earlier one."""
    if decision.due_meeting is None:
        return TableCell(NOTHING)
    due = context.plan.meeting.get(decision.due_meeting)
    held = "was held" if due and due.end < context.snapshot.as_of else ""
    now = "this meeting" if decision.due_meeting == context.snapshot.meeting else held
    return TableCell(meeting_name(context.plan, decision.due_meeting), tag=now if decision.is_open else "")


def submitted(context: ReportContext) -> Section | None:
    """What waits to be cleared: the secretariat's own list."""
    if not shows(context.display, Detail.NOT_CLEARED):
        return None
    rows = (
        context.row_of(statement, status_text(statement.status, statement.percent), statement.narrative or NOTHING)
        for statement in context.snapshot.submitted
    )
    columns = [("Commitment", 3), ("Says", 4), ("In words", 10)]
    waiting = table("What waits to be cleared", columns, rows, "Nothing waits to be cleared.")
    return Section("submitted", "Submitted, not yet cleared", (waiting,))
