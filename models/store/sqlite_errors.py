"""What a disk, a lock or a clock did to SQLite, in words for whoever was at work."""

import logging
from sqlite3 import Error

from sqlalchemy.engine import ExceptionContext

from models.core.errors import DatabaseError

log = logging.getLogger(__name__)

BUSY = "The database is busy: something has been written for half a minute. Nothing was changed; try again."
_WORDS = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_FULL": "The disk of the database is full. Nothing was changed; make room on that disk, then try again.",
    "SQLITE_READONLY": (
        "The database can be read but not written: its file, folder or disk is read-only. Nothing was changed; let this"
        " program write there, then try again."
    ),
    "SQLITE_CANTOPEN": (
        "The database cannot be opened: its folder is read-only, its disk is full, or its file may not be read. Nothing"
        " was changed; let this program read and write there, then try again."
    ),
    "SQLITE_IOERR": (
        "The disk of the database is full, or does not read and write as it should. Nothing was changed; look at the"
        " disk, run `manage.py verify`, then try again."
    ),
}
"""By the name of SQLite's error, without what it adds to the name."""

_LATER_IS_EARLIER = "_after_"
"""In the name of each constraint on the order of two moments (models/store/base.py)."""
CLOCK = (
    "The clock of this machine is behind: what is to be changed was written later than now. Nothing was changed; set"
    " the clock, then try again."
)


def sqlite_in_words(error: BaseException) -> str | None:
    """Return what happened and what to do; None for an error that is neither of the disk, of a lock nor of a clock."""
    if not isinstance(error, Error):
        return None
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_CONSTRAINT_CHECK" and _LATER_IS_EARLIER in str(error):
        return CLOCK
    return next((words for start, words in _WORDS.items() if name.startswith(start)), None)


def raise_in_words(context: ExceptionContext) -> None:
    """Raise DatabaseError instead of SQLAlchemy's error, for the engine's event `handle_error`."""
    error = context.original_exception
    words = sqlite_in_words(error)
    if words:
        log.error("the database failed: %s", error)
        raise DatabaseError(words) from error
