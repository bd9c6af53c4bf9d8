"""The texts of People and audit: who has a role, how they sign in, what was done, and the backups."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.core.text import ago, counted, moment
from models.people.bulk_list import COLUMNS
from models.people.directory import Account
from models.progress.evidence_files import size_text
from models.store.kept_backups import Backup

LINKS_WAIT = "This server sends no e-mail. Make each link here and send it to the person yourself."

ADD_NOTE = "A person who is already in the list gets the additional role. From a table, all are added or none."
EMAIL, NAME, ROLE, TABLE = "E-mail address", "Name", "Role", "A table of people"
TABLE_EXAMPLE = "chair\tTMTF\tname@example.org\tName\nfocal_point\tTH\tanother@example.org\tAnother name"
TABLE_HELP = f"One line for each role: {', '.join(COLUMNS)}. Copy the columns from a spreadsheet, or use commas."

MAKE_LINK, SIGN_OUT, NAME_AND_ADDRESS = "Make a link", "Sign out everywhere", "Name and address"
REMOVE_NOTE = (
    "All roles and sessions end, and the name and address are deleted. What the person wrote in statements is kept."
)
RENAMED, ROLE_ADDED = "The name and address were changed.", "The role was added."
COPY_NOW = "{}, shown only once: copy now. Each link signs in once, until {}."

HANDOVER_NOTE = (
    "One short document for a new person in a role: what they are responsible for, what was said at the last three"
    " meetings, what is due and open, and how to report. It contains narratives and is not for publication."
)

PERSON, ANYBODY, ACTION, ANY_ACTION = "Person", "Anybody", "Action", "Any action"
DOWNLOAD, NO_ACT = "Download as CSV", "No act matches all filters. Remove one of the filters."
NEWEST_FIRST, NEWEST_ONLY = "The newest are first.", "The newest {} of {:,} are listed. The file contains all."

TOO_OLD = timedelta(days=2)
NOT_OURS = "This server makes no backups of a PostgreSQL database. Back it up with its own tools, such as pg_dump."
REMEDY = "Ask the person who runs the server to check its log and its free disk space."


def title(people: Sequence[Account]) -> str:
    """The finding: how many there are, and how many never signed in."""
    missing = sum(person.signed_in_at is None for person in people)
    have = f"{counted(len(people), 'person has', 'people have')} a role"
    return f"{have}; {missing} never signed in with a link" if missing else have


def last_backup(kept: Sequence[Backup], now: datetime, zone: str) -> str:
    """Last backup 3 hours ago, 22 Nov 2026, 06:00 (Asia/Jakarta), 1.2 MB; 30 kept in data/backups."""
    if not kept:
        return ""
    last = kept[0]
    folder = "/".join(last.path.resolve().parent.parts[-2:])
    when = f"{ago(last.made_at, now)}, {moment(last.made_at, zone)}"
    return f"Last backup {when}, {size_text(last.size)}; {len(kept)} kept in {folder} on the server."


def backup_warning(kept: Sequence[Backup], now: datetime) -> str:
    """What is wrong with the backups; empty while a backup is kept every day."""
    if not kept:
        return f"There is no backup of this database. {REMEDY}"
    if now - kept[0].made_at <= TOO_OLD:
        return ""
    return f"The last backup was made {ago(kept[0].made_at, now)}. There should be a backup every day. {REMEDY}"
