"""The blocks of Meetings and reports: calendar, archive of snapshots, comparison, decisions and action points."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import htpy as h
from htpy import Node

from models.core.text import counted, day
from models.core.vocabulary import Step
from models.figures.changes import ChangeKind, Changes
from models.meetings.snapshot import Decided
from models.meetings.snapshots import SnapshotMark
from models.plan.calendar import WORKING_GROUP, day_of, next_meeting
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from pages.meetings import text
from pages.shared.markup import fold, section, tag
from pages.shared.tables import numbers, table
from reports.parts.changes import ChangeLine, bridge_lines, change_lines, comparison_title
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name, wording_tag

LISTED = 8
"""How many meetings, or differences of one kind, are listed before the rest is folded away."""

DECISION_COLUMNS = ("From", "Decision or action point", "Owner")


def title(plan: Plan, today: date, snapshots: Sequence[SnapshotMark]) -> str:
    """The next meeting, and how many meetings have taken note."""
    return text.title(next_meeting(plan, today), len({mark.meeting for mark in snapshots if mark.step is Step.NOTED}))


def calendar(plan: Plan, today: date, snapshots: Sequence[SnapshotMark]) -> Node:
    """The meetings to come, then those held, the newest first; task forces' meetings are dates only."""
    steps = {mark.meeting: step(mark) for mark in snapshots}
    meetings = sorted(plan.meetings, key=lambda meeting: meeting.start)
    coming = [meeting for meeting in meetings if meeting.end >= today]
    past = [meeting for meeting in reversed(meetings) if meeting.end < today and meeting.start >= plan.period.start]
    content = [
        _calendar("Upcoming meetings", coming[:LISTED], steps),
        _folded("Later meetings", "later meeting", coming[LISTED:], steps),
        _folded("Past meetings", "past meeting", past, steps),
    ]
    return section("Calendar", text.CALENDAR, content=content)


def _folded(caption: str, name: str, meetings: Sequence[Meeting], steps: Mapping[str, str]) -> Node:
    return fold(counted(len(meetings), name), _calendar(caption, meetings, steps)) if meetings else None


def _calendar(caption: str, meetings: Sequence[Meeting], steps: Mapping[str, str]) -> Node:
    columns = ("Meeting", "Dates", "Place", "Report")
    return table(caption, columns, [_meeting(meeting, steps) for meeting in meetings])


def _meeting(meeting: Meeting, steps: Mapping[str, str]) -> list[Node]:
    one_day = meeting.start == meeting.end
    return [
        [h.b[meeting.name], tag("provisional") if meeting.provisional else None],
        day(meeting.start) if one_day else f"{day(meeting.start)} to {day(meeting.end)}",
        meeting.place or NOTHING,
        steps.get(meeting.key, "not circulated" if meeting.body == WORKING_GROUP else NOTHING),
    ]


def archive(snapshots: Sequence[SnapshotMark], plan: Plan) -> Node:
    """Every snapshot with its hash and that of the one before it, so that a document can be checked against them."""
    if not snapshots:
        return section("No snapshot yet", "The first snapshot is taken when a cycle is circulated.")
    columns = ["Meeting", "Step", *numbers("Snapshot", "As of", "Taken"), "SHA-256", "Previous"]
    rows = [_snapshot(mark, plan) for mark in reversed(snapshots)]
    return section(counted(len(rows), "snapshot"), text.SNAPSHOTS, content=table("Snapshots", columns, rows))


def _snapshot(mark: SnapshotMark, plan: Plan) -> list[Node]:
    return [
        h.b[plan.meeting[mark.meeting].name],
        step(mark),
        str(mark.id),
        day(mark.as_of),
        day(day_of(mark.known_at, plan)),
        h.code(title=mark.sha256)[mark.short],
        h.code(title=mark.previous)[mark.previous[:8]] if mark.previous else NOTHING,
    ]


def step(mark: SnapshotMark) -> str:
    """Noted, revision 2."""
    return f"{mark.step}{f', revision {mark.revision}' if mark.revision > 1 else ''}"


def compared(changes: Changes) -> Node:
    """The bridge, then every difference by kind."""
    columns = ["Bridge", *numbers("Completed", "Counted (N)")]
    rows = [[line.name, line.completed, line.in_scope] for line in bridge_lines(changes)]
    bridge = table("The bridge between the two", columns, rows, compact=True)
    kinds = [_kind(kind, list(lines)) for kind, lines in groupby(change_lines(changes), key=lambda line: line.kind)]
    return section(comparison_title(changes), text.SUM, content=[bridge, kinds])


def _kind(kind: ChangeKind, changes: Sequence[ChangeLine]) -> Node:
    lines = [_line(change) for change in changes]
    more = fold(f"All {len(changes)}", h.ul(".t-list")[lines]) if len(changes) > LISTED else None
    return [h.h3[f"{kind.label}: {len(changes)}"], h.ul(".t-list")[lines[:LISTED]], more]


def _line(change: ChangeLine) -> Node:
    initiative, happened = change.initiative, f": {change.text}" if change.text else ""
    if initiative is None:
        return h.li[change.text]
    return h.li[h.b[initiative.key], f" {initiative.title}", tag(wording_tag(initiative)), happened]


def decisions(plan: Plan, recorded: Sequence[Decided], today: date) -> Node:
    """Those that are open, the oldest first; those that are closed one click away."""
    still_open = [_decision(plan, item, _due(plan, item, today)) for item in recorded if item.is_open]
    closed = [_decision(plan, item, _closed(item)) for item in reversed(recorded) if not item.is_open]
    content = [
        _decisions("Open", "Due", still_open) if still_open else None,
        fold(f"{len(closed)} closed", _decisions("Closed", "Closed", closed)) if closed else None,
    ]
    title = f"Matters arising: {len(still_open)} open" if recorded else "Matters arising: nothing recorded yet"
    return section(title, text.DECISIONS, content=content)


def _decisions(state: str, last: str, rows: Sequence[Sequence[Node]]) -> Node:
    return table(f"{state} decisions and action points", (*DECISION_COLUMNS, last), rows)


def _decision(plan: Plan, item: Decided, last: Node) -> list[Node]:
    about = [h.br, h.span(".t-when")[", ".join(item.initiatives)]] if item.initiatives else None
    return [
        meeting_name(plan, item.meeting),
        h.span[h.b[item.kind.label], h.br, item.text, about],
        party_name(plan, item.owner) if item.owner else NOTHING,
        h.span[last],
    ]


def _due(plan: Plan, item: Decided, today: date) -> Node:
    if item.due_meeting is None:
        return NOTHING
    held = item.due_meeting in plan.meeting and plan.meeting[item.due_meeting].end < today
    return [meeting_name(plan, item.due_meeting), tag("was held" if held else "")]


def _closed(item: Decided) -> Node:
    words = [words for words in (item.closing_evidence, item.closing_reason) if words]
    return [day(item.closed_on) if item.closed_on else NOTHING, [[h.br, line] for line in words]]
