"""The first sections: the commitments, their statements meeting by meeting, and what is due next."""

from collections.abc import Iterable, Iterator

from models.core.text import counted, day, distance, listed
from models.core.vocabulary import ASEAN, Health, Role, Status
from models.figures.explain import status_text
from models.figures.health_label import health_label
from models.figures.standing import CommitmentStanding
from models.meetings.handover import Handover, StatementsAtMeeting
from models.plan.calendar import next_meeting
from models.plan.schema import Commitment
from models.progress.cycles import CycleSpan
from models.progress.views import StatementView
from reports.meeting.attention_tables import named
from reports.parts.naming import meeting_name
from reports.report import Block, Cell, Column, Paragraph, Row, Section, Table

WORDS = 140
"""Characters of a statement that the pack repeats; its link leads to the full text."""


def own_commitments(pack: Handover, address: str) -> Section:
    """Return every commitment in scope with its due date and status."""
    champion = any(standing.party == ASEAN for standing in pack.standings) and pack.assignment.role is Role.FOCAL_POINT
    columns = (
        Column("Commitment", width=9),
        *([Column("Role", width=3)] if champion else []),
        Column("Due", width=3),
        Column("Status", width=6),
    )
    rows = tuple(_own_row(pack, standing, address, champion=champion) for standing in pack.standings)
    title = f"Your commitments: {len(rows)}"
    blocks: list[Block] = [Table("Your commitments", columns, rows, "You have no commitment in force today.")]
    excluded = [key for (key, _), statement in pack.statements.items() if statement.status is Status.NOT_APPLICABLE]
    if excluded:
        blocks.append(Paragraph(f"Not applicable, and not counted: {', '.join(excluded)}.", quiet=True))
    return Section("handover_own", title, tuple(blocks))


def _own_row(pack: Handover, standing: CommitmentStanding, address: str, *, champion: bool) -> Row:
    statement = pack.statements.get(commitment_of(standing))
    health, reported = health_label(standing), status_text(statement.status, statement.percent) if statement else ""
    status = f"{health.word}: {reported}" if reported else health.word
    if standing.health is Health.SUSPENDED:
        status = reported
    cells = (
        named(standing.initiative),
        *([Cell("champion" if standing.party == ASEAN else "member state")] if champion else []),
        _due_cell(standing),
        Cell(health.word if standing.completed else status, health=health),
    )
    return Row(cells, link(address, commitment_of(standing)))


def _due_cell(standing: CommitmentStanding) -> Cell:
    return Cell(day(standing.due), tag="assumed" if standing.initiative.due_is_assumed else "")


def statements(pack: Handover, address: str) -> Section:
    """Return the statements meeting by meeting; one that did not change is not repeated."""
    title = f"Statements at the last {counted(len(pack.meetings), 'meeting')}"
    if not pack.meetings:
        return Section(
            "handover_said",
            "Statements at the last meetings",
            (Paragraph("No meeting has taken note of the plan yet."),),
        )
    columns = (
        Column("Initiative", width=2),
        *(Column(meeting_name(pack.plan, meeting.meeting), width=5) for meeting in pack.meetings),
    )
    keys = dict.fromkeys(key for meeting in pack.meetings for key in meeting.statements)
    rows = tuple(
        Row((Cell(key[0]), *map(Cell, _history(pack.meetings, key))), link(address, key))
        for key in in_order(pack, keys)
    )
    return Section("handover_said", title, (Table(title, columns, rows, "Nothing was reported at these meetings."),))


def in_order(pack: Handover, keys: Iterable[Commitment]) -> list[Commitment]:
    return [key for key in pack.plan.commitments() if key in set(keys)]


def _history(meetings: tuple[StatementsAtMeeting, ...], key: Commitment) -> Iterator[str]:
    before: int | None = None
    for meeting in meetings:
        statement = meeting.statements.get(key)
        if statement is None:
            yield "no report"
        elif statement.row == before:
            yield "unchanged"
        else:
            yield _statement(statement)
        before = statement.row if statement else None


def _statement(statement: StatementView) -> str:
    words = shortened(statement.narrative or "")
    return "\n".join(filter(None, (status_text(statement.status, statement.percent), words)))


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS else f"{line[: WORDS - 1].rstrip()}…"


def due_next(pack: Handover, address: str) -> Section:
    """Return the reports that are due, then what is to be completed before the next meeting."""
    meeting = next_meeting(pack.plan, pack.today)
    blocks: list[Block] = [Paragraph(_owed(pack, pack.cycle) if pack.cycle else "No reporting cycle is open now.")]
    if meeting is None:
        return Section("handover_due", "What is due next", (*blocks, Paragraph("No later meeting is in the calendar.")))
    due = [standing for standing in pack.standings if not standing.completed and standing.due < meeting.start]
    rows = tuple(
        Row((named(standing.initiative), _due_cell(standing)), link(address, commitment_of(standing)))
        for standing in due
    )
    caption = f"To be completed before {meeting.name}, {day(meeting.start)}"
    columns = (Column("Commitment", width=9), Column("Due", width=3))
    blocks.append(Table(caption, columns, rows, f"Nothing is to be completed before {meeting.name}."))
    return Section("handover_due", "What is due next", tuple(blocks))


def _owed(pack: Handover, cycle: CycleSpan) -> str:
    meeting = cycle.meeting.name
    if not pack.owed:
        return f"All reports due for {meeting} were received."
    names = listed([key for key, _ in pack.owed])
    when = f"{day(cycle.due)}, {distance(cycle.due, pack.today)}"
    return f"{counted(len(pack.owed), 'report')} for {meeting}, due {when}: {names}."


def commitment_of(standing: CommitmentStanding) -> Commitment:
    return standing.initiative.key, standing.party


def link(address: str, commitment: Commitment) -> str:
    key, party = commitment
    return f"{address}/initiative?initiative={key}&state={party}"
