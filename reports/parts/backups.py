"""What the secretariat is told of the backups: how old the last is, and when that is too old."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.core.text import ago, moment
from models.progress.evidence_files import size_text
from models.store.kept_backups import Backup

TOO_OLD = timedelta(days=2)
NOT_OURS = "This server makes no backups of a PostgreSQL database: back it up with its own tools, such as pg_dump."
REMEDY = "Ask whoever runs the server to look into its log, and whether its disk is full."


def last_backup(kept: Sequence[Backup], now: datetime, zone: str) -> str:
    """Last backup 3 hours ago, 22 Nov 2026, 06:00 (Asia/Jakarta), 1.2 MB; 30 kept in data/backups."""
    if not kept:
        return ""
    last = kept[0]
    folder = "/".join(last.path.resolve().parent.parts[-2:])
    when = f"{ago(last.made_at, now)}, {moment(last.made_at, zone)}"
    return f"Last backup {when}, {size_text(last.size)}; {len(kept)} kept in {folder} on the server."


def backup_warning(kept: Sequence[Backup], now: datetime) -> str:
    """What is wrong with the backups; empty while one is kept every day."""
    if not kept:
        return f"There is no backup of this database. {REMEDY}"
    if now - kept[0].made_at <= TOO_OLD:
        return ""
    return f"The last backup was made {ago(kept[0].made_at, now)}, and there should be one every day. {REMEDY}"
