"""Do the snapshots still hold: is each as it was written, is the chain whole, and do log, edition and method agree?

Hash and chain need nothing but the documents, so that a backup is checked the same by every release. The facts are
compared with the log they were taken from, the figures with the method whose version the snapshot names: what a
sentence says is no fact.
"""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import Basis
from models.figures.method_text import METHOD_VERSION
from models.meetings.snapshot import Snapshot, hash_of, read_snapshot
from models.meetings.snapshots import SnapshotMark, list_snapshots, snapshot_document
from models.plan.schema import Commitment, name_of
from models.progress.latest import latest_statements
from models.progress.views import StatementView, views_of
from models.store.tables import AuditEvent, CommitmentRow, Edition, Progress

TAKEN_BY = ("circulate", "note")
"""The acts that take a snapshot, as the audit trail names them."""


def integrity_faults(session: Session) -> Iterator[str]:
    """Every snapshot that is not as it was written, or not where the chain has it, in a sentence that names it."""
    previous: str | None = None
    for mark in list_snapshots(session):
        document = snapshot_document(session, mark.id)
        if hash_of(document) != mark.sha256:
            yield f"{_name(mark)} was changed after it was taken: its hash differs; restore a backup"
        elif mark.previous != previous or json.loads(document)["previous"] != previous:
            yield f"{_name(mark)} does not follow the one before it: the chain is broken; restore a backup"
        previous = mark.sha256
    yield from _gone(session)


def fact_faults(session: Session) -> Iterator[str]:
    """What a snapshot holds and the database no longer says, in a sentence that names it."""
    for mark in list_snapshots(session):
        document = snapshot_document(session, mark.id)
        if hash_of(document) == mark.sha256:
            frozen = read_snapshot(document)
            faults = [*_columns(mark, frozen), *_edition(session, frozen), *_rows(session, frozen)]
            faults += [] if frozen.method != METHOD_VERSION else [*_counted(session, mark, frozen), *_figures(frozen)]
            yield from (f"{_name(mark)}: {what}; restore a backup" for what in faults)


def _name(mark: SnapshotMark) -> str:
    return f"snapshot {mark.id} ({mark.meeting}, {mark.step.label.lower()}, revision {mark.revision})"


def _gone(session: Session) -> Iterator[str]:
    """What the audit trail says was taken, and is not there as it was."""
    query = select(col(AuditEvent.after)).where(col(AuditEvent.action).in_(TAKEN_BY)).order_by(col(AuditEvent.id))
    taken = [json.loads(after) for after in session.execute(query).scalars() if after]
    present = {(mark.id, mark.sha256) for mark in list_snapshots(session)}
    for event in taken:
        if (event["snapshot"], event["sha256"]) not in present:
            yield f"snapshot {event['snapshot']} is not the one the audit trail says was taken; restore a backup"


def _columns(mark: SnapshotMark, frozen: Snapshot) -> Iterator[str]:
    """What is read without opening the document must say the same as it."""
    for name in ("meeting", "step", "revision", "as_of", "known_at", "rows_until"):
        if getattr(mark, name) != getattr(frozen, name):
            yield f"its {name} beside the document is not that in it"


def _edition(session: Session, frozen: Snapshot) -> Iterator[str]:
    query = (
        select(col(Edition.sha256))
        .where(col(Edition.loaded_at) <= frozen.known_at)
        .order_by(col(Edition.loaded_at).desc(), col(Edition.id).desc())
    )
    if session.execute(query.limit(1)).scalar() != frozen.edition.sha256:
        yield f"edition {frozen.edition.version} is no longer the one known then"


def _rows(session: Session, frozen: Snapshot) -> Iterator[str]:
    """Each statement against its row of the log, as it was known at the snapshot's moment."""
    statements = (*frozen.statements, *frozen.submitted)
    query = (
        select(col(CommitmentRow.initiative), col(CommitmentRow.party), Progress)
        .join(Progress, col(Progress.commitment_id) == col(CommitmentRow.id))
        .where(col(Progress.id).in_([statement.row for statement in statements]))
    )
    logged: list[tuple[Commitment, Progress]] = [
        ((initiative, party), row) for initiative, party, row in session.execute(query)
    ]
    now = {view.row: view for view in views_of(session, frozen.plan, logged, known_at=frozen.known_at)}
    for statement in statements:
        if statement.row not in now or _facts(now[statement.row]) != _facts(statement):
            name = name_of(statement.commitment)
            yield f"row {statement.row} of the log, on {name}, is not what it was then"


def _facts(statement: StatementView) -> object:
    """The facts of a row and its evidence, where a file is compared by its number."""
    items = [(item.title, item.url, item.document, item.public, item.file) for item in statement.evidence]
    head = statement.model_dump(exclude={"evidence", "deliverables_done", "replaced_by"})
    return head, statement.deliverables_done or (), items


def _counted(session: Session, mark: SnapshotMark, frozen: Snapshot) -> Iterator[str]:
    """Which rows of the log count at the snapshot's moment by the method."""
    for basis, frozen_rows in ((Basis.CLEARED, frozen.statements), (Basis.REPORTED, frozen.reported_statements)):
        counted = {statement.row for statement in latest_statements(session, mark.view(basis)).values()}
        if counted != {statement.row for statement in frozen_rows}:
            yield f"other rows of the log count on basis {basis} than did then"


def _figures(frozen: Snapshot) -> Iterator[str]:
    """A later method may compute otherwise; what it says of its own snapshots must not change."""
    if frozen.computed_figures() != frozen.figures:
        yield "the figures that follow from its plan and statements differ from its own"
