"""The blocks of Measures as HTML: pure, from what was described to what is sent."""

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.text import day
from models.core.vocabulary import ASEAN, Scope
from models.figures.rollup import Assessment
from pages.measures import text
from pages.shared.drawn import progress
from pages.shared.links import initiative_address, link, named
from pages.shared.markup import drawing_or_table, health, note, small_below, tag, unseen
from pages.shared.tables import numbers, table
from pages.shared.why import why
from reports.parts.figure_line import FigureLine
from reports.parts.next_step import next_step
from reports.parts.sums import expected_sum, progress_sum
from reports.parts.timeline import Span, Timeline
from reports.parts.tree import Branch, Leaf, Trunk, tree

HEADS = ("N", "Completed", "Progress", "Due by now", "No report")


def figures(assessment: Assessment, query: ViewQuery) -> Element:
    """The tree: measures and activities in view, the initiatives folded under each activity."""
    heads = h.div(".t-branch.t-heads", aria_hidden="true")[
        h.span["Strategic measure, activity"], [h.span[head] for head in HEADS]
    ]
    trunks = [_trunk(trunk, query) for trunk in tree(assessment).trunks]
    return h.div(".t-tree")[note(_reading(assessment)), heads, trunks]


def timeline_table(dated: Timeline, query: ViewQuery) -> Node:
    """Every date: one click away, and what a phone shows instead of the drawing."""
    columns = ["Initiative", *numbers("Start", "Due")]
    rows = [_dates(span, query) for group in dated.groups for span in group.spans]
    return drawing_or_table(table("Start and due date of every initiative", columns, rows, compact=True))


def _reading(assessment: Assessment) -> str:
    """How to read the tree; while nothing is reported, what comes next."""
    first = text.READING if assessment.has_reports else next_step(assessment.plan, assessment.as_of)
    assumed = any("grouping" in activity.assumed for activity in assessment.plan.activities)
    return f"{first} Which activity belongs to which measure, and all codes, are assumed." if assumed else first


def _trunk(trunk: Trunk, query: ViewQuery) -> Element:
    name = h.h2[h.b[trunk.measure.code], f" {trunk.measure.title}"]
    return h.section[
        h.div(".t-branch.t-trunk")[name, _cells(trunk.line)],
        why(trunk.line.group, query) if trunk.line.shows_percentages else None,
        [_branch(branch, query) for branch in trunk.branches],
    ]


def _branch(branch: Branch, query: ViewQuery) -> Element:
    name = h.span(".t-label")[h.b[branch.activity.code], f" {branch.activity.title}"]
    return h.details(".t-limb")[
        h.summary(".t-branch")[name, _cells(branch.line)],
        _leaves(branch, query),
        _sums(branch.line) if branch.line.shows_percentages else None,
    ]


def _cells(line: FigureLine) -> list[Element]:
    values: tuple[Node, ...] = (line.in_scope, line.completed, _bar(line), line.due, line.without_report)
    return [
        h.span(".t-value", data_head=head)[unseen(f"{head}: "), value]
        for head, value in zip(HEADS, values, strict=True)
    ]


def _bar(line: FigureLine | Leaf) -> Element:
    return h.span(".t-progress")[progress(line.progress)]


def _leaves(branch: Branch, query: ViewQuery) -> Element:
    columns = ["Initiative", "Delivered by", "Health", "Progress", *numbers("Due")]
    rows = [_leaf(leaf, query) for leaf in branch.leaves]
    return table(f"Initiatives of activity {branch.activity.code}", columns, rows)


def _leaf(leaf: Leaf, query: ViewQuery) -> list[Node]:
    initiative = leaf.standing.initiative
    who = ASEAN if initiative.scope is Scope.REGIONAL else "Member states"
    return [named(initiative, query), f"{who}: {leaf.reported}", health(leaf.label), _bar(leaf), leaf.due]


def _sums(line: FigureLine) -> Element:
    reached, expected = progress_sum(line.group), expected_sum(line.group)
    return h.p(".t-sum")[
        [h.b["Progress"], f": {reached.sentence}. "],
        [h.b["Expected"], f": {expected.sentence}. "],
        line.excluded,
    ]


def _dates(span: Span, query: ViewQuery) -> list[Node]:
    name = link(initiative_address(span.key, query), [h.b[span.key], f" {span.title}"])
    assumed = small_below("assumed" if span.assumed else "")
    first = small_below(f"first {day(span.original_due)}" if span.original_due else "")
    return [[name, tag(span.tag)], day(span.start), [day(span.due), assumed, first]]
