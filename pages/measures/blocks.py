"""The blocks of Measures as HTML: pure, from what was described to what is sent."""

from html import escape

from models.access.view_choice import Asked
from models.core.text import counted, day
from models.core.vocabulary import ASEAN, Scope
from models.figures.rollup import Assessment
from pages.shared.drawn import progress
from pages.shared.links import initiative_address, link
from pages.shared.markup import fold, health, note, section, tag, unseen
from pages.shared.named import named
from pages.shared.tables import Column, table
from pages.shared.why import why
from reports.parts.figure_line import FigureLine
from reports.parts.next_step import next_step
from reports.parts.sums import expected_sum, progress_sum
from reports.parts.timeline import Span, Timeline
from reports.parts.tree import Branch, Leaf, Trunk, tree

HEADS = ("N", "Completed", "Progress", "Due by now", "No report")
GROUPING_ASSUMED = "Which activity belongs to which measure, and all codes, are assumed."


def narrowed(shown: int, of: int) -> str:
    """How much of the plan a filter leaves."""
    return note(f"Narrowed to {shown} of {counted(of, 'initiative')}: every figure below is of these alone.")


def figures(seen: Assessment, asked: Asked) -> str:
    """The tree: measures and activities in view, the initiatives folded under each activity."""
    heads = "".join(f"<span>{head}</span>" for head in HEADS)
    top = f'<div class="t-branch t-heads" aria-hidden="true"><span>Strategic measure, activity</span>{heads}</div>'
    trunks = "".join(_trunk(one, asked) for one in tree(seen).trunks)
    return f'<div class="t-tree">{note(_reading(seen))}{top}{trunks}</div>'


def timeline_heading(dated: Timeline) -> str:
    """The finding of the timeline, and how to read it."""
    told = (
        "One line per initiative from start to due date. Dashed with a hollow end: assumed. Upright tick: the date"
        f" first stated. Tall line: {dated.today.name}."
    )
    return section(dated.title, told)


def timeline_table(dated: Timeline, asked: Asked) -> str:
    """Every date: one click away, and what a phone shows instead of the drawing."""
    columns = [Column("Initiative"), Column("Start", numeric=True), Column("Due", numeric=True)]
    rows = [_dates(span, asked) for group in dated.groups for span in group.spans]
    drawn = table("Start and due date of every initiative", columns, rows, compact=True)
    return f'<div class="t-wide">{fold("The same as a table", drawn)}</div><div class="t-narrow">{drawn}</div>'


def _reading(seen: Assessment) -> str:
    """How to read the tree; while nothing is reported, what comes next."""
    bars = "Open an activity for its initiatives and the sums. Tick: expected by then."
    grouping = GROUPING_ASSUMED if any("grouping" in one.assumed for one in seen.plan.activities) else ""
    return f"{bars if seen.has_reports else next_step(seen.plan, seen.as_of)} {grouping}".strip()


def _trunk(one: Trunk, asked: Asked) -> str:
    name = f"<h2><b>{escape(one.measure.code)}</b> {escape(one.measure.title)}</h2>"
    reasons = why(one.line.group, asked) if one.line.has_reports else ""
    branches = "".join(_branch(branch, asked) for branch in one.branches)
    return f'<section><div class="t-branch t-trunk">{name}{_cells(one.line)}</div>{reasons}{branches}</section>'


def _branch(one: Branch, asked: Asked) -> str:
    name = f'<span class="t-label"><b>{escape(one.activity.code)}</b> {escape(one.activity.title)}</span>'
    opened = _leaves(one, asked) + (_sums(one.line) if one.line.has_reports else "")
    return f'<details class="t-limb"><summary class="t-branch">{name}{_cells(one.line)}</summary>{opened}</details>'


def _cells(line: FigureLine) -> str:
    bar = progress(line.progress)
    values = (line.in_scope, line.completed, f'<span class="t-progress">{bar}</span>', line.due, line.without_report)
    return "".join(_cell(head, value) for head, value in zip(HEADS, values, strict=True))


def _cell(head: str, value: str) -> str:
    return f'<span class="t-value" data-head="{head}">{unseen(f"{head}: ")}{value}</span>'


def _leaves(one: Branch, asked: Asked) -> str:
    columns = [
        Column("Initiative"),
        Column("Delivered by"),
        Column("Health"),
        Column("Progress"),
        Column("Due", numeric=True),
    ]
    return table(f"Initiatives of activity {one.activity.code}", columns, (_leaf(leaf, asked) for leaf in one.leaves))


def _leaf(leaf: Leaf, asked: Asked) -> list[str]:
    initiative = leaf.standing.initiative
    who = ASEAN if initiative.scope is Scope.REGIONAL else "Member states"
    bar = f'<span class="t-progress">{progress(leaf.progress)}</span>'
    return [named(initiative, asked), f"{who}: {leaf.reported}", health(leaf.shown), bar, leaf.due]


def _sums(line: FigureLine) -> str:
    reached, expected = progress_sum(line.group), expected_sum(line.group)
    told = f"<b>Progress</b>: {escape(reached.sentence)}. <b>Expected</b>: {escape(expected.sentence)}."
    return f'<p class="t-sum">{told} {escape(line.excluded)}</p>'


def _dates(span: Span, asked: Asked) -> list[str]:
    name = f"<b>{escape(span.key)}</b> {escape(span.title)}"
    assumed = "<br><small>assumed</small>" if span.assumed else ""
    first = f"<br><small>first {day(span.original_due)}</small>" if span.original_due else ""
    named_so = link(initiative_address(span.key, asked), name) + tag(span.tag)
    return [named_so, day(span.start), f"{day(span.due)}{assumed}{first}"]
