"""The participation matrix: every initiative the member states deliver themselves, by every member state."""

from models.core.text import counted, day
from models.core.vocabulary import Grouping, Scope, Status
from models.figures.explain import status_text
from models.figures.participation import Participation
from models.figures.rollup import RollupGroup, groups
from models.plan.schema import Initiative, Plan
from models.plan.schema_parts import MemberState
from models.progress.scope import in_force, takes_part
from reports.parts.marks import MatrixCell, MatrixColumn, MatrixRow, StatusMatrix
from reports.parts.naming import wording_tag

JOINED_LATELY_YEARS = 1
"""A state that joined ASEAN at most this long before the plan began is shown with the date."""


def participation_title(participation: Participation) -> str:
    """National commitments: 62 of 143 completed, 31 without a report."""
    members = [member for group in groups(participation.now, Grouping.STATE) for member in group.members]
    silent = sum(commitment.statement is None for member in members for commitment in member.commitments)
    if silent == len(members):
        return f"{counted(len(members), 'national commitment')}: no report yet"
    if participation.now.early:
        return f"{len(members) - silent} of {counted(len(members), 'national commitment')} reported"
    title = f"National commitments: {sum(member.completed for member in members)} of {len(members)} completed"
    return f"{title}, {silent} without a report" if silent else f"{title}, all reported"


def participation_matrix(participation: Participation) -> StatusMatrix:
    """Return the matrix: rows by strategic measure, columns in alphabetical order."""
    now = participation.now
    by_state = {group.key: group for group in groups(now, Grouping.STATE)}
    return StatusMatrix(
        columns=tuple(_column(now.plan, state, by_state[state.key]) for state in now.plan.states),
        rows=tuple(
            _row(participation, initiative)
            for initiative in now.plan.initiatives
            if initiative.scope is Scope.NATIONAL and in_force(initiative, now.as_of)
        ),
        sentence="What each member state has reported on each national initiative",
    )


def _column(plan: Plan, state: MemberState, group: RollupGroup) -> MatrixColumn:
    completed = sum(member.completed for member in group.members)
    lately = state.member_from.year >= plan.period.start.year - JOINED_LATELY_YEARS
    joined = f"joined {day(state.member_from)}" if lately else ""
    return MatrixColumn(state.key, state.name, f"{completed} of {len(group.members)}", joined)


def _row(participation: Participation, initiative: Initiative) -> MatrixRow:
    plan = participation.now.plan
    cells = tuple(_cell(participation, initiative, state) for state in plan.states)
    counting = [cell for cell in cells if cell.takes_part and cell.status is not Status.NOT_APPLICABLE]
    completed = sum(cell.status is Status.COMPLETED for cell in counting)
    measure = next(measure for measure in plan.measures if measure.key == initiative.measure)
    return MatrixRow(
        key=initiative.key,
        name=initiative.title,
        cells=cells,
        count=f"{completed} of {len(counting)}",
        tag=wording_tag(initiative),
        group=f"{measure.code} {measure.short_title}",
    )


def _cell(participation: Participation, initiative: Initiative, state: MemberState) -> MatrixCell:
    now, commitment = participation.now, (initiative.key, state.key)
    joined = takes_part(initiative, state.key, states=now.plan.state, as_of=now.as_of)
    if state.key not in initiative.states or not joined:
        return MatrixCell(None, None, f"{state.name}: does not take part", takes_part=False)
    statement, waiting = participation.latest.get(commitment), commitment in participation.submitted_only
    if statement is None:
        return MatrixCell(None, None, f"{state.name}: no report")
    text = status_text(statement.status, statement.percent)
    sentence = f"{state.name}: {text}, valid on {day(statement.valid_on)}{', not yet cleared' if waiting else ''}"
    return MatrixCell(statement.status, statement.percent, sentence, submitted_only=waiting)
