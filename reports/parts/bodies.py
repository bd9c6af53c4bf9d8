"""The bodies that lead initiatives: what each leads, its figures, its last report and its next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.core.text import counted, day, listed
from models.core.vocabulary import Grouping
from models.figures.rollup import Assessment, RollupGroup, groups
from models.plan.calendar import WORKING_GROUP
from models.plan.schema import Plan
from models.plan.schema_parts import Body, Meeting, Officer
from reports.parts.counts import reported_text
from reports.parts.figure_line import FigureLine, figure_line, last_report
from reports.parts.glance import initiatives_of, unit_squares
from reports.parts.headlines import NOTHING
from reports.parts.marks import Square


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body: its chair, the initiatives it leads, their figures, and its place in the calendar."""

    body: Body
    chair: Officer | None
    squares: tuple[Square, ...]
    line: FigureLine
    last_report: str
    next_meeting: str
    supports: int

    @property
    def silent(self) -> int:
        """Number of commitments without a report under the initiatives it leads."""
        return sum(part.statement is None for member in self.line.group.members for part in member.commitments)


def body_lines(assessment: Assessment) -> tuple[BodyLine, ...]:
    """Return the active bodies in the plan's order: the working group first."""
    pairs = zip(assessment.plan.bodies, groups(assessment, Grouping.BODY), strict=True)
    return tuple(_line(body, group, assessment) for body, group in pairs if body.status == "active")


def historical_bodies(plan: Plan) -> tuple[Body, ...]:
    """Return the bodies of an earlier plan."""
    return tuple(body for body in plan.bodies if body.status == "historical")


def bodies_title(lines: Sequence[BodyLine], assessment: Assessment) -> str:
    """Return "TMTF and PTF have reported in full; 9 commitments without a report"."""
    silent = sum(line.silent for line in lines)
    if not assessment.has_reports:
        return f"No body has reported yet: {counted(silent, 'commitment')} await a first report"
    if assessment.early:
        return reported_text(assessment)
    if not silent:
        return "Every body has reported in full"
    full = [line.body.key for line in lines if line.line.group.members and not line.silent]
    if not full:
        return f"{counted(silent, 'commitment')} without a report"
    return (
        f"{listed(full)} {'has' if len(full) == 1 else 'have'} reported in full; {silent} commitments without a report"
    )


def without_task_force(lines: Sequence[BodyLine]) -> str:
    """Return how many initiatives the working group leads itself and how many of them have a champion, or ""."""
    led = [member for line in lines if line.body.key == WORKING_GROUP for member in initiatives_of(line.line.group)]
    if not led:
        return ""
    championed = sum(bool(standing.initiative.champions) for standing in led)
    if len(led) == 1:
        champions = f"it has {'a' if championed else 'no'} champion"
        return f"1 initiative has no task force and is led by {WORKING_GROUP}; {champions}."
    champions = f"{championed} of them {'has' if championed == 1 else 'have'} a champion"
    return f"{len(led)} initiatives have no task force and are led by {WORKING_GROUP}; {champions}."


def _line(body: Body, group: RollupGroup, assessment: Assessment) -> BodyLine:
    return BodyLine(
        body=body,
        chair=next((officer for officer in body.officers if officer.role == "chair"), None),
        squares=unit_squares(initiatives_of(group)),
        line=figure_line(group, assessment),
        last_report=last_report(group.members),
        next_meeting=_next_meeting(body, assessment),
        supports=sum(body.key in standing.initiative.supporting for standing in assessment.standings),
    )


def _next_meeting(body: Body, assessment: Assessment) -> str:
    meetings = (meeting for meeting in assessment.plan.meetings if meeting.body == body.key)
    not_over = (meeting for meeting in meetings if meeting.end >= assessment.as_of)
    meeting: Meeting | None = min(not_over, key=lambda meeting: meeting.start, default=None)
    if meeting is None:
        return NOTHING
    return f"{meeting.name}, {day(meeting.start)}{' (provisional)' if meeting.provisional else ''}"
