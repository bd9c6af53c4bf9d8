"""Page 3: what needs attention, who has not reported, what is due next, and what earlier meetings left to do."""

from collections.abc import Iterator
from datetime import date

from models.core.text import counted, day
from models.figures.attention import Attention, needs_attention
from models.figures.explain import status_text
from models.figures.health_label import health_label
from models.figures.standing import InitiativeStanding
from models.meetings.snapshot import Decided
from models.people.visibility_rules import Detail, shows
from models.plan.schema import Initiative
from reports.meeting.context import ReportContext
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, wording_tag
from reports.report import Block, Cell, Column, Paragraph, Row, Section, Table


def named(initiative: Initiative) -> Cell:
    """The initiative's key, code and title, with the words that must stand beside it."""
    return Cell(f"{initiative.key} {initiative.code} {initiative.title}", tag=wording_tag(initiative))


def attention(of: ReportContext) -> Section:
    """Overdue, at risk, never reported; each with its reason and, for the meeting, the next step its lead named."""
    found = needs_attention(of.now) if of.now.has_reports else ()
    in_words = shows(of.display, Detail.NARRATIVE)
    heads = {"Initiative": 8, "Lead": 3, "Why": 6, "Due": 4} | ({"Next step": 7} if in_words else {})
    columns = tuple(Column(head, width=width) for head, width in heads.items())
    rows = tuple(
        Row(
            (
                named(one.standing.initiative),
                Cell(one.standing.initiative.lead),
                Cell(_why(one), health=one.health_label),
                Cell(day(one.standing.due), tag="assumed" if one.standing.initiative.due_is_assumed else ""),
                *([Cell(_next_step(of, one.standing.key))] if in_words else []),
            ),
            of.link(one.standing.key),
        )
        for one in found
    )
    title = f"Needs attention: {len(rows)} of {counted(len(of.now.standings), 'initiative')}"
    empty = "Nothing needs attention." if of.now.has_reports else "Nothing can be said before the first report."
    return Section("attention", title, (Table("What to look at, and why", columns, rows, empty),), new_page=True)


def _why(one: Attention) -> str:
    """Overdue: 47 days past 31 Dec 2027; a reason that says the word itself stands alone."""
    return one.reason if one.reason.startswith(one.health_label.word) else f"{one.health_label.word}: {one.reason}"


def _next_step(of: ReportContext, key: str) -> str:
    steps = [one.next_step for one in of.snapshot.statements if one.initiative == key and one.next_step]
    return steps[0] if len(steps) == 1 else f"{len(steps)} next steps, see the statements" if steps else NOTHING


def not_reported(of: ReportContext) -> Section:
    """Who owes how many reports for this meeting; the public reads how many only."""
    owed = of.snapshot.owed
    title = f"Not reported: {counted(len(owed), 'report')} owed" if owed else "Every report owed was received"
    if not of.snapshot.meeting:
        return Section("not_reported", "Not reported", (Paragraph("Reports are owed for a meeting; this is none."),))
    if not shows(of.display, Detail.OWED) or not owed:
        return Section("not_reported", title, ())
    columns = (Column("Reports", width=3), Column("Owed", numeric=True), Column("On", width=10))
    rows = tuple(_outstanding(of, who) for who in _silent(of))
    return Section("not_reported", title, (Table("Who owes reports, and on what", columns, rows),))


def _silent(of: ReportContext) -> list[str]:
    silent = {of.reporter(*one) for one in of.snapshot.owed}
    return [key for key in (*of.plan.body, *of.plan.state) if key in silent]


def _outstanding(of: ReportContext, who: str) -> Row:
    ones = [initiative for initiative, party in of.snapshot.owed if of.reporter(initiative, party) == who]
    return Row((Cell(of.party(who)), Cell(str(len(ones))), Cell(", ".join(ones))))


def due_next(of: ReportContext) -> Section:
    """What falls due before the next meeting and is not completed."""
    if of.coming is None:
        return Section("due_next", "Due before the next meeting", (Paragraph("No later meeting is in the calendar."),))
    title = f"Due before {of.coming.name}, {day(of.coming.start)}"
    columns = (
        Column("Initiative", width=8),
        Column("Lead", width=3),
        Column("Due", width=3),
        Column("Stands at", width=4),
    )
    rows = tuple(
        Row(
            (
                named(one.initiative),
                Cell(one.initiative.lead),
                Cell(day(one.due), tag="assumed" if one.initiative.due_is_assumed else ""),
                Cell(f"{int(one.percent)} %" if one.reported else "no report"),
            ),
            of.link(one.key),
        )
        for one in of.now.standings
        if not one.completed and of.snapshot.as_of <= one.due < of.coming.start
    )
    caption = "What falls due and is not completed"
    return Section("due_next", title, (Table(caption, columns, rows, "Nothing falls due before then."),))


def matters_arising(of: ReportContext) -> Section | None:
    """Decisions and action points of earlier meetings: those open first, then those closed since the last one."""
    if not shows(of.display, Detail.DECISIONS):
        return None
    ones = list(_arising(of))
    columns = (
        Column("From", width=3),
        Column("Decision or action point", width=8),
        Column("Owner", width=3),
        Column("Due", width=3),
        Column("Since then", width=6),
    )
    rows = tuple(_decision(of, one) for one in ones)
    still = sum(one.is_open for one in ones)
    title = f"Matters arising: {still} open" if rows else "Matters arising"
    caption = "Decisions and action points of earlier meetings"
    return Section("decisions", title, (Table(caption, columns, rows, "Earlier meetings left nothing open."),))


def _arising(of: ReportContext) -> Iterator[Decided]:
    since = of.snapshot.baseline.as_of if of.snapshot.baseline else date.min
    earlier = [one for one in of.snapshot.decisions if one.meeting != of.snapshot.meeting]
    yield from (one for one in earlier if one.is_open)
    yield from (one for one in earlier if one.closed_on is not None and one.closed_on >= since)


def _decision(of: ReportContext, one: Decided) -> Row:
    names = f" ({', '.join(one.initiatives)})" if one.initiatives else ""
    return Row(
        (
            Cell(meeting_name(of.plan, one.meeting)),
            Cell(f"{one.kind.label}: {one.text}{names}"),
            Cell(of.party(one.owner) if one.owner else NOTHING),
            _due(of, one),
            Cell(_since(of, one)),
        )
    )


def _since(of: ReportContext, one: Decided) -> str:
    """How it was closed; else how its initiatives stand now, and where they stood at the meeting before."""
    if one.closed_on:
        told = "; ".join(filter(None, (one.closing_evidence, one.closing_reason)))
        return f"closed {day(one.closed_on)}: {told}"
    standings = [of.now.by_key[key] for key in one.initiatives if key in of.now.by_key]
    return "; ".join(_moved(of, each) for each in standings) or "open"


def _moved(of: ReportContext, now: InitiativeStanding) -> str:
    """I02 on schedule, 40 % (20 % at AWGIPC 81)."""
    if not now.reported:
        return f"{now.key} {health_label(now).word}"
    reached, before = int(now.percent), of.initiative_before(now.key)
    told = f"{now.key} {health_label(now).word}, {reached} %"
    if before is None or of.before is None:
        return told
    if not before.commitments_reported:
        return f"{told} (no report at {of.before.name})"
    same = before.progress_percent == reached
    return f"{told} ({'unchanged since' if same else f'{before.progress_percent} % at'} {of.before.name})"


def _due(of: ReportContext, one: Decided) -> Cell:
    """The meeting it is due by; whether that is this one, or was held already."""
    if one.due_meeting is None:
        return Cell(NOTHING)
    due = of.plan.meeting.get(one.due_meeting)
    held = "was held" if due and due.end < of.snapshot.as_of else ""
    now = "this meeting" if one.due_meeting == of.snapshot.meeting else held
    return Cell(meeting_name(of.plan, one.due_meeting), tag=now if one.is_open else "")


def submitted(of: ReportContext) -> Section | None:
    """What waits to be cleared: the secretariat's own list."""
    if not shows(of.display, Detail.NOT_CLEARED):
        return None
    columns = (Column("Commitment", width=3), Column("Says", width=4), Column("In words", width=10))
    rows = tuple(
        Row(
            (
                Cell(f"{one.initiative}/{one.party}"),
                Cell(status_text(one.status, one.percent)),
                Cell(one.narrative or NOTHING),
            ),
            of.link(one.initiative, one.party),
        )
        for one in of.snapshot.submitted
    )
    blocks: tuple[Block, ...] = (Table("What waits to be cleared", columns, rows, "Nothing waits to be cleared."),)
    return Section("submitted", "Submitted, not yet cleared", blocks)
