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

report = group("report", "The meeting report: from a snapshot, or as a draft of a day.")


@command("build", report)
@click.option("--snapshot", "number", type=int, metavar="ID", help="From this snapshot. Default: the newest.")
@click.option("--as-of", metavar="DATE", help="A draft of how things stand on this day, as known now.")
@click.option("--format", "form", type=click.Choice([one.value for one in Format]), required=True)
@click.option("--scope", default="all", show_default=True, metavar="all|body:KEY|state:KEY", help="What it is about.")
@click.option("--display", type=click.Choice([one.value for one in Display]), default=Display.MEETING.value)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
def build(*, number: int | None, as_of: str | None, form: str, scope: str, display: str, out: Path) -> None:
    """Write the report; the same snapshot gives the same file, byte for byte."""
    if number is not None and as_of:
        raise click.UsageError("Give --snapshot or --as-of, not both.")
    seen, address = Display(display), server_settings().public_url or ""
    with reading_database() as session:
        content, sha256 = _content(session, number, given_day(as_of) if as_of else None, seen)
        people = people_in(session, content, seen)
    about = ReportScope.of(scope, content.plan)
    described = describe(content, sha256, scope=about, display=seen, address=address, people=people)
    _write(out, write(described, Format(form), template=report_template()))
    click.echo(f"{out}: {described.head.state}, as of {day(content.as_of)}, {sha256[:8]}")


def _content(session: Session, number: int | None, as_of: date | None, seen: Display) -> tuple[Snapshot, str]:
    """The snapshot asked for, and its SHA-256."""
    context = Context.at(session, OPERATOR)
    if as_of:
        return draft(context, seen, as_of=as_of)
    taken = list_snapshots(session)
    if number is None and not taken:
        raise NotFound("No snapshot was taken yet: circulate a cycle, or give --as-of for a draft of a day.")
    return archived(context, taken[-1].id if number is None else number, seen)


def _write(out: Path, content: bytes) -> None:
    """All of it or nothing: what stands there is replaced only by a whole file."""
    half = out.with_name(f".{out.name}.half")
    try:
        half.write_bytes(content)
        half.replace(out)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise SettingRefused(
            f"{out} cannot be written ({error.strerror}); name a file in a folder that exists."
        ) from error
