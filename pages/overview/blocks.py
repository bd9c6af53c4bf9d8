"""The blocks of the Overview as HTML: pure, from what was read to what is sent."""

from collections.abc import Sequence
from html import escape

from models.access.view_choice import Asked
from models.amendments.adoption import slots
from models.core.text import counted, day
from models.core.vocabulary import Grouping
from models.figures.attention import Attention, Awaited, awaited, needs_attention
from models.figures.changes import Change
from models.figures.health_label import ShownHealth
from models.figures.rollup import Figures, figures_of, roll_up
from models.meetings.overview import Overview
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from pages.shared.drawn import progress, unit_squares
from pages.shared.links import link
from pages.shared.markup import flowing, fold, health, note, section, symbol, tone
from pages.shared.named import named
from pages.shared.tables import Column, table
from pages.shared.why import why
from reports.parts import glance as glances
from reports.parts.course import Course
from reports.parts.headlines import NOTHING, Compared, Headline, plan_group
from reports.parts.headlines import headlines as describe_headlines
from reports.parts.since import changes_title
from reports.parts.wording import wording_title

CHANGES_SHOWN = 8
ATTENTION_SHOWN = 10


def official_text_awaited(plan: Plan) -> str:
    """For those who hold the official list: whose words the titles are, and the way to adopt it."""
    if not slots(plan):
        return ""
    way = link("./editions", "Adopt the official text")
    told = f"{escape(wording_title(plan))}. You hold the official list: {way}."
    return f'<p class="t-banner" role="note">{told}</p>'


def headlines(seen: Overview, asked: Asked) -> str:
    """The three numbers with the rows behind them; a sentence while there are none."""
    described = describe_headlines(seen.now, _compared(seen))
    if not described:
        return f'<p class="t-lead">{escape(_next(seen.next_meeting) if asked.is_withheld else _nothing_yet(seen))}</p>'
    return f'<div class="t-headlines">{"".join(map(_headline, described))}</div>' + why(plan_group(seen.now), asked)


def glance(seen: Overview, asked: Asked) -> str:
    """One row per strategic measure, one square per initiative."""
    described = glances.glance(seen.now)
    rows = "".join(_glance_row(row, asked) for row in described.rows)
    legend = "".join(map(_legend, described.legend))
    drawn = f'<ul class="t-glance" role="list">{rows}</ul><ul class="t-legend" role="list">{legend}</ul>'
    return section(described.title, described.note, content=drawn)


def course_heading(told: Course) -> str:
    """The finding of the trend."""
    what = "Solid: as reported at each meeting. Dashed: as known now. At each point: completed of all."
    return section(told.title, what if told.line else "")


def course_table(told: Course) -> str:
    """The figures of the trend: one click away, and what a phone shows instead of the chart."""
    columns = [
        Column("Meeting"),
        *(Column(name, numeric=True) for name in ("Completed", "As reported", "As known now", "Expected")),
    ]
    rows = [
        [
            f'{escape(row.name)} <span class="t-when">{escape(row.day)}</span>',
            row.completed,
            row.reported,
            row.restated,
            row.expected,
        ]
        for row in told.rows
    ]
    drawn = table("Progress at each meeting", columns, rows, compact=True)
    return f'<div class="t-wide">{fold("The same as a table", drawn)}</div><div class="t-narrow">{drawn}</div>'


def changes_since(seen: Overview, asked: Asked) -> str:
    """What changed since the meeting before: the first few, the rest one click away."""
    if not (seen.before and seen.last_meeting):
        return section("There is no earlier meeting to compare with")
    title = changes_title(seen.changes, seen.before, seen.now, seen.last_meeting.name)
    first, rest = seen.changes[:CHANGES_SHOWN], seen.changes[CHANGES_SHOWN:]
    told = f"{len(first)} of {counted(len(seen.changes), 'change')}" if rest else counted(len(first), "change")
    more = fold(f"All {len(seen.changes)}", _changes(rest, asked)) if rest else ""
    return section(title, told, content=_changes(first, asked) + more)


def attention(seen: Overview, asked: Asked) -> str:
    """The initiatives a meeting should look at, each with its reason."""
    found = needs_attention(seen.now)
    if not found:
        return ""
    lead = "Lead (assumed)" if any("lead" in row.standing.initiative.assumed for row in found) else "Lead"
    columns = [Column("Initiative"), Column("Health"), Column(lead), Column("Why"), Column("Last report", numeric=True)]
    first, rest = found[:ATTENTION_SHOWN], found[ATTENTION_SHOWN:]
    drawn = table("Initiatives that need attention", columns, (_attention(row, asked) for row in first))
    if rest:
        more = table("Further initiatives that need attention", columns, (_attention(row, asked) for row in rest))
        drawn += fold(f"{len(rest)} more", more)
    return section(
        "Needs attention", "By days past the due date, then points behind, then never reported.", content=drawn
    )


def awaits_reports(seen: Overview) -> str:
    """While nothing is reported: who is to report on what."""
    rows = awaited(seen.now)
    total = sum(row.commitments for row in rows)
    title = f"Awaited: {counted(total, 'commitment')} in {counted(sum(row.initiatives for row in rows), 'initiative')}"
    columns = [Column("Lead body (assumed)"), Column("Initiatives", numeric=True), Column("Commitments", numeric=True)]
    drawn = table("What awaits a first report, by lead body", columns, (_awaited(row, seen) for row in rows))
    told = "A commitment is what ASEAN together, or one member state, is to deliver under an initiative."
    return section(title, told, content=drawn)


def by_theme(seen: Overview) -> str:
    """The same figures by theme, folded; an initiative may stand under several or none."""
    titles = {theme.key: theme.title for theme in seen.plan.themes}
    columns = [
        Column("Theme"),
        Column("Completed", numeric=True),
        Column("Progress", numeric=True),
        Column("Due by now completed", numeric=True),
    ]
    figures = [row for row in roll_up(seen.now, Grouping.THEME) if row.in_scope]
    drawn = table("Figures by theme", columns, (_theme(titles[row.key], row) for row in figures))
    told = note("An initiative counts under each theme its words speak of; several speak of none.")
    return fold("By theme", told + drawn)


def _compared(seen: Overview) -> Compared | None:
    if not (seen.before and seen.last_meeting and seen.before.has_reports):
        return None
    return Compared(figures_of(plan_group(seen.before), seen.before.as_of), seen.last_meeting.name)


def _nothing_yet(seen: Overview) -> str:
    commitments = sum(len(one.commitments) for one in seen.now.standings)
    initiatives = counted(len(seen.now.standings), "initiative")
    waiting = f"{counted(commitments, 'commitment')} in {initiatives} await a first report."
    return f"{waiting} {_next(seen.next_meeting)}".strip()


def _next(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    provisional = " (provisional date)" if meeting.provisional else ""
    return f"The next meeting is {meeting.name}, {day(meeting.start)}{provisional}."


def _headline(told: Headline) -> str:
    small = f"<dd>{escape(' · '.join(told.notes))}</dd>" if told.notes else ""
    return f"<div><dl><dt><b>{escape(told.value)}</b>{escape(told.label)}</dt>{small}</dl></div>"


def _glance_row(row: glances.GlanceRow, asked: Asked) -> str:
    bar = progress(row.progress) if row.progress.percent is not None else ""
    return (
        f'<li><span class="t-label"><b>{escape(row.code)}</b> {escape(row.title)}</span>'
        f'{unit_squares(row.squares, asked)}<span class="t-count">{row.completed}</span>'
        f'<span class="t-progress">{bar}</span></li>'
    )


def _legend(one: ShownHealth) -> str:
    return f'<li><span class="t-square {tone(one)}">{symbol(one.health)}</span>{escape(one.legend)}</li>'


def _changes(found: Sequence[Change], asked: Asked) -> str:
    lines = (
        f"<li><b>{escape(one.kind.label)}</b> {named(one.initiative, asked)} {flowing(one.text)}</li>" for one in found
    )
    return f'<ul class="t-list">{"".join(lines)}</ul>' if found else ""


def _attention(row: Attention, asked: Asked) -> list[str]:
    initiative = row.standing.initiative
    last = day(row.last_report) if row.last_report else NOTHING
    return [named(initiative, asked), health(row.shown), escape(initiative.lead), flowing(row.reason), last]


def _awaited(row: Awaited, seen: Overview) -> list[str]:
    body = seen.plan.body[row.body]
    name = escape(body.key) if body.key == body.name else f"<b>{escape(body.key)}</b> {escape(body.name)}"
    return [name, str(row.initiatives), str(row.commitments)]


def _theme(title: str, row: Figures) -> list[str]:
    progress_told = "No report yet" if not row.commitments_reported else f"{row.progress_percent} %"
    due = f"{row.due_completed} of {row.due}" if row.due else NOTHING
    return [escape(title), f"{row.completed} of {row.in_scope}", progress_told, due]
