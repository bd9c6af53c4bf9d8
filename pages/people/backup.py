"""The backups of the database: a warning above everything else when they fail, and one line about the last."""

from html import escape

from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, file_of
from models.store.kept_backups import kept_backups
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import asking
from reports.parts.backups import NO_BACKUPS, backup_warning, last_backup


def backup_banner() -> None:
    """Nothing, while a backup is kept every day."""
    engine = engine_for(database_url())
    told = backup_warning(kept_backups(engine), wall_clock()) if file_of(engine) else ""
    if told:
        show(f'<p class="t-banner" role="note"><strong>Backups.</strong> {escape(told)}</p>')


def backup_part() -> None:
    """How old the last one is, and where it stands."""
    with asking() as one:
        zone = one.plan.settings.time_zone
    engine = engine_for(database_url())
    told = last_backup(kept_backups(engine), wall_clock(), zone) if file_of(engine) else NO_BACKUPS
    if told:
        show(section("Backups", told))
