"""`remind`: outstanding reports of the open cycle, with reminders as mails or as files to send."""

from collections.abc import Iterable

import click

from cli.output import Output, output_option
from cli.running import chosen_database, command, reading_database, run
from models.core.errors import MailRefused
from models.core.settings import server_settings
from models.core.text import counted, day, distance, listed
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.reporting.reminders import (
    Outstanding,
    OutstandingReports,
    outstanding_reports,
    reminder_files,
    send_reminders,
)

NO_CYCLE = "No reporting cycle is open: no reports are due."


@command("remind")
@click.option("--send", is_flag=True, help="Send each person a mail now, at most one a day.")
@output_option("A new folder, for one .eml file for each person.")
def remind(out: Output | None, *, send: bool) -> None:
    """Print the outstanding reports of the open cycle by person; with an option, send reminders."""
    if send and out:
        raise click.UsageError("Give --send or --out, not both.")
    if send:
        _send()
    elif out:
        _write(out)
    else:
        with reading_database() as session:
            reports = outstanding_reports(Context.at(session, OPERATOR))
        click.echo("\n".join(_summary(reports)))


def _summary(reports: OutstandingReports) -> Iterable[str]:
    if reports.cycle is None:
        return [NO_CYCLE]
    due = f"{day(reports.cycle.due)}, {distance(reports.cycle.due, reports.today)}"
    people = counted(len(reports.people), "person", "people")
    missing = f"nobody reports for {listed(reports.unheard)}; add somebody with `person add`" if reports.unheard else ""
    head = f"{reports.cycle.meeting.name}: reports are due {due}; {people} to remind"
    return filter(None, [head, *map(_line, reports.people), missing])


def _line(outstanding: Outstanding) -> str:
    names = ", ".join("/".join(commitment) for commitment in outstanding.commitments)
    person, reports = outstanding.person, counted(len(outstanding.commitments), "report")
    return f"{person.email or person.display_name}: {reports}, {names}"


def _send() -> None:
    mailed = send_reminders(chosen_database(), server_settings(), by=OPERATOR)
    for address in mailed.taken:
        click.echo(f"{address}: reminded")
    if mailed.refused:
        raise MailRefused("\n".join(f"{address}: {reason}" for address, reason in mailed.refused))
    if not mailed.taken:
        click.echo("nobody to remind now: no reports are outstanding, or everybody was reminded today")


def _write(out: Output) -> None:
    """Write into a new folder: an earlier file could remind somebody who has reported by now."""
    settings = server_settings()

    def write(context: Context) -> int:
        files = reminder_files(context, settings, settings.address())
        out.write_folder(files)
        return len(files)

    click.echo(f"{out.path}: {counted(run(write), 'reminder')} to be sent")
    if settings.public_url is None:
        click.echo(
            f"PUBLIC_URL is not set: the links open {settings.address()}, which works on this machine only", err=True
        )
