"""The blocks of the Overview as HTML: pure, from what was read to what is sent."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.amendments.adoption import slots
from models.core.text import day
from models.core.vocabulary import Grouping
from models.figures.attention import Attention, Awaited, awaited, needs_attention
from models.figures.rollup import Figures, figures_of, roll_up
from models.meetings.overview import Overview
from models.plan.schema import Plan
from pages.overview import text
from pages.shared.drawn import progress, unit_squares
from pages.shared.links import link, named
from pages.shared.markup import banner, drawing_or_table, flowing, fold, health, lead, legend_square, note, section
from pages.shared.tables import numbers, table
from pages.shared.why import why
from reports.parts import glance as glances
from reports.parts.changes import ChangeLine, change_lines, changes_title, smaller_movements
from reports.parts.headlines import NOTHING, Compared, Headline, plan_group
from reports.parts.headlines import headlines as describe_headlines
from reports.parts.next_step import meeting_sentence
from reports.parts.trend import Trend
from reports.parts.wording import wording_title

CHANGES_SHOWN = 8
ATTENTION_SHOWN = 10


def official_text_awaited(plan: Plan) -> Node:
    """For those who hold the official list: whose words the titles are, and the way to adopt it."""
    if not slots(plan):
        return None
    return banner([f"{wording_title(plan)}. You have the official list: ", link("./editions", text.ADOPT), "."])


def headlines(summary: Overview, query: ViewQuery) -> Node:
    """The three numbers with the rows behind them; a sentence while they are withheld."""
    described = describe_headlines(summary.now, _compared(summary))
    if not described:
        known = query.is_withheld or summary.now.has_reports
        return lead(meeting_sentence(summary.next_meeting) if known else text.nothing_reported(summary))
    figures = h.div(".t-headlines")[[_headline(headline) for headline in described]]
    return [figures, why(plan_group(summary.now), query)]


def glance(summary: Overview, query: ViewQuery) -> Element:
    """One row per strategic measure, one square per initiative."""
    described = glances.glance(summary.now)
    rows = h.ul(".t-glance", role="list")[[_glance_row(row, summary, query) for row in described.rows]]
    legend = h.ul(".t-legend", role="list")[[legend_square(label, label.legend) for label in described.legend]]
    return section(described.title, described.note, content=[rows, legend])


def trend_table(trend: Trend) -> Node:
    """The figures of the trend: one click away, and what a phone shows instead of the chart."""
    columns = ["Meeting", *numbers("Completed", "As reported", "As known now", "Expected")]
    rows: list[list[Node]] = [
        [[row.name, " ", h.span(".t-when")[row.day]], row.completed, row.reported, row.restated, row.expected]
        for row in trend.rows
    ]
    return drawing_or_table(table("Progress at each meeting", columns, rows, compact=True))


def changes_since(summary: Overview, query: ViewQuery) -> Node:
    """What changed since the baseline: the first few, the rest one click away; nothing where there is no baseline."""
    changes = summary.changes
    if changes is None:
        return None
    lines = change_lines(changes)
    first, rest = lines[:CHANGES_SHOWN], lines[CHANGES_SHOWN:]
    more = fold(f"and {smaller_movements(lines, CHANGES_SHOWN)}", _changes(rest, query)) if rest else None
    note_text = text.changes_note(len(first), len(lines)) if lines else ""
    return section(changes_title(changes, summary.since), note_text, content=[_changes(first, query), more])


def attention(summary: Overview, query: ViewQuery) -> Node:
    """The initiatives a meeting should look at, each with its reason."""
    needing = needs_attention(summary.now)
    if not needing:
        return None
    assumed = any("lead" in row.standing.initiative.assumed for row in needing)
    columns = [
        "Initiative",
        "Health",
        "Lead (assumed)" if assumed else "Lead",
        "Why",
        *numbers("Last report"),
    ]
    rows = [_attention(row, query) for row in needing]
    first, rest = rows[:ATTENTION_SHOWN], rows[ATTENTION_SHOWN:]
    drawn = table("Initiatives that need attention", columns, first)
    more = table("Further initiatives that need attention", columns, rest)
    return section(
        "Needs attention", text.ATTENTION_NOTE, content=[drawn, fold(f"{len(rest)} more", more) if rest else None]
    )


def awaits_reports(summary: Overview) -> Element:
    """While nothing is reported: who is to report on what."""
    rows = awaited(summary.now)
    columns = ["Lead body (assumed)", *numbers("Initiatives", "Commitments")]
    drawn = table("Commitments without a first report, by lead body", columns, [_awaited(row, summary) for row in rows])
    title = text.awaited(sum(row.commitments for row in rows), sum(row.initiatives for row in rows))
    return section(title, text.COMMITMENT, content=drawn)


def by_theme(summary: Overview) -> Element:
    """The same figures by theme, folded; an initiative may be under several or none."""
    titles = {theme.key: theme.title for theme in summary.plan.themes}
    columns = ["Theme", *numbers("Completed", "Progress", "Due by now completed")]
    rows = [_theme(titles[row.key], row, summary) for row in roll_up(summary.now, Grouping.THEME) if row.in_scope]
    return fold("By theme", [note(text.THEMES_NOTE), table("Figures by theme", columns, rows)])


def _compared(summary: Overview) -> Compared | None:
    if summary.changes is None or not summary.changes.before.has_reports:
        return None
    before = summary.changes.before
    return Compared(figures_of(plan_group(before), before.as_of), summary.since)


def _headline(headline: Headline) -> Element:
    small = h.dd[" · ".join(headline.notes)] if headline.notes else None
    return h.div[h.dl[h.dt[h.b[headline.value], headline.label], small]]


def _glance_row(row: glances.GlanceRow, summary: Overview, query: ViewQuery) -> Element:
    drawn = row.progress.percent is not None or summary.now.early
    return h.li[
        h.span(".t-label")[h.b[row.code], f" {row.title}"],
        unit_squares(row.squares, query),
        h.span(".t-count")[row.completed],
        h.span(".t-progress")[progress(row.progress) if drawn else None],
    ]


def _changes(lines: Sequence[ChangeLine], query: ViewQuery) -> Node:
    if not lines:
        return None
    return h.ul(".t-list")[
        [
            h.li[
                h.b[line.kind.label],
                [" ", named(line.initiative, query)] if line.initiative else None,
                f" {flowing(line.text)}",
            ]
            for line in lines
        ]
    ]


def _attention(row: Attention, query: ViewQuery) -> list[Node]:
    initiative = row.standing.initiative
    last = day(row.last_report) if row.last_report else NOTHING
    return [named(initiative, query), health(row.health_label), initiative.lead, flowing(row.reason), last]


def _awaited(row: Awaited, summary: Overview) -> list[Node]:
    body = summary.plan.body[row.body]
    name: Node = body.key if body.key == body.name else [h.b[body.key], f" {body.name}"]
    return [name, row.initiatives, row.commitments]


def _theme(title: str, row: Figures, summary: Overview) -> list[Node]:
    mark = glances.progress(row, summary.now)
    progress_text = mark.sentence.capitalize() if mark.percent is None else f"{mark.percent} %"
    due = f"{row.due_completed} of {row.due}" if row.due else NOTHING
    return [title, f"{row.completed} of {row.in_scope}", progress_text, due]
