"""What changed since a meeting, with the finding that heads it."""

from models.figures.changes import ChangeKind, InitiativeChange, count_changes
from models.figures.rollup import Assessment


def changes_title(found: tuple[InitiativeChange, ...], before: Assessment, after: Assessment, name: str) -> str:
    """Since AWGIPC 78: 3 completed, 1 moved back, N unchanged at 43."""
    counts = (
        (count_changes(found, kind), kind.label.lower()) for kind in (ChangeKind.COMPLETED, ChangeKind.MOVED_BACK)
    )
    told = [f"{number} {word}" for number, word in counts if number]
    return f"Since {name}: {', '.join([*told, _denominator(before, after)])}"


def _denominator(before: Assessment, after: Assessment) -> str:
    old, new = len(before.standings), len(after.standings)
    return f"N unchanged at {new}" if old == new else f"N from {old} to {new}"
