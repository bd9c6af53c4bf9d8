"""The pages there are: where each stands, its address, and whether the menu names it.

Read by the menu and by the server, which answers each address at once.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its script below `pages/`, its title and its address."""

    path: str
    title: str
    url_path: str
    in_menu: bool = True


PAGES = (
    PageEntry("viewer/overview.py", "Overview", ""),
    PageEntry("viewer/initiative.py", "Initiative", "initiative", in_menu=False),
    PageEntry("viewer/measures.py", "Measures", "measures"),
    PageEntry("viewer/member_states.py", "Member states", "member-states"),
    PageEntry("viewer/task_forces.py", "Task forces", "task-forces"),
    PageEntry("viewer/plan.py", "Plan", "plan"),
    PageEntry("viewer/cooperation.py", "Cooperation", "cooperation"),
)
"""In the order of the menu; the first is where an address without a path leads."""
