"""The jobs that the server runs by itself, each when it is due: the daily backup, and reminders."""

from contextlib import suppress

from models.core.errors import DatabaseError
from models.core.settings import server_settings
from models.reporting.reminders import remind_on_time
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for
from models.store.kept_backups import keep_daily_backup


def back_up_daily() -> None:
    """Keep a backup unless there is one of the last 24 hours."""
    with suppress(DatabaseError):  # logged where it failed, and tried again in an hour
        keep_daily_backup(engine_for(database_url()), now=wall_clock())


def send_reminders() -> None:
    """Mail the reminders whose day has come, where this server sends mail."""
    remind_on_time(engine_for(database_url()), server_settings())


JOBS = (back_up_daily, send_reminders)
