"""`cycle`: the reporting cycle before each meeting."""

import click

from cli.running import command, group, run
from models.core.text import day
from models.meetings.cycles import circulate, note, open_cycle, reopen
from models.meetings.snapshot import Paper
from models.meetings.snapshots import SnapshotMark
from models.people.context import Context
from models.progress.cycles import DUE_DAYS, OPENS_DAYS, CycleSpan, list_cycles

cycle = group("cycle", "Reporting cycles: open, circulate, note or reopen the one before a meeting.")


@command("open", cycle)
@click.argument("meeting")
@click.option("--opens-days", type=int, default=OPENS_DAYS, show_default=True, help="Days from opening to the meeting.")
@click.option(
    "--due-days", type=int, default=DUE_DAYS, show_default=True, help="Days from the due date to the meeting."
)
def open_next(meeting: str, opens_days: int, due_days: int) -> None:
    """Open the reporting cycle of a meeting, such as AWGIPC-77; the cycle open until now is closed."""

    def open_and_read(context: Context) -> CycleSpan:
        open_cycle(context, meeting, opens_days=opens_days, due_days=due_days)
        return list_cycles(context.session, context.plan)[-1]

    opened = run(open_and_read)
    click.echo(f"{opened.meeting.name}, {day(opened.meeting.start)}: open now, reports are due {day(opened.due)}")


@command("circulate", cycle)
@click.argument("meeting")
@click.option("--agenda-item", default="", help="As printed at the head of the paper.")
@click.option("--document-number", default="", help="As printed at the head of the paper.")
@click.option("--classification", default="", help="As printed at the head of the paper.")
@click.option("--invite", multiple=True, metavar="TEXT", help="An additional line of “The Meeting is invited to”.")
def circulate_paper(
    meeting: str, agenda_item: str, document_number: str, classification: str, invite: tuple[str, ...]
) -> None:
    """Freeze the meeting's paper: snapshot 1."""
    paper = Paper(
        agenda_item=agenda_item, document_number=document_number, classification=classification, invited=invite
    )
    _print("circulated", run(lambda context: circulate(context, meeting, paper=paper)))


@command("note", cycle)
@click.argument("meeting")
def note_meeting(meeting: str) -> None:
    """Freeze what the meeting took note of: snapshot 2, with its corrections."""
    _print("noted", run(lambda context: note(context, meeting)))


@command("reopen", cycle)
@click.argument("meeting")
@click.option("--reason", required=True, help="The reason; it is recorded.")
def reopen_cycle(meeting: str, reason: str) -> None:
    """Reopen a circulated or noted cycle: its snapshots are kept and a new revision begins."""
    number = run(lambda context: reopen(context, meeting, reason=reason))
    click.echo(f"{meeting}: reopened, revision {number}")


def _print(step: str, mark: SnapshotMark) -> None:
    click.echo(f"{mark.meeting}: {step}, snapshot {mark.id}, {mark.sha256}")
