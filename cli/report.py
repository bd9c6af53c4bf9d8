"""`report build`: the meeting report as a file."""

from datetime import date

import click
from sqlmodel import Session

from cli.figures import given_day
from cli.output import Output, output_option
from cli.running import command, group, reading_database
from models.access.archive import ReportSource, archived, draft
from models.core.errors import NotFound
from models.core.settings import report_template, server_settings
from models.core.text import day
from models.meetings.snapshots import list_snapshots
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.visibility_rules import Display
from reports.formats import Format, write
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope

report = group("report", "The meeting report: from a snapshot, or as a draft for a day.")


@command("build", report)
@click.option("--snapshot", "number", type=int, metavar="ID", help="From this snapshot. Default: the newest.")
@click.option("--as-of", metavar="DATE", help="A draft as of this day, with what is known now.")
@click.option("--format", "form", type=click.Choice([choice.value for choice in Format]), required=True)
@click.option(
    "--scope", default="all", show_default=True, metavar="all|body:KEY|state:KEY", help="The part of the plan."
)
@click.option("--display", type=click.Choice([choice.value for choice in Display]), default=Display.MEETING.value)
@output_option("The file to write.", required=True)
def build(*, number: int | None, as_of: str | None, form: str, scope: str, display: str, out: Output) -> None:
    """Write the report; the same release, snapshot and settings give the same bytes."""
    if number is not None and as_of:
        raise click.UsageError("Give --snapshot or --as-of, not both.")
    audience, address = Display(display), server_settings().public_url or ""
    with reading_database() as session:
        source = _source(session, number, given_day(as_of) if as_of else None, audience)
    report_scope = ReportScope.parse(scope, source.snapshot.plan)
    document = describe(source, scope=report_scope, display=audience, address=address)
    out.write(write(document, Format(form), template=report_template()))
    click.echo(f"{out.path}: {document.head.state}, as of {day(source.snapshot.as_of)}, {source.sha256[:8]}")


def _source(session: Session, number: int | None, as_of: date | None, audience: Display) -> ReportSource:
    """The chosen snapshot or draft, with what was reported before it."""
    context = Context.at(session, OPERATOR)
    if as_of:
        return draft(context, audience, as_of=as_of)
    snapshots = list_snapshots(session)
    if number is None and not snapshots:
        raise NotFound("There is no snapshot yet: circulate a cycle, or give --as-of for a draft for a day.")
    return archived(context, snapshots[-1].id if number is None else number, audience)
