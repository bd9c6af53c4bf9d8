"""“Why”: the rows behind the figures of a group, and the sums as a user would check them."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.text import day
from models.figures.health_label import health_label
from models.figures.rollup import RollupGroup
from models.figures.standing import CommitmentStanding, Standing
from pages.shared import text
from pages.shared.links import named
from pages.shared.markup import fold, health
from pages.shared.tables import numbers, table
from reports.parts.sums import expected_sum, number, progress_sum


def why(group: RollupGroup, query: ViewQuery, *, summary: str = text.WHY) -> Element:
    """Every member with what it adds, and the two sums; folded away."""
    progress, expected = progress_sum(group), expected_sum(group)
    completed = sum(standing.completed for standing in group.members)
    sums = h.p(".t-sum")[
        [h.b["Progress"], f": {progress.sentence}.", h.br],
        [h.b["Expected"], f": {expected.sentence}.", h.br],
        [h.b["Completed"], f": {completed} of {len(group.members)} rows."],
    ]
    return fold(summary, [sums, _rows(group.members, query, with_weights=progress.weights_differ)])


def _rows(members: Sequence[Standing], query: ViewQuery, *, with_weights: bool) -> Element:
    heads = (*(["w"] if with_weights else []), "p, progress", "e, expected", "Due")
    columns = ["Initiative", *numbers(*heads), "Health"]
    rows = [_row(standing, query, with_weights=with_weights) for standing in members]
    return table("The rows behind the figures", columns, rows)


def _row(standing: Standing, query: ViewQuery, *, with_weights: bool) -> list[Node]:
    initiative = standing.initiative
    return [
        named(initiative, query, standing.party if isinstance(standing, CommitmentStanding) else None),
        *([number(standing.weight)] if with_weights else []),
        number(standing.percent),
        number(standing.expected),
        day(standing.due) + (" (assumed)" if initiative.due_is_assumed else ""),
        health(health_label(standing)),
    ]
