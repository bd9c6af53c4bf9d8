"""Whether a server can do its work: is the database there, and are its tables at the present version."""

import logging
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from models.core.errors import TrackerError
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, is_current
from models.store.kept_backups import Backup, kept_backups

log = logging.getLogger(__name__)


def health() -> dict[str, object]:
    """How the database stands; never raises. `status` is "ok" or "degraded"."""
    try:
        engine = engine_for(database_url())
        with engine.connect() as connection:
            current = is_current(connection)
    except (SQLAlchemyError, TrackerError):
        log.exception("The database does not answer.")
        return {"status": "degraded", "database": "unreachable", "migrations": "unknown", **_last_backup(None)}
    return {
        "status": "ok" if current else "degraded",
        "database": "reachable",
        "migrations": "current" if current else "behind",
        **_last_backup(_last(engine)),
    }


def _last(engine: Engine) -> Backup | None:
    try:
        return next(iter(kept_backups(engine)), None)
    except OSError:
        log.exception("The backups cannot be read.")
        return None


def _last_backup(last: Backup | None) -> dict[str, object]:
    """An old backup is told and is no reason to take the server away: it still does its work."""
    if last is None:
        return {"last_backup": None, "last_backup_hours": None}
    hours = (wall_clock() - last.made_at) / timedelta(hours=1)
    return {"last_backup": last.made_at.isoformat(), "last_backup_hours": round(hours, 1)}
