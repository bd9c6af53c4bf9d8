"""Whether a server can do its work: is the database there, and are its tables at the present version."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from models.core.errors import TrackerError
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for, is_current
from models.store.kept_backups import kept_backups

log = logging.getLogger(__name__)


def health() -> dict[str, object]:
    """The state of the database; never raises. `status` is "ok" or "degraded"."""
    try:
        engine = engine_for(database_url())
        with engine.connect() as connection:
            current = is_current(connection)
    except (SQLAlchemyError, TrackerError):
        log.exception("The database does not answer.")
        unknown = {"last_backup": None, "last_backup_hours": None}
        return {"status": "degraded", "database": "unreachable", "migrations": "unknown", **unknown}
    # An old backup is no reason to take the server away: it still does its work.
    made_at = _last_backup(engine)
    return {
        "status": "ok" if current else "degraded",
        "database": "reachable",
        "migrations": "current" if current else "behind",
        "last_backup": made_at and made_at.isoformat(),
        "last_backup_hours": made_at and round((wall_clock() - made_at) / timedelta(hours=1), 1),
    }


def _last_backup(engine: Engine) -> datetime | None:
    try:
        return next((backup.made_at for backup in kept_backups(engine)), None)
    except OSError:
        log.exception("The backups cannot be read.")
        return None
