"""Figures as a plain table, for the command line."""

from collections.abc import Sequence

from models.figures.rollup import Figures

HEADINGS = (
    "key",
    "N",
    "completed",
    "progress",
    "expected",
    "due by now",
    "reported",
    "overdue",
    "at risk",
    "no report",
)


def figures_table(rows: Sequence[Figures]) -> str:
    """Return a line for each group: counts with denominators, percents 0-100, a dash if there is nothing to count."""
    table = [HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(_line(cells, widths) for cells in table)


def _cells(row: Figures) -> tuple[str, ...]:
    completed = f"{row.completed} of {row.in_scope}"
    return (
        row.key,
        str(row.in_scope),
        completed if row.completed_percent is None else f"{completed} ({row.completed_percent} %)",
        _percent(row.progress_percent),
        _percent(row.expected_percent),
        f"{row.due_completed} of {row.due}" if row.due else "-",
        f"{row.commitments_reported} of {row.commitments}",
        str(row.health["overdue"]),
        str(row.health["at_risk"]),
        str(row.without_report),
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if index else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others])


def _percent(value: int | None) -> str:
    return "-" if value is None else f"{value} %"
