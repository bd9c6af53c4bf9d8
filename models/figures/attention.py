"""What a meeting should look at, each with its reason; and, before anything is reported, who is to report."""

from dataclasses import dataclass
from datetime import date
from math import floor

from models.core.text import counted, day
from models.core.vocabulary import ATTENTION, Grouping, Health, Scope
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, Group, groups
from models.figures.standing import InitiativeStanding


@dataclass(frozen=True, slots=True)
class Attention:
    """One initiative that needs attention: why, and when it was last reported on."""

    standing: InitiativeStanding
    health_label: HealthLabel
    reason: str
    last_report: date | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A lead body's initiatives on which nothing is reported yet, and the commitments under them."""

    body: str
    initiatives: int
    commitments: int


def needs_attention(assessment: Assessment) -> tuple[Attention, ...]:
    """Overdue by days, then at risk by points behind, then never reported in the plan's order."""
    waiting = [one for one in assessment.standings if one.health in ATTENTION]
    waiting.sort(key=lambda one: _urgency(one, assessment.as_of))
    return tuple(_attention(one, assessment.as_of) for one in waiting)


def last_report(standing: InitiativeStanding) -> date | None:
    """The latest day any of its parties has spoken of."""
    return max((one.statement.valid_on for one in standing.commitments if one.statement), default=None)


def awaited(assessment: Assessment) -> tuple[Awaited, ...]:
    """Per lead body with initiatives in scope, what awaits a first report; in the order of the bodies."""
    return tuple(_awaited(group) for group in groups(assessment, Grouping.BODY) if group.members)


def _awaited(group: Group) -> Awaited:
    commitments = [one for member in group.members for one in member.commitments if one.statement is None]
    return Awaited(group.key, len({one.initiative.key for one in commitments}), len(commitments))


def _urgency(standing: InitiativeStanding, today: date) -> tuple[int, float]:
    behind = {
        Health.OVERDUE: float((today - standing.due).days),
        Health.AT_RISK: float(standing.expected - standing.percent),
    }
    return ATTENTION.index(standing.health), -behind.get(standing.health, 0.0)


def _attention(standing: InitiativeStanding, today: date) -> Attention:
    return Attention(standing, health_label(standing), _reason(standing, today), last_report(standing))


def _reason(standing: InitiativeStanding, today: date) -> str:
    if standing.health is Health.OVERDUE:
        return f"{counted((today - standing.due).days, 'day')} past {day(standing.due)}{_moved(standing)}"
    if standing.health is Health.AT_RISK:
        points = floor(standing.expected - standing.percent)
        return f"{counted(points, 'point')} behind expected{_moved(standing)}"
    if standing.initiative.scope is Scope.NATIONAL:
        return f"none of {counted(len(standing.commitments), 'state')} has reported"
    return "no report yet"


def _moved(standing: InitiativeStanding) -> str:
    return "" if standing.due == standing.original_due else f"; first due {day(standing.original_due)}"
