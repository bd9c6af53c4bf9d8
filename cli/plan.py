"""`plan`: check files, see what would change, load an edition, export the one in force."""

import json
from pathlib import Path

import click

from cli.output import Output, output_option
from cli.running import PLAN_FOLDER, command, group, new_database, reading_database
from models.amendments.diff import EditionDifference
from models.amendments.load import LoadReason, difference, load_edition, refuse
from models.core.text import public_text
from models.plan.canonical import export
from models.plan.editions import plan_as_known
from models.plan.read import read_plan, summary
from models.plan.schema import Plan
from models.progress.ledger import event_words
from models.store.clock import current_moment
from models.store.database import writing

plan_path = click.argument("path", type=click.Path(path_type=Path), default=PLAN_FOLDER)

plan = group("plan", "The plan: check files, see what would change, load an edition, export the one in force.")


@command("check", plan)
@plan_path
def check(path: Path) -> None:
    """Check a plan folder or workbook."""
    click.echo(summary(read_plan(path)))


@command("diff", plan)
@plan_path
def diff(path: Path) -> None:
    """Show what loading a plan folder or workbook would change, and whether it would be refused."""
    plan = read_plan(path)
    with reading_database() as session:
        changes = difference(session, plan, now=current_moment(session))
    if changes is None:
        click.echo(f"no plan is loaded yet; loading adds {summary(plan)}")
        return
    click.echo("\n".join(_lines(changes)) or "no changes")
    refuse(changes.refusals, str(path))


def _lines(changes: EditionDifference) -> list[str]:
    ledger = [
        f"ledger: {event.name} {event_words(event.event, event.before, event.after)} on {event.effective_on}:"
        f" {event.reason or 'reason of the load'}"
        for event in (*changes.ledger, *changes.coming)
    ]
    return [*map(str, changes.changes), *ledger]


@command("load", plan)
@plan_path
@click.option("--reason", required=True, help="Why the plan changes, in a sentence.")
@click.option("--decided-at", metavar="MEETING", help="The meeting that decided it, such as AWGIPC-77.")
def load(path: Path, reason: str, decided_at: str | None) -> None:
    """Load a plan folder or workbook as the edition in force from now on."""
    plan = read_plan(path)
    with writing(new_database()) as session:
        load_reason = LoadReason(public_text(reason), decided_at)
        edition = load_edition(session, plan, why=load_reason, now=current_moment(session), file=str(path))
    click.echo(f"loaded edition {edition.version} ({edition.sha256[:8]}): {summary(plan)}" if edition else "no changes")


@command("export", plan)
@click.option("--format", "form", type=click.Choice(["json", "yaml", "xlsx"]), required=True)
@output_option("A file; for yaml a folder that is empty or new.")
def export_plan(form: str, out: Output | None) -> None:
    """Export the plan in force."""
    with reading_database() as session:
        plan = plan_as_known(session, current_moment(session)).plan
    if form == "json":
        text = json.dumps(export(plan), ensure_ascii=False, indent=2)
        out.write(f"{text}\n".encode()) if out else click.echo(text)
        return
    if out is None:
        raise click.UsageError(f"--format {form} needs --out")
    _write_files(plan, form, out)
    click.echo(f"{out.path}: {summary(plan)}")


def _write_files(plan: Plan, form: str, out: Output) -> None:
    # Imported here, because both need libraries that load slowly.
    if form == "xlsx":
        from models.plan.workbook import plan_workbook

        out.write(plan_workbook(plan, out.path.name))
    else:
        from models.plan.folder import plan_files

        out.write_folder(plan_files(plan))
