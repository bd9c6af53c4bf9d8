"""What the pack says first: what one owns, what was said of it meeting by meeting, and what is due next."""

from collections.abc import Iterable, Iterator

from models.core.text import counted, day, distance, listed
from models.core.vocabulary import ASEAN, Health, Role, Status
from models.figures.explain import status_text
from models.figures.health_label import health_label
from models.figures.standing import CommitmentStanding
from models.meetings.handover import Handover, SaidThen
from models.plan.calendar import next_meeting
from models.plan.schema import Commitment
from models.progress.cycles import CycleSpan
from models.progress.views import StatementView
from reports.meeting.attention_tables import named
from reports.parts.naming import meeting_name
from reports.report import Block, Cell, Column, Paragraph, Row, Section, Table

WORDS = 140
"""How many characters of a statement the pack repeats; the whole stands under its link."""


def own(of: Handover, address: str) -> Section:
    """Every commitment in scope, and how it stands."""
    champion = any(one.party == ASEAN for one in of.standings) and of.hat.role is Role.FOCAL_POINT
    columns = (
        Column("Commitment", width=9),
        *([Column("As", width=3)] if champion else []),
        Column("Due", width=3),
        Column("How it stands", width=6),
    )
    rows = tuple(_owned(of, one, address, champion=champion) for one in of.standings)
    title = f"What you own: {counted(len(rows), 'commitment')}"
    blocks: list[Block] = [Table("What you own", columns, rows, "Nothing in force is led or owed by you today.")]
    out = [key for (key, _), one in of.statements.items() if one.status is Status.NOT_APPLICABLE]
    if out:
        blocks.append(Paragraph(f"Not applicable, and not counted: {', '.join(out)}.", quiet=True))
    return Section("handover_own", title, tuple(blocks))


def _owned(of: Handover, one: CommitmentStanding, address: str, *, champion: bool) -> Row:
    told = of.statements.get(commitment_of(one))
    health, said = health_label(one), status_text(told.status, told.percent) if told else ""
    stands = said if one.health is Health.SUSPENDED else f"{health.word}: {said}" if said else health.word
    cells = (
        named(one.initiative),
        *([Cell("champion" if one.party == ASEAN else "member state")] if champion else []),
        Cell(day(one.due), tag="assumed" if one.initiative.due_is_assumed else ""),
        Cell(health.word if one.completed else stands, health=health),
    )
    return Row(cells, link(address, commitment_of(one)))


def said(of: Handover, address: str) -> Section:
    """Meeting by meeting; what did not change since the meeting before is said once."""
    title = f"What was said at the last {counted(len(of.meetings), 'meeting')}"
    if not of.meetings:
        told = Paragraph("No meeting has taken note of the plan yet.")
        return Section("handover_said", "What was said at the last meetings", (told,))
    columns = (
        Column("Initiative", width=2),
        *(Column(meeting_name(of.plan, one.meeting), width=5) for one in of.meetings),
    )
    keys = dict.fromkeys(key for one in of.meetings for key in one.statements)
    rows = tuple(
        Row((Cell(key[0]), *map(Cell, _course(of.meetings, key))), link(address, key)) for key in in_order(of, keys)
    )
    return Section("handover_said", title, (Table(title, columns, rows, "Nothing was reported to any of them."),))


def in_order(of: Handover, keys: Iterable[Commitment]) -> list[Commitment]:
    return [key for key in of.plan.commitments() if key in set(keys)]


def _course(meetings: tuple[SaidThen, ...], key: Commitment) -> Iterator[str]:
    before: int | None = None
    for one in meetings:
        told = one.statements.get(key)
        if told is None:
            yield "no report"
        elif told.row == before:
            yield "unchanged"
        else:
            yield _statement(told)
        before = told.row if told else None


def _statement(told: StatementView) -> str:
    words = shortened(told.narrative or "")
    return "\n".join(filter(None, (status_text(told.status, told.percent), words)))


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS else f"{line[: WORDS - 1].rstrip()}…"


def due_next(of: Handover, address: str) -> Section:
    """Reports first, then what is to be completed before the next meeting."""
    coming = next_meeting(of.plan, of.today)
    blocks: list[Block] = [Paragraph(_owed(of, of.cycle) if of.cycle else "No reporting cycle is open now.")]
    if coming is None:
        return Section("handover_due", "What is due next", (*blocks, Paragraph("No later meeting is in the calendar.")))
    soon = [one for one in of.standings if not one.completed and one.due < coming.start]
    rows = tuple(
        Row(
            (named(one.initiative), Cell(day(one.due), tag="assumed" if one.initiative.due_is_assumed else "")),
            link(address, commitment_of(one)),
        )
        for one in soon
    )
    caption = f"To be completed before {coming.name}, {day(coming.start)}"
    columns = (Column("Commitment", width=9), Column("Due", width=3))
    blocks.append(Table(caption, columns, rows, f"Nothing is to be completed before {coming.name}."))
    return Section("handover_due", "What is due next", tuple(blocks))


def _owed(of: Handover, cycle: CycleSpan) -> str:
    meeting = cycle.meeting.name
    if not of.owed:
        return f"Every report owed for {meeting} was received."
    names = listed([key for key, _ in of.owed])
    when = f"{day(cycle.due)}, {distance(cycle.due, of.today)}"
    return f"{counted(len(of.owed), 'report')} for {meeting}, due {when}: {names}."


def commitment_of(one: CommitmentStanding) -> Commitment:
    return one.initiative.key, one.party


def link(address: str, commitment: Commitment) -> str:
    key, party = commitment
    return f"{address}/initiative?initiative={key}&state={party}"
