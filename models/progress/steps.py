"""The anchored steps: how far something under way is, in words that mean the same to everybody.

A free percentage of "convergence of laws" is noise. Pages offer these five; 100 comes only with "completed". The log
keeps the percentage, and imports may give any. Bodies and member states alike work by them: no step names who agreed.
"""

from collections.abc import Mapping

STEPS: Mapping[int, str] = {
    10: "work plan agreed",
    25: "drafting begun",
    50: "draft circulated",
    75: "text agreed",
    90: "adopted, roll-out under way",
}
"""What has been reached at each percentage."""


def step_label(percent: int) -> str:
    """50 draft circulated; a percentage that is no step stands alone."""
    return f"{percent} {STEPS[percent]}" if percent in STEPS else f"{percent} %"


def choices(present: int | None) -> tuple[int, ...]:
    """The steps to choose from, and in its place the percentage that was reported otherwise."""
    return tuple(sorted({*STEPS, *([present] if present is not None else [])}))
