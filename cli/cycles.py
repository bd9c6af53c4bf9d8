"""`cycle`: the reporting cycle before each meeting."""

from collections.abc import Callable
from typing import Any

import click

from cli.running import chosen_database, command, group
from models.core.text import day
from models.meetings.cycles import circulate, note, open_cycle, reopen
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.plan.schema import Plan
from models.progress.cycles import DUE_DAYS, OPENS_DAYS, list_cycles
from models.store.database import OpenSession, writing

cycle = group("cycle", "Reporting cycles: open, circulate, note or reopen the one before a meeting.")


@command("open", cycle)
@click.argument("meeting")
@click.option("--opens-days", type=int, default=OPENS_DAYS, show_default=True, help="Days from opening to the meeting.")
@click.option(
    "--due-days", type=int, default=DUE_DAYS, show_default=True, help="Days from the due date to the meeting."
)
def open_next(meeting: str, opens_days: int, due_days: int) -> None:
    """Open the reporting cycle of a meeting, such as AWGIPC-77; the cycle open until now is closed."""

    def sentence(session: OpenSession, plan: Plan, _: None) -> str:
        opened = list_cycles(session, plan)[-1]
        return f"{opened.meeting.name}, {day(opened.meeting.start)}: open now, reports are due {day(opened.due)}"

    _do(open_cycle, meeting, sentence, opens_days=opens_days, due_days=due_days)


@command("circulate", cycle)
@click.argument("meeting")
@click.option("--agenda-item", default="", help="As printed at the head of the paper.")
@click.option("--document-number", default="", help="As printed at the head of the paper.")
@click.option("--classification", default="", help="As printed at the head of the paper.")
@click.option("--invite", multiple=True, metavar="TEXT", help="An additional line of “The Meeting is invited to”.")
def circulate_paper(meeting: str, agenda_item: str, document_number: str, classification: str, invite: Any) -> None:
    """Freeze the meeting's paper: snapshot 1."""
    paper = Paper(
        agenda_item=agenda_item, document_number=document_number, classification=classification, invited=tuple(invite)
    )
    _do(circulate, meeting, lambda _session, _plan, mark: _taken(meeting, "circulated", mark), paper=paper)


@command("note", cycle)
@click.argument("meeting")
def note_meeting(meeting: str) -> None:
    """Freeze what the meeting took note of: snapshot 2, with its corrections."""
    _do(note, meeting, lambda _session, _plan, mark: _taken(meeting, "noted", mark))


@command("reopen", cycle)
@click.argument("meeting")
@click.option("--reason", required=True, help="The reason; it is recorded.")
def reopen_cycle(meeting: str, reason: str) -> None:
    """Reopen a circulated or noted cycle: its snapshots are kept and a new revision begins."""
    _do(reopen, meeting, lambda _session, _plan, number: f"{meeting}: reopened, revision {number}", reason=reason)


def _do(act: Callable[..., Any], meeting: str, line: Callable[[OpenSession, Plan, Any], str], **fields: Any) -> None:
    with writing(chosen_database()) as session:
        context = Context.at(session, OPERATOR)
        sentence = line(session, context.plan, act(context, meeting, **fields))
    click.echo(sentence)


def _taken(meeting: str, step: str, mark: Any) -> str:
    return f"{meeting}: {step}, snapshot {mark.id}, {mark.sha256}"
