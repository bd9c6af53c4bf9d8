"""`remind`: who owes a report in the open cycle, told, mailed, or written as files to be sent."""

from collections.abc import Iterable
from pathlib import Path

import click

from cli.running import chosen_database, command, reading_database
from models.core.errors import MailRefused, SettingRefused
from models.core.settings import ServerSettings, server_settings
from models.core.text import counted, day, distance, listed
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.reporting.reminders import Owing, WhoOwes, reminder_files, send_reminders, who_owes
from models.store.database import writing

NOBODY_OWES = "No reporting cycle is open: nobody owes a report."


@command("remind")
@click.option("--send", is_flag=True, help="Mail each person now, but nobody twice on one day.")
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write one .eml file for each."
)
def remind(out: Path | None, *, send: bool) -> None:
    """Print who owes what in the open cycle; with an option, remind them of it."""
    if send and out:
        raise click.UsageError("Give --send or --out, not both.")
    if send:
        _send()
    elif out:
        _write(out)
    else:
        _print()


def _print() -> None:
    with reading_database() as session:
        seen = who_owes(Context.at(session, OPERATOR))
    for line in _told(seen):
        click.echo(line)


def _told(seen: WhoOwes) -> Iterable[str]:
    if seen.cycle is None:
        return [NOBODY_OWES]
    due = f"{day(seen.cycle.due)}, {distance(seen.cycle.due, seen.today)}"
    head = (
        f"{seen.cycle.meeting.name}: reports are due {due}; {counted(len(seen.people), 'person', 'people')} to remind"
    )
    alone = f"nobody reports for {listed(seen.unheard)}; add somebody with `person add`" if seen.unheard else ""
    return filter(None, [head, *map(_line, seen.people), alone])


def _line(one: Owing) -> str:
    names = ", ".join("/".join(commitment) for commitment in one.commitments)
    return f"{one.person.email or one.person.display_name}: {counted(len(one.commitments), 'report')}, {names}"


def _send() -> None:
    mailed = send_reminders(chosen_database(), server_settings(), by=OPERATOR)
    for address in mailed.taken:
        click.echo(f"{address}: reminded")
    if mailed.refused:
        raise MailRefused("\n".join(f"{address}: {why}" for address, why in mailed.refused))
    if not mailed.taken:
        click.echo("nobody to remind now: nothing is owed, or everybody was reminded today")


def _write(folder: Path) -> None:
    """Into an empty folder: a file of last time would remind somebody who has reported since."""
    if folder.is_dir() and any(folder.iterdir()):
        raise SettingRefused(f"{folder} holds files; name a new folder, so that none of an earlier day is sent")
    settings = server_settings()
    with writing(chosen_database()) as session:
        files = reminder_files(Context.at(session, OPERATOR), settings, settings.address())
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    click.echo(f"{folder}: {counted(len(files), 'reminder')} to be sent")
    _warn(settings)


def _warn(settings: ServerSettings) -> None:
    if settings.public_url is None:
        click.echo(f"PUBLIC_URL is not set: they name {settings.address()}, which opens on this machine only", err=True)
