"""The view that a user chooses by an address.

An address is typed, mailed and kept for years, so nothing in it is an error: what is not understood is answered with
a sentence and the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.core.text import day
from models.core.vocabulary import Basis
from models.plan.calendar import end_of_day
from models.plan.schema import Plan
from models.progress.latest import NOTHING, View

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class ViewQuery:
    """One question to the log: `at` as the address has it, the meeting it names if any, and the resulting view."""

    at: str
    view: View
    today: date
    meeting: str | None = None

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
    """What a user may see: the meetings they may look back to, each with its view, and what lies outside them.

    Whoever does not see the latest sees the last of the meetings, and before the first one nothing that was reported.
    """

    meetings: Mapping[str, View]
    latest: bool = True
    submitted: bool = True


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
        misread.append(f"“{basis}” is not a basis to be seen here; cleared statements are shown.")
    return query, tuple(misread)


def latest(plan: Plan, today: date, basis: Basis) -> ViewQuery:
    """Today as known today, for those who see it."""
    # The end of today and not this moment: the same question all day, so that its answer can be kept.
    return ViewQuery(LATEST, View(today, end_of_day(today, plan), basis), today)


def named(query: ViewQuery, plan: Plan) -> str:
    """How the view is named in a sentence or a citation."""
    if query.meeting:
        return f"as reported at {plan.meeting[query.meeting].name}, {day(query.view.as_of)}"
    return f"as of {day(query.view.as_of)}, known on {day(query.today)}"


def _query(plan: Plan, today: date, visibility: Visibility, choice: str, basis: Basis) -> ViewQuery | None:
    if choice == LATEST:
        return _default(plan, today, visibility, basis)
    if choice in visibility.meetings:
        return ViewQuery(choice, replace(visibility.meetings[choice], basis=basis), today, choice)
    chosen = _day(choice)
    if visibility.latest and chosen and plan.period.start <= chosen <= today:
        return ViewQuery(choice, View(chosen, end_of_day(today, plan), basis), today)
    return None


def _default(plan: Plan, today: date, visibility: Visibility, basis: Basis) -> ViewQuery:
    if not visibility.latest and visibility.meetings:
        newest = list(visibility.meetings)[-1]
        return ViewQuery(newest, replace(visibility.meetings[newest], basis=basis), today, newest)
    query = latest(plan, today, basis)
    return query if visibility.latest else replace(query, view=replace(query.view, rows_until=NOTHING))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
