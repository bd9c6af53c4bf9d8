"""The sentences of Overview."""

from models.core.text import counted
from models.meetings.overview import Overview
from reports.parts.next_step import meeting_sentence

NOT_NOTED = "The Working Group has not taken note of a report yet"
ADOPT = "Adopt the official text"
TREND_NOTE = (
    "Solid: as reported at each meeting that has a snapshot. Dashed: as known now. At each point: completed of all."
)
ATTENTION_NOTE = "Sorted by days past the due date, then points behind, then never reported."
COMMITMENT = "A commitment is what ASEAN together, or one member state, is to deliver under an initiative."
THEMES_NOTE = "An initiative counts under each theme named in its text; some initiatives name no theme."


def nothing_reported(summary: Overview) -> str:
    """173 commitments in 43 initiatives await a first report; and the next meeting."""
    standings = summary.now.standings
    commitments = counted(sum(len(standing.commitments) for standing in standings), "commitment")
    waiting = f"{commitments} in {counted(len(standings), 'initiative')} await a first report."
    return f"{waiting} {meeting_sentence(summary.next_meeting)}".strip()


def awaited(commitments: int, initiatives: int) -> str:
    """How much awaits a first report."""
    return f"Awaited: {counted(commitments, 'commitment')} in {counted(initiatives, 'initiative')}"


def changes_note(listed: int, total: int) -> str:
    """8 of 12 changes."""
    changes = counted(total, "change")
    return changes if listed == total else f"{listed} of {changes}"
