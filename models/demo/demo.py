"""Demonstration data: two years of made-up progress, so that people can see what the dashboard looks like in use.

Everything here is invented by rule from a fixed seed, names no person and has a database of its own, which
carries a fixed today and is marked on every page. Nothing of it is a statement about ASEAN's work.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from models.access.visibility import let_visitors_see
from models.amendments.load import LoadReason, load_edition
from models.core.text import PublicText
from models.core.vocabulary import ASEAN, Kind, ObstacleKind, Status, VisitorsSee
from models.demo.content import AMENDMENTS, NEXT_STEPS, OBSTACLES, SAID, STEPS, amended, keep_decisions
from models.figures.standing import expected_on
from models.meetings.cycles import circulate, note
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.plan.calendar import WORKING_GROUP, ended_meetings, next_meeting
from models.plan.schema import Initiative, Plan
from models.plan.schema_parts import Meeting
from models.progress.cycles import DUE_DAYS, OPENS_DAYS
from models.progress.entry import Entry
from models.progress.ledger import scope_changes
from models.progress.log import add_rows
from models.progress.statement import EvidenceItem
from models.store.audit import record_act
from models.store.clock import DEMONSTRATION_TODAY
from models.store.reporting_tables import Cycle
from models.store.tables import Setting

TODAY = date(2027, 11, 30)
FIRST_LOAD = date(2026, 1, 12)
SECRETARIAT = "secretariat@example.org"

CIRCULATED_DAYS = 10
"""How many days before a meeting its paper is sent."""

PACES = {Fraction(3): 2, Fraction(9, 5): 3, Fraction(11, 10): 7, Fraction(4, 5): 4, Fraction(2, 5): 2, Fraction(0): 1}
"""How fast a commitment moves, as a multiple of what its dates expect, and how common that is; 0 never reports."""

SUSPENDED = {"I31": date(2027, 2, 1)}
"""Commitments that are suspended from a day on."""

NOT_APPLICABLE = {("I26", "BN"): date(2027, 6, 1)}
"""Commitments that are reported as not applicable from a day on."""

LEFT = PublicText("Demonstration: there is no such office")
"""Why they leave the count."""


def fill_demonstration(session: Session, plan: Plan) -> int:
    """Load the plan and its made-up amendments, and fill the log up to the fixed today; returns the rows added."""
    session.add(Setting(key=DEMONSTRATION_TODAY, value=TODAY.isoformat()))
    final = _load_editions(session, plan)
    entries = sorted(_entries(final), key=lambda entry: (entry.entered_at, entry.ref))
    _add(session, entries)
    session.add_all(_cycles(final))
    record_act(session, action="demonstration", subject=final.key, now=_noon(TODAY), after={"rows": len(entries)})
    let_visitors_see(Context(session, OPERATOR, final, _noon(TODAY)), VisitorsSee.LATEST)
    _hold_meetings(session, final)
    return len(entries)


def _add(session: Session, entries: Sequence[Entry]) -> None:
    """The rows; what leaves the count does so on the day it was cleared, as if the log had been written day by day."""
    leaving = [entry for entry in entries if entry.status is Status.NOT_APPLICABLE and entry.cleared_at]
    add_rows(session, [entry for entry in entries if entry not in leaving])
    for entry in leaving:
        with scope_changes(session, entry.cleared_at or entry.entered_at, reason=LEFT):
            add_rows(session, [entry])


def _hold_meetings(session: Session, plan: Plan) -> None:
    """Each meeting that could look at a report was sent its paper and took note of it on its last day."""
    for meeting in ended_meetings(plan, TODAY):
        if meeting.start > FIRST_LOAD:
            sent, held = _noon(meeting.start - timedelta(days=CIRCULATED_DAYS)), _noon(meeting.end)
            circulate(Context(session, OPERATOR, plan, sent), meeting.key, paper=Paper())
            note(Context(session, OPERATOR, plan, held), meeting.key)
            keep_decisions(session, plan, meeting.key, held + timedelta(hours=1))


def _load_editions(session: Session, plan: Plan) -> Plan:
    why = LoadReason(PublicText("Demonstration: the plan files as they stand"))
    load_edition(session, plan, why=why, now=_noon(FIRST_LOAD), file="demonstration")
    for amendment in AMENDMENTS:
        plan = amended(plan, amendment)
        why = LoadReason(amendment.reason, amendment.decided_at)
        load_edition(session, plan, why=why, now=_noon(amendment.loaded_on), file="demonstration")
    return plan


def _cycles(plan: Plan) -> Iterator[Cycle]:
    """A cycle before each meeting up to the fixed today; then that of the next, open since the last one ended."""
    ended = ended_meetings(plan, TODAY)
    for meeting in ended:
        yield _cycle(meeting, meeting.start - timedelta(days=OPENS_DAYS))
    coming = next_meeting(plan, TODAY)
    if coming:
        yield _cycle(coming, ended[-1].end + timedelta(days=1))


def _cycle(meeting: Meeting, opened_on: date) -> Cycle:
    days = (meeting.start - opened_on).days
    return Cycle(meeting=meeting.key, opens_days=days, due_days=DUE_DAYS, opened_at=_noon(opened_on))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def _entries(plan: Plan) -> Iterator[Entry]:
    meetings = [
        meeting for meeting in plan.meetings if meeting.body == WORKING_GROUP and FIRST_LOAD < meeting.start <= TODAY
    ]
    for initiative in plan.initiatives:
        for party in initiative.parties:
            yield from _Timeline(initiative, party).entries(meetings)


class _Timeline:
    """How one commitment fares: the same at every call, since its chances come from its own name."""

    def __init__(self, initiative: Initiative, party: str) -> None:
        self.initiative, self.party = initiative, party
        self.chance = random.Random(f"{initiative.key} {party}")  # noqa: S311  # made-up data, no secret
        self.pace = self.chance.choices(list(PACES), list(PACES.values()))[0]
        self.last_percent: int | None = None

    def entries(self, meetings: list[Meeting]) -> Iterator[Entry]:
        """What is reported before each meeting, and after the last one."""
        for meeting in meetings:
            if self.last_percent != 100 and self.pace and self.chance.random() > 0.12:  # one in eight is silent
                yield from self._before(meeting)
        if self.last_percent != 100 and self.pace and self.chance.random() < 0.2:  # one in five is early
            day = TODAY - timedelta(days=self.chance.randrange(1, 12))
            yield self._entry(day, suffix="late", cleared_at=None, cleared_by=None)

    def _before(self, meeting: Meeting) -> Iterator[Entry]:
        day = meeting.start - timedelta(days=self.chance.randrange(12, 30))
        if self._percent(day) == self.last_percent and self.chance.random() < 0.5:  # half say so in one click
            yield Entry(kind=Kind.NIL, **self._signature(day, meeting.key))
        elif self.chance.random() < 0.06:  # a few come back for a correction
            yield from self._returned(day, meeting)
        else:
            yield self._entry(day, suffix=meeting.key)

    def _returned(self, day: date, meeting: Meeting) -> Iterator[Entry]:
        sent_back = self._entry(day, suffix=f"{meeting.key}-1", cleared_at=None, cleared_by=None)
        yield sent_back.model_copy(update={"returned_at": _noon(day + timedelta(days=3))})
        yield self._entry(day + timedelta(days=5), suffix=f"{meeting.key}-2", replaces=sent_back.ref)

    def _entry(self, day: date, *, suffix: str, **changed: Any) -> Entry:
        status, percent = self._status(day)
        words = STEPS.get(self.last_percent or 0, "") if status is not Status.NOT_APPLICABLE else "Does not apply."
        facts: dict[str, Any] = {
            "status": status,
            "percent": percent if status in {Status.ONGOING, Status.SUSPENDED} else None,
            "narrative": f"{words} {self.chance.choice(SAID)}".strip(),
            "next_step": None if status is Status.COMPLETED else self.chance.choice(NEXT_STEPS),
            "cleared_at": _noon(day + timedelta(days=self.chance.randrange(2, 9))),
            "cleared_by": SECRETARIAT,
            "evidence": self._evidence(status),
        }
        if self.chance.random() < 0.3 and status is not Status.COMPLETED:  # three in ten meet one
            kind = self.chance.choice(list(OBSTACLES))
            facts |= {"obstacle_kind": ObstacleKind(kind), "obstacles": OBSTACLES[kind]}
        return Entry(**(self._signature(day, suffix) | facts | changed))

    def _signature(self, day: date, suffix: str) -> dict[str, Any]:
        speaker = self.initiative.lead if self.party == ASEAN else self.party
        return {
            "ref": f"demo-{self.initiative.key}-{self.party}-{suffix}",
            "initiative": self.initiative.key,
            "party": self.party,
            "valid_on": day - timedelta(days=3),
            "author": f"{speaker.lower()}@example.org",
            "on_behalf_of": speaker,
            "entered_at": _noon(day),
            "submitted_at": _noon(day),
        }

    def _status(self, day: date) -> tuple[Status, int]:
        percent = self.last_percent = self._percent(day)
        if day >= NOT_APPLICABLE.get((self.initiative.key, self.party), date.max):
            return Status.NOT_APPLICABLE, 0
        if day >= SUSPENDED.get(self.initiative.key, date.max):
            return Status.SUSPENDED, min(percent, 50)
        fixed = {0: Status.NOT_STARTED, 100: Status.COMPLETED}
        return fixed.get(percent, Status.ONGOING), percent

    def _percent(self, day: date) -> int:
        """The step that dates and pace together reach; now and then one step back."""
        due = self.initiative.due_for(self.party)
        reached = self.pace * expected_on(self.initiative, due, day)
        steps = [step for step in STEPS if step <= reached]
        back = len(steps) > 2 and self.chance.random() < 0.04  # one in twenty-five steps back
        return max(steps[-2] if back else steps[-1], 0)

    def _evidence(self, status: Status) -> tuple[EvidenceItem, ...]:
        if status is not Status.COMPLETED and self.chance.random() > 0.3:  # three in ten attach something
            return ()
        document = f"Demonstration document {self.initiative.key}-{self.chance.randrange(10, 99)}"
        return (EvidenceItem(document=document, public=True),)
