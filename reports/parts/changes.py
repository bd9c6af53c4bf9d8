"""The title of the changes since a meeting."""

from models.figures.changes import ChangeKind, InitiativeChange, count_changes
from models.figures.rollup import Assessment


def changes_title(changes: tuple[InitiativeChange, ...], before: Assessment, after: Assessment, name: str) -> str:
    """Return "Since AWGIPC 78: 3 completed, 1 moved back, N unchanged at 43"."""
    kinds = (ChangeKind.COMPLETED, ChangeKind.MOVED_BACK)
    counts = ((count_changes(changes, kind), kind.label.lower()) for kind in kinds)
    counted = [f"{number} {word}" for number, word in counts if number]
    return f"Since {name}: {', '.join([*counted, _denominator(before, after)])}"


def _denominator(before: Assessment, after: Assessment) -> str:
    old, new = len(before.standings), len(after.standings)
    return f"N unchanged at {new}" if old == new else f"N from {old} to {new}"
