"""Reporting cycles, one before each meeting of the working group: what is open, closed and owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.plan.schema_parts import Meeting

OPENS_DAYS, DUE_DAYS = 56, 14
"""How many days before the meeting a cycle opens, and its reports are due, unless the secretariat says otherwise."""


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """One cycle: its meeting, the days counted back from it, and from when until when it is the open one.

    `closed_at` is None while it is open; a cycle closes when the next one is opened.
    """

    meeting: Meeting
    opens_days: int
    due_days: int
    opened_at: datetime
    closed_at: datetime | None

    @property
    def opens(self) -> date:
        """The day it was to open; moves with the meeting."""
        return self.meeting.start - timedelta(days=self.opens_days)

    @property
    def due(self) -> date:
        """The day its reports are due; moves with the meeting."""
        return self.meeting.start - timedelta(days=self.due_days)

    def holds(self, moment: datetime) -> bool:
        """Whether what was submitted at the moment belongs to it."""
        return self.opened_at <= moment and (self.closed_at is None or moment < self.closed_at)


def cycle_at(cycles: Iterable[CycleSpan], moment: datetime) -> CycleSpan | None:
    """The cycle that was open at the moment, if one was."""
    return next((cycle for cycle in cycles if cycle.holds(moment)), None)


def last_closed(cycles: Sequence[CycleSpan], known_at: datetime) -> CycleSpan | None:
    """The cycle that had closed last at the moment, if one had."""
    closed = [cycle for cycle in cycles if cycle.closed_at is not None and cycle.closed_at <= known_at]
    return max(closed, key=lambda cycle: cycle.opened_at, default=None)
