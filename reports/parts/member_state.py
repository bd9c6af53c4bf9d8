"""One member state: its two lines of figures, and each of its commitments with its last statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.core.text import counted, day
from models.core.vocabulary import Grouping
from models.figures.explain import status_text
from models.figures.health_label import HealthLabel, health_label
from models.figures.participation import Participation
from models.figures.rollup import Assessment, groups
from models.figures.standing import CommitmentStanding
from models.plan.schema import Initiative
from models.plan.schema_parts import MemberState
from reports.parts.figure_line import FigureLine, figure_line


@dataclass(frozen=True, slots=True)
class StateLines:
    """A state as implementer (its commitments) and as champion (the initiatives it champions)."""

    state: MemberState
    implementer: FigureLine
    champion: FigureLine


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One commitment of a state: its own due date, its health, and its last statement."""

    initiative: Initiative
    due: str
    due_is_assumed: bool
    label: HealthLabel
    statement: str
    valid_on: str
    narrative: str


def state_lines(assessment: Assessment) -> tuple[StateLines, ...]:
    """Return every member state in alphabetical order."""
    implementers, champions = (
        [figure_line(group, assessment) for group in groups(assessment, by)]
        for by in (Grouping.STATE, Grouping.CHAMPION)
    )
    return tuple(map(StateLines, assessment.plan.states, implementers, champions))


def state_title(lines: StateLines) -> str:
    """Cambodia: 3 of 13 commitments completed, 2 without a report."""
    figures, name = lines.implementer, lines.state.name
    number = len(figures.group.members)
    if not figures.has_reports:
        return f"{name}: no report yet on {counted(number, 'commitment')}"
    silent = "" if figures.without_report == "0" else f", {figures.without_report} without a report"
    return f"{name}: {figures.completed} commitments completed{silent}"


def commitment_lines(
    participation: Participation, lines: StateLines, narratives: Mapping[int, str]
) -> tuple[CommitmentLine, ...]:
    """Return the state's commitments in scope, in the plan's order; `narratives` is by row of the log."""
    standings = (standing for standing in lines.implementer.group.members if isinstance(standing, CommitmentStanding))
    return tuple(_line(standing, participation, narratives) for standing in standings)


def _line(standing: CommitmentStanding, participation: Participation, narratives: Mapping[int, str]) -> CommitmentLine:
    last = standing.statement
    moved = "" if standing.due == standing.original_due else f", first {day(standing.original_due)}"
    waiting = ", not yet cleared" if (standing.initiative.key, standing.party) in participation.submitted_only else ""
    return CommitmentLine(
        initiative=standing.initiative,
        due=f"{day(standing.due)}{moved}",
        due_is_assumed=standing.initiative.due_is_assumed,
        label=health_label(standing),
        statement=f"{status_text(last.status, last.percent)}{waiting}" if last else "",
        valid_on=day(last.valid_on) if last else "",
        narrative=narratives.get(last.row, "") if last else "",
    )
