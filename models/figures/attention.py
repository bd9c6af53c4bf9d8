"""The initiatives that need attention, with reasons; and before the first report, the bodies expected to report."""

from dataclasses import dataclass
from datetime import date
from math import floor

from models.core.text import counted, day
from models.core.vocabulary import ATTENTION, Grouping, Health, Scope
from models.figures.health_label import HealthLabel, health_label
from models.figures.rollup import Assessment, RollupGroup, groups
from models.figures.standing import InitiativeStanding


@dataclass(frozen=True, slots=True)
class Attention:
    """An initiative that needs attention: its health, the reason, and the day of its last report."""

    standing: InitiativeStanding
    health_label: HealthLabel
    reason: str
    last_report: date | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """The number of a lead body's initiatives without any report, and of their commitments."""

    body: str
    initiatives: int
    commitments: int


def urgent_healths(assessment: Assessment) -> tuple[Health, ...]:
    """Return the healths that need attention, the most urgent first; early in the first cycle silence is none."""
    return tuple(health for health in ATTENTION if assessment.early is None or health is not Health.NO_REPORT)


def needs_attention(assessment: Assessment) -> tuple[Attention, ...]:
    """Return overdue initiatives by days, then at risk by points behind, then those without report in plan order."""
    today, healths = assessment.as_of, urgent_healths(assessment)
    urgent = [standing for standing in assessment.standings if standing.health in healths]
    return tuple(
        Attention(standing, health_label(standing), _reason(standing, assessment), last_report(standing))
        for standing in sorted(urgent, key=lambda standing: _urgency(standing, today))
    )


def last_report(standing: InitiativeStanding) -> date | None:
    """Return the latest `valid_on` of the statements of its parties, None without a statement."""
    return max((row.statement.valid_on for row in standing.commitments if row.statement), default=None)


def awaited(assessment: Assessment) -> tuple[Awaited, ...]:
    """Return, for each lead body with initiatives in scope, the number without a first report; in the plan's order."""
    return tuple(_awaited(group) for group in groups(assessment, Grouping.BODY) if group.members)


def _awaited(group: RollupGroup) -> Awaited:
    keys = [row.initiative.key for member in group.members for row in member.commitments if row.statement is None]
    return Awaited(group.key, len(set(keys)), len(keys))


def _urgency(standing: InitiativeStanding, today: date) -> tuple[int, float]:
    behind = {
        Health.OVERDUE: float((today - standing.due).days),
        Health.AT_RISK: float(standing.expected - standing.percent),
    }
    return ATTENTION.index(standing.health), -behind.get(standing.health, 0.0)


def _reason(standing: InitiativeStanding, assessment: Assessment) -> str:
    today = assessment.as_of
    if standing.health is Health.OVERDUE:
        return f"{counted((today - standing.due).days, 'day')} past {day(standing.due)}{_moved(standing)}"
    if standing.health is Health.AT_RISK:
        points = f"{counted(floor(standing.expected - standing.percent), 'point')} " if not assessment.early else ""
        return f"{points}behind expected{_moved(standing)}"
    if standing.initiative.scope is Scope.NATIONAL:
        return f"none of {counted(len(standing.commitments), 'state')} has reported"
    return "no report yet"


def _moved(standing: InitiativeStanding) -> str:
    return "" if standing.due == standing.original_due else f"; first due {day(standing.original_due)}"
