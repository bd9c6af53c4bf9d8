"""The pages there are: where each stands, its address, and whether the menu names it.

Read by the menu and by the server, which answers each address at once.
"""

from dataclasses import dataclass

from models.rules.permissions import Action, Audience, Reader, belongs, could

READERS = {
    Audience.VIEWER: "everyone",
    Audience.REPORTER: "chairs and focal points, who report here",
    Audience.SECRETARIAT: "the secretariat",
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its script below `pages/`, its title and its address."""

    path: str
    title: str
    url_path: str
    in_menu: bool = True
    asks: Action | None = None
    """What one must be allowed to do besides, where not everybody of the audience may."""

    @property
    def audience(self) -> Audience:
        """For whom it is: the folder says it, so that no page can be put in the wrong one."""
        return Audience(self.path.partition("/")[0])

    @property
    def readers(self) -> str:
        """For whom it is, in words for somebody who stands before it."""
        return f"those who may {self.asks.label}" if self.asks else READERS[self.audience]


PAGES = (
    PageEntry("viewer/overview.py", "Overview", ""),
    PageEntry("viewer/initiative.py", "Initiative", "initiative", in_menu=False),
    PageEntry("viewer/measures.py", "Measures", "measures"),
    PageEntry("viewer/member_states.py", "Member states", "member-states"),
    PageEntry("viewer/task_forces.py", "Task forces", "task-forces"),
    PageEntry("viewer/meetings_and_reports.py", "Meetings and reports", "meetings-and-reports"),
    PageEntry("viewer/plan.py", "Plan", "plan"),
    PageEntry("viewer/cooperation.py", "Cooperation", "cooperation"),
    PageEntry("reporter/my_updates.py", "My updates", "my-updates"),
    PageEntry("reporter/questions.py", "Questions", "questions", asks=Action.ASK_QUESTIONS),
    PageEntry("secretariat/review.py", "Review", "review"),
    PageEntry("secretariat/cycles.py", "Cycles", "cycles"),
    PageEntry("secretariat/editions.py", "Editions", "editions", asks=Action.LOAD_EDITION),
    PageEntry("secretariat/people_and_audit.py", "People and audit", "people-and-audit"),
)
"""In the order of the menu; the first is where an address without a path leads."""


def pages_for(reader: Reader) -> tuple[PageEntry, ...]:
    """The pages that exist for a reader; at any other's address stands a closed door, and its script never runs."""
    return tuple(entry for entry in PAGES if belongs(reader, entry.audience) and could(reader, entry.asks))
