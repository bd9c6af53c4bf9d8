"""The blocks of Review as HTML: pure, from what was read to what is sent."""

from collections.abc import Sequence
from html import escape

from models.access.view_choice import Asked
from models.core.text import counted, day
from models.core.vocabulary import ASEAN
from models.plan.schema import Commitment, Plan
from models.progress.draft_fields import Change
from models.progress.drafts import EvidenceItem
from models.reporting.review_queue import Review, Waiting
from pages.shared.links import initiative_address, link, outside_link
from pages.shared.markup import flowing, note, section, tag
from pages.shared.tables import Column, table
from reports.parts.headlines import headlines
from reports.parts.naming import party_name, wording_tag

COMPARED = (Column("Field"), Column("Last cleared"), Column("Submitted"))
NOTHING_SAID = '<span class="t-when">nothing</span>'


def title(seen: Review) -> str:
    """What waits, as a finding."""
    waiting = len(seen.queue)
    if not waiting:
        return "Nothing waits to be cleared"
    return f"{counted(waiting, 'statement waits', 'statements wait')} to be cleared"


FIGURES, SILENT, REMINDERS, QUESTIONS = "figures", "not-reported", "reminders", "questions"
"""The places on the page that its head leads to."""


def contents(seen: Review) -> str:
    """What else stands on the page, and where."""
    owed = sum(map(len, seen.owed.values()))
    silent = f"{counted(owed, 'commitment')} not reported" if seen.cycle else "Nobody owes a report"
    figures = {FIGURES: "Reported and cleared"} if seen.reported.has_reports else {}
    reminders = {REMINDERS: "Reminders"} if owed else {}
    names = {**figures, SILENT: silent, **reminders, QUESTIONS: "Questions the chair may wish to ask"}
    links = " · ".join(f'<a href="#{place}">{escape(name)}</a>' for place, name in names.items())
    return f'<p class="t-note">Below: {links}</p>'


def at(place: str, block: str) -> str:
    """A block that the head of the page leads to."""
    return f'<div id="{place}">{block}</div>' if block else ""


def side_by_side(seen: Review) -> str:
    """The three headlines as cleared, and as they would be with what waits; nothing while nothing is reported."""
    reported = headlines(seen.reported, None)
    if not reported:
        return ""
    cleared = headlines(seen.cleared, None)
    columns = [Column("Figure"), Column("Cleared", numeric=True), Column("Including submitted", numeric=True)]
    rows = [
        [escape(one.label.partition(" (")[0].capitalize()), cleared[place].value if cleared else "–", one.value]
        for place, one in enumerate(reported)
    ]
    told = f"As of {day(seen.today)}. What visitors see rests on what is cleared."
    return section("Reported and cleared", told, content=table("Reported and cleared", columns, rows, compact=True))


def speaker(plan: Plan, key: str, number: int) -> str:
    """Whose statements follow."""
    name = plan.body[key].name if key in plan.body else plan.state[key].name
    return f'<h3 class="t-speaker">{escape(name)} <span class="t-when">{counted(number, "statement")}</span></h3>'


def name_of(one: Waiting, plan: Plan, asked: Asked) -> str:
    """Its initiative and party, opened at what the party said before."""
    initiative = one.initiative
    party = "" if one.party == ASEAN else f" · {escape(party_name(plan, one.party))}"
    title = f"<b>{escape(initiative.key)}</b> {escape(initiative.title)}{party}"
    return f'<p class="t-waits">{link(initiative_address(initiative.key, asked, one.party), title)}{_tags(one)}</p>'


def statement(one: Waiting) -> str:
    """What it changes beside what stands cleared, then what it repeats, rests on, and whose word it is."""
    changed = [field for field in one.fields if field.before != field.after]
    told = table(f"What {one.name} changes", COMPARED, map(_compared, changed)) if changed else ""
    return f'<div class="t-compare">{told}{_repeated(one)}{_evidence(one.evidence)}{note(_life(one))}</div>'


def not_reported(seen: Review, asked: Asked) -> str:
    """Who owes what in the open cycle."""
    if seen.cycle is None:
        return section("Nobody owes a report", "No reporting cycle is open. Open one on the page Cycles.")
    meeting, owed = seen.cycle.meeting.name, sum(map(len, seen.owed.values()))
    due = f"Reports are due {day(seen.cycle.due)}."
    if not owed:
        return section(f"Everybody has reported for {meeting}", due)
    columns = [Column("Body or state"), Column("Owed", numeric=True), Column("Initiatives")]
    rows = [[escape(party_name(seen.plan, key)), str(len(ones)), _owed(ones, asked)] for key, ones in seen.owed.items()]
    who = counted(len(rows), "body or state", "bodies and states")
    told = f"Not reported for {meeting}: {counted(owed, 'commitment')} of {who}"
    return section(told, due, content=f'<div class="t-owing">{table(told, columns, rows)}</div>')


def _tags(one: Waiting) -> str:
    return tag(wording_tag(one.initiative)) + tag("" if one.kind == "update" else one.kind.label)


def _compared(one: Change) -> list[str]:
    before, after = (flowing(text) if text else NOTHING_SAID for text in (one.before, one.after))
    return [escape(one.label), before, after]


def _repeated(one: Waiting) -> str:
    """The fields that say again what is cleared; all of them where it changes nothing."""
    same = [
        f"<b>{escape(field.label)}</b>: {flowing(field.after)}" for field in one.fields if field.before == field.after
    ]
    return f'<p class="t-again">The same as cleared. {" · ".join(same)}</p>' if same else ""


def _evidence(items: Sequence[EvidenceItem]) -> str:
    return f'<p class="t-again"><b>Evidence</b>: {"; ".join(map(_item, items))}</p>' if items else ""


def _item(item: EvidenceItem) -> str:
    one = item.attached
    name = ", ".join(filter(None, (one.title, one.document))) or one.url or "file"
    if one.file_id is not None:
        return link(f"./api/evidence/{item.id}", escape(name))
    return outside_link(one.url, name) if one.url else escape(name)


def _life(one: Waiting) -> str:
    told = f"Written by {one.author}, submitted {day(one.submitted_on)}, true on {day(one.valid_on)}."
    ledger = " Clearing it changes what is counted: it needs a reason, which everybody can read in the ledger."
    return told + (ledger if one.effect else "")


def _owed(ones: Sequence[Commitment], asked: Asked) -> str:
    links = (link(initiative_address(key, asked, party), escape(key)) for key, party in ones)
    return f"<span>{', '.join(links)}</span>"
