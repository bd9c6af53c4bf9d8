"""`progress`: the progress log, and the form for reporting offline."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from cli.output import Output, output_option
from cli.running import command, group, reading_database, run
from models.core.errors import FormRefused
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
    check_form,
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
    """Read a completed form: its changes become drafts or are recorded on behalf; a line with a problem is left out.

    Prints what is not taken and what is still missing. Ends with exit code 1 if a line was refused.
    """
    content = file.read_bytes()

    def take(operator: Context) -> FormResult:
        person = person_at(operator.session, email)
        context = replace(operator, user=User(person, roles_of(operator.session, person)))
        return _take(context, file.name, content, keep=keep, action=_ON_BEHALF if on_behalf else Action.DRAFT)

    result = run(take)
    click.echo(result.sentence)
    if result.problems:
        raise FormRefused(result.problems)


_ON_BEHALF = Action.RECORD_ON_BEHALF


def _take(context: Context, name: str, content: bytes, *, keep: str | None, action: Action) -> FormResult:
    """Take a form in, and print what becomes of it."""
    from models.reporting.form_received import read_form  # as above

    form = read_form(content, name, context.plan)
    _print(form.not_taken)
    check = check_form(context, form, action=action)
    decided = _decided(check.changes, keep)
    if action is _ON_BEHALF:
        result = record_form(context, form, content, decided=decided, valid_on=day_of(context.now, context.plan))
    else:
        result = take_drafts(context, form, decided=decided)
    _print(shown_change(change) for change in check.changes if change.commitment not in result.refused)
    _print(f"Before it is submitted: {problem}" for problem in check.missing)
    return result


def _print(lines: Iterable[object]) -> None:
    for line in lines:
        click.echo(str(line))


def _decided(changes: Iterable[CellChange], keep: str | None) -> dict[tuple[tuple[str, str], str], ConflictDecision]:
    conflicts = (change for change in changes if change.verdict is Verdict.CONFLICT)
    return {change.key: ConflictDecision(form=keep == "form", saved=change.now) for change in conflicts} if keep else {}
