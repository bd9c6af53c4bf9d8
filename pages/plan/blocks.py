"""The blocks of Plan: the wording of its titles, its editions, the ledger, the settings and the method."""

from collections.abc import Sequence
from itertools import groupby

import htpy as h
from htpy import Node

from models.access.view_choice import ViewQuery
from models.amendments.load import EditionChanges
from models.core.text import counted, day, listed
from models.core.vocabulary import Wording
from models.figures.method_text import method
from models.plan.calendar import day_of
from models.plan.schema import Initiative, Measure, Plan
from models.progress.ledger import LedgerLine
from pages.plan import text
from pages.shared.links import named, sources
from pages.shared.markup import facts, fold, lead, section
from pages.shared.tables import numbers, table
from reports.parts.edition_words import change_count, field_name, in_words
from reports.parts.headlines import NOTHING
from reports.parts.naming import meeting_name, party_name
from reports.parts.wording import MEANINGS, assumed_fields, explanation


def explained(plan: Plan) -> Node:
    """What is published and what is not."""
    sentences = [lead(sentence) for sentence in explanation(plan)]
    return h.div(".t-words")[sentences] if sentences else None


def counts(plan: Plan) -> Node:
    """How many titles have which wording, and how many initiatives rest on an assumption, field by field."""
    columns = ["Wording", *numbers("Titles"), "Meaning"]
    rows = [[word.label, str(plan.count(word)), h.span[MEANINGS[word]]] for word in Wording]
    return [section("Wording", content=table("Titles by wording", columns, rows, compact=True)), _assumed(plan)]


def titles(plan: Plan, query: ViewQuery) -> Node:
    """Every title that is not official text, with its sources; one fold per strategic measure."""
    unofficial = [initiative for initiative in plan.titled if initiative.wording is not Wording.OFFICIAL]
    if not unofficial:
        return None
    parts = [
        _measure(measure, [initiative for initiative in unofficial if initiative.measure == measure.key], query)
        for measure in plan.measures
    ]
    return section(text.BASIS, "Quotes are taken word for word from the ASEAN page.", content=parts)


def _assumed(plan: Plan) -> Node:
    fields, total = assumed_fields(plan), len(plan.titled)
    if not fields:
        return None
    columns = ["Field", *numbers("Assumed for")]
    rows = [[field_name(field), f"{number} of {total}"] for field, number in fields.items()]
    return fold(text.ASSUMED, table("Assumed fields of the initiatives", columns, rows, compact=True))


def _measure(measure: Measure, initiatives: Sequence[Initiative], query: ViewQuery) -> Node:
    if not initiatives:
        return None
    columns = ("Initiative", "Based on", "Assumed")
    rows = [_title(initiative, query) for initiative in initiatives]
    drawn = table(f"Titles of strategic measure {measure.code}", columns, rows)
    return fold(f"{measure.code} {measure.short_title}: {counted(len(initiatives), 'title')}", drawn)


def _title(initiative: Initiative, query: ViewQuery) -> list[Node]:
    remark = f"{text.OLDER_TEXT + ' ' if initiative.older_text else ''}{initiative.source_note or ''} "
    return [
        [named(initiative, query), h.br, h.small[initiative.code]],
        h.div[
            [h.span(".t-quote")[f"“{quote}”"] for quote in initiative.source_quotes],
            h.small[remark, sources([initiative.source] if initiative.source else [])],
        ],
        h.small[", ".join(map(field_name, initiative.assumed)) or "nothing"],
    ]


def editions(loaded: Sequence[EditionChanges], plan: Plan) -> Node:
    """Every edition loaded, the newest first, and what each changed."""
    newest_first = loaded[::-1]
    columns = ["Edition", *numbers("Loaded"), "Reason", "Decided at", "Changes", "SHA-256"]
    drawn = table("Editions loaded", columns, [_edition(edition, plan) for edition in newest_first])
    details = [_changes(edition) for edition in newest_first if edition.changes]
    heading = text.EDITIONS.format(editions=counted(len(loaded), "edition"))
    return section(heading, text.EDITIONS_NOTE, content=[drawn, details])


def ledger(events: Sequence[LedgerLine], plan: Plan, query: ViewQuery) -> Node:
    """What changed what is counted, the newest first: commitments that one act or day moved alike share a row."""
    grouped = [list(group) for _, group in groupby(events, key=lambda event: event.model_copy(update={"party": None}))]
    if not grouped:
        return section("Nothing has changed what is counted since the first edition", text.LEDGER_NOTE)
    columns = ["Initiative", "Event", *numbers("From", "Recorded"), "Reason", "Decided at"]
    drawn = table("Denominator ledger", columns, [_event(lines, plan, query) for lines in reversed(grouped)])
    return section(text.EVENTS.format(events=counted(len(grouped), "event")), text.LEDGER_NOTE, content=drawn)


def method_printed(plan: Plan) -> Node:
    """The settings of the edition, then the method in words."""
    parts = [
        [h.h3[part.title], h.dl[[[h.dt[term], h.dd[meaning]] for term, meaning in part.entries]]]
        for part in method(plan.settings)
    ]
    return h.div(".t-method")[section(text.METHOD, text.METHOD_NOTE, content=[_settings(plan), parts])]


def _settings(plan: Plan) -> Node:
    weights = {initiative.weight for initiative in plan.initiatives}
    return facts(
        (
            ("Period", f"{day(plan.period.start)} to {day(plan.period.end)}"),
            ("Time zone", plan.settings.time_zone),
            ("At risk from", f"{plan.settings.at_risk_points} points behind expected"),
            ("Weights of initiatives", "all equal" if len(weights) == 1 else "different"),
        )
    )


def _edition(changes: EditionChanges, plan: Plan) -> list[Node]:
    edition = changes.edition
    return [
        h.b[edition.version],
        day(day_of(edition.loaded_at, plan)),
        h.span[edition.reason],
        meeting_name(plan, edition.decided_at) if edition.decided_at else NOTHING,
        change_count(changes.changes),
        h.span(title=edition.sha256)[edition.sha256[:8]],
    ]


def _changes(edition: EditionChanges) -> Node:
    lines = h.ul(".t-changes")[[h.li[in_words(change)] for change in edition.changes]]
    return fold(f"Changes in edition {edition.edition.version}", lines)


def _event(lines: Sequence[LedgerLine], plan: Plan, query: ViewQuery) -> list[Node]:
    event = lines[0]
    initiative = plan.initiative.get(event.initiative)
    whole = h.b["The plan"] if event.initiative == plan.key else event.initiative
    parties = listed([party_name(plan, line.party) for line in lines if line.party])
    return [
        [
            named(initiative, query, event.party if len(lines) == 1 else None) if initiative else whole,
            [h.br, h.small[parties]] if parties else None,
        ],
        h.span[event.sentence],
        day(event.effective_on),
        day(day_of(event.recorded_at, plan)),
        h.span[event.reason],
        meeting_name(plan, event.decided_at) if event.decided_at else NOTHING,
    ]
