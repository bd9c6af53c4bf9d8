"""Which parts of what was reported each kind of reader sees: one table for pages, files of evidence and reports.

Figures, dates, wording and who leads are for everybody. What is listed here is not.
"""

from collections.abc import Mapping

from models.core.vocabulary import Role, Word
from models.people.permissions import Reader


class Display(Word):
    """For whom something is shown; the values are those of `--display`."""

    SECRETARIAT = "secretariat", "Secretariat"
    MEETING = "meeting", "Meeting"
    PUBLIC = "public", "Public"


class Detail(Word):
    """A part of a statement that not everybody sees."""

    NARRATIVE = "narrative", "what was said in words, what comes next, what is proposed"
    OBSTACLES = "obstacles", "what stands in the way, and the support needed"
    RESTRICTED_EVIDENCE = "restricted_evidence", "evidence that was not opened to visitors"
    PERSONS = "persons", "who wrote it and who cleared it"
    NOT_CLEARED = "not_cleared", "what was submitted and is not cleared"
    QUESTIONS = "questions", "the questions the chair may wish to ask"


_MEETING = frozenset({Detail.NARRATIVE, Detail.OBSTACLES, Detail.RESTRICTED_EVIDENCE})

SHOWN: Mapping[Display, frozenset[Detail]] = {
    Display.SECRETARIAT: frozenset(Detail),
    Display.MEETING: _MEETING,
    Display.PUBLIC: frozenset(),
}
"""Everything not named here is left out."""


def shows(display: Display, detail: Detail) -> bool:
    """Whether the display has this part."""
    return detail in SHOWN[display]


def display_of(reader: Reader) -> Display:
    """How a reader sees it: the secretariat all, whoever has another role as at the meeting, anybody else as public."""
    if any(hat.role is Role.SECRETARIAT for hat in reader.hats):
        return Display.SECRETARIAT
    return Display.MEETING if reader.hats else Display.PUBLIC


def displays_of(reader: Reader) -> tuple[Display, ...]:
    """The displays a reader may have a report in: the own one first, and every narrower one."""
    order = list(Display)
    return tuple(order[order.index(display_of(reader)) :])
