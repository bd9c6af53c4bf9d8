"""The decisions and action points of meetings as HTML: pure, from what was read to what is sent."""

from collections.abc import Sequence
from datetime import date
from html import escape

from models.core.text import day
from models.meetings.snapshot import Decided
from models.plan.schema import Plan
from pages.shared.markup import fold, section, tag
from pages.shared.tables import Column, table
from reports.parts.naming import meeting_name, party_name

NOTHING = "–"
TOLD = "What meetings left to do: each stands in every report until it is closed, with what was done or why not."
COLUMNS = (Column("From"), Column("Decision or action point"), Column("Owner"), Column("Due"))


def decisions(plan: Plan, found: Sequence[Decided], today: date) -> str:
    """Those that are open, the oldest first; those that are closed one click away."""
    still, closed = [one for one in found if one.is_open], [one for one in found if not one.is_open]
    told = f"{len(still)} open" if found else "nothing recorded yet"
    rows = [_row(plan, one, _due(plan, one, today)) for one in still]
    drawn = table("Open decisions and action points", COLUMNS, rows) if still else ""
    more = fold(f"{len(closed)} closed", _closed(plan, closed)) if closed else ""
    return section(f"Matters arising: {told}", TOLD, content=drawn + more)


def _closed(plan: Plan, closed: Sequence[Decided]) -> str:
    columns = (*COLUMNS[:3], Column("Closed"))
    return table(
        "Closed decisions and action points", columns, [_row(plan, one, _end(one)) for one in reversed(closed)]
    )


def _row(plan: Plan, one: Decided, last: str) -> list[str]:
    about = f'<br><span class="t-when">{escape(", ".join(one.initiatives))}</span>' if one.initiatives else ""
    words = f"<b>{one.kind.label}</b><br>{escape(one.text)}{about}"
    owner = escape(party_name(plan, one.owner)) if one.owner else NOTHING
    return [escape(meeting_name(plan, one.meeting)), f"<span>{words}</span>", owner, f"<span>{last}</span>"]


def _due(plan: Plan, one: Decided, today: date) -> str:
    if one.due_meeting is None:
        return NOTHING
    held = one.due_meeting in plan.meeting and plan.meeting[one.due_meeting].end < today
    return escape(meeting_name(plan, one.due_meeting)) + tag("was held" if held else "")


def _end(one: Decided) -> str:
    told = [escape(text) for text in (one.closing_evidence, one.closing_reason) if text]
    return "<br>".join([day(one.closed_on) if one.closed_on else NOTHING, *told])
