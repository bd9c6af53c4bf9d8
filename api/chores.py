"""What the server does by itself, each when it is time: the daily backup, and reminders."""

import logging

from models.core.settings import server_settings
from models.reporting.reminders import remind_on_time
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for
from models.store.kept_backups import keep_daily_backup

log = logging.getLogger(__name__)


def back_up_daily() -> None:
    """Keep a backup unless there is one of the last 24 hours."""
    kept = keep_daily_backup(engine_for(database_url()), now=wall_clock())
    if kept:
        log.info("Backup kept: %s", kept.name)


def send_reminders() -> None:
    """Mail the reminders whose day has come, where this server sends mail; no address is logged."""
    mailed = remind_on_time(engine_for(database_url()), server_settings())
    if mailed.taken:
        log.info("Reminders mailed: %d", len(mailed.taken))
    if mailed.refused:
        log.warning("Reminders the mail server refused: %d", len(mailed.refused))


CHORES = (back_up_daily, send_reminders)
