"""Whether a server can do its work: is the database there, and are its tables at the present version."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from models.rules.errors import TrackerError
from models.store.database import database_url, engine_for, is_current

log = logging.getLogger(__name__)


def health() -> dict[str, object]:
    """How the database stands; never raises. `status` is "ok" or "degraded"."""
    try:
        with engine_for(database_url()).connect() as connection:
            current = is_current(connection)
    except (SQLAlchemyError, TrackerError):
        log.exception("The database does not answer.")
        return {"status": "degraded", "database": "unreachable", "migrations": "unknown", "last_backup": None}
    return {
        "status": "ok" if current else "degraded",
        "database": "reachable",
        "migrations": "current" if current else "behind",
        "last_backup": None,
    }
