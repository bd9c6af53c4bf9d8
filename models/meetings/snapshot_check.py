"""Do the snapshots still hold: is each as it was written, is the chain whole, and do log and edition still say so?"""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from models.meetings.compose import Taking, compose
from models.meetings.snapshot import Snapshot, Told, hash_of, read_snapshot
from models.meetings.snapshots import SnapshotMark, list_snapshots, snapshot_document
from models.store.tables import AuditEvent

TAKING = ("circulate", "note")
"""The acts that take a snapshot, as the audit trail names them."""


def snapshot_faults(session: Session) -> Iterator[str]:
    """Everything that is not as it should be, each in a sentence that names it."""
    previous: str | None = None
    for mark in list_snapshots(session):
        name = f"snapshot {mark.id} ({mark.meeting}, {mark.step.label.lower()}, revision {mark.revision})"
        document = snapshot_document(session, mark.id)
        if hash_of(document) != mark.sha256:
            yield f"{name} was changed after it was taken: its hash differs; restore a backup"
        elif mark.previous != previous or read_snapshot(document).previous != previous:
            yield f"{name} does not follow the one before it: the chain is broken; restore a backup"
        else:
            yield from (f"{name}: {what}; restore a backup" for what in _recomputed(session, mark, document))
        previous = mark.sha256
    yield from _gone(session)


def _gone(session: Session) -> Iterator[str]:
    """What the audit trail says was taken, and does not stand as it was."""
    query = select(col(AuditEvent.after)).where(col(AuditEvent.action).in_(TAKING)).order_by(col(AuditEvent.id))
    taken = [json.loads(after) for after in session.execute(query).scalars() if after]
    stands = {(mark.id, mark.sha256) for mark in list_snapshots(session)}
    for one in taken:
        if (one["snapshot"], one["sha256"]) not in stands:
            yield f"snapshot {one['snapshot']} is not the one the audit trail says was taken; restore a backup"


def _columns(mark: SnapshotMark, frozen: Snapshot) -> Iterator[str]:
    """What is read without opening the document must say the same as it."""
    for name in ("meeting", "step", "revision", "as_of", "known_at", "rows_until"):
        if getattr(mark, name) != getattr(frozen, name):
            yield f"its {name} beside the document is not that in it"


def _recomputed(session: Session, mark: SnapshotMark, document: str) -> Iterator[str]:
    """What log and edition say of that moment now, against what was frozen."""
    frozen = read_snapshot(document)
    yield from _columns(mark, frozen)
    now = compose(
        session,
        Taking(
            frozen.as_of,
            frozen.known_at,
            frozen.rows_until,
            frozen.meeting,
            frozen.step,
            frozen.revision,
            frozen.paper,
            own=mark.id,
        ),
    )
    if now.edition != frozen.edition:
        yield f"edition {frozen.edition.version} is no longer the one known then"
    yield from _statements(frozen, now)
    if now.figures != frozen.figures:
        yield "the figures computed from the log and edition known then differ from its own"
    others = {name for name in Snapshot.model_fields if getattr(frozen, name) != getattr(now, name)}
    for name in sorted(others - {"edition", "statements", "submitted", "figures"}):
        yield f"its {name.replace('_', ' ')} would be computed otherwise today"


def _statements(frozen: Snapshot, now: Snapshot) -> Iterator[str]:
    for kind in ("statements", "submitted"):
        before, after = _by_row(getattr(frozen, kind)), _by_row(getattr(now, kind))
        for row in sorted(before.keys() | after.keys()):
            if before.get(row) != after.get(row):
                told = before.get(row) or after[row]
                yield f"row {row} of the log, on {told.initiative}/{told.party}, is not what it was then"


def _by_row(told: tuple[Told, ...]) -> dict[int, Told]:
    return {one.row: one for one in told}
