"""Who owes what in the open cycle, person by person, and when each was last reminded of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.people.accounts_read import Known, list_people, subject_of
from models.people.permissions import Action, Reader, require
from models.plan.days import day_of
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment, Plan
from models.progress.cycle_span import CycleSpan, cycle_at
from models.progress.cycles_read import list_cycles
from models.reporting.my_updates import reach_of
from models.reporting.owed import owed_in
from models.reporting.reminder_mail import OwedByHat, is_time
from models.reporting.review_queue import by_reporter
from models.store.clock import demonstration_today
from models.store.tables import AuditEvent

REMINDED, REFUSED, FILED = "remind", "reminder not taken", "make reminder file"
"""The audit actions: a mail was taken, the mail server refused it, or it was handed out as a file."""


@dataclass(frozen=True, slots=True)
class Owing:
    """A person who owes something, under which hats, and what was done about it in this cycle: by action, when last."""

    person: Known
    owed: tuple[OwedByHat, ...]
    done: Mapping[str, datetime]

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Everything owed, in the order of My updates."""
        return tuple(commitment for hat in self.owed for commitment in hat.commitments)


@dataclass(frozen=True, slots=True)
class WhoOwes:
    """Everybody who owes something at one moment, and what is owed by bodies and states for which nobody reports."""

    plan: Plan
    today: date
    cycle: CycleSpan | None
    is_made_up: bool
    people: tuple[Owing, ...] = ()
    unheard: tuple[str, ...] = ()

    def to_mail(self, *, only_on_time: bool = False) -> tuple[Owing, ...]:
        """Whom a mail goes to: who has an address and had none today; on time alone, whose reminder's day has come."""
        return tuple(
            one
            for one in self.people
            if one.person.email and self._day(one, REMINDED) != self.today and (not only_on_time or self._is_time(one))
        )

    def owing(self, person_id: int) -> Owing | None:
        """What one person owes; None when nothing is left."""
        return next((one for one in self.people if one.person.id == person_id), None)

    def _is_time(self, one: Owing) -> bool:
        told = [found for found in (self._day(one, REMINDED), self._day(one, REFUSED)) if found]
        return self.cycle is not None and is_time(self.cycle.due, self.today, max(told, default=None))

    def _day(self, one: Owing, action: str) -> date | None:
        return day_of(one.done[action], self.plan) if action in one.done else None


def who_owes(session: Session, *, by: Reader, now: datetime) -> WhoOwes:
    """Read it; without an open cycle nobody owes anything. A draft changes nothing, a submission at once."""
    plan = plan_as_known(session, now).plan
    require(by, Action.REMIND, plan=plan)
    cycle, made_up = cycle_at(list_cycles(session, plan), now), demonstration_today(session) is not None
    today = day_of(now, plan)
    if cycle is None:
        return WhoOwes(plan, today, None, made_up)
    owed = owed_in(session, cycle, known_at=now)
    done = _done(session, cycle)
    known = list_people(session, by=by, plan=plan)
    found = [Owing(one, _by_hat(one, owed, plan, today), done[subject_of(one.id)]) for one in known]
    people = tuple(one for one in found if one.owed)
    reached = {commitment for one in people for commitment in one.commitments}
    unheard = by_reporter([one for one in owed if one not in reached], plan)
    return WhoOwes(plan, today, cycle, made_up, people, tuple(unheard))


def _by_hat(known: Known, owed: Sequence[Commitment], plan: Plan, today: date) -> tuple[OwedByHat, ...]:
    due = set(owed)
    mine = (pair for pair in reach_of(Reader(known.id, known.hats), plan, today) if pair[1] in due)
    return tuple(
        OwedByHat(name, tuple(commitment for _, commitment in pairs))
        for name, pairs in groupby(mine, key=lambda pair: pair[0])
    )


def _done(session: Session, cycle: CycleSpan) -> Mapping[str, Mapping[str, datetime]]:
    """By the person as the audit trail names them and by action: when it was done last in the cycle."""
    query = (
        select(col(AuditEvent.subject), col(AuditEvent.action), func.max(col(AuditEvent.at)))
        .where(col(AuditEvent.action).in_([REMINDED, REFUSED, FILED]), col(AuditEvent.at) >= cycle.opened_at)
        .group_by(col(AuditEvent.subject), col(AuditEvent.action))
    )
    found: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for subject, action, at in session.execute(query):
        found[subject][action] = at
    return found
