"""The blocks of Cycles as HTML: pure, from what was read to what is sent."""

from collections.abc import Mapping, Sequence
from datetime import date

import htpy as h
from htpy import Element, Node

from models.core.text import counted, day
from models.meetings.checklist import Missing
from models.meetings.cycles import CycleStep
from models.meetings.snapshots import SnapshotMark
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.progress.cycles import CycleSpan
from pages.meeting import text
from pages.shared.links import link
from pages.shared.markup import fold, section, tag
from pages.shared.tables import numbers, table

NOT_YET = h.span(".t-when")["–"]
COLUMNS = ("Meeting", "Days", "Cycle", *numbers("Opened", "Reports due", "Closed"), "Report")


def missing(step: CycleStep, todo: Sequence[Missing]) -> Element:
    """What to look at before the paper is circulated."""
    items = [h.li[link(f"./{part.page}", part.words)] for part in todo]
    again = f"Opened again as revision {step.revision}. " if step.revision > 1 else None
    return h.div(".t-section")[h.p[again, text.CHECK_FIRST if todo else text.NOTHING_MISSING], h.ul(".t-list")[items]]


def snapshot_line(step: CycleStep, mark: SnapshotMark) -> Element:
    """The snapshot of the last step."""
    name = f"{mark.step.label} as of {day(mark.as_of)}, revision {step.revision}"
    return h.p[h.b[name], f", snapshot {mark.id} ", h.code[mark.short], "."]


def cycles(
    plan: Plan,
    meetings: Sequence[Meeting],
    opened: Mapping[str, CycleSpan],
    steps: Mapping[str, CycleStep],
    today: date,
) -> Element:
    """The meetings that the plan is reported to, each with its cycle if it has one; the later ones folded."""
    later = [meeting for meeting in meetings if meeting.key not in opened and meeting.start > today][1:]
    rows = [
        _row(plan, meeting, opened.get(meeting.key), _step(steps.get(meeting.key)))
        for meeting in reversed(meetings)
        if meeting not in later
    ]
    more = table(text.LATER, COLUMNS, [_row(plan, meeting, None, NOT_YET) for meeting in later])
    folded = fold(counted(len(later), "later meeting"), more) if later else None
    return section(text.CYCLES, text.CYCLES_NOTE, content=[table(text.CYCLES, COLUMNS, rows), folded])


def _step(cycle: CycleStep | None) -> Node:
    if cycle is None or cycle.step is None:
        return NOT_YET
    return cycle.step.label.lower() + (f", revision {cycle.revision}" if cycle.revision > 1 else "")


def _row(plan: Plan, meeting: Meeting, cycle: CycleSpan | None, step: Node) -> list[Node]:
    name = [h.b[meeting.name], tag("provisional") if meeting.provisional else None]
    days = f"{day(meeting.start)} to {day(meeting.end)}"
    if cycle is None:
        return [name, days, h.span(".t-when")["not opened"], NOT_YET, NOT_YET, NOT_YET, step]
    closed: Node = day(day_of(cycle.closed_at, plan)) if cycle.closed_at else NOT_YET
    state: Node = "closed" if cycle.closed_at else h.b["open"]
    return [name, days, state, day(day_of(cycle.opened_at, plan)), day(cycle.due), closed, step]
