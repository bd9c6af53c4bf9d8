"""The blocks of Meetings and reports as HTML: pure, from what was read to what is sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from models.core.text import counted, day
from models.core.vocabulary import ASEAN, Step
from models.figures.comparison import Comparison
from models.meetings.snapshots import SnapshotMark
from models.plan.calendar import WORKING_GROUP, day_of, next_meeting
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from pages.shared.markup import fold, section, tag
from pages.shared.tables import Column, table
from reports.parts.comparison_words import Difference, bridge_lines, comparison_title, differences

SUM = "start + completed + added − withdrawn − reversed = end"
SHOWN = 8
"""How many differences of one kind are told before the rest is folded away."""


def title(plan: Plan, today: date, snapshots: Sequence[SnapshotMark]) -> str:
    """AWGIPC 84 meets on 13 Mar 2028; 6 meetings have taken note so far."""
    coming = next_meeting(plan, today)
    noted = len({one.meeting for one in snapshots if one.step is Step.NOTED})
    told = f"{counted(noted, 'meeting')} {'has' if noted == 1 else 'have'} taken note so far"
    if coming is None:
        return told[:1].upper() + told[1:]
    return f"{coming.name} meets on {day(coming.start)}; {told if noted else 'none has taken note yet'}"


def calendar(plan: Plan, today: date, steps: Mapping[str, str]) -> str:
    """The meetings to come, then those held, the newest first; task forces' meetings are dates only."""
    coming = sorted((one for one in plan.meetings if one.end >= today), key=lambda one: one.start)
    held = sorted((one for one in plan.meetings if one.end < today >= plan.period.start), key=lambda one: one.start)
    past = [one for one in reversed(held) if one.start >= plan.period.start]
    drawn = _calendar("Meetings to come", coming[:SHOWN], steps)
    later = fold(counted(len(coming) - SHOWN, "later meeting"), _calendar("Later meetings", coming[SHOWN:], steps))
    before = fold(counted(len(past), "past meeting"), _calendar("Past meetings", past, steps))
    told = f"{WORKING_GROUP} is reported to; meetings of other bodies are dates that an update can cite."
    more = (later if coming[SHOWN:] else "") + (before if past else "")
    return section("Calendar", told, content=drawn + more)


def _calendar(caption: str, meetings: Sequence[Meeting], steps: Mapping[str, str]) -> str:
    columns = [Column("Meeting"), Column("Days"), Column("Place"), Column("Report")]
    return table(
        caption, columns, ([_name(one), _days(one), escape(one.place or "–"), _step(one, steps)] for one in meetings)
    )


def _name(meeting: Meeting) -> str:
    return f"<b>{escape(meeting.name)}</b>{tag('provisional') if meeting.provisional else ''}"


def _days(meeting: Meeting) -> str:
    return day(meeting.start) if meeting.start == meeting.end else f"{day(meeting.start)} to {day(meeting.end)}"


def _step(meeting: Meeting, steps: Mapping[str, str]) -> str:
    return escape(steps.get(meeting.key, "–" if meeting.body != WORKING_GROUP else "not circulated"))


def steps(snapshots: Sequence[SnapshotMark]) -> dict[str, str]:
    """How far each meeting's report is."""
    return {one.meeting: f"{one.step}{f', revision {one.revision}' if one.revision > 1 else ''}" for one in snapshots}


def archive(snapshots: Sequence[SnapshotMark], plan: Plan) -> str:
    """Every snapshot with its hash and that of the one before it: whoever holds a document can check it."""
    if not snapshots:
        return section("No snapshot yet", "The first is taken when a cycle is circulated.")
    columns = [
        Column("Meeting"),
        Column("Step"),
        Column("Snapshot", numeric=True),
        Column("As of", numeric=True),
        Column("Taken", numeric=True),
        Column("SHA-256"),
        Column("Follows"),
    ]
    rows = [_archived(one, plan) for one in reversed(snapshots)]
    told = "Each is frozen and chained to the one before; the same snapshot always gives the same document."
    return section(counted(len(rows), "snapshot"), told, content=table("Snapshots", columns, rows))


def _archived(one: SnapshotMark, plan: Plan) -> list[str]:
    previous = f'<code title="{one.previous}">{one.previous[:8]}</code>' if one.previous else "–"
    revision = f", revision {one.revision}" if one.revision > 1 else ""
    return [
        f"<b>{escape(plan.meeting[one.meeting].name)}</b>",
        escape(f"{one.step}{revision}"),
        str(one.id),
        day(one.as_of),
        day(day_of(one.known_at, plan)),
        f'<code title="{one.sha256}">{one.short}</code>',
        previous,
    ]


def compared(found: Comparison) -> str:
    """The bridge, then every difference by kind."""
    columns = [Column("Bridge"), Column("Completed", numeric=True), Column("Counted (N)", numeric=True)]
    rows = [[escape(one.name), one.completed, one.in_scope] for one in bridge_lines(found)]
    drawn = table("The bridge between the two", columns, rows, compact=True)
    kinds = "".join(_kind(name, ones) for name, ones in differences(found).items())
    return section(
        comparison_title(found), "start + completed + added − withdrawn − reversed = end", content=drawn + kinds
    )


def _kind(name: str, ones: Sequence[Difference]) -> str:
    more = fold(f"All {len(ones)}", _lines(ones)) if len(ones) > SHOWN else ""
    return f"<h3>{escape(name)}: {len(ones)}</h3>{_lines(ones[:SHOWN])}{more}"


def _lines(ones: Sequence[Difference]) -> str:
    return f'<ul class="t-list">{"".join(map(_line, ones))}</ul>'


def _line(one: Difference) -> str:
    key = one.key if one.party == ASEAN else f"{one.key}/{one.party}"
    return f"<li><b>{escape(key)}</b> {escape(one.name)}{tag(one.tag)}: {escape(one.text)}</li>"
