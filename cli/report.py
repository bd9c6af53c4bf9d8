"""`report build`: the meeting report as a file."""

from datetime import date
from pathlib import Path

import click
from sqlmodel import Session

from cli.figures import given_day
from cli.running import command, group, reading_database
from models.access.archive import archived, draft, people_in
from models.core.errors import NotFound, SettingRefused
from models.core.settings import report_template, server_settings
from models.core.text import day
from models.meetings.snapshot import Snapshot
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
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
def build(*, number: int | None, as_of: str | None, form: str, scope: str, display: str, out: Path) -> None:
    """Write the report; the same release, snapshot and settings give the same bytes."""
    if number is not None and as_of:
        raise click.UsageError("Give --snapshot or --as-of, not both.")
    audience, address = Display(display), server_settings().public_url or ""
    with reading_database() as session:
        snapshot, sha256 = _snapshot(session, number, given_day(as_of) if as_of else None, audience)
        people = people_in(session, snapshot, audience)
    report_scope = ReportScope.parse(scope, snapshot.plan)
    document = describe(snapshot, sha256, scope=report_scope, display=audience, address=address, people=people)
    _write(out, write(document, Format(form), template=report_template()))
    click.echo(f"{out}: {document.head.state}, as of {day(snapshot.as_of)}, {sha256[:8]}")


def _snapshot(session: Session, number: int | None, as_of: date | None, audience: Display) -> tuple[Snapshot, str]:
    """The chosen snapshot or draft, and its SHA-256."""
    context = Context.at(session, OPERATOR)
    if as_of:
        return draft(context, audience, as_of=as_of)
    snapshots = list_snapshots(session)
    if number is None and not snapshots:
        raise NotFound("There is no snapshot yet: circulate a cycle, or give --as-of for a draft for a day.")
    return archived(context, snapshots[-1].id if number is None else number, audience)


def _write(out: Path, content: bytes) -> None:
    """Write all or nothing: an existing file is replaced only by a complete one."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SettingRefused(
            f"{out} cannot be written ({error.strerror}); name a file in a folder that exists."
        ) from error
