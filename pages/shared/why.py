"""“Why”: the rows behind the figures of a group, and the sums as a reader would check them."""

from collections.abc import Sequence
from html import escape

from models.access.view_choice import Asked
from models.core.text import day
from models.figures.health_label import shown
from models.figures.rollup import Group
from models.figures.standing import CommitmentStanding, Standing
from pages.shared.markup import fold, health
from pages.shared.named import named
from pages.shared.tables import Column, table
from reports.parts.sums import expected_sum, number, progress_sum


def why(group: Group, asked: Asked, *, summary: str = "Why these figures") -> str:
    """Every member with what it adds, and the two sums; folded away."""
    progress, expected = progress_sum(group), expected_sum(group)
    sums = (
        f'<p class="t-sum"><b>Progress</b>: {escape(progress.sentence)}.<br>'
        f"<b>Expected</b>: {escape(expected.sentence)}.<br>"
        f"<b>Completed</b>: {sum(one.completed for one in group.members)} of {len(group.members)} rows.</p>"
    )
    return fold(summary, sums + _rows(group.members, asked, with_weights=progress.weights_differ))


def _rows(members: Sequence[Standing], asked: Asked, *, with_weights: bool) -> str:
    weight = [Column("w", numeric=True)] if with_weights else []
    columns = [
        Column("Initiative"),
        *weight,
        Column("p, progress", numeric=True),
        Column("e, expected", numeric=True),
        Column("Due", numeric=True),
        Column("Health"),
    ]
    return table(
        "The rows behind the figures", columns, (_row(one, asked, with_weights=with_weights) for one in members)
    )


def _row(one: Standing, asked: Asked, *, with_weights: bool) -> list[str]:
    initiative = one.initiative
    due = day(one.due) + (" (assumed)" if initiative.due_is_assumed else "")
    weight = [number(one.weight)] if with_weights else []
    return [
        named(initiative, asked, one.party if isinstance(one, CommitmentStanding) else None),
        *weight,
        number(one.percent),
        number(one.expected),
        due,
        health(shown(one)),
    ]
