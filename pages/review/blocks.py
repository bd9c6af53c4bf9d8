"""The blocks of Review as HTML: pure, from what was read to what is sent."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node
from markupsafe import Markup

from models.access.view_choice import ViewQuery
from models.core.text import counted, day, listed
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Plan
from models.progress.statement import EvidenceItem, FieldChange
from models.reporting.reminders import Outstanding, OutstandingReports
from models.reporting.review_queue import PendingReview, Review
from pages.review import text
from pages.shared.links import evidence_link, initiative_address, link
from pages.shared.markup import flowing, note, section, tag
from pages.shared.tables import numbers, table
from reports.parts.headlines import headlines
from reports.parts.naming import of_party, party_name, wording_tag

REMINDED = ("Person", *numbers("Owed"), "As", "Last reminded")
COMPARED = ("Field", "Last cleared", "Submitted")
FIGURES, SILENT, REMINDERS, QUESTIONS = "figures", "not-reported", "reminders", "questions"
"""The places on the page that its head leads to."""


def contents(review: Review) -> Element:
    """What else is on the page, and where."""
    owed = sum(map(len, review.owed.values()))
    figures = {FIGURES: text.FIGURES} if review.reported.shows_percentages else {}
    reminders = {REMINDERS: text.REMINDERS} if owed else {}
    names = {**figures, SILENT: text.not_reported(review, owed), **reminders, QUESTIONS: text.QUESTIONS}
    return note(["Below: ", Markup(" · ").join(h.a(href=f"#{place}")[name] for place, name in names.items())])


def section_at(place: str, block: Node) -> Node:
    """A block that the head of the page leads to."""
    return h.div(id=place)[block] if block else None


def side_by_side(review: Review) -> Node:
    """The three headlines as cleared, and including what is waiting; nothing while nothing is reported."""
    reported = headlines(review.reported, None)
    if not reported:
        return None
    cleared = [headline.value for headline in headlines(review.cleared, None)] or ["–"] * len(reported)
    rows = [
        [headline.label.partition(" (")[0].capitalize(), before, headline.value]
        for headline, before in zip(reported, cleared, strict=True)
    ]
    drawn = table(text.FIGURES, ["Figure", *numbers("Cleared", text.SUBMITTED)], rows, compact=True)
    return section(text.FIGURES, text.FIGURES_NOTE.format(day(review.today)), content=drawn)


def speaker(plan: Plan, key: str, number: int) -> Element:
    """Whose statements follow."""
    name = plan.body[key].name if key in plan.body else plan.state[key].name
    return h.h3(".t-speaker")[f"{name} ", h.span(".t-when")[counted(number, "statement")]]


def name_of(statement: PendingReview, plan: Plan, query: ViewQuery) -> Element:
    """Its initiative and party, opened at what the party said before."""
    initiative, party = statement.initiative, statement.party
    name: Node = [h.b[initiative.key], f" {initiative.title}{of_party(plan, party)}"]
    kind = "" if statement.kind == "update" else statement.kind.label
    tags = [tag(wording_tag(initiative)), tag(kind)]
    return h.p(".t-waits")[link(initiative_address(initiative.key, query, party), name), tags]


def statement(waiting: PendingReview) -> Element:
    """What it changes beside what is cleared, then what it repeats, its evidence, and whose word it is."""
    changed = [field for field in waiting.fields if field.before != field.after]
    drawn = table(f"What {waiting.name} changes", COMPARED, map(_compared, changed)) if changed else None
    blocks = [drawn, _repeated(waiting), _evidence(waiting.evidence), note(text.written_by(waiting))]
    return h.div(".t-compare")[blocks]


def not_reported(review: Review, query: ViewQuery) -> Element:
    """Who owes what in the open cycle."""
    if review.cycle is None:
        return section(text.NOBODY_OWES, text.NO_CYCLE)
    meeting, due = review.cycle.meeting.name, f"Reports are due {day(review.cycle.due)}."
    if not any(review.owed.values()):
        return section(f"Everybody has reported for {meeting}", due)
    rows = [
        [party_name(review.plan, key), str(len(commitments)), _owed(commitments, query)]
        for key, commitments in review.owed.items()
    ]
    title = text.owed(meeting, sum(map(len, review.owed.values())), len(rows))
    columns = [text.BODY_OR_STATE, *numbers("Owed"), "Initiatives"]
    return section(title, due, content=h.div(".t-owing")[table(title, columns, rows)])


def _compared(field: FieldChange) -> list[Node]:
    nothing = h.span(".t-when")[text.NOTHING]
    return [field.label, *(flowing(value) if value else nothing for value in (field.before, field.after))]


def _repeated(waiting: PendingReview) -> Node:
    """The fields that repeat what is cleared; all of them where it changes nothing."""
    repeated = [field for field in waiting.fields if field.before == field.after]
    same = [h.fragment[h.b[field.label], f": {flowing(field.after)}"] for field in repeated]
    return h.p(".t-again")[f"{text.SAME} ", Markup(" · ").join(same)] if same else None


def _evidence(items: Sequence[EvidenceItem]) -> Node:
    names = Markup("; ").join(h.fragment[evidence_link(item)] for item in items)
    return h.p(".t-again")[h.b[text.EVIDENCE], ": ", names] if items else None


def _owed(commitments: Sequence[Commitment], query: ViewQuery) -> Element:
    links = (link(initiative_address(key, query, party), key) for key, party in commitments)
    return h.span[Markup(", ").join(links)]


def reminders(outstanding: OutstandingReports, *, sends: bool) -> Element:
    """Who owes how much, under which roles, and when each was last reminded."""
    rows = [_reminded(person, outstanding.plan) for person in outstanding.people]
    title = f"{text.REMINDERS}: {counted(len(rows), 'person owes', 'people owe')} reports"
    remark = text.reminders_note(made_up=outstanding.is_made_up, sends=sends)
    return section(title, remark, content=rows and table("Who is reminded", REMINDED, rows))


def unreachable(outstanding: OutstandingReports) -> Node:
    """What is owed by bodies and states for which nobody reports."""
    names = listed([party_name(outstanding.plan, key) for key in outstanding.unheard])
    return note(text.NOBODY_REPORTS.format(names)) if names else None


def _reminded(outstanding: Outstanding, plan: Plan) -> list[Node]:
    name, address = outstanding.person.name, outstanding.person.email or "no address yet"
    roles = [f"{role.name[:1].upper()}{role.name[1:]}" for role in outstanding.owed]
    return [
        [h.b[name], h.br, address] if name else address,
        str(len(outstanding.commitments)),
        h.span[Markup("<br>").join(roles)],
        h.span[_last(outstanding, plan)],
    ]


def _last(outstanding: Outstanding, plan: Plan) -> str:
    """The day of the last reminder, and whether it was a mail, a file, or a mail that was refused."""
    if not outstanding.done:
        return "not yet"
    action = max(outstanding.done, key=outstanding.done.__getitem__)
    return f"{day(day_of(outstanding.done[action], plan))}{text.LAST_REMINDER[action]}"
