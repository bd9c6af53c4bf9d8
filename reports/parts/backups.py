"""Sentences about the backups for the secretariat: the age of the last, and a warning when it is too old."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.core.text import ago, moment
from models.progress.evidence_files import size_text
from models.store.kept_backups import Backup

TOO_OLD = timedelta(days=2)
NO_BACKUPS = "This server makes no backups of a PostgreSQL database: back it up with its own tools, such as pg_dump."
REMEDY = "Ask the operator of the server to check its log and the free space on its disk."


def last_backup(kept: Sequence[Backup], now: datetime, zone: str) -> str:
    """Return age, moment in the zone, size and place of the last backup; "" without a backup."""
    if not kept:
        return ""
    last = kept[0]
    folder = "/".join(last.path.resolve().parent.parts[-2:])
    when = f"{ago(last.made_at, now)}, {moment(last.made_at, zone)}"
    return f"Last backup {when}, {size_text(last.size)}; {len(kept)} kept in {folder} on the server."


def backup_warning(kept: Sequence[Backup], now: datetime) -> str:
    """Return what is wrong with the backups, or "" while the last is at most two days old."""
    if not kept:
        return f"There is no backup of this database. {REMEDY}"
    if now - kept[0].made_at <= TOO_OLD:
        return ""
    return f"The last backup was made {ago(kept[0].made_at, now)}; there should be one every day. {REMEDY}"
