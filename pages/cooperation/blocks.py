"""The blocks of Cooperation: facts of the plan's surroundings, each with its source."""

from collections.abc import Sequence
from datetime import date

import htpy as h
from htpy import Node

from models.core.text import counted, day, listed
from models.plan.schema import Plan
from models.plan.schema_parts import Cooperation, Document, Meeting, Partner, Platform, WatchItem
from pages.cooperation import text
from pages.shared.links import outside_link, site, sources
from pages.shared.markup import fold, section, small_below, tag
from pages.shared.tables import numbers, table
from reports.parts.headlines import NOTHING

UPCOMING = 3
"""How many meetings are listed before the later ones are folded away."""

STATUSES = {"active": "running", "ended": "ended", "not_known": "no recent source found"}
KINDS = {
    "ip_office": "IP office",
    "work_sharing": "Work-sharing",
    "guidelines": "Common guidelines",
    "publication": "Publications",
}
"""Kinds of partners, platforms and documents whose name is not their key."""


def title(plan: Plan) -> str:
    """12 partners; 6 of 16 regional programmes within the plan."""
    regional = _of_level(plan, "regional")
    within = sum(programme.within_plan for programme in regional)
    partners, programmes = counted(len(plan.partners), "partner"), counted(len(regional), "regional programme")
    return f"{partners}; {within} of {programmes} within the plan"


def page(plan: Plan, today: date) -> Node:
    """Everything below the title."""
    return h.div(".t-dense")[
        partners(plan), programmes(plan), platforms(plan), watch(plan), calendar(plan, today), documents(plan)
    ]


def partners(plan: Plan) -> Node:
    """The partners that the ASEAN page names, in its order, with what runs now."""
    columns = ("Partner", "Kind", "Running now")
    drawn = table("Partners", columns, [_partner(partner, plan) for partner in plan.partners])
    urls = tuple(dict.fromkeys(url for partner in plan.partners for url in partner.sources))
    return section("Partners", text.PARTNERS, content=[drawn, sources(urls)])


def programmes(plan: Plan) -> Node:
    """Regional programmes within the plan, then the others, then what is bilateral and no part of the plan."""
    regional = _of_level(plan, "regional")
    parts = (
        (text.WITHIN, [programme for programme in regional if programme.within_plan], text.WITHIN_NOTE),
        (text.BESIDE, [programme for programme in regional if not programme.within_plan], text.BESIDE_NOTE),
        ("Bilateral, outside the plan", _of_level(plan, "bilateral"), text.BILATERAL_NOTE),
    )
    columns = ("Programme", "With", "Status", "Description")
    return [
        section(f"{name}: {len(group)}", remark, content=table(name, columns, [_programme(row, plan) for row in group]))
        for name, group, remark in parts
        if group
    ]


def _of_level(plan: Plan, level: str) -> list[Cooperation]:
    return [programme for programme in plan.cooperation if programme.level == level]


def platforms(plan: Plan) -> Node:
    """Regional platforms, services and common texts; a part names the whole it belongs to."""
    names = {platform.key: platform.name for platform in plan.platforms}
    columns = ["Platform", "Kind", *numbers("Since"), "Description"]
    drawn = table(text.PLATFORMS, columns, [_platform(platform, names) for platform in plan.platforms])
    return section(text.PLATFORMS, "Only what a source confirms.", content=drawn)


def watch(plan: Plan) -> Node:
    """Other ASEAN sectors whose work touches IP."""
    return section("Other ASEAN sectors", text.WATCH_NOTE, content=[_watched(item) for item in plan.watch])


def calendar(plan: Plan, today: date) -> Node:
    """The working group's meetings: those to come, and those before, folded."""
    coming = [meeting for meeting in plan.meetings if meeting.end >= today]
    later = coming[UPCOMING:]
    past = [meeting for meeting in reversed(plan.meetings) if meeting.end < today]
    content = [
        _meetings("Upcoming meetings", coming[:UPCOMING]) if coming else h.p[text.NO_MEETINGS],
        fold(counted(len(later), "later meeting"), _meetings("Later meetings", later)) if later else None,
        fold(f"{counted(len(past), 'past meeting')} with sources", _meetings("Past meetings", past)) if past else None,
    ]
    return section("AWGIPC calendar", text.CALENDAR_NOTE, content=content)


def documents(plan: Plan) -> Node:
    """Agreements, plans, pages and where to ask."""
    columns = ["Document", "Kind", *numbers("Dated"), "Status"]
    drawn = table(text.DOCUMENTS, columns, [_document(document) for document in plan.documents])
    return section(text.DOCUMENTS, content=drawn)


def _kind(key: str) -> str:
    return KINDS.get(key, key.capitalize())


def _partner(partner: Partner, plan: Plan) -> list[Node]:
    more = "; ".join(filter(None, (partner.through and f"through the {partner.through}", partner.note)))
    running = [row.title for row in plan.cooperation if row.within_plan and partner.key in row.partners]
    return [
        [h.b[partner.name], f" ({partner.abbreviation})" if partner.abbreviation else None, small_below(more)],
        _kind(partner.kind),
        h.span["; ".join(running) or NOTHING],
    ]


def _programme(programme: Cooperation, plan: Plan) -> list[Node]:
    short = {partner.key: partner.abbreviation or partner.name for partner in plan.partners}
    states = [plan.state[key].name for key in programme.states]
    quote = h.small[f"“{programme.source_quote}”"] if programme.source_quote else None
    return [
        [h.b[programme.title], [" ", h.small[programme.year]] if programme.year else None],
        listed([*states, *(short[key] for key in programme.partners), *programme.others]) or NOTHING,
        STATUSES[programme.status],
        h.span[programme.summary, " ", sources(programme.sources) or quote],
    ]


def _platform(platform: Platform, names: dict[str, str]) -> list[Node]:
    months = platform.turnaround_months
    turnaround = text.TURNAROUND.format(months=counted(months, "month")) if months else None
    return [
        [h.b[platform.name], [h.br, h.small[f"part of {names[platform.part_of]}"]] if platform.part_of else None],
        _kind(platform.kind),
        str(platform.since or NOTHING),
        h.span[platform.summary, turnaround, " ", sources(platform.sources)],
    ]


def _watched(item: WatchItem) -> Node:
    notes = [h.li[h.b[day(note.on)], f" {note.text} ", sources([note.source])] for note in item.notes]
    return [h.h3[item.title], h.ul[notes] if notes else h.p["No note yet."]]


def _meetings(caption: str, meetings: Sequence[Meeting]) -> Node:
    columns = ("Meeting", "Dates", "Place", "Notes")
    return table(caption, columns, [_meeting(meeting) for meeting in meetings])


def _meeting(meeting: Meeting) -> list[Node]:
    known = h.span[meeting.note, " ", sources(meeting.sources)] if meeting.note or meeting.sources else NOTHING
    return [
        [h.b[meeting.name], tag("provisional") if meeting.provisional else None],
        f"{day(meeting.start)} to {day(meeting.end)}",
        meeting.place or NOTHING,
        known,
    ]


def _document(document: Document) -> list[Node]:
    name = outside_link(document.url, document.title) if document.url else document.title
    contact = document.email or (site(document.url) if document.url else "")
    more = " ".join(filter(None, (document.status and f"{document.status}.", document.note)))
    return [
        [h.b[name], small_below(contact)],
        _kind(document.kind),
        day(document.dated) if document.dated else NOTHING,
        h.span[more, " ", sources(document.sources)] if more or document.sources else NOTHING,
    ]
