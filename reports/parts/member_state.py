"""One member state: its two lines of figures, and every commitment of its own with what it last said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

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
    """One commitment of a state: its own due date, how it stands, and its last statement."""

    initiative: Initiative
    due: str
    due_is_assumed: bool
    shown: HealthLabel
    said: str
    valid_on: str
    narrative: str


def state_lines(assessment: Assessment) -> tuple[StateLines, ...]:
    """Every member state in alphabetical order."""
    line = partial(figure_line, as_of=assessment.as_of, in_a_view_with_reports=assessment.has_reports)
    own, championed = (map(line, groups(assessment, by)) for by in (Grouping.STATE, Grouping.CHAMPION))
    return tuple(map(StateLines, assessment.plan.states, own, championed))


def state_title(lines: StateLines) -> str:
    """Cambodia: 3 of 13 commitments completed, 2 without a report."""
    own, name = lines.implementer, lines.state.name
    number = len(own.group.members)
    if not own.has_reports:
        return f"{name}: no report yet on {counted(number, 'commitment')}"
    silent = "" if own.without_report == "0" else f", {own.without_report} without a report"
    return f"{name}: {own.completed} commitments completed{silent}"


def commitment_lines(
    seen: Participation, lines: StateLines, narratives: Mapping[int, str]
) -> tuple[CommitmentLine, ...]:
    """The state's commitments in scope, in the plan's order."""
    ones = (one for one in lines.implementer.group.members if isinstance(one, CommitmentStanding))
    return tuple(_line(one, seen, narratives) for one in ones)


def _line(one: CommitmentStanding, seen: Participation, narratives: Mapping[int, str]) -> CommitmentLine:
    statement = one.statement
    moved = "" if one.due == one.original_due else f", first {day(one.original_due)}"
    waiting = ", not yet cleared" if (one.initiative.key, one.party) in seen.submitted_only else ""
    return CommitmentLine(
        initiative=one.initiative,
        due=f"{day(one.due)}{moved}",
        due_is_assumed=one.initiative.due_is_assumed,
        shown=health_label(one),
        said=f"{status_text(statement.status, statement.percent)}{waiting}" if statement else "",
        valid_on=day(statement.valid_on) if statement else "",
        narrative=narratives.get(statement.row, "") if statement else "",
    )
