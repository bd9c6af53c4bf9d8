"""The context of a report: its meeting, the one before, the names it prints, where links lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from models.access.archive import ReportSource
from models.core.text import day
from models.core.vocabulary import ASEAN, Grouping
from models.figures.changes import Changes, changes_between
from models.figures.rollup import Assessment, Figures
from models.meetings.questions import Question
from models.meetings.snapshot import Correction, Snapshot
from models.meetings.snapshots import since_name
from models.people.visibility_rules import Display
from models.plan.calendar import WORKING_GROUP, day_of
from models.plan.schema import Plan
from models.plan.schema_parts import Meeting
from models.progress.views import StatementView
from reports.meeting.redact import ReportScope, redacted
from reports.parts.headlines import Compared
from reports.report import TableCell, TableRow, row


@dataclass(frozen=True)
class ReportContext:
    """One scope of a source, for one display. `address` is that of the dashboard; empty where it has none."""

    source: ReportSource
    scope: ReportScope
    display: Display
    address: str = ""

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the scope covers and the display may read."""
        return redacted(self.source.snapshot, self.scope, self.display)

    @property
    def sha256(self) -> str:
        """The hash of the whole snapshot."""
        return self.source.sha256

    @property
    def people(self) -> Mapping[int, str]:
        """The names of those who wrote and cleared, where the display has them."""
        return self.source.people

    @property
    def plan(self) -> Plan:
        """The edition, cut to the scope."""
        return self.snapshot.plan

    @property
    def now(self) -> Assessment:
        """The standings and figures of the scope."""
        return self.snapshot.assessment

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting it is for; none for a report of a day."""
        return self.plan.meeting.get(self.snapshot.meeting or "")

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The meeting after this one."""
        ended = self.meeting.end if self.meeting else self.snapshot.as_of
        later = (meeting for meeting in self.plan.meetings if meeting.body == WORKING_GROUP and meeting.start > ended)
        return min(later, key=lambda meeting: meeting.start, default=None)

    @property
    def name(self) -> str:
        """Its name in a table's head: AWGIPC 84, or the day."""
        return self.meeting.name if self.meeting else day(self.snapshot.as_of)

    @property
    def since(self) -> str:
        """The name of what changes are compared with; empty where there is nothing."""
        mark = self.source.past.mark
        return since_name(mark, self.plan) if mark else ""

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since, over the commitments of the scope; None where there is nothing to compare with."""
        past = self.source.past
        if past.baseline is None:
            return None
        before = redacted(past.baseline, self.scope, self.display).assessment
        return changes_between(before, self.now, past.reasons, elsewhere=self._led_by_others(past.baseline.plan))

    def _led_by_others(self, before: Plan) -> set[str]:
        """The initiatives that changed their lead since, and with it the part of the plan that a body leads."""
        leads = {initiative.key: initiative.lead for initiative in self.source.snapshot.plan.initiatives}
        earlier = {initiative.key: initiative.lead for initiative in before.initiatives}
        return {key for key in leads if earlier.get(key, leads[key]) != leads[key]} if self.scope.body else set()

    @cached_property
    def before(self) -> Compared | None:
        """The scope's figures as reported then."""
        by, key = self.scope.figures
        figures = self._figures_before(by, key)
        return Compared(figures, self.since) if figures else None

    def row_before(self, by: Grouping, key: str) -> Figures | None:
        """The figures of one group at the meeting before; only the groups of the whole plan had figures then."""
        return self._figures_before(by, key) if self.scope.whole else None

    def initiative_before(self, key: str) -> Figures | None:
        """An initiative's figures at the meeting before; one state's part of it had none then."""
        return None if self.scope.state else self._figures_before(Grouping.INITIATIVE, key)

    def _figures_before(self, by: Grouping, key: str | None) -> Figures | None:
        baseline = self.source.past.baseline
        rows = baseline.rows(by) if baseline else ()
        return next((figures for figures in rows if key in {None, figures.key}), None)

    def day(self, moment: datetime) -> date:
        """The day of a moment in the plan's time zone."""
        return day_of(moment, self.plan)

    def reporter(self, initiative: str, party: str) -> str:
        """Who reports on a commitment: the body that leads it, or the state that owes it."""
        return self.plan.initiative[initiative].lead if party == ASEAN else party

    def link(self, initiative: str, party: str = "") -> str:
        """Where the dashboard has an initiative, as reported at this meeting; empty where it has no address."""
        if not self.address:
            return ""
        query = {"initiative": initiative} | ({"state": party} if party else {})
        query |= {"at": self.snapshot.address} if self.snapshot.address else {}
        return f"{self.address}/initiative?{urlencode(query)}"

    def row_of(self, entry: StatementView | Correction | Question, *contents: TableCell | str) -> TableRow:
        """A row about a commitment, with its link: I08/KH, then the contents."""
        return row(f"{entry.initiative}/{entry.party}", *contents, link=self.link(entry.initiative, entry.party))
