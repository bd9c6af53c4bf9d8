"""The rows behind a figure: each member with its weight and value, and the sum written out."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from models.core.text import percent
from models.figures.rollup import RollupGroup
from models.figures.standing import InitiativeStanding, Standing
from models.plan.schema import AtLeast, Initiative


@dataclass(frozen=True, slots=True)
class Sum:
    """A weighted mean with its members; the column w is needed where `weights_differ`."""

    members: tuple[Standing, ...]
    weights_differ: bool
    sentence: str


def progress_sum(group: RollupGroup) -> Sum:
    """Sum of p 1,763 / 43 = 41.0, floored to 41 %."""
    return _sum(group, group.progress_sum, "p")


def expected_sum(group: RollupGroup) -> Sum:
    """Return the same for expected progress."""
    return _sum(group, group.expected_sum, "e")


def number(value: Fraction, places: int = 1) -> str:
    """Return 1,763 or 1,763.4: decimals only where the value has any."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.{places}f}"


def _sum(group: RollupGroup, total: Fraction, letter: str) -> Sum:
    differ = len({member.weight for member in group.members}) > 1
    if not group.members:
        return Sum((), differ, "nothing is in scope")
    name, below = (f"sum of w × {letter}", "sum of w") if differ else (f"sum of {letter}", "")
    mean = total / group.weight_sum
    divided = f"{name} {number(total)} / {below} {number(group.weight_sum)}".replace("  ", " ")
    return Sum(group.members, differ, f"{divided} = {number(mean)}, rounded down to {percent(floor(mean))}")


def initiative_sums(standing: InitiativeStanding) -> tuple[str, str]:
    """Return how p and e of one initiative are computed."""
    commitments = standing.commitments
    expected = sum((commitment.expected for commitment in commitments), Fraction(0))
    if standing.completed:
        return f"p = 100: {completion_rule(standing.initiative)}", _mean_of("e", expected, len(commitments))
    percents = sum(commitment.percent for commitment in commitments)
    return _mean_of("p", Fraction(percents), len(commitments)), _mean_of("e", expected, len(commitments))


def completion_rule(initiative: Initiative) -> str:
    """Return when the initiative counts as completed."""
    if isinstance(initiative.rule, AtLeast):
        return f"completed when {initiative.rule.at_least} or more of its commitments are"
    return "completed when every commitment is" if len(initiative.parties) > 1 else "completed when its commitment is"


def _mean_of(letter: str, total: Fraction, count: int) -> str:
    if count == 1:
        return f"{letter} = {number(total)}"
    return f"{letter} = mean of {count} commitments = {number(total)} / {count} = {number(total / count)}"
