"""Pages 1 and 2: head, action requested, headlines, glance, the figures of measures and bodies, changes and trend."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from models.core.text import counted, day, percent
from models.core.vocabulary import Grouping, Request, Step, Wording
from models.figures.method_text import METHOD_VERSION
from models.figures.rollup import Figures, RollupGroup, count_late, figures_of, groups
from models.figures.trend import TrendPoint
from models.meetings.handover import is_pending, moved_due
from models.meetings.snapshot import Correction
from models.meetings.snapshots import point_name, step_name
from models.plan.schema_parts import Meeting
from reports.meeting.context import ReportContext
from reports.parts.changes import change_lines, changes_title, smaller_movements
from reports.parts.counts import (
    dates_mark,
    dates_notes,
    excluded_text,
    late_cell,
    late_heading,
    late_text,
    on_dates,
    reported_text,
)
from reports.parts.glance import glance
from reports.parts.headlines import NOTHING, plan_group
from reports.parts.naming import meeting_name
from reports.parts.trend import describe_trend
from reports.report import Block, Columns, Items, Paragraph, ReportHead, Section, TableRow, row, table

BLANK = "____"
PROPOSALS_ANNEX, UPDATES_ANNEX = "C", "F"
CHANGES_PRINTED = 6
"""How many changes page 2 prints; its first sentence counts all of them."""


def head(context: ReportContext) -> ReportHead:
    """Return the header block; what is not known is a blank."""
    snapshot, meeting = context.snapshot, context.meeting
    return ReportHead(
        meeting=_full_name(meeting) if meeting else context.plan.title,
        place_and_dates=_place_and_dates(meeting) if meeting else f"As of {day(snapshot.as_of)}",
        agenda_item=snapshot.paper.agenda_item or BLANK,
        document_number=snapshot.paper.document_number or BLANK,
        classification=snapshot.paper.classification,
        state=_state(context),
        title=f"Status of implementation of the {context.plan.title.replace('-', '–')}",
        subtitle=context.scope.name(context.plan),
    )


def _full_name(meeting: Meeting) -> str:
    teens = meeting.number % 100 in {11, 12, 13}
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(meeting.number % 10, "th")
    group = "ASEAN Working Group on Intellectual Property Cooperation"
    return f"{meeting.number}{suffix} Meeting of the {group} ({meeting.name})"


def _place_and_dates(meeting: Meeting) -> str:
    dates = f"{day(meeting.start)} to {day(meeting.end)}" + (" (provisional)" if meeting.provisional else "")
    return f"{meeting.place or BLANK}, {dates}"


def _state(context: ReportContext) -> str:
    """DRAFT, circulated or noted, with its day and revision."""
    snapshot = context.snapshot
    if snapshot.step is None:
        return "DRAFT"
    revision = f", revision {snapshot.revision}" if snapshot.revision > 1 else ""
    return f"{snapshot.step.label.upper()} {day(context.day(snapshot.known_at))}{revision}"


def action(context: ReportContext) -> Section:
    """What the meeting is invited to; in a noted report, what it took note of and what the paper invited it to."""
    typed = context.snapshot.paper.invited
    if context.snapshot.step is not Step.NOTED:
        invitation = _lettered("The Meeting is invited to:", *_invited(context), *typed)
        return Section("action", "Action requested", (invitation,))
    took_note = _lettered("The Meeting took note of:", *_noted(context))
    invited = (_lettered("The paper also invited the Meeting to:", *typed),) if typed else ()
    return Section("action", "Outcome", (took_note, *invited))


def _lettered(lead: str, *typed: str) -> Items:
    lines = [line.rstrip(" .;") for line in typed]
    return Items(lead, (*(f"{line};" for line in lines[:-1]), f"{lines[-1]}."), lettered=True)


def _invited(context: ReportContext) -> Iterator[str]:
    reported = "note the status of implementation set out below"
    yield reported if context.now.has_reports else "note that no progress has been reported yet"
    yield from (f"consider {proposed}" for proposed in _proposed(context))
    owed = context.snapshot.owed
    if owed and context.scope.state:
        outstanding = "is outstanding" if len(owed) == 1 else "are outstanding"
        yield f"note that {counted(len(owed), 'report')} for this meeting {outstanding}"
    elif owed:
        yield f"urge {_silent(context)} yet to report for this meeting to do so"


def _noted(context: ReportContext) -> Iterator[str]:
    yield "the status of implementation set out below" if context.now.has_reports else "the absence of any report"
    yield from _proposed(context)
    if owed := len(context.snapshot.owed):
        were = "was" if owed == 1 else "were"
        yield f"{counted(owed, 'report')} that {were} not received for this meeting, from {_silent(context)}"
    if context.snapshot.corrections:
        yield f"{updates_text(context.snapshot.corrections)} (Annex {UPDATES_ANNEX})"


def _proposed(context: ReportContext) -> Iterator[str]:
    """What was proposed or requested and is not decided, by kind."""
    pending = [statement for statement in context.snapshot.statements if is_pending(statement, context.plan)]
    moved = sum(moved_due(statement, context.plan) is not None for statement in pending)
    if moved:
        yield f"{counted(moved, 'proposed change')} of due dates (Annex {PROPOSALS_ANNEX})"
    requested = Counter(statement.requested for statement in pending)
    for request in Request:
        if requested[request]:
            yield f"{counted(requested[request], 'request')} {request.label} (Annex {PROPOSALS_ANNEX})"


def updates_text(corrections: Sequence[Correction]) -> str:
    """Return "21 statements updated after circulation, of which 10 change status or percent"."""
    changing = sum(correction.changes_figures for correction in corrections)
    changes = f"{changing or 'none'} {'change' if changing > 1 else 'changes'} status or percent"
    return f"{counted(len(corrections), 'statement')} updated after circulation, of which {changes}"


def _silent(context: ReportContext) -> str:
    """The bodies and states that have not reported."""
    return _bodies_and_states(context, {context.reporter(*commitment) for commitment in context.snapshot.owed})


def _bodies_and_states(context: ReportContext, reporters: set[str], *, zero: bool = False) -> str:
    """Return "3 bodies and 2 member states"; a zero is left out unless `zero`."""
    bodies, states = (len(reporters & parties.keys()) for parties in (context.plan.body, context.plan.state))
    named = (counted(bodies, "body", "bodies"), bodies), (counted(states, "member state"), states)
    return " and ".join(text for text, number in named if number or zero)


def headlines_table(context: ReportContext) -> Section:
    """The three headlines, each with its value at the last meeting, the change and its definition in few words."""
    if not context.now.shows_percentages:
        finding = f"{reported_text(context.now)}." if context.now.has_reports else _no_report_yet(context)
        return Section("headlines", "Headlines", (Paragraph(finding),))
    before = context.before.name if context.before else "Last meeting"
    columns: Columns = [("", 5), (context.name, 3, True), (before, 3, True), ("Change", 2, True), ("Meaning", 10)]
    return Section("headlines", "Headlines", (table("The three headlines", columns, _headline_rows(context)),))


def _headline_rows(context: ReportContext) -> Iterator[TableRow]:
    group, before = plan_group(context.now), context.before.figures if context.before else None
    now = figures_of(group, context.now.as_of)
    unit = "commitments" if context.scope.state else "initiatives"
    silent = f"; {now.without_report} of {now.in_scope} without a report" if now.without_report else ""
    expected = f"{now.expected_percent} % expected {on_dates(now.assumed_due, now.in_scope)}".strip()
    moved = f"; {counted(now.due_moved, 'due date')} moved" if now.due_moved else ""
    excluded = f"; {excluded_text(group.excluded)}" if group.excluded else ""
    late = f"{late_text(count_late(group.members, context.now.as_of))}{moved}" if now.due else "nothing is due yet"
    meanings = {
        "Completed": f"{unit} completed, with evidence{silent}{excluded}",
        "Progress": f"mean over the {now.in_scope} {unit}; {expected}",
        "Due by now, completed": late,
    }
    values, values_before = _values(now), _values(before) if before else ((NOTHING, None),) * len(meanings)
    for (name, meaning), (text, number), (text_before, number_before) in zip(
        meanings.items(), values, values_before, strict=True
    ):
        change = NOTHING if number is None or number_before is None else _signed(number - number_before)
        yield row(name, text, text_before, change, meaning)


def _signed(difference: int) -> str:
    """+2, 0, −1."""
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{abs(difference)}"


def _values(figures: Figures) -> tuple[tuple[str, int | None], ...]:
    """Each headline in words, and the number of which a change is given."""
    progress = figures.progress_percent if figures.commitments_reported else None
    return (
        (f"{figures.completed} of {figures.in_scope}", figures.completed),
        (NOTHING if progress is None else percent(progress), progress),
        (f"{figures.due_completed} of {figures.due}", figures.due_completed) if figures.due else (NOTHING, None),
    )


def _no_report_yet(context: ReportContext) -> str:
    standings = context.now.standings
    commitments = [(part.initiative.key, part.party) for standing in standings for part in standing.commitments]
    reporters = _bodies_and_states(context, {context.reporter(*commitment) for commitment in commitments}, zero=True)
    finding = "No report was received for this meeting" if context.meeting else "No report has been received yet"
    owed = f"{counted(len(commitments), 'commitment')} in {counted(len(standings), 'initiative')}"
    return f"{finding}. {owed} are to be reported on by {reporters}."


def at_a_glance(context: ReportContext) -> Section:
    """The same drawing as on Overview."""
    drawing = glance(context.now)
    return Section("glance", drawing.title, (drawing,))


def by_measure(context: ReportContext) -> Section:
    """Table 1, with the whole in its last row."""
    names = {measure.key: f"{measure.code} {measure.short_title}" for measure in context.plan.measures}
    measures = [(names[group.key], group) for group in groups(context.now, Grouping.MEASURE)]
    blocks = _figures_blocks("Figures by strategic measure", context, measures, Grouping.MEASURE)
    return Section("measures", "By strategic measure", blocks, new_page=True)


def by_body(context: ReportContext) -> Section | None:
    """Table 2: the bodies that lead something now; a report on a single body has none."""
    if context.scope.body:
        return None
    leading = [(group.key, group) for group in groups(context.now, Grouping.BODY) if group.members]
    assumed = any("lead" in standing.initiative.assumed for standing in context.now.standings)
    kind = "lead body (assumed)" if assumed else "lead body"
    return Section("bodies", f"By {kind}", _figures_blocks(f"Figures by {kind}", context, leading, Grouping.BODY))


def _figures_blocks(
    caption: str, context: ReportContext, named: list[tuple[str, RollupGroup]], by: Grouping
) -> tuple[Block, ...]:
    """A table with the whole in its last row, and the meaning of the marks beside expected figures."""
    whole = plan_group(context.now)
    late = late_heading(count_late(whole.members, context.now.as_of), figures_of(whole, context.now.as_of))
    numbers = {"N": 2, "Completed": 4, "Progress": 3, "Expected": 4, "Due by now": 3, late: 3, "No report": 3}
    columns: Columns = [("", 9), *((name, width, True) for name, width in (numbers | {"Change": 4}).items())]
    rows = [_figures_row(context, name, group, by, late) for name, group in named]
    all_row = _figures_row(context, "All", whole, Grouping.PLAN, late, total=True)
    return (table(caption, columns, [*rows, all_row]), *_on_assumed_dates(context, [*named, ("All", whole)]))


def _figures_row(
    context: ReportContext, name: str, group: RollupGroup, by: Grouping, late: str, *, total: bool = False
) -> TableRow:
    """A dash replaces figures that are withheld; `late` is the heading of the number that is late."""
    figures, before = figures_of(group, context.now.as_of), context.row_before(by, group.key)
    reported = (
        f"{figures.completed} of {figures.in_scope}",
        f"{figures.progress_percent} %",
        f"{figures.expected_percent} %{dates_mark(figures.assumed_due, figures.in_scope)}",
        f"{figures.due_completed} of {figures.due}" if figures.due else NOTHING,
        late_cell(count_late(group.members, context.now.as_of), late),
    )
    values = reported if _shows_figures(context, figures) else (NOTHING,) * len(reported)
    last = (str(figures.without_report), _change(context, figures, before))
    return row(name, str(figures.in_scope), *values, *last, total=total)


def _shows_figures(context: ReportContext, figures: Figures) -> bool:
    return bool(figures.commitments_reported) and context.now.shows_percentages


def _change(context: ReportContext, figures: Figures, before: Figures | None) -> str:
    """In points of progress."""
    known = before is not None and before.commitments_reported and context.now.shows_percentages
    if before is None or not known or figures.progress_percent is None:
        return NOTHING
    return f"{_signed(figures.progress_percent - (before.progress_percent or 0))} points"


def _on_assumed_dates(context: ReportContext, named: list[tuple[str, RollupGroup]]) -> Iterator[Block]:
    """What the marks beside the expected figures of a table mean; figures that are withheld have none."""
    rows = [(name.split()[0], figures_of(group, context.now.as_of)) for name, group in named]
    notes = dates_notes(
        (name, figures.assumed_due, figures.in_scope) for name, figures in rows if _shows_figures(context, figures)
    )
    if notes:
        yield Paragraph(notes, quiet=True)


def what_changed(context: ReportContext) -> Section | None:
    """The first changes since the baseline; nothing without one, or while percentages are withheld."""
    changes = context.changes
    if changes is None or context.now.early:
        return None
    lines = change_lines(changes)
    title, what = f"What changed since {context.since}", changes_title(changes, context.since)
    if not lines:
        return Section("changes", title, (Paragraph(f"{what}."),))
    printed = tuple(line.sentence for line in lines[:CHANGES_PRINTED])
    rest = smaller_movements(lines, CHANGES_PRINTED)
    lead = f"{what}. Below: the first {len(printed)}; not listed: {rest}." if rest else f"{what}."
    return Section("changes", title, (Items(lead, printed),))


def the_trend(context: ReportContext) -> Section | None:
    """The dated line and its table; earlier meetings have figures of the whole plan only."""
    if not (context.scope.whole and (context.now.shows_percentages or not context.now.has_reports)):
        return None
    trend = describe_trend(tuple(_points(context)), context.since)
    if trend.line is None:
        return Section("trend", "Trend", (Paragraph(f"{trend.title}."),))
    numbers = ((name, 1, True) for name in ("Completed", "As reported then", "As known now"))
    columns: Columns = [("Meeting", 1), *numbers]
    rows = (row(point.name or point.day, point.completed, point.reported, point.restated) for point in trend.rows)
    return Section("trend", trend.title, (trend.line, table("The same figures, meeting by meeting", columns, rows)))


def _points(context: ReportContext) -> Iterable[TrendPoint]:
    """The meetings before as they reported, where they did; then the report's own figures."""
    snapshot, reported = context.snapshot, context.source.past.reported
    for point in snapshot.trend:
        mark, figures = reported.get(point.meeting, (None, None))
        meeting = context.plan.meeting.get(point.meeting)
        if mark or (meeting and meeting.end <= snapshot.as_of):
            name = point_name(mark, context.plan) if mark else meeting_name(context.plan, point.meeting)
            yield TrendPoint(name, mark.as_of if mark else point.day, figures, Figures(**point.restated))
    (now,) = snapshot.rows(Grouping.PLAN)
    yield TrendPoint(_own_point(context), snapshot.as_of, now if snapshot.step else None, now)


def _own_point(context: ReportContext) -> str:
    """The name of the report's own point: its meeting's, or that of its paper; none for a draft."""
    snapshot, meeting = context.snapshot, context.meeting
    if meeting is None or snapshot.step is None:
        return ""
    if snapshot.step is Step.NOTED:
        return meeting.name
    taken_on = context.day(snapshot.known_at)
    return step_name(meeting.name, snapshot.step, as_of=snapshot.as_of, taken_on=taken_on, revision=snapshot.revision)


def foot(context: ReportContext) -> str:
    """The foot of every page: who assessed and cleared, the day, edition and snapshot, and whose titles they are."""
    plan, snapshot = context.plan, context.snapshot
    basis = f"{'snapshot' if snapshot.step else 'draft'} {context.sha256[:8]}"
    working = plan.count(Wording.WORKING)
    titles = f" {working} of {len(plan.initiatives)} titles are working titles." if working else ""
    return (
        "Self-assessment by task forces and member states, cleared by the ASEAN Secretariat for completeness. "
        f"As of {day(snapshot.as_of)}, edition {snapshot.edition.version}, {basis}, method {METHOD_VERSION}.{titles}"
    )
