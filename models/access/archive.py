"""The archive of snapshots, as far as a user may open it, and the content a report is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.access.visibility import visitors_see
from models.core.errors import NotFound, NotPermitted
from models.core.vocabulary import VisitorsSee
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.past import Past, past_of
from models.meetings.snapshot import Snapshot, hash_of, written
from models.meetings.snapshots import SnapshotMark, last_row, list_snapshots, noted, snapshot
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
    return noted(marks)


@dataclass(frozen=True)
class ReportSource:
    """What a report is made from: a snapshot or draft, its hash, what was reported before it, and names of people.

    `people` are what those who wrote and cleared are called today, where the display names them.
    """

    snapshot: Snapshot
    sha256: str
    past: Past
    people: Mapping[int, str]


def archived(context: Context, number: int, display: Display) -> ReportSource:
    """The content of a snapshot for a report in the display; refused where the user has neither."""
    _require(context.user, display)
    marks = archive(context)
    mark = next((mark for mark in marks if mark.id == number), None)
    if mark is None:
        raise NotFound(f"There is no snapshot {number}.")
    earlier = tuple(before for before in marks if before.id < number)
    return _source(context.session, snapshot(context.session, number), mark.sha256, earlier, display)


def draft(context: Context, display: Display, *, as_of: date | None = None) -> ReportSource:
    """What a snapshot taken now would hold, of today or another day; the secretariat's alone: nobody circulated it."""
    _require(context.user, Display.SECRETARIAT)
    _require(context.user, display)
    last = last_row(context.session)
    content = compose(context.session, SnapshotRequest(as_of or day_of(context.now, context.plan), context.now, last))
    return _source(context.session, content, hash_of(written(content)), archive(context), display)


def _source(
    session: Session, content: Snapshot, sha256: str, earlier: tuple[SnapshotMark, ...], display: Display
) -> ReportSource:
    shown = noted(earlier) if display is Display.PUBLIC else earlier
    names = authors((*content.statements, *content.submitted))
    people = names_of(session, names) if shows(display, Detail.PERSONS) else {}
    return ReportSource(content, sha256, past_of(session, content, shown), people)


def _require(by: User, display: Display) -> None:
    if display not in displays_of(by):
        raise NotPermitted(f"You may not have the report as {display.label.lower()}. Ask the secretariat.")
