"""Do the snapshots still hold: is each as it was written, is the chain whole, and do log and edition still say so?"""

from collections.abc import Iterator

from sqlmodel import Session

from models.reads.compose import Occasion, compose
from models.reads.snapshots import SnapshotMark, list_snapshots, snapshot_document
from models.rules.snapshot import Snapshot, hash_of, read_snapshot
from models.rules.snapshot_parts import Told


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


def _recomputed(session: Session, mark: SnapshotMark, document: str) -> Iterator[str]:
    """What log and edition say of that moment now, against what was frozen."""
    frozen = read_snapshot(document)
    now = compose(
        session,
        Occasion(
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
    if now.edition.sha256 != frozen.edition.sha256:
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
