"""The sentences of Measures."""

from models.core.text import counted

READING = "Open an activity for its initiatives and the sums. Tick: expected by then."
PARTS = {"figures": "Figures", "timeline": "Timeline"}


def filtered(number: int, total: int) -> str:
    """How much of the plan a filter leaves."""
    return f"Filtered to {number} of {counted(total, 'initiative')}: all figures below are for these only."


def timeline_note(today: str) -> str:
    """How to read the timeline."""
    return (
        "One line per initiative from start to due date. Dashed with a hollow end: assumed. Upright tick: the date"
        f" first stated. Tall line: {today}."
    )
