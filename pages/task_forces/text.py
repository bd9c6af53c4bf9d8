"""The sentences of Task forces."""

from models.core.text import counted

BODIES = "Each body: remit, officers, sources and the rows behind its figures"
BODIES_NOTE = "Each officer is a member state, with the date and the source of the information."
ROLES = {"chair": "Chair", "vice_chair": "Vice-chair"}


def historical(number: int) -> str:
    """2 historical bodies that lead no initiative now."""
    that = "that leads" if number == 1 else "that lead"
    return f"{counted(number, 'historical body', 'historical bodies')} {that} no initiative now"
