"""The blocks of Cycles as HTML: pure, from what was read to what is sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from models.core.text import counted, day
from models.meetings.cycles import CycleStep
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.progress.cycles import CycleSpan
from pages.shared.markup import fold, section, tag
from pages.shared.tables import Column, table

NOT_YET = '<span class="t-when">–</span>'


def title(open_now: CycleSpan | None, today: date) -> str:
    """Which cycle is open, and when its reports are due."""
    if open_now is None:
        return "No reporting cycle is open"
    verb = "are" if open_now.due >= today else "were"
    return f"{open_now.meeting.name}: reports {verb} due {day(open_now.due)}"


def cycles(
    plan: Plan,
    meetings: Sequence[Meeting],
    opened: Mapping[str, CycleSpan],
    steps: Mapping[str, CycleStep],
    today: date,
) -> str:
    """The meetings that the plan is reported to, each with its cycle if it has one; the later ones folded."""
    told = "A cycle closes when the next one is opened. Its days are counted back from its meeting and move with it."
    coming = [one for one in meetings if one.key not in opened and one.start > today]
    rest = [one for one in meetings if one not in coming[1:]]
    rows = [_row(plan, one, opened.get(one.key), _step(steps.get(one.key))) for one in reversed(rest)]
    drawn = _table("Meetings and their cycles", rows)
    later = _table("Later meetings", [_row(plan, one, None, NOT_YET) for one in coming[1:]])
    more = fold(counted(len(coming) - 1, "later meeting"), later) if coming[1:] else ""
    return section("Meetings and their cycles", told, content=drawn + more)


def _table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    columns = [
        Column("Meeting"),
        Column("Days"),
        Column("Cycle"),
        Column("Opened", numeric=True),
        Column("Reports due", numeric=True),
        Column("Closed", numeric=True),
        Column("Report"),
    ]
    return table(caption, columns, rows)


def _step(at: CycleStep | None) -> str:
    if at is None or at.step is None:
        return NOT_YET
    return escape(at.step.label.lower()) + (f", revision {at.revision}" if at.revision > 1 else "")


def _row(plan: Plan, meeting: Meeting, cycle: CycleSpan | None, step: str) -> list[str]:
    name = f"<b>{escape(meeting.name)}</b>{tag('provisional') if meeting.provisional else ''}"
    days = f"{day(meeting.start)} to {day(meeting.end)}"
    if cycle is None:
        return [name, days, '<span class="t-when">not opened</span>', NOT_YET, NOT_YET, NOT_YET, step]
    closed = day(day_of(cycle.closed_at, plan)) if cycle.closed_at else NOT_YET
    state = "closed" if cycle.closed_at else "<b>open</b>"
    return [name, days, state, day(day_of(cycle.opened_at, plan)), day(cycle.due), closed, step]
