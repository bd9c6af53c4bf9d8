"""The list of pages: the script, the address and the audience of each, and whether the menu names it.

Read by the menu and by the server, which answers each address at once.
"""

from dataclasses import dataclass

from models.people.permissions import Action, Audience, User, belongs, could

READERS = {
    Audience.VIEWER: "everyone",
    Audience.REPORTER: "chairs and focal points, who report here",
    Audience.SECRETARIAT: "the secretariat",
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its script below `pages/`, its title, its address and for whom it is."""

    path: str
    title: str
    url_path: str
    audience: Audience = Audience.VIEWER
    in_menu: bool = True
    asks: Action | None = None
    """The action a user must also be allowed, where not everybody of the audience may."""

    @property
    def readers(self) -> str:
        """For whom it is, in words for a user who may not open it."""
        return f"those who may {self.asks.label}" if self.asks else READERS[self.audience]


PAGES = (
    PageEntry("overview/page.py", "Overview", ""),
    PageEntry("initiatives/page.py", "Initiative", "initiative", in_menu=False),
    PageEntry("measures/page.py", "Measures", "measures"),
    PageEntry("member_states/page.py", "Member states", "member-states"),
    PageEntry("task_forces/page.py", "Task forces", "task-forces"),
    PageEntry("meetings/page.py", "Meetings and reports", "meetings-and-reports"),
    PageEntry("plan/page.py", "Plan", "plan"),
    PageEntry("cooperation/page.py", "Cooperation", "cooperation"),
    PageEntry("guide/page.py", "Guide", "guide"),
    PageEntry("my_updates/page.py", "My updates", "my-updates", Audience.REPORTER),
    PageEntry("chairs_brief/page.py", "Questions", "questions", Audience.REPORTER, asks=Action.ASK_QUESTIONS),
    PageEntry("review/page.py", "Review", "review", Audience.SECRETARIAT),
    PageEntry("meeting/page.py", "Cycles", "cycles", Audience.SECRETARIAT),
    PageEntry("editions/page.py", "Editions", "editions", Audience.SECRETARIAT, asks=Action.LOAD_EDITION),
    PageEntry("people/page.py", "People and audit", "people-and-audit", Audience.SECRETARIAT),
)
"""In the order of the menu; the first is where an address without a path leads."""


def pages_for(user: User) -> tuple[PageEntry, ...]:
    """The pages that exist for a user; at the address of any other is a locked page, and its script never runs."""
    return tuple(entry for entry in PAGES if belongs(user, entry.audience) and could(user, entry.asks))
