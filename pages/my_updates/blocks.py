"""The blocks of My updates as HTML: headings, earlier statements, returned ones, differences."""

from datetime import datetime
from zoneinfo import ZoneInfo

import htpy as h
from htpy import Element, Node

from models.core.text import day
from models.core.vocabulary import Kind
from models.plan.schema import Plan
from models.progress.evidence_files import size_text
from models.progress.statement import EvidenceItem, StatementFields, changes
from models.reporting.cards import Card, PreviousStatement
from models.reporting.my_updates import CardGroup, MyUpdates
from pages.my_updates import text
from pages.shared.markup import flowing, lead, note, tag
from pages.shared.tables import table
from reports.parts.naming import party_name, wording_tag

COLUMNS = (text.FIELD, text.BEFORE, text.NOW)


def group_heading(group: CardGroup) -> Element:
    """As chair of ANIEE: 6 owed."""
    return h.div(".t-group-head")[h.h2[f"As {group.name}"], note(text.GROUP_NOTE.format(group.owed))]


def card_heading(card: Card, saved: Node) -> Element:
    """Key and title, whose words they are, and how far the report is."""
    name: Node = [h.b[card.initiative.key], f" {card.initiative.title}", tag(wording_tag(card.initiative))]
    return h.div(class_=f"t-card-head t-stage-{card.stage}")[h.h3[name], saved]


def saved_line(card: Card, zone: ZoneInfo) -> Element:
    """Saved 10:42, as the server has it; or that nothing is begun."""
    if card.draft is None:
        return h.span(".t-saved.t-waiting")[card.stage.label]
    by = "" if card.draft.mine else " by somebody else"
    mark = f"{text.NOTHING_TO_REPORT} · " if card.says_nothing else ""
    return h.span(".t-saved", role="status")[f"{mark}Saved {card.draft.saved_at.astimezone(zone):%H:%M}{by}"]


def came_back(card: Card, plan: Plan, zone: ZoneInfo) -> Node:
    """The note of the secretariat, and what somebody else reported meanwhile."""
    lines: list[Node] = [_meanwhile(statement, plan, zone) for statement in card.meanwhile]
    if card.returned:
        on = day(card.returned.moment.astimezone(zone).date())
        lines.insert(0, [h.strong[text.RETURNED.format(on)], f" {card.returned.note}"])
    return [h.p(".t-note-back")[line] for line in lines]


def _meanwhile(statement: PreviousStatement, plan: Plan, zone: ZoneInfo) -> Node:
    on = day(statement.submitted_at.astimezone(zone).date())
    return [
        h.strong[text.MEANWHILE.format(party_name(plan, statement.speaker), on)],
        f" {_summary(statement)} If you also submit yours, it becomes the latest statement.",
    ]


def _summary(statement: PreviousStatement) -> str:
    """Status and percent of a statement, with its narrative between quotation marks."""
    return f"{flowing(text.summary(statement))}." + (f" “{statement.narrative}”" if statement.narrative else "")


def last_cleared(card: Card, zone: ZoneInfo) -> Element:
    """What counts now; and what waits for the secretariat, where that is newer."""
    lines = [_statement("Last cleared", card.last_cleared, zone)] if card.last_cleared else []
    newest = card.newest
    if newest and newest.kind is Kind.UPDATE and not newest.cleared and not card.returned and not card.meanwhile:
        lines.append(_statement("Submitted, not yet cleared", newest, zone))
    return h.div(".t-last")[lines or h.p["Nothing on this commitment has been cleared yet."]]


def _statement(label: str, statement: PreviousStatement, zone: ZoneInfo) -> Element:
    when = statement.meeting or day(statement.submitted_at.astimezone(zone).date())
    return h.p[h.strong[label], f" ({when}): {_summary(statement)}"]


def evidence_item(item: EvidenceItem) -> Element:
    """model-clauses.pdf · 420 kB; a link or a reference as it was typed."""
    size = f" · {size_text(item.size)}" if item.size is not None else ""
    name = item.title or item.document or item.url or ""
    return h.span(".t-chip")[f"{name}{size} ", h.small["visitors may read it" if item.public else "restricted"]]


def problems(card: Card) -> Node:
    """Why the draft cannot be submitted yet, each with what to do."""
    return [h.p(".t-problem")[text.problem(error)] for error in (card.draft.problems if card.draft else ())]


def differences(card: Card) -> Element:
    """Field by field where the draft differs from the last statement."""
    if card.says_nothing:
        return lead(text.NOTHING_NEW)
    fields = changes(card.last_reported or StatementFields(), card.written, card.initiative)
    rows: list[list[Node]] = [[field.label, _or_nothing(field.before), _or_nothing(field.after)] for field in fields]
    if card.evidence:
        rows.append([text.EVIDENCE, "", h.span(".t-chips")[[evidence_item(item) for item in card.evidence]]])
    if not rows:
        return lead("No difference from your last statement.")
    return h.div(".t-differences")[table(f"What changes on {card.initiative.key}", COLUMNS, rows, compact=True)]


def _or_nothing(value: str) -> Element:
    return h.span(".t-said")[flowing(value)] if value else h.span(".t-when")["nothing"]


def reported_line(card: Card, plan: Plan, zone: ZoneInfo) -> Node:
    """One commitment already reported in the cycle: what was said, and what became of it."""
    newest = card.newest
    if newest is None:
        return None
    on, who = newest.submitted_at.astimezone(zone).date(), party_name(plan, newest.speaker)
    line = f" {card.initiative.title}: {flowing(text.reported(newest, who, on))}"
    return h.p(".t-reported")[h.b[card.initiative.key], line]


def ready_line(mine: MyUpdates, read_at: datetime, zone: ZoneInfo) -> Element:
    """When the differences were read, and how many drafts are not ready."""
    left = len(mine.drafted) - sum(not card.draft.problems for card in mine.drafted if card.draft)
    return note(text.ready_line(f"{read_at.astimezone(zone):%H:%M}", left))
