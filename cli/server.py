"""`serve`: the dashboard as a server."""

import os
import subprocess
import sys

import click

from cli.running import PLAN_FOLDER, chosen_url, command, new_database
from models.admin.start import prepare
from models.core.errors import DatabaseError
from models.core.settings import ROOT, THIS_MACHINE, server_settings
from models.people.first_sign_in import offer_first_sign_in
from models.store.clock import wall_clock
from models.store.database import engine_for
from models.store.kept_backups import keep_backup


@command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> None:
    """Back the database up and migrate it, load the plan if there is none, and start the server."""
    os.environ["DATABASE_URL"] = chosen_url()
    backed_up = _backed_up()
    engine = new_database()
    prepared = prepare(engine, PLAN_FOLDER)
    settings = server_settings()
    # The first sign-in link is not needed where a provider is set and knows an account.
    first_sign_in = offer_first_sign_in(
        engine, address=settings.address(port), has_provider=settings.provider is not None, now=wall_clock()
    )
    for line in (*backed_up, *prepared, *first_sign_in):
        click.echo(line)
    if settings.public_url is None and settings.listens_on == THIS_MACHINE:
        click.echo("Only this machine is served: PUBLIC_URL is not set.")
    options = ["--server.port", str(port), "--server.address", settings.listens_on]
    server = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), *options]
    if os.name == "nt":
        context.exit(subprocess.run(server, check=False).returncode)  # noqa: S603  # our own server
    # Replaces this process, so that stopping it stops the server.
    os.execv(server[0], server)  # noqa: S606  # no shell is needed


def _backed_up() -> list[str]:
    """A server without a backup is better than none; new_database refuses to upgrade without one."""
    try:
        keep_backup(engine_for(chosen_url()), now=wall_clock())
    except DatabaseError as error:
        return [str(error)]
    return []
