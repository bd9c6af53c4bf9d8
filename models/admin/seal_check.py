"""Is every row as an act of the dashboard left it: the chain of seals, and each row against its hash."""

import hashlib
from collections.abc import Iterator

import orjson
from sqlalchemy import select
from sqlmodel import Session, col

from models.store.seals import OF_DRAFTS_FIRST, SEALED, chained, hashes, is_sealed, rows_in
from models.store.tables import DataVersion, Seal

Sealed = dict[str, dict[str, bytes]]
"""The hash of each row as the last act left it, by table and key; rows that an act deleted are not in it."""

REMEDY = "restore a backup"


def seal_faults(session: Session) -> Iterator[str]:
    """Yield every row that was added, changed or deleted by anything but an act, in a sentence that names it."""
    sealed: Sealed = {table: {} for table in SEALED}
    yield from _chain_faults(session, sealed)
    for table, name in SEALED.items():
        kept = sealed[table]
        for key, present in hashes(session.connection(), table):
            expected = kept.pop(str(key), None)
            if expected is None:
                if is_sealed(table, key) and table != OF_DRAFTS_FIRST:
                    yield f"{name.format(key)} was added outside the dashboard; {REMEDY}"
            elif expected.hex() != present:
                yield f"{name.format(key)} was changed outside the dashboard; {REMEDY}"
        for key in kept:
            yield f"{name.format(key)} was deleted outside the dashboard; {REMEDY}"


def _chain_faults(session: Session, sealed: Sealed) -> Iterator[str]:
    """Yield where the chain of seals is broken, and fill in what the seals hold.

    A seal that is not as it was written is not read, so that its rows are named as well.
    """
    previous = ""
    query = select(*map(col, (Seal.id, Seal.wrote, Seal.sha256))).order_by(col(Seal.id))
    for number, wrote, sha256 in session.execute(query, execution_options={"yield_per": 1}):
        if chained(previous, wrote) == sha256:
            _read(wrote, sealed)
        else:
            yield f"seal {number} was changed, or the one before it is not the one it was made after; {REMEDY}"
        previous = sha256
    if previous != (session.execute(select(col(DataVersion.seal))).scalar_one() or ""):
        yield f"the last seal is not the one that was written last: the end of the audit trail is missing; {REMEDY}"


def _read(wrote: str, sealed: Sealed) -> None:
    for table, rows in orjson.loads(wrote).items():
        for key, hash_ in rows.items():
            if hash_ is None:
                sealed[table].pop(key, None)
            else:
                sealed[table][key] = bytes.fromhex(hash_)


def file_faults(session: Session) -> Iterator[str]:
    """Yield every evidence file, of drafts too, whose content is not what was uploaded."""
    for row in rows_in(session.connection(), "evidence_file"):
        if hashlib.sha256(bytes(row["content"])).hexdigest() != row["sha256"]:
            yield f"evidence file {row['id']} ({row['name']}) is not what was uploaded: its hash differs; {REMEDY}"
