"""Page 1: the head, what is asked of the meeting, the three headlines against the last meeting, and the foot."""

from collections import Counter
from collections.abc import Callable, Iterator

from models.core.text import counted, day
from models.core.vocabulary import Request, Step, Wording
from models.figures.method_text import METHOD_VERSION
from models.figures.rollup import Figures, due_by_now, figures_of
from models.meetings.handover import is_pending, moved_due
from models.plan.schema_parts import Meeting
from reports.meeting.context import ReportContext
from reports.parts.glance import glance
from reports.parts.headlines import NOTHING, plan_group
from reports.parts.naming import on_dates
from reports.report import Cell, Column, Head, Items, Paragraph, Row, Section, Table

BLANK = "____"
Teller = Callable[[Figures], tuple[str, int | None]]
"""A headline of some figures in words, and the number a change is told in."""
PROPOSALS_ANNEX = "C"


def head(of: ReportContext) -> Head:
    """The header block: what is not known is a blank."""
    paper = of.snapshot.paper
    return Head(
        meeting=_full_name(of.meeting) if of.meeting else of.plan.title,
        place_and_dates=_place_and_dates(of.meeting) if of.meeting else f"As of {day(of.snapshot.as_of)}",
        agenda_item=paper.agenda_item or BLANK,
        document_number=paper.document_number or BLANK,
        classification=paper.classification,
        state=_state(of),
        title=f"Status of implementation of the {of.plan.title.replace('-', '–')}",
        subtitle=of.scope.name(of.plan),
    )


def _full_name(meeting: Meeting) -> str:
    teens = meeting.number % 100 in {11, 12, 13}
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(meeting.number % 10, "th")
    group = "ASEAN Working Group on Intellectual Property Cooperation"
    return f"{meeting.number}{suffix} Meeting of the {group} ({meeting.name})"


def _place_and_dates(meeting: Meeting) -> str:
    dates = f"{day(meeting.start)} to {day(meeting.end)}" + (" (provisional)" if meeting.provisional else "")
    return f"{meeting.place or BLANK}, {dates}"


def _state(of: ReportContext) -> str:
    """DRAFT, circulated or noted, with its day and revision."""
    step = of.snapshot.step
    if step is None:
        return "DRAFT"
    revision = f", revision {of.snapshot.revision}" if of.snapshot.revision > 1 else ""
    return f"{step.label.upper()} {day(of.day(of.snapshot.known_at))}{revision}"


def action(of: ReportContext) -> Section:
    """What the meeting is invited to, from what was proposed, asked for and not received, and the lines typed."""
    lines = tuple(_with_stops([*_invited(of), *of.snapshot.paper.invited]))
    return Section("action", "Action requested", (Items("The Meeting is invited to:", lines, lettered=True),))


def _invited(of: ReportContext) -> Iterator[str]:
    told = "note the status of implementation set out below"
    yield told if of.now.has_reports else "note that no progress has been reported yet"
    pending = [one for one in of.snapshot.statements if is_pending(one, of.plan)]
    moved = sum(moved_due(one, of.plan) is not None for one in pending)
    if moved:
        yield f"consider {counted(moved, 'proposed change')} of due dates (Annex {PROPOSALS_ANNEX})"
    asked = Counter(one.requested for one in pending)
    for request in Request:
        if asked[request]:
            yield f"consider {counted(asked[request], 'request')} {request.label} (Annex {PROPOSALS_ANNEX})"
    yield from _urged(of)
    if of.snapshot.step is Step.NOTED and of.snapshot.corrections:
        yield f"record {counted(len(of.snapshot.corrections), 'correction')} made at the meeting"


def _urged(of: ReportContext) -> Iterator[str]:
    silent = {of.reporter(*one) for one in of.snapshot.owed}
    bodies, states = (len([one for one in silent if one in known]) for known in (of.plan.body, of.plan.state))
    parts = [counted(bodies, "body", "bodies") if bodies else "", counted(states, "member state") if states else ""]
    if silent:
        yield f"urge {' and '.join(filter(None, parts))} yet to report for this meeting to do so"


def _with_stops(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield f"{line.rstrip(' .;')}{'.' if number == len(lines) else ';'}"


def headlines_table(of: ReportContext) -> Section:
    """The three headlines, each with the last meeting's, the change and its definition in eight words."""
    if not of.now.has_reports:
        return Section("headlines", "Headlines", (Paragraph(_nobody_yet(of)),))
    before = of.before
    columns = (
        Column("", width=5),
        Column(of.name, numeric=True, width=3),
        Column(before.name if before else "Last meeting", numeric=True, width=3),
        Column("Change", numeric=True, width=2),
        Column("Meaning", width=10),
    )
    return Section("headlines", "Headlines", (Table("The three headlines", columns, tuple(_headline_rows(of))),))


def _headline_rows(of: ReportContext) -> Iterator[Row]:
    group = plan_group(of.now)
    now, before = figures_of(group, of.now.as_of), of.before.figures if of.before else None
    original = due_by_now(group.members, of.now.as_of, original=True)
    what = "commitments" if of.scope.state else "initiatives"
    silent = f"; {now.without_report} of {now.in_scope} without a report" if now.without_report else ""
    expected = f"{now.expected_percent} % expected {on_dates(now.assumed_due, now.in_scope)}".strip()
    moved = f"; {counted(now.due_moved, 'due date')} moved" if now.due_moved else ""
    first = f" ({original.due - original.completed} on original dates)" if now.due_moved else ""
    excluded = f"; {now.excluded} excluded: {_why_excluded(of)}" if now.excluded else ""
    yield _headline("Completed", now, before, _completed, f"{what} completed, with evidence{silent}{excluded}")
    yield _headline("Progress", now, before, _progress, f"mean over the {now.in_scope} {what}; {expected}")
    late = f"{now.due - now.due_completed} late{first}{moved}" if now.due else "nothing is due yet"
    yield _headline("Due by now, completed", now, before, _due, late)


def _why_excluded(of: ReportContext) -> str:
    """Of what is in force and not counted: not applicable, or owed by a state that was no member yet."""
    left_out = (one for one in of.snapshot.excluded if one.initiative not in of.now.by_key)
    return " or ".join(sorted({one.reason.label for one in left_out}, reverse=True))


def _headline(name: str, now: Figures, before: Figures | None, told: Teller, meaning: str) -> Row:
    (text, number), (text_before, number_before) = told(now), told(before) if before else (NOTHING, None)
    change = NOTHING if number is None or number_before is None else signed(number - number_before)
    return Row(tuple(map(Cell, (name, text, text_before, change, meaning))))


def signed(difference: int) -> str:
    """+2, 0, −1."""
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{abs(difference)}"


def _completed(figures: Figures) -> tuple[str, int | None]:
    return f"{figures.completed} of {figures.in_scope}", figures.completed


def _progress(figures: Figures) -> tuple[str, int | None]:
    if not figures.commitments_reported or figures.progress_percent is None:
        return NOTHING, None
    return f"{figures.progress_percent} %", figures.progress_percent


def _due(figures: Figures) -> tuple[str, int | None]:
    return (f"{figures.due_completed} of {figures.due}", figures.due_completed) if figures.due else (NOTHING, None)


def _nobody_yet(of: ReportContext) -> str:
    commitments = sum(len(one.commitments) for one in of.now.standings)
    asked = {of.reporter(one.initiative.key, one.party) for ones in of.now.standings for one in ones.commitments}
    bodies, states = (len([one for one in asked if one in known]) for known in (of.plan.body, of.plan.state))
    told = f"{counted(bodies, 'body', 'bodies')} and {counted(states, 'member state')}"
    initiatives = counted(len(of.now.standings), "initiative")
    what = "No report was received for this meeting" if of.meeting else "No report has been received yet"
    return f"{what}. {counted(commitments, 'commitment')} in {initiatives} are to be reported on by {told}."


def at_a_glance(of: ReportContext) -> Section:
    """The same drawing as on the Overview."""
    drawn = glance(of.now)
    return Section("glance", drawn.title, (drawn,))


def foot(of: ReportContext) -> str:
    """On every page: whose word it is, as of when, from which edition and snapshot, and in whose wording."""
    plan, taken = of.plan, of.snapshot
    basis = f"snapshot {of.sha256[:8]}" if taken.step else f"draft {of.sha256[:8]}"
    working = plan.count(Wording.WORKING)
    titles = f" {working} of {len(plan.initiatives)} titles are working titles." if working else ""
    return (
        "Self-assessment by task forces and member states, cleared by the ASEAN Secretariat for completeness. "
        f"As of {day(taken.as_of)}, edition {taken.edition.version}, {basis}, method {METHOD_VERSION}.{titles}"
    )
