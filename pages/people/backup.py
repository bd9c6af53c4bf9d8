"""The backups of the database: a warning above everything else when they fail, and one line about the last."""

import htpy as h

from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, file_of
from models.store.kept_backups import kept_backups
from pages.people import text
from pages.shared.heading import show
from pages.shared.markup import banner, section
from pages.shared.who import asking


def backup_banner() -> None:
    """Nothing, while a backup is kept every day."""
    engine = engine_for(database_url())
    warning = text.backup_warning(kept_backups(engine), wall_clock()) if file_of(engine) else ""
    show(banner([h.strong["Backups."], f" {warning}"]) if warning else None)


def backup_part() -> None:
    """How old the last backup is, and in which folder it is."""
    with asking() as context:
        zone = context.plan.settings.time_zone
    engine = engine_for(database_url())
    last = text.last_backup(kept_backups(engine), wall_clock(), zone) if file_of(engine) else text.NOT_OURS
    show(section("Backups", last) if last else None)
