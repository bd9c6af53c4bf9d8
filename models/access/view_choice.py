"""The view that a user chooses by an address.

An address is typed, mailed and kept for years, so nothing in it is an error: what is not understood is answered with
a sentence and the default.
"""

from dataclasses import dataclass, replace
from datetime import date

from models.core.text import day
from models.core.vocabulary import Basis
from models.meetings.snapshots import SnapshotMark, as_reported, snapshot_name
from models.plan.calendar import end_of_day
from models.plan.schema import Plan
from models.progress.latest import NOTHING, View

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class ViewQuery:
    """One question to the log: `at` as the address has it, the snapshot it names if any, and the resulting view.

    `noted_only`: whether the user looks back only to what a meeting took note of.
    """

    at: str
    view: View
    today: date
    mark: SnapshotMark | None = None
    noted_only: bool = False

    @property
    def is_latest(self) -> bool:
        """Whether the user sees today as known today."""
        return self.at == LATEST

    @property
    def is_withheld(self) -> bool:
        """Whether the user sees nothing of the log, even if it has rows."""
        return self.view.rows_until == NOTHING


@dataclass(frozen=True, slots=True)
class Visibility:
    """What a user may see: the snapshots they may look back to, the oldest first, and what lies outside of them.

    Whoever does not see the latest sees the last of the snapshots, and before the first one nothing that was reported.
    """

    snapshots: tuple[SnapshotMark, ...] = ()
    latest: bool = True
    submitted: bool = True
    noted_only: bool = False

    def snapshot(self, address: str) -> SnapshotMark | None:
        """The snapshot an address names: by meeting what was reported at it, or one step and revision of it."""
        each = {mark.address: mark for mark in self.snapshots}
        return (each | dict(as_reported(self.snapshots))).get(address)


def understand(
    plan: Plan, today: date, visibility: Visibility, *, at: str, basis: str
) -> tuple[ViewQuery, tuple[str, ...]]:
    """The question behind the address, and a sentence for each part of it that was not understood."""
    known_basis = next((word for word in Basis if word.value == basis), None)
    shown_basis = known_basis if known_basis and visibility.submitted else Basis.CLEARED
    query = _query(plan, today, visibility, at, shown_basis)
    misread = []
    if query is None:
        default = _default(plan, today, visibility, shown_basis)
        misread.append(f"“{at}” is not shown to you; {named(default, plan)} is shown.")
        query = default
    if basis != shown_basis.value:
        misread.append(f"“{basis}” is not available here; cleared statements are shown.")
    return query, tuple(misread)


def latest(plan: Plan, today: date, basis: Basis) -> ViewQuery:
    """Today as known today, for those who see it."""
    # The end of today and not this moment: the same question all day, so that its answer can be kept.
    return ViewQuery(LATEST, View(today, end_of_day(today, plan), basis), today)


def named(query: ViewQuery, plan: Plan) -> str:
    """How the view is named in a sentence or a citation."""
    if query.mark:
        return f"{snapshot_name(replace(query.mark, revision=1), plan)}, {_edition(query.mark)}"
    return f"as of {day(query.view.as_of)}, known on {day(query.today)}"


def _edition(mark: SnapshotMark) -> str:
    return f"revision {mark.revision}, snapshot {mark.short}"


def _query(plan: Plan, today: date, visibility: Visibility, choice: str, basis: Basis) -> ViewQuery | None:
    mark = visibility.snapshot(choice)
    if choice == LATEST:
        return _default(plan, today, visibility, basis)
    if mark:
        return ViewQuery(choice, mark.view(basis), today, mark, visibility.noted_only)
    chosen = _day(choice)
    if visibility.latest and chosen and plan.period.start <= chosen <= today:
        return ViewQuery(choice, View(chosen, end_of_day(today, plan), basis), today, None, visibility.noted_only)
    return None


def _default(plan: Plan, today: date, visibility: Visibility, basis: Basis) -> ViewQuery:
    if not visibility.latest and visibility.snapshots:
        newest = max(as_reported(visibility.snapshots).values(), key=lambda mark: mark.as_of)
        return ViewQuery(newest.meeting, newest.view(basis), today, newest, visibility.noted_only)
    query = replace(latest(plan, today, basis), noted_only=visibility.noted_only)
    return query if visibility.latest else replace(query, view=replace(query.view, rows_until=NOTHING))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
