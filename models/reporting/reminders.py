"""Sending reminders: one mail to each person who owes something, or the same as files for the secretariat to send.

Sending is no part of a transaction: a mail that was taken cannot be taken back. So each mail is sent, then recorded in
an act of its own, and before each is read again whether it is still owed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from models.core.errors import MailRefused, MailServerUnavailable
from models.core.notice import Notice
from models.core.settings import MailServer, ServerSettings
from models.core.text import counted, day, distance
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.directory import Account, list_people, subject_of
from models.people.mail import as_file, send
from models.people.permissions import Action, User
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Plan
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.notices import titled
from models.reporting.my_updates import reach_of
from models.reporting.owed import owed_in
from models.reporting.review_queue import by_reporter
from models.store.clock import current_moment, demonstration_today
from models.store.database import reading, writing
from models.store.tables import AuditEvent, Setting

DAYS = (-14, -3, 1, 7)
"""Counted from the day reports are due. Not on that day itself: with a mail three days before it and one on the day
after, a fifth would only teach people to leave them unread."""

MAKES_UP_DAYS = 3
"""For how many days a reminder goes out late where the server was away on its day; after that its time is over."""


@dataclass(frozen=True, slots=True)
class OwedByRole:
    """What a person owes under one assignment, in the order of My updates; `name` reads after "As": chair of ANIEE."""

    name: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where people open the dashboard: its plain address, which never expires and signs nobody in."""

    address: str

    @property
    def my_updates(self) -> str:
        """Where they report."""
        return f"{self.address}/my-updates"

    @property
    def sign_in(self) -> str:
        """Where they ask for a new link."""
        return f"{self.address}/sign-in"


def is_time(due: date, today: date, told_on: date | None) -> bool:
    """Whether a reminder's day has come and no mail was sent or tried since."""
    reached = [one for one in (due + timedelta(days) for days in DAYS) if one <= today]
    if not reached or today - reached[-1] > timedelta(MAKES_UP_DAYS):
        return False
    return told_on is None or told_on < reached[-1]


def reminder(to: str, owed: Sequence[OwedByRole], *, cycle: CycleSpan, plan: Plan, today: date, place: Place) -> Notice:
    """The mail to one person: everything owed, by when, and where to report it."""
    number = sum(len(one.commitments) for one in owed)
    be = ("is" if number == 1 else "are") if cycle.due >= today else ("was" if number == 1 else "were")
    reports, meeting = counted(number, "report"), cycle.meeting.name
    when = f"{day(cycle.due)}, {distance(cycle.due, today)}"
    parts = (
        f"You owe {reports} for {meeting}, which {be} due {when}.",
        *(_group(one, plan) for one in owed),
        f"Report here: {place.my_updates}",
        f"If you are no longer signed in, ask for a new link: {place.sign_in}",
        "A report is removed from this list as soon as you submit it; a draft stays in the list."
        f" After you have submitted everything, you will not be reminded again for {meeting}.",
    )
    return Notice(to, f"{plan.short_title}: {reports} for {meeting} {be} due {day(cycle.due)}", "\n\n".join(parts))


def _group(owed: OwedByRole, plan: Plan) -> str:
    return "\n".join([f"As {owed.name}:", *(_line(one, plan) for one in owed.commitments)])


def _line(commitment: Commitment, plan: Plan) -> str:
    """I08 Online filing (working title): to be completed by 31 Dec 2027, an assumed date."""
    key, party = commitment
    initiative = plan.initiative[key]
    assumed = ", an assumed date" if initiative.due_is_assumed else ""
    return f"- {titled(initiative)}: to be completed by {day(initiative.due_for(party))}{assumed}"


REMINDED, REFUSED, FILED = "remind", "reminder not taken", "make reminder file"
"""The audit actions: a mail was taken, the mail server refused it, or it was handed out as a file."""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A person who owes something, under which roles, and what was done in this cycle: by action, when last."""

    person: Account
    owed: tuple[OwedByRole, ...]
    done: Mapping[str, datetime]

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Everything owed, in the order of My updates."""
        return tuple(commitment for assignment in self.owed for commitment in assignment.commitments)


@dataclass(frozen=True, slots=True)
class OutstandingReports:
    """Everybody who owes something at one moment, and what is owed by bodies and states for which nobody reports."""

    plan: Plan
    today: date
    cycle: CycleSpan | None
    is_made_up: bool
    people: tuple[Outstanding, ...] = ()
    unheard: tuple[str, ...] = ()

    def to_mail(self, *, only_on_time: bool = False) -> tuple[Outstanding, ...]:
        """Whom a mail goes to: who has an address and had none today; on time alone, whose reminder's day has come."""
        return tuple(
            one
            for one in self.people
            if one.person.email and self._day(one, REMINDED) != self.today and (not only_on_time or self._is_time(one))
        )

    def outstanding(self, person_id: int) -> Outstanding | None:
        """What one person owes; None when nothing is left."""
        return next((one for one in self.people if one.person.id == person_id), None)

    def _is_time(self, one: Outstanding) -> bool:
        mails = [found for found in (self._day(one, REMINDED), self._day(one, REFUSED)) if found]
        return self.cycle is not None and is_time(self.cycle.due, self.today, max(mails, default=None))

    def _day(self, one: Outstanding, action: str) -> date | None:
        return day_of(one.done[action], self.plan) if action in one.done else None


def outstanding_reports(context: Context) -> OutstandingReports:
    """Read it; without an open cycle nobody owes anything. A draft changes nothing, a submission at once."""
    plan = context.plan
    context.require(Action.REMIND)
    cycle = cycle_at(list_cycles(context.session, plan), context.now)
    made_up = demonstration_today(context.session) is not None
    today = day_of(context.now, plan)
    if cycle is None:
        return OutstandingReports(plan, today, None, made_up)
    owed = owed_in(context.session, cycle, known_at=context.now)
    done = _done(context.session, cycle)
    known = list_people(context)
    found = [Outstanding(one, _by_hat(one, owed, plan, today), done[subject_of(one.id)]) for one in known]
    people = tuple(one for one in found if one.owed)
    reached = {commitment for one in people for commitment in one.commitments}
    unheard = by_reporter([one for one in owed if one not in reached], plan)
    return OutstandingReports(plan, today, cycle, made_up, people, tuple(unheard))


def _by_hat(known: Account, owed: Sequence[Commitment], plan: Plan, today: date) -> tuple[OwedByRole, ...]:
    due = set(owed)
    mine = (pair for pair in reach_of(User(known.id, known.roles), plan, today) if pair[1] in due)
    return tuple(
        OwedByRole(name, tuple(commitment for _, commitment in pairs))
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


Clock = Callable[[Session], datetime]

LOOKED_AFTER = "reminders_looked_after"
"""The setting that says in which hour a server last saw to the reminders of this database."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """The addresses whose mail was taken, and those whose mail was not, with the reason."""

    taken: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def remind_on_time(engine: Engine, settings: ServerSettings, *, clock: Clock = current_moment) -> Mailed:
    """Send the reminders whose day has come; nothing where there is no mail server, or everything is made up."""
    if settings.mail is None:
        return Mailed()
    with reading(engine) as session:
        now = clock(session)
        seen = outstanding_reports(Context.at(session, OPERATOR, now))
    waiting = seen.to_mail(only_on_time=True)
    if seen.is_made_up or not waiting or not _is_first(engine, now):
        return Mailed()
    return _Post(engine, settings, settings.mail, OPERATOR, clock).send_all(waiting)


def send_reminders(engine: Engine, settings: ServerSettings, *, by: User, clock: Clock = current_moment) -> Mailed:
    """Send everybody who owes something their reminder now, but nobody a second one on the same day."""
    if settings.mail is None:
        raise MailRefused("This server sends no e-mail: SMTP_URL is not set. Download the reminders as files instead.")
    with reading(engine) as session:
        seen = outstanding_reports(Context.at(session, by, clock(session)))
    if seen.is_made_up:
        raise MailRefused("Everything in this database is made up, so no reminder is sent. See the files instead.")
    return _Post(engine, settings, settings.mail, by, clock).send_all(seen.to_mail())


def reminder_files(context: Context, settings: ServerSettings, address: str) -> dict[str, bytes]:
    """The reminders as .eml files, by file name; recorded for each person as handed out, not as sent."""
    seen = outstanding_reports(context)
    sender = settings.mail.sender if settings.mail else None
    found = {}
    for one in seen.people:
        if one.person.email:
            _record(context, FILED, one, seen)
            notice = _notice(one, one.person.email, seen, Place(address))
            found[_file_name(one)] = as_file(notice, sender=sender)
    return found


@dataclass(frozen=True, slots=True)
class _Post:
    """One round of mails: where they are handed in, and in whose name."""

    engine: Engine
    settings: ServerSettings
    server: MailServer
    by: User
    clock: Clock

    def send_all(self, waiting: Sequence[Outstanding]) -> Mailed:
        """A mail that is refused stops no other; a mail server that is away is not asked again for each."""
        taken: list[str] = []
        refused: list[tuple[str, str]] = []
        for place, one in enumerate(waiting):
            try:
                if self._send(one.person.id):
                    taken.append(one.person.email or "")
            except MailServerUnavailable as error:
                refused += [(other.person.email or "", str(error)) for other in waiting[place:]]
                break
            except MailRefused as error:
                refused.append((one.person.email or "", str(error)))
        return Mailed(tuple(taken), tuple(refused))

    def _send(self, person_id: int) -> bool:
        """Whether there was still something to remind the person of."""
        with reading(self.engine) as session:
            seen = outstanding_reports(Context.at(session, self.by, self.clock(session)))
        one = seen.outstanding(person_id)
        if one is None or one not in seen.to_mail():
            return False
        notice = _notice(one, one.person.email or "", seen, Place(self.settings.address()))
        try:
            send(self.server, to=notice.to, subject=notice.subject, text=notice.text)
        except MailServerUnavailable:
            raise
        except MailRefused as error:
            self._record(REFUSED, one, seen, reason=str(error))
            raise
        self._record(REMINDED, one, seen)
        return True

    def _record(self, action: str, one: Outstanding, seen: OutstandingReports, *, reason: str | None = None) -> None:
        with writing(self.engine) as session:
            _record(Context.at(session, self.by, self.clock(session)), action, one, seen, reason=reason)


def _record(
    context: Context, action: str, one: Outstanding, seen: OutstandingReports, *, reason: str | None = None
) -> None:
    after = {"cycle": seen.cycle.meeting.key if seen.cycle else None, "owed": len(one.commitments)}
    subject = subject_of(one.person.id)
    context.record(action, subject, after=after, reason=reason)


def _notice(one: Outstanding, to: str, seen: OutstandingReports, place: Place) -> Notice:
    if seen.cycle is None:
        message = "somebody owes something only in a cycle"
        raise AssertionError(message)
    return reminder(to, one.owed, cycle=seen.cycle, plan=seen.plan, today=seen.today, place=place)


def _file_name(one: Outstanding) -> str:
    """The address, which its sender looks for; the key, since two addresses may differ in what no file name holds."""
    return f"{re.sub(r'[^A-Za-z0-9@._+-]', '_', one.person.email or '')}-{one.person.id}.eml"


def _is_first(engine: Engine, now: datetime) -> bool:
    """Whether no other server on this database has seen to its reminders within this hour."""
    hour = f"{now:%Y-%m-%dT%H}"
    with writing(engine) as session:
        row = session.get(Setting, LOOKED_AFTER) or Setting(key=LOOKED_AFTER, value="")
        is_first, row.value = row.value != hour, hour
        session.add(row)
    return is_first
