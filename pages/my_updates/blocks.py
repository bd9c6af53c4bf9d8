"""What My updates tells as HTML: headings, what was said, what came back, differences. Every text is escaped."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from models.core.text import day
from models.core.vocabulary import Kind
from models.plan.schema import Plan
from models.progress.evidence_files import size_text
from models.progress.statement import EvidenceItem, StatementFields, changes
from models.reporting.cards import Card, SaidBefore, Stage
from models.reporting.my_updates import Group, MyUpdates
from pages.shared.markup import flowing, tag
from pages.shared.tables import Column, table
from reports.parts.my_updates import problem, statement_text
from reports.parts.naming import party_name, wording_tag

UNCHANGED_UNTIL = "what visitors see does not change until the secretariat has cleared it"
COLUMNS = (Column("Field"), Column("Said last"), Column("Now"))


def group_heading(group: Group) -> str:
    """As chair of ANIEE: 6 owed."""
    note = f"{group.owed} owed · {UNCHANGED_UNTIL}"
    return f'<div class="t-group-head"><h2>As {escape(group.name)}</h2><p class="t-note">{escape(note)}</p></div>'


def card_heading(card: Card, saved: str) -> str:
    """Key and title, whose words they are, and how far the report is."""
    one = card.initiative
    name = f"<b>{escape(one.key)}</b> {escape(one.title)}{tag(wording_tag(one))}"
    return f'<div class="t-card-head t-stage-{card.stage}"><h3>{name}</h3>{saved}</div>'


def saved_line(card: Card, zone: ZoneInfo) -> str:
    """Saved 10:42, as the server has it; or that nothing is begun."""
    if card.draft is None:
        word = "Not begun" if card.stage is Stage.NOT_BEGUN else card.stage.label
        return f'<span class="t-saved t-waiting">{word}</span>'
    by = "" if card.draft.mine else " by somebody else"
    word = "Nothing to report · " if card.says_nothing else ""
    return f'<span class="t-saved" role="status">{word}Saved {card.draft.saved_at.astimezone(zone):%H:%M}{by}</span>'


def came_back(card: Card, plan: Plan, zone: ZoneInfo) -> str:
    """The note of the secretariat, and what somebody else reported meanwhile."""
    lines = []
    if card.returned:
        on = day(card.returned.at.astimezone(zone).date())
        lines.append(f"<strong>Returned by the secretariat, {on}:</strong> {escape(card.returned.note)}")
    lines += [_meanwhile(one, plan, zone) for one in card.meanwhile]
    return "".join(f'<p class="t-note-back">{line}</p>' for line in lines)


def _meanwhile(one: SaidBefore, plan: Plan, zone: ZoneInfo) -> str:
    on = day(one.submitted_at.astimezone(zone).date())
    who = escape(party_name(plan, one.speaker))
    quoted = f" “{escape(one.narrative)}”" if one.narrative else ""
    return (
        f"<strong>Meanwhile {who} reported on this, {on}:</strong> {flowing(statement_text(one))}.{quoted} "
        "If you submit yours as well, it becomes the latest."
    )


def last_cleared(card: Card, zone: ZoneInfo) -> str:
    """What counts now; and what waits for the secretariat, where that is newer."""
    lines = [_told("Last cleared", card.last_cleared, zone)] if card.last_cleared else []
    newest = card.newest
    if newest and newest.kind is Kind.UPDATE and not newest.cleared and not card.returned and not card.meanwhile:
        lines.append(_told("Submitted, not yet cleared", newest, zone))
    told = "".join(lines) or "<p>Nothing has been cleared on this yet.</p>"
    return f'<div class="t-last">{told}</div>'


def _told(label: str, one: SaidBefore, zone: ZoneInfo) -> str:
    when = one.meeting or day(one.submitted_at.astimezone(zone).date())
    quoted = f" “{escape(one.narrative)}”" if one.narrative else ""
    return f"<p><strong>{label}</strong> ({escape(when)}): {flowing(statement_text(one))}.{quoted}</p>"


def evidence_text(item: EvidenceItem) -> str:
    """model-clauses.pdf · 420 kB; a link or a reference as it was typed."""
    one = item
    size = f" · {size_text(item.size)}" if item.size is not None else ""
    reach = "visitors may read it" if one.public else "restricted"
    name = one.title or one.document or one.url or ""
    return f'<span class="t-chip">{escape(name)}{size} <small>{reach}</small></span>'


def problems(card: Card) -> str:
    """What still speaks against submitting the draft, each with what to do."""
    told = card.draft.problems if card.draft else ()
    return "".join(f'<p class="t-problem">{escape(problem(one))}</p>' for one in told)


def differences(card: Card) -> str:
    """Field by field what the draft says otherwise than the last statement."""
    if card.says_nothing:
        return '<p class="t-lead">Nothing to report since.</p>'
    found = changes(card.said or StatementFields(), card.written, card.initiative)
    rows = [[escape(one.label), _or_none(one.before), _or_none(one.after)] for one in found]
    items = "".join(evidence_text(item) for item in card.evidence)
    if items:
        rows.append(["Evidence", "", f'<span class="t-chips">{items}</span>'])
    if not rows:
        return '<p class="t-lead">The same as said last.</p>'
    drawn = table(f"What changes on {card.initiative.key}", COLUMNS, rows, compact=True)
    return f'<div class="t-differences">{drawn}</div>'


def _or_none(text: str) -> str:
    return f'<span class="t-said">{flowing(text)}</span>' if text else '<span class="t-when">nothing</span>'


def reported_line(card: Card, plan: Plan, zone: ZoneInfo) -> str:
    """One commitment already reported in the cycle: what was said, and what became of it."""
    newest = card.newest
    if newest is None:
        return ""
    cleared = newest.cleared or newest.kind is Kind.NIL
    life = "accepted" if newest.kind is Kind.NIL else "cleared" if cleared else "waits for the secretariat"
    on = day(newest.submitted_at.astimezone(zone).date())
    name = f"<b>{escape(card.initiative.key)}</b> {escape(card.initiative.title)}"
    who = escape(party_name(plan, newest.speaker))
    return f'<p class="t-reported">{name}: {flowing(statement_text(newest))}; submitted {on} by {who}, {life}.</p>'


def ready_line(mine: MyUpdates, seen_at: datetime, zone: ZoneInfo) -> str:
    """What the differences show, and when they were read."""
    left = len(mine.drafted) - sum(not card.draft.problems for card in mine.drafted if card.draft)
    more = f" {left} cannot be submitted yet and stays a draft." if left == 1 else ""
    more = f" {left} cannot be submitted yet and stay drafts." if left > 1 else more
    return f'<p class="t-note">As of {seen_at.astimezone(zone):%H:%M}.{more}</p>'
