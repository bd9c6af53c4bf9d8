"""`progress`: the progress log, and the form for reporting offline."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from cli.output import Output, output_option
from cli.running import command, group, reading_database, run
from models.core.text import counted
from models.people.accounts import OPERATOR, person_at
from models.people.context import Context
from models.people.directory import roles_of
from models.people.permissions import Action, User
from models.plan.calendar import day_of
from models.progress.import_jsonl import import_progress
from models.reporting.form_read import progress_form
from models.reporting.form_take import (
    CellChange,
    ConflictDecision,
    FormResult,
    Verdict,
    form_changes,
    record_form,
    shown_change,
    take_drafts,
)

progress = group("progress", "The progress log, and the form for reporting offline.")


@command("import", progress)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Add the rows of a JSON Lines file to the log, all or nothing."""
    with file.open("rb") as content:
        lines = content.readlines()

    def take_in(context: Context) -> int:
        with click.progressbar(lines, label="Reading", file=sys.stderr) as counted_lines:
            return import_progress(context.session, counted_lines, file=file.name, plan=context.plan, now=context.now)

    click.echo(f"{run(take_in)} rows added")


@command("form", progress)
@click.argument("body_or_state")
@output_option("The Excel file to write.", required=True)
def form(body_or_state: str, out: Output) -> None:
    """Write the Excel form of a body or state: a row for each commitment it owes."""
    from models.reporting.form_workbook import write_form  # loads slowly

    with reading_database() as session:
        offline_form = progress_form(Context.at(session, OPERATOR), (body_or_state,))
    out.write(write_form(offline_form))
    click.echo(f"{out.path}: {counted(len(offline_form.rows), 'commitment')}")


@command("read", progress)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", metavar="EMAIL", required=True, help="The person who gets the drafts.")
@click.option("--on-behalf", is_flag=True, help="Record it on behalf of the party; EMAIL is of the secretariat.")
@click.option("--keep", type=click.Choice(["form", "present"]), help="What to keep where form and draft differ.")
def read_form_file(file: Path, email: str, keep: str | None, *, on_behalf: bool) -> None:
    """Read a completed form: its changes become drafts or are recorded on behalf; all or nothing."""
    from models.reporting.form_workbook import read_form  # as above

    content = file.read_bytes()

    def take(operator: Context) -> tuple[tuple[CellChange, ...], FormResult]:
        person = person_at(operator.session, email)
        context = replace(operator, user=User(person, roles_of(operator.session, person)))
        filled = read_form(content, file.name, context.plan)
        changes = form_changes(context, filled, action=Action.RECORD_ON_BEHALF if on_behalf else Action.DRAFT)
        decided = _decided(changes, keep)
        if on_behalf:
            day = day_of(context.now, context.plan)
            return changes, record_form(context, filled, content, decided=decided, valid_on=day)
        return changes, take_drafts(context, filled, decided=decided)

    changes, result = run(take)
    click.echo("\n".join([*map(shown_change, changes), result.sentence]))


def _decided(changes: Iterable[CellChange], keep: str | None) -> dict[tuple[tuple[str, str], str], ConflictDecision]:
    conflicts = (change for change in changes if change.verdict is Verdict.CONFLICT)
    return {change.key: ConflictDecision(form=keep == "form", saved=change.now) for change in conflicts} if keep else {}
