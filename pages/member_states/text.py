"""The sentences of Member states."""

from models.core.text import counted

TWICE = (
    "An initiative with two champions counts once in each champion's row, so these rows may add up to more than the"
    " number of initiatives."
)
OPEN = "The name of a row opens the initiative, the name of a column the state."
MATRIX_NOTE = f"Cells: status as reported. Small figures: percent. Dashed frame: submitted, not yet cleared. {OPEN}"
STATES_NOTE = f"As implementer: commitments of the state's own. As champion: initiatives it champions. {TWICE}"


def states(number: int) -> str:
    """11 member states, each with its two roles."""
    return f"{counted(number, 'member state')}, each as implementer and as champion"


def commitments(number: int, without_report: int) -> str:
    """13 commitments of its own, and how many of them have no report."""
    own = f"{counted(number, 'commitment')} of its own"
    return f"{own}, {without_report} without a report" if without_report else own
