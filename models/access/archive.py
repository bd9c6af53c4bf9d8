"""The archive of snapshots, as far as a user may open it, and the content a report is made from."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from models.access.visibility import visitors_see
from models.core.errors import NotFound, NotPermitted
from models.core.vocabulary import Step, VisitorsSee
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.snapshot import Snapshot, hash_of, written
from models.meetings.snapshots import SnapshotMark, last_row, list_snapshots, snapshot
from models.people.context import Context
from models.people.directory import names_of
from models.people.permissions import User
from models.people.visibility_rules import Detail, Display, display_of, displays_of, shows
from models.plan.calendar import day_of
from models.progress.views import authors


def archive(context: Context) -> tuple[SnapshotMark, ...]:
    """The snapshots the user may open, the oldest first: visitors those that were noted."""
    marks = list_snapshots(context.session)
    if display_of(context.user) is not Display.PUBLIC:
        return marks
    if visitors_see(context.session) is VisitorsSee.NOTHING:
        return ()
    return tuple(mark for mark in marks if mark.step is Step.NOTED)


def archived(context: Context, number: int, display: Display) -> tuple[Snapshot, str]:
    """The content of a snapshot and its hash, for a report in the display; refused where the user has neither."""
    _require(context.user, display)
    mark = next((mark for mark in archive(context) if mark.id == number), None)
    if mark is None:
        raise NotFound(f"There is no snapshot {number} to be seen here.")
    return snapshot(context.session, number), mark.sha256


def draft(context: Context, display: Display, *, as_of: date | None = None) -> tuple[Snapshot, str]:
    """What a snapshot taken now would hold, of today or another day; the secretariat's alone: nobody circulated it."""
    _require(context.user, Display.SECRETARIAT)
    _require(context.user, display)
    last = last_row(context.session)
    content = compose(context.session, SnapshotRequest(as_of or day_of(context.now, context.plan), context.now, last))
    return content, hash_of(written(content))


def people_in(session: Session, content: Snapshot, display: Display) -> Mapping[int, str]:
    """What those who wrote and cleared are called today, for a display that names them; nobody for any other."""
    if not shows(display, Detail.PERSONS):
        return {}
    return names_of(session, authors((*content.statements, *content.submitted)))


def _require(by: User, display: Display) -> None:
    if display not in displays_of(by):
        raise NotPermitted(f"You may not have the report as {display.label.lower()}. Ask the secretariat.")
