"""Sending reminders: one mail to each person who owes something, or the same as files for the secretariat to send.

Sending is no part of a transaction: a mail that was taken cannot be taken back. So each mail is sent, then recorded in
an act of its own. Who owes what is read once for all mails, and one query before each mail finds what changed since.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Engine, exists, func, select, tuple_
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
from models.store import clock
from models.store.clock import demonstration_today
from models.store.database import reading, writing
from models.store.seals import LOOKED_AFTER
from models.store.tables import AuditEvent, CommitmentRow, Person, Progress, Setting

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


def is_time(due: date, today: date, mailed_on: date | None) -> bool:
    """Whether a reminder's day has come and no mail was sent or tried since."""
    reached = [reminder_day for days in DAYS if (reminder_day := due + timedelta(days)) <= today]
    if not reached or today - reached[-1] > timedelta(MAKES_UP_DAYS):
        return False
    return mailed_on is None or mailed_on < reached[-1]


def reminder(to: str, owed: Sequence[OwedByRole], *, cycle: CycleSpan, plan: Plan, today: date, address: str) -> Notice:
    """The mail to one person: everything owed, by when, and where to report it.

    `address` is the plain one of the dashboard, which never expires and signs nobody in.
    """
    number = sum(len(role.commitments) for role in owed)
    be = ("is" if number == 1 else "are") if cycle.due >= today else ("was" if number == 1 else "were")
    reports, meeting = counted(number, "report"), cycle.meeting.name
    when = f"{day(cycle.due)}, {distance(cycle.due, today)}"
    lists = (
        "\n".join([f"As {role.name}:", *(_line(commitment, plan) for commitment in role.commitments)]) for role in owed
    )
    parts = (
        f"You owe {reports} for {meeting}, which {be} due {when}.",
        *lists,
        f"Report here: {address}/my-updates",
        f"If you are no longer signed in, ask for a new link: {address}/sign-in",
        "A report is removed from this list as soon as you submit it; a draft stays in the list."
        f" After you have submitted everything, you will not be reminded again for {meeting}.",
    )
    return Notice(to, f"{plan.short_title}: {reports} for {meeting} {be} due {day(cycle.due)}", "\n\n".join(parts))


def _line(commitment: Commitment, plan: Plan) -> str:
    """I08 Online filing (working title): to be completed by 31 Dec 2027, an assumed date."""
    key, party = commitment
    initiative = plan.initiative[key]
    assumed = ", an assumed date" if initiative.due_is_assumed else ""
    return f"- {titled(initiative)}: to be completed by {day(initiative.due_for(party))}{assumed}"


REMINDED, REFUSED, FILED = "remind", "reminder not taken", "make reminder file"
"""The audit actions: the mail server took a mail, refused it, or the mail was downloaded as a file."""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A person who owes something, under which roles; `done` is when each audit action was last done in this cycle."""

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
    known_at: datetime
    cycle: CycleSpan | None
    is_made_up: bool
    people: tuple[Outstanding, ...] = ()
    unheard: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The day of the moment, in the time zone of the plan."""
        return day_of(self.known_at, self.plan)

    def to_mail(self, *, only_on_time: bool = False) -> tuple[Outstanding, ...]:
        """Whom a mail goes to: who has an address and had none today; on time alone, whose reminder's day has come."""
        return tuple(
            outstanding
            for outstanding in self.people
            if outstanding.person.email
            and self._day(outstanding, REMINDED) != self.today
            and (not only_on_time or self._is_time(outstanding))
        )

    def notice(self, outstanding: Outstanding, address: str) -> Notice:
        """The mail to one of the people; `address` is that of the dashboard."""
        assert self.cycle is not None  # noqa: S101  # without a cycle nobody owes anything
        to = outstanding.person.email or ""
        return reminder(to, outstanding.owed, cycle=self.cycle, plan=self.plan, today=self.today, address=address)

    def _is_time(self, outstanding: Outstanding) -> bool:
        mails = [mailed_on for action in (REMINDED, REFUSED) if (mailed_on := self._day(outstanding, action))]
        return self.cycle is not None and is_time(self.cycle.due, self.today, max(mails, default=None))

    def _day(self, outstanding: Outstanding, action: str) -> date | None:
        return day_of(outstanding.done[action], self.plan) if action in outstanding.done else None


def outstanding_reports(context: Context) -> OutstandingReports:
    """Read it; without an open cycle nobody owes anything. A draft changes nothing, a submission at once."""
    plan = context.plan
    context.require(Action.REMIND)
    cycle = cycle_at(list_cycles(context.session, plan), context.now)
    reports = OutstandingReports(plan, context.now, cycle, demonstration_today(context.session) is not None)
    if cycle is None:
        return reports
    owed = owed_in(context.session, cycle, known_at=context.now)
    done = _done(context.session, cycle)
    accounts = ((account, _by_role(account, owed, plan, reports.today)) for account in list_people(context))
    people = tuple(Outstanding(account, roles, done[subject_of(account.id)]) for account, roles in accounts if roles)
    reached = {commitment for outstanding in people for commitment in outstanding.commitments}
    unheard = by_reporter([commitment for commitment in owed if commitment not in reached], plan)
    return replace(reports, people=people, unheard=tuple(unheard))


def _by_role(account: Account, owed: Sequence[Commitment], plan: Plan, today: date) -> tuple[OwedByRole, ...]:
    due = set(owed)
    mine = (pair for pair in reach_of(User(account.id, account.roles), plan, today) if pair[1] in due)
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
    done: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for subject, action, moment in session.execute(query):
        done[subject][action] = moment
    return done


@dataclass(frozen=True, slots=True)
class Mailed:
    """The addresses whose mail was taken, and those whose mail was not, with the reason."""

    taken: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def remind_on_time(engine: Engine, settings: ServerSettings) -> Mailed:
    """Send the reminders whose day has come; nothing where there is no mail server, or everything is made up."""
    if settings.mail is None:
        return Mailed()
    reports = _read(engine, OPERATOR)
    people = reports.to_mail(only_on_time=True)
    if reports.is_made_up or not people or not _is_first(engine, reports.known_at):
        return Mailed()
    return _ReminderRun(engine, settings, settings.mail, OPERATOR, reports).send_all(people)


def send_reminders(engine: Engine, settings: ServerSettings, *, by: User) -> Mailed:
    """Send everybody who owes something their reminder now, but nobody a second one on the same day."""
    if settings.mail is None:
        raise MailRefused("This server sends no e-mail: SMTP_URL is not set. Download the reminders as files instead.")
    reports = _read(engine, by)
    if reports.is_made_up:
        raise MailRefused("Everything in this database is made up, so no reminder is sent. See the files instead.")
    return _ReminderRun(engine, settings, settings.mail, by, reports).send_all(reports.to_mail())


def _read(engine: Engine, by: User) -> OutstandingReports:
    with reading(engine) as session:
        return outstanding_reports(Context.at(session, by, clock.wall_clock()))


def reminder_files(context: Context, settings: ServerSettings, address: str) -> dict[str, bytes]:
    """The reminders as .eml files, by file name; recorded for each person as handed out, not as sent."""
    reports = outstanding_reports(context)
    sender = settings.mail.sender if settings.mail else None
    files = {}
    for outstanding in reports.people:
        if outstanding.person.email:
            _record(context, FILED, outstanding, reports)
            # Two addresses may become the same file name; the key of the person keeps the names apart.
            name = f"{re.sub(r'[^A-Za-z0-9@._+-]', '_', outstanding.person.email)}-{outstanding.person.id}.eml"
            files[name] = as_file(reports.notice(outstanding, address), sender=sender)
    return files


@dataclass(frozen=True, slots=True)
class _ReminderRun:
    """One run of reminders: the mail server, in whose name they are sent, and who owed what when it began."""

    engine: Engine
    settings: ServerSettings
    server: MailServer
    by: User
    reports: OutstandingReports

    def send_all(self, people: Sequence[Outstanding]) -> Mailed:
        """A refused mail stops no other one; a mail server that does not answer is not tried again for each."""
        taken: list[str] = []
        refused: list[tuple[str, str]] = []
        for number, outstanding in enumerate(people):
            try:
                if self._send(outstanding):
                    taken.append(outstanding.person.email or "")
            except MailServerUnavailable as error:
                refused += [(unsent.person.email or "", str(error)) for unsent in people[number:]]
                break
            except MailRefused as error:
                refused.append((outstanding.person.email or "", str(error)))
        return Mailed(tuple(taken), tuple(refused))

    def _send(self, outstanding: Outstanding) -> bool:
        """Whether there was still something to remind the person of."""
        with reading(self.engine) as session:
            outstanding = _still_outstanding(session, outstanding, self.reports.known_at)
        if not outstanding.owed:
            return False
        notice = self.reports.notice(outstanding, self.settings.address())
        try:
            send(self.server, to=notice.to, subject=notice.subject, text=notice.text)
        except MailServerUnavailable:
            raise
        except MailRefused as error:
            self._record(REFUSED, outstanding, reason=str(error))
            raise
        self._record(REMINDED, outstanding)
        return True

    def _record(self, action: str, outstanding: Outstanding, *, reason: str | None = None) -> None:
        with writing(self.engine) as session:
            context = Context(session, self.by, self.reports.plan, clock.wall_clock())
            _record(context, action, outstanding, self.reports, reason=reason)


def _still_outstanding(session: Session, outstanding: Outstanding, since: datetime) -> Outstanding:
    """The same without what was reported since, in one query; nothing for who was removed or reminded since."""
    initiative, party, person = col(CommitmentRow.initiative), col(CommitmentRow.party), outstanding.person.id
    reported = exists().where(
        col(Progress.commitment_id) == col(CommitmentRow.id),
        col(Progress.submitted_at) >= since,
        col(Progress.returned_at).is_(None),
        col(Progress.withdrawn_at).is_(None),
    )
    reminded = exists().where(
        col(AuditEvent.subject) == subject_of(person),
        col(AuditEvent.action) == REMINDED,
        col(AuditEvent.at) >= since,
    )
    has_account = exists().where(col(Person.id) == person, col(Person.removed_at).is_(None))
    query = select(initiative, party).where(
        tuple_(initiative, party).in_(outstanding.commitments), has_account, ~reminded, ~reported
    )
    left = set(map(tuple, session.execute(query)))
    roles = (replace(role, commitments=tuple(filter(left.__contains__, role.commitments))) for role in outstanding.owed)
    return replace(outstanding, owed=tuple(role for role in roles if role.commitments))


def _record(
    context: Context, action: str, outstanding: Outstanding, reports: OutstandingReports, *, reason: str | None = None
) -> None:
    after = {"cycle": reports.cycle.meeting.key if reports.cycle else None, "owed": len(outstanding.commitments)}
    context.record(action, subject_of(outstanding.person.id), after=after, reason=reason)


def _is_first(engine: Engine, now: datetime) -> bool:
    """Whether no other server on this database has sent its reminders within this hour."""
    hour = f"{now:%Y-%m-%dT%H}"
    with writing(engine) as session:
        row = session.get(Setting, LOOKED_AFTER) or Setting(key=LOOKED_AFTER, value="")
        is_first, row.value = row.value != hour, hour
        session.add(row)
    return is_first
