"""The blocks of Plan on how it came to be as HTML: editions, the ledger, the settings and the method."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import groupby

from models.access.view_choice import Asked
from models.amendments.edition_changes import EditionChanges
from models.core.text import counted, day, listed
from models.figures.method_text import METHOD_VERSION, MethodPart, method
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.progress.ledger import LedgerLine
from models.progress.ledger_words import event_words
from pages.shared.markup import facts, fold, section
from pages.shared.named import named
from pages.shared.tables import Column, table
from reports.parts.edition_words import changes_told, in_words
from reports.parts.headlines import NOTHING
from reports.parts.naming import party_name


def editions(found: Sequence[EditionChanges], plan: Plan) -> str:
    """Every edition loaded, the newest first, and what each changed."""
    heads = ("Why", "Decided at", "Changed", "SHA-256")
    columns = [Column("Edition"), Column("Loaded", numeric=True), *map(Column, heads)]
    drawn = table("Editions loaded", columns, (_edition(one, plan) for one in reversed(found)))
    details = "".join(
        fold(f"What edition {one.edition.version} changed", _changes(one)) for one in reversed(found) if one.changes
    )
    told = "An edition once loaded is kept for ever; figures told under it can be told again."
    return section(f"{counted(len(found), 'edition')} loaded", told, content=drawn + details)


def ledger(events: Sequence[LedgerLine], plan: Plan, asked: Asked) -> str:
    """What changed what is counted: the commitments that one act or day moved in the same way share a row."""
    told = "The denominator ledger: every commitment that entered or left what is counted, with the reason."
    grouped = [list(group) for _, group in groupby(events, key=lambda line: replace(line, party=None))]
    if not grouped:
        return section("Nothing has changed what is counted since the first edition", told)
    columns = [
        Column("Initiative"),
        Column("Event"),
        Column("From", numeric=True),
        Column("Recorded", numeric=True),
        Column("Why"),
        Column("Decided at"),
    ]
    drawn = table("Denominator ledger", columns, (_event(lines, plan, asked) for lines in reversed(grouped)))
    return section(f"{counted(len(grouped), 'event')} changed what is counted", told, content=drawn)


def method_printed(plan: Plan) -> str:
    """The method in the reader's words, after the settings it works with."""
    drawn = _settings(plan) + "".join(map(_part, method(plan.settings)))
    told = "How every figure here comes about. A changed formula is a new version, and the series is restated."
    return f'<div class="t-method">{section(f"Method, version {METHOD_VERSION}", told, content=drawn)}</div>'


def _settings(plan: Plan) -> str:
    weights = {one.weight for one in plan.initiatives}
    return facts(
        (
            ("Period", f"{day(plan.period.start)} to {day(plan.period.end)}"),
            ("Days begin and end in", escape(plan.settings.time_zone)),
            ("At risk from", f"{plan.settings.at_risk_points} points behind expected"),
            ("Weights of initiatives", "all alike" if len(weights) == 1 else "they differ"),
        )
    )


def _edition(one: EditionChanges, plan: Plan) -> list[str]:
    loaded, sha256 = one.edition, one.edition.sha256
    short = f'<span title="{sha256}">{sha256[:8]}</span>'
    return [
        f"<b>{escape(loaded.version)}</b>",
        _day(loaded.loaded_at, plan),
        f"<span>{escape(loaded.reason)}</span>",
        _meeting(loaded.decided_at, plan),
        changes_told(one.changes),
        short,
    ]


def _changes(one: EditionChanges) -> str:
    return f'<ul class="t-changes">{"".join(f"<li>{escape(in_words(change))}</li>" for change in one.changes)}</ul>'


def _event(lines: Sequence[LedgerLine], plan: Plan, asked: Asked) -> list[str]:
    line = lines[0]
    initiative = plan.initiative.get(line.initiative)
    whole = "<b>The plan</b>" if line.initiative == plan.key else escape(line.initiative)
    name = named(initiative, asked, line.party if len(lines) == 1 else None) if initiative else whole
    parties = listed([party_name(plan, each.party) for each in lines if each.party])
    return [
        name + (f"<br><small>{escape(parties)}</small>" if parties else ""),
        f"<span>{escape(event_words(line.event, line.before, line.after))}</span>",
        day(line.effective_on),
        _day(line.recorded_at, plan),
        f"<span>{escape(line.reason)}</span>",
        _meeting(line.decided_at, plan),
    ]


def _meeting(key: str | None, plan: Plan) -> str:
    meeting = plan.meeting.get(key or "")
    return escape(meeting.name if meeting else key or NOTHING)


def _day(moment: datetime, plan: Plan) -> str:
    return day(day_of(moment, plan))


def _part(part: MethodPart) -> str:
    entries = "".join(f"<dt>{escape(term)}</dt><dd>{escape(told)}</dd>" for term, told in part.entries)
    return f"<h3>{escape(part.title)}</h3><dl>{entries}</dl>"
