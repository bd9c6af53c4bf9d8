"""The blocks of Cooperation as HTML: facts of the plan's surroundings, each with its source."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from models.core.text import counted, day, listed
from models.plan.schema import Plan
from models.plan.schema_parts import Cooperation, Document, Meeting, Partner, Platform, WatchItem
from pages.shared.links import outside_link
from pages.shared.markup import fold, section, tag
from pages.shared.sources import site, sources
from pages.shared.tables import Column, table
from reports.parts.headlines import NOTHING

PARTNER_KINDS = {"ip_office": "IP office", "organisation": "Organisation", "association": "Association"}
STATUSES = {"active": "running", "ended": "ended", "not_known": "no recent source found"}
PLATFORM_KINDS = {
    "work_sharing": "Work-sharing",
    "database": "Database",
    "training": "Training",
    "guidelines": "Common guidelines",
}
DOCUMENT_KINDS = {
    "agreement": "Agreement",
    "plan": "Plan",
    "page": "Page",
    "publication": "Publications",
    "contact": "Contact",
}


def title(plan: Plan) -> str:
    """12 partners; 6 of 16 regional programmes run within the plan."""
    regional = [one for one in plan.cooperation if one.level == "regional"]
    within = sum(one.within_plan for one in regional)
    programmes_told = f"{within} of {counted(len(regional), 'regional programme')} {'runs' if within == 1 else 'run'}"
    return f"{counted(len(plan.partners), 'partner')}; {programmes_told} within the plan"


def page(plan: Plan, today: date) -> str:
    """Everything below the title."""
    parts = (partners(plan), programmes(plan), platforms(plan), watch(plan), calendar(plan, today), documents(plan))
    return f'<div class="t-dense">{"".join(parts)}</div>'


def partners(plan: Plan) -> str:
    """The partners that the ASEAN page names, in its order, with what runs now."""
    columns = [Column("Partner"), Column("Kind"), Column("Running now")]
    drawn = table("Partners", columns, (_partner(one, plan) for one in plan.partners))
    told = "In the order of the ASEAN page. No source gives a partner to a single initiative, so none is given here."
    found = tuple(dict.fromkeys(url for one in plan.partners for url in one.sources))
    return section("Partners", told, content=drawn + sources(found))


def programmes(plan: Plan) -> str:
    """Regional programmes within the plan and beside it; then what is bilateral and no part of it."""
    regional = [one for one in plan.cooperation if one.level == "regional"]
    within = [one for one in regional if one.within_plan]
    beside = [one for one in regional if not one.within_plan]
    bilateral = [one for one in plan.cooperation if one.level == "bilateral"]
    parts = (
        ("Regional programmes within the plan", within, "Running, with a partner the ASEAN page names for the plan."),
        ("Other regional programmes", beside, "Ended, before the plan, or without a recent source."),
        ("Bilateral, outside the plan", bilateral, "Of the member states named alone; linked to no initiative."),
    )
    return "".join(
        section(f"{name}: {len(ones)}", told, content=_programmes(name, ones, plan))
        for name, ones, told in parts
        if ones
    )


def platforms(plan: Plan) -> str:
    """Regional platforms, services and common texts; a part stands under its whole."""
    names = {one.key: one.name for one in plan.platforms}
    columns = [Column("Platform"), Column("Kind"), Column("Since", numeric=True), Column("What it is")]
    rows = (_platform(one, names) for one in plan.platforms)
    return section(
        "Regional platforms", "Facts as far as a source gives them.", content=table("Regional platforms", columns, rows)
    )


def watch(plan: Plan) -> str:
    """Other ASEAN sectors whose work touches IP."""
    told = "Other ASEAN sectors that the working group follows. No progress is counted from these notes."
    return section("Watched in other sectors", told, content="".join(map(_watched, plan.watch)))


def calendar(plan: Plan, today: date) -> str:
    """The working group's meetings: those to come, and those before, folded."""
    coming = [one for one in plan.meetings if one.end >= today]
    past = [one for one in reversed(plan.meetings) if one.end < today]
    told = "Provisional: nobody has announced these days; they follow the usual months March, July and November."
    first, later = coming[:3], coming[3:]
    drawn = _meetings("Meetings to come", first) if first else "<p>No meeting to come is in the calendar.</p>"
    drawn += fold(f"{len(later)} later", _meetings("Later meetings", later)) if later else ""
    drawn += fold(f"{len(past)} before, with their sources", _meetings("Meetings before", past)) if past else ""
    return section("AWGIPC calendar", told, content=drawn)


def documents(plan: Plan) -> str:
    """Agreements, plans, pages and where to ask."""
    columns = [Column("Document"), Column("Kind"), Column("Dated", numeric=True), Column("Status")]
    return section("Documents and links", content=table("Documents and links", columns, map(_document, plan.documents)))


def _partner(one: Partner, plan: Plan) -> list[str]:
    short = f" ({escape(one.abbreviation)})" if one.abbreviation else ""
    more = "; ".join(filter(None, (one.through and f"through the {one.through}", one.note)))
    noted = f"<br><small>{escape(more)}</small>" if more else ""
    running = [it.title for it in plan.cooperation if it.within_plan and one.key in it.partners]
    now = escape("; ".join(running)) or NOTHING
    return [f"<b>{escape(one.name)}</b>{short}{noted}", PARTNER_KINDS[one.kind], f"<span>{now}</span>"]


def _programmes(name: str, ones: Sequence[Cooperation], plan: Plan) -> str:
    columns = [Column("Programme"), Column("With"), Column("Status"), Column("What it is")]
    return table(name, columns, (_programme(one, plan) for one in ones))


def _programme(one: Cooperation, plan: Plan) -> list[str]:
    short = {partner.key: partner.abbreviation or partner.name for partner in plan.partners}
    year = f" <small>{one.year}</small>" if one.year else ""
    states = [plan.state[key].name for key in one.states]
    with_whom = listed([*states, *(short[key] for key in one.partners), *one.others])
    rests_on = sources(one.sources) or (f"<small>“{escape(one.source_quote)}”</small>" if one.source_quote else "")
    return [
        f"<b>{escape(one.title)}</b>{year}",
        escape(with_whom) or NOTHING,
        STATUSES[one.status],
        f"<span>{escape(one.summary)} {rests_on}</span>",
    ]


def _platform(one: Platform, names: dict[str, str]) -> list[str]:
    part = f"<br><small>part of {escape(names[one.part_of])}</small>" if one.part_of else ""
    turnaround = f" Committed turnaround: {counted(one.turnaround_months, 'month')}." if one.turnaround_months else ""
    return [
        f"<b>{escape(one.name)}</b>{part}",
        PLATFORM_KINDS[one.kind],
        str(one.since or NOTHING),
        f"<span>{escape(one.summary + turnaround)} {sources(one.sources)}</span>",
    ]


def _watched(item: WatchItem) -> str:
    notes = "".join(f"<li><b>{day(one.on)}</b> {escape(one.text)} {sources([one.source])}</li>" for one in item.notes)
    return f"<h3>{escape(item.title)}</h3>" + (f"<ul>{notes}</ul>" if notes else "<p>No note yet.</p>")


def _meetings(caption: str, ones: Iterable[Meeting]) -> str:
    columns = [Column("Meeting"), Column("Days"), Column("Place"), Column("What is known")]
    return table(caption, columns, map(_meeting, ones))


def _meeting(one: Meeting) -> list[str]:
    marked = tag("provisional") if one.provisional else ""
    known = f"<span>{escape(one.note or '')} {sources(one.sources)}</span>" if one.note or one.sources else NOTHING
    days = f"{day(one.start)} to {day(one.end)}"
    return [f"<b>{escape(one.name)}</b>{marked}", days, escape(one.place or NOTHING), known]


def _document(one: Document) -> list[str]:
    name = outside_link(one.url, one.title) if one.url else escape(one.title)
    at = f"<br><small>{escape(one.email or (site(one.url) if one.url else ''))}</small>" if one.email or one.url else ""
    more = " ".join(filter(None, (one.status and f"{one.status}.", one.note)))
    return [
        f"<b>{name}</b>{at}",
        DOCUMENT_KINDS[one.kind],
        day(one.dated) if one.dated else NOTHING,
        f"<span>{escape(more)} {sources(one.sources)}</span>" if more or one.sources else NOTHING,
    ]
