"""What is known of the occasion of a report: its meeting, the one before, the names it prints, where links lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from models.core.text import day
from models.core.vocabulary import ASEAN, Grouping
from models.figures.rollup import Assessment, Figures
from models.meetings.snapshot import Snapshot
from models.people.visibility_rules import Display
from models.plan.calendar import WORKING_GROUP, day_of
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from reports.meeting.redact import ReportScope
from reports.parts.headlines import Compared


@dataclass(frozen=True)
class ReportContext:
    """A snapshot as one display sees one scope of it. `address` is that of the product; empty where it has none.

    `people` gives the names of those who wrote and cleared, where the display has them.
    """

    snapshot: Snapshot
    scope: ReportScope
    display: Display
    sha256: str
    address: str = ""
    people: Mapping[int, str] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The edition, cut to the scope."""
        return self.snapshot.plan

    @property
    def now(self) -> Assessment:
        """How the scope stands."""
        return self.snapshot.assessment

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting it is for; none for a report of a day."""
        return self.plan.meeting.get(self.snapshot.meeting or "")

    @cached_property
    def coming(self) -> Meeting | None:
        """The meeting after this one."""
        ended = self.meeting.end if self.meeting else self.snapshot.as_of
        later = (one for one in self.plan.meetings if one.body == WORKING_GROUP and one.start > ended)
        return min(later, key=lambda one: one.start, default=None)

    @property
    def name(self) -> str:
        """How the occasion is named in a table's head: AWGIPC 84, or the day."""
        return self.meeting.name if self.meeting else day(self.snapshot.as_of)

    @cached_property
    def before(self) -> Compared | None:
        """The scope's figures as reported at the meeting before."""
        baseline = self.snapshot.baseline
        if baseline is None:
            return None
        by, key = self.scope.figures
        rows = [Figures(**row) for row in baseline.figures[by]]
        row = next((one for one in rows if key in {None, one.key}), None)
        return Compared(row, self.plan.meeting[baseline.meeting].name) if row else None

    def row_before(self, by: Grouping, key: str) -> Figures | None:
        """The figures of one group at the meeting before; only the whole plan's groups were told then."""
        if self.snapshot.baseline is None or not self.scope.whole:
            return None
        return next((Figures(**row) for row in self.snapshot.baseline.figures[by] if row["key"] == key), None)

    def initiative_before(self, key: str) -> Figures | None:
        """An initiative's figures at the meeting before; of one state's part of it nothing was told then."""
        if self.snapshot.baseline is None or self.scope.state:
            return None
        rows = self.snapshot.baseline.figures[Grouping.INITIATIVE]
        return next((Figures(**row) for row in rows if row["key"] == key), None)

    def day(self, moment: datetime) -> date:
        """The day of a moment in the plan's time zone."""
        return day_of(moment, self.plan)

    def party(self, key: str) -> str:
        """How a party is named: a state's name, a body's key."""
        return self.plan.state[key].name if key in self.plan.state else key

    def reporter(self, initiative: str, party: str) -> str:
        """Who reports on a commitment: the body that leads it, or the state that owes it."""
        return self.plan.initiative[initiative].lead if party == ASEAN else party

    def link(self, initiative: str, party: str = "") -> str:
        """Where the product shows an initiative, as reported at this meeting; empty where it has no address."""
        if not self.address:
            return ""
        asked = {"initiative": initiative} | ({"state": party} if party else {})
        asked |= {"at": self.snapshot.meeting} if self.snapshot.meeting and self.snapshot.step else {}
        return f"{self.address}/initiative?{urlencode(asked)}"
