"""`progress`: the progress log, and the form for reporting offline."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from sqlmodel import Session

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
    Decision,
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

    def take_in(context: Context) -> int:
        bar = click.progressbar(lines, label="Reading", file=sys.stderr, length=_line_count(file))
        with bar as read:
            return import_progress(context.session, read, file=file.name, plan=context.plan, now=context.now)

    with file.open("rb") as lines:
        click.echo(f"{run(take_in)} rows added")


@command("form", progress)
@click.argument("body_or_state")
@output_option("The Excel file to write.", required=True)
def form(body_or_state: str, out: Output) -> None:
    """Write the Excel form of a body or state: a row for each commitment it owes."""
    from models.reporting.form_workbook import write_form  # loads slowly

    with reading_database() as session:
        made = progress_form(Context.at(session, OPERATOR), (body_or_state,))
    out.write(write_form(made))
    click.echo(f"{out.path}: {counted(len(made.rows), 'commitment')}")


@command("read", progress)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", metavar="EMAIL", required=True, help="The person who gets the drafts.")
@click.option("--on-behalf", is_flag=True, help="Record it on behalf of the party; EMAIL is of the secretariat.")
@click.option("--keep", type=click.Choice(["form", "present"]), help="What to keep where form and draft differ.")
def read(file: Path, email: str, keep: str | None, *, on_behalf: bool) -> None:
    """Read a completed form: its changes become drafts or are recorded on behalf; all or nothing."""
    from models.reporting.form_workbook import read_form  # as above

    content = file.read_bytes()

    def take(operator: Context) -> tuple[tuple[CellChange, ...], FormResult]:
        context = replace(operator, user=_user(operator.session, email))
        filled = read_form(content, file.name, context.plan)
        changes = form_changes(context, filled, action=Action.RECORD_ON_BEHALF if on_behalf else Action.DRAFT)
        decided = _decided(changes, keep)
        if on_behalf:
            day = day_of(context.now, context.plan)
            return changes, record_form(context, filled, content, decided=decided, valid_on=day)
        return changes, take_drafts(context, filled, decided=decided)

    changes, taken = run(take)
    click.echo("\n".join([*map(shown_change, changes), taken.sentence]))


def _user(session: Session, email: str) -> User:
    key = person_at(session, email)
    return User(key, roles_of(session, key))


def _decided(changes: Iterable[CellChange], keep: str | None) -> dict[tuple[tuple[str, str], str], Decision]:
    conflicts = (change for change in changes if change.verdict is Verdict.CONFLICT)
    return {change.key: Decision(form=keep == "form", seen=change.now) for change in conflicts} if keep else {}


def _line_count(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
