"""The participation matrix: every initiative the member states deliver themselves, by every member state."""

from dataclasses import dataclass

from models.core.text import counted, day
from models.core.vocabulary import Grouping, Scope, Status
from models.figures.explain import status_text
from models.figures.participation import Participation
from models.figures.rollup import Group, groups
from models.plan.schema import Initiative, Plan
from models.plan.schema_parts import MemberState
from models.progress.scope import in_force, takes_part
from reports.parts.marks import Cell, MatrixColumn, MatrixRow, StatusMatrix
from reports.parts.naming import wording_tag

JOINED_LATELY_YEARS = 1
"""A state that joined ASEAN at most this long before the plan began is shown with the date."""


def participation_title(participation: Participation) -> str:
    """National commitments: 62 of 143 completed, 31 without a report."""
    members = [member for group in groups(participation.now, Grouping.STATE) for member in group.members]
    silent = sum(commitment.statement is None for member in members for commitment in member.commitments)
    if silent == len(members):
        return f"{counted(len(members), 'national commitment')}: no report yet"
    title = f"National commitments: {sum(member.completed for member in members)} of {len(members)} completed"
    return f"{title}, {silent} without a report" if silent else f"{title}, all reported"


def participation_matrix(participation: Participation) -> StatusMatrix:
    """Return the matrix: rows by strategic measure, columns in alphabetical order."""
    return _Describer(participation).matrix()


@dataclass(frozen=True)
class _Describer:
    """Builds the matrix."""

    participation: Participation

    @property
    def plan(self) -> Plan:
        return self.participation.now.plan

    def matrix(self) -> StatusMatrix:
        current = filter(self._is_in_force, self.plan.initiatives)
        national = [initiative for initiative in current if initiative.scope is Scope.NATIONAL]
        by_state = {group.key: group for group in groups(self.participation.now, Grouping.STATE)}
        return StatusMatrix(
            columns=tuple(self._column(state, by_state[state.key]) for state in self.plan.states),
            rows=tuple(map(self._row, national)),
            sentence="What each member state has reported on each national initiative",
        )

    def _is_in_force(self, initiative: Initiative) -> bool:
        return in_force(initiative, self.participation.now.as_of)

    def _column(self, state: MemberState, group: Group) -> MatrixColumn:
        completed, lately = (
            sum(member.completed for member in group.members),
            self.plan.period.start.year - JOINED_LATELY_YEARS,
        )
        joined = f"joined {day(state.member_from)}" if state.member_from.year >= lately else ""
        return MatrixColumn(state.key, state.name, f"{completed} of {len(group.members)}", joined)

    def _row(self, initiative: Initiative) -> MatrixRow:
        cells = tuple(self._cell(initiative, state) for state in self.plan.states)
        counting = [cell for cell in cells if cell.takes_part and cell.status is not Status.NOT_APPLICABLE]
        completed = sum(cell.status is Status.COMPLETED for cell in counting)
        measure = next(measure for measure in self.plan.measures if measure.key == initiative.measure)
        return MatrixRow(
            key=initiative.key,
            name=initiative.title,
            cells=cells,
            count=f"{completed} of {len(counting)}",
            tag=wording_tag(initiative),
            group=f"{measure.code} {measure.short_title}",
        )

    def _cell(self, initiative: Initiative, state: MemberState) -> Cell:
        if state.key not in initiative.states or not takes_part(
            initiative, state.key, states=self.plan.state, as_of=self.participation.now.as_of
        ):
            return Cell(None, None, f"{state.name}: does not take part", takes_part=False)
        commitment = (initiative.key, state.key)
        statement, waiting = self.participation.latest.get(commitment), commitment in self.participation.submitted_only
        if statement is None:
            return Cell(None, None, f"{state.name}: no report")
        text = status_text(statement.status, statement.percent)
        sentence = f"{state.name}: {text}, valid on {day(statement.valid_on)}{', not yet cleared' if waiting else ''}"
        return Cell(statement.status, statement.percent, sentence, submitted_only=waiting)
