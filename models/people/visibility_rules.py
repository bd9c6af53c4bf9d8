"""Which reported details each audience may see: one table for pages, evidence files and reports.

Figures, dates, wording and leads are public. The details listed here are not.
"""

from collections.abc import Mapping

from models.core.vocabulary import Role, Word
from models.people.permissions import Reader


class Display(Word):
    """The audience of a page or report; the values are those of `--display`."""

    SECRETARIAT = "secretariat", "Secretariat"
    MEETING = "meeting", "Meeting"
    PUBLIC = "public", "Public"


class Detail(Word):
    """A detail of a statement that is not public."""

    NARRATIVE = "narrative", "narrative, next step and proposals"
    OBSTACLES = "obstacles", "obstacles and the support needed"
    RESTRICTED_EVIDENCE = "restricted_evidence", "evidence that is not public"
    PERSONS = "persons", "author and clearing officer"
    NOT_CLEARED = "not_cleared", "statements that are submitted and not cleared"
    QUESTIONS = "questions", "questions that the chair may wish to ask"


_MEETING = frozenset({Detail.NARRATIVE, Detail.OBSTACLES, Detail.RESTRICTED_EVIDENCE})

VISIBLE_DETAILS: Mapping[Display, frozenset[Detail]] = {
    Display.SECRETARIAT: frozenset(Detail),
    Display.MEETING: _MEETING,
    Display.PUBLIC: frozenset(),
}
"""Everything that is not listed is hidden."""


def shows(display: Display, detail: Detail) -> bool:
    """Whether the audience may see the detail."""
    return detail in VISIBLE_DETAILS[display]


def display_of(reader: Reader) -> Display:
    """Return the display of a user: all for the secretariat, as at the meeting for other roles, else public."""
    if any(hat.role is Role.SECRETARIAT for hat in reader.hats):
        return Display.SECRETARIAT
    return Display.MEETING if reader.hats else Display.PUBLIC


def displays_of(reader: Reader) -> tuple[Display, ...]:
    """Return the displays in which a user may get a report: the user's own first, then every more limited one."""
    order = list(Display)
    return tuple(order[order.index(display_of(reader)) :])
