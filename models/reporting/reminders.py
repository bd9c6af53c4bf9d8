"""Sending reminders: one mail to each person who owes something, or the same as files for the secretariat to send.

Sending is no part of a transaction: a mail that was taken cannot be taken back. So each mail is sent, then recorded in
an act of its own, and before each is read again whether it is still owed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from models.core.errors import MailRefused, MailServerAway
from models.core.notice import Notice
from models.core.settings import MailServer, ServerSettings
from models.people.accounts import OPERATOR
from models.people.accounts_read import subject_of
from models.people.mail import as_file, send
from models.people.permissions import Reader
from models.reporting.reminder_mail import Place, reminder
from models.reporting.who_owes import FILED, REFUSED, REMINDED, Owing, WhoOwes, who_owes
from models.store.audit_write import record_act
from models.store.clock import current_moment
from models.store.database import reading, writing
from models.store.tables import Setting

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
        seen = who_owes(session, by=OPERATOR, now=now)
    waiting = seen.to_mail(only_on_time=True)
    if seen.is_made_up or not waiting or not _is_first(engine, now):
        return Mailed()
    return _Post(engine, settings, settings.mail, OPERATOR, clock).send_all(waiting)


def send_reminders(engine: Engine, settings: ServerSettings, *, by: Reader, clock: Clock = current_moment) -> Mailed:
    """Send everybody who owes something their reminder now, but nobody a second one on the same day."""
    if settings.mail is None:
        raise MailRefused("This server sends no mail: SMTP_URL is not set. Take the reminders as files and send those.")
    with reading(engine) as session:
        seen = who_owes(session, by=by, now=clock(session))
    if seen.is_made_up:
        raise MailRefused("Everything in this database is made up, so nobody is reminded. Look at the files instead.")
    return _Post(engine, settings, settings.mail, by, clock).send_all(seen.to_mail())


def reminder_files(
    session: Session, settings: ServerSettings, address: str, *, by: Reader, now: datetime
) -> dict[str, bytes]:
    """The reminders as .eml files, by file name; recorded for each person as handed out, not as sent."""
    seen = who_owes(session, by=by, now=now)
    sender = settings.mail.sender if settings.mail else None
    found = {}
    for one in seen.people:
        if one.person.email:
            _record(session, FILED, one, seen, by=by, now=now)
            notice = _notice(one, one.person.email, seen, Place(address))
            found[_file_name(one)] = as_file(notice, sender=sender)
    return found


@dataclass(frozen=True, slots=True)
class _Post:
    """One round of mails: where they are handed in, and in whose name."""

    engine: Engine
    settings: ServerSettings
    server: MailServer
    by: Reader
    clock: Clock

    def send_all(self, waiting: Sequence[Owing]) -> Mailed:
        """A mail that is refused stops no other; a mail server that is away is not asked again for each."""
        taken: list[str] = []
        refused: list[tuple[str, str]] = []
        for place, one in enumerate(waiting):
            try:
                if self._send(one.person.id):
                    taken.append(one.person.email or "")
            except MailServerAway as error:
                refused += [(other.person.email or "", str(error)) for other in waiting[place:]]
                break
            except MailRefused as error:
                refused.append((one.person.email or "", str(error)))
        return Mailed(tuple(taken), tuple(refused))

    def _send(self, person_id: int) -> bool:
        """Whether there was still something to remind the person of."""
        with reading(self.engine) as session:
            seen = who_owes(session, by=self.by, now=self.clock(session))
        one = seen.owing(person_id)
        if one is None or one not in seen.to_mail():
            return False
        notice = _notice(one, one.person.email or "", seen, Place(self.settings.address()))
        try:
            send(self.server, to=notice.to, subject=notice.subject, text=notice.text)
        except MailServerAway:
            raise
        except MailRefused as error:
            self._record(REFUSED, one, seen, reason=str(error))
            raise
        self._record(REMINDED, one, seen)
        return True

    def _record(self, action: str, one: Owing, seen: WhoOwes, *, reason: str | None = None) -> None:
        with writing(self.engine) as session:
            _record(session, action, one, seen, by=self.by, now=self.clock(session), reason=reason)


def _record(
    session: Session, action: str, one: Owing, seen: WhoOwes, *, by: Reader, now: datetime, reason: str | None = None
) -> None:
    after = {"cycle": seen.cycle.meeting.key if seen.cycle else None, "owed": len(one.commitments)}
    subject = subject_of(one.person.id)
    record_act(session, action=action, subject=subject, now=now, person_id=by.person_id, after=after, reason=reason)


def _notice(one: Owing, to: str, seen: WhoOwes, place: Place) -> Notice:
    if seen.cycle is None:
        message = "somebody owes something only in a cycle"
        raise AssertionError(message)
    return reminder(to, one.owed, cycle=seen.cycle, plan=seen.plan, today=seen.today, place=place)


def _file_name(one: Owing) -> str:
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
