"""The texts of Cycles: opened, circulated, noted; and what visitors see."""

from datetime import date

from models.core.text import day
from models.progress.cycles import CycleSpan

OPEN_NEXT, DAYS_NOTE = "Open the next cycle", "Both are counted in days before the meeting."

CIRCULATE_AND_NOTE_NOTE = "The paper is circulated, then the meeting takes note of it. Each step stores a snapshot."
CHECK_FIRST = "Not circulated yet. Before you circulate the paper, check:"
NOTHING_MISSING = "Not circulated yet. Nothing is missing."
PAPER = {"agenda_item": "Agenda item", "document_number": "Document number", "classification": "Classification"}
CORRECTIONS = "What is cleared after the paper was circulated is listed when it is noted."
REOPENED = "{} is open again. Its snapshots are kept; what you circulate next is a new revision."
VISITORS_SEE, VISITORS = "Visitors see", "Visitors without an account. They can always see the plan."

CYCLES, LATER = "Meetings and their cycles", "Later meetings"
CYCLES_NOTE = "A cycle closes when the next one is opened. Its days are counted back from its meeting and move with it."


def title(open_now: CycleSpan | None, today: date) -> str:
    """Which cycle is open, and when its reports are due."""
    if open_now is None:
        return "No reporting cycle is open"
    verb = "are" if open_now.due >= today else "were"
    return f"{open_now.meeting.name}: reports {verb} due {day(open_now.due)}"
