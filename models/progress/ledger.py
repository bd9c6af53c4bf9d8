"""The ledger: each commitment that entered or left the count, with its reason.

Rows are derived from the scope before and after an act, never from an earlier row. Changes by the calendar alone (a
state joins, an initiative comes into or goes out of force) are derived when the ledger is read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.errors import UpdateRefused
from models.core.text import PublicText, counted
from models.core.vocabulary import LedgerEventKind
from models.people.visibility_rules import Detail, Restricted
from models.plan.calendar import day_of, end_of_day
from models.plan.editions import LoadedEdition, list_editions, plan_as_known, plan_of
from models.plan.schema_parts import Day, Frozen
from models.progress.latest import EVERY_ROW, View, latest_statements
from models.progress.scope import LedgerEvent, ScopeState, events_on, scope_days, scope_events
from models.store.tables import AuditEvent, Edition, LedgerEntry

IMPORTED = PublicText("Imported as cleared; the statement is in the log.")
BY_CALENDAR = PublicText("As the plan provides.")
IMPORT = "import progress"
"""The name of an import in the audit trail."""


def scope_now(session: Session, now: datetime) -> ScopeState:
    """Return the scope today, as known at the moment, from cleared statements."""
    plan = plan_as_known(session, now).plan
    today = day_of(now, plan)
    return ScopeState(plan, latest_statements(session, View(today, now)), today)


@contextmanager
def scope_changes(session: Session, now: datetime, *, reason: PublicText | None) -> Iterator[None]:
    """Add a ledger row for every commitment that the enclosed act moves into or out of the count.

    Raises UpdateRefused on the field `reason` if a commitment moves and no reason is given.
    """
    before = scope_now(session, now)
    yield
    session.flush()
    events = scope_events(before, scope_now(session, now))
    if not events:
        return
    if not reason:
        raise UpdateRefused(*map(_reason_missing, events), field="reason")
    write_events(session, events, now=now, reason=reason)


def _reason_missing(event: LedgerEvent) -> str:
    what = "taking it out of the count" if event.event is LedgerEventKind.NOT_APPLICABLE else "counting it again"
    return f"A reason is missing on {event.name}: {what} needs one, for the public ledger."


def write_events(
    session: Session,
    events: Iterable[LedgerEvent],
    *,
    now: datetime,
    reason: PublicText,
    edition: LoadedEdition | None = None,
    decided_at: str | None = None,
) -> None:
    """Add the events of one act to the ledger; an event without reason or meeting gets those of the act."""
    edition_id = edition.id if edition else None
    session.add_all(
        LedgerEntry(recorded_at=now, edition_id=edition_id, progress_id=event.row, **_facts(event, reason, decided_at))
        for event in events
    )


def _facts(event: LedgerEvent, reason: PublicText, decided_at: str | None = None) -> dict[str, Any]:
    """The values of an event that a row and a line of the ledger share."""
    facts = asdict(event) | {"reason": event.reason or reason, "decided_at": event.decided_at or decided_at}
    return {name: value for name, value in facts.items() if name != "row"}


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """The adoption of official text: the slots filled, the keys new or not needed, and N before and after.

    The ledger keeps it as JSON in the column `after`.
    """

    filled: int
    new: Sequence[str]
    not_needed: Sequence[str]
    counted: Sequence[int]

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the facts in the ledger's column."""
        return cls(**json.loads(text))

    def write(self) -> str:
        """Return the facts for the ledger's column."""
        return json.dumps(asdict(self))

    def __str__(self) -> str:
        parts = [f"{counted(self.filled, 'slot')} filled"]
        if self.new:
            parts.append(f"{len(self.new)} new ({', '.join(self.new)})")
        if self.not_needed:
            parts.append(
                f"{counted(len(self.not_needed), 'placeholder')} no longer needed ({', '.join(self.not_needed)})"
            )
        return f"{LedgerEventKind.ADOPTED.label}: {', '.join(parts)}; {count_words(*self.counted)}"


def count_words(before: int, after: int) -> str:
    """N stays 43; N goes from 43 to 44."""
    return f"N stays {after}" if before == after else f"N goes from {before} to {after}"


def event_words(event: LedgerEventKind, before: str | None, after: str | None) -> str:
    """Withdrawn; merged: nothing → I33; official text adopted: 40 slots filled; N stays 43."""
    if event is LedgerEventKind.ADOPTED and after:
        return str(AdoptionFacts.read(after))
    return event.label + _moved(before, after)


def _moved(before: str | None, after: str | None) -> str:
    return f": {before or 'nothing'} → {after or 'nothing'}" if before or after else ""


class LedgerLine(Frozen):
    """An event as read: when it was recorded (UTC), its edition, what changed, the reason and the deciding meeting.

    The moment of a change by the calendar is the beginning of its day. Snapshots of format 1 have the event in words,
    as `text`.
    """

    recorded_at: datetime
    edition: str | None
    initiative: str
    party: Annotated[str | None, Restricted(Detail.PARTIES)]
    event: LedgerEventKind | None
    effective_on: Day
    before: str | None
    after: str | None
    reason: str
    decided_at: str | None
    text: str | None = None

    @property
    def happened(self) -> str:
        """The event in words, without the values before and after."""
        if self.event is None:
            return self.text or ""
        return event_words(self.event, None, self.after) if self._adopted else self.event.label

    @property
    def sentence(self) -> str:
        """The event in words, with the values before and after."""
        return self.happened + _moved(self.before, self.became)

    @property
    def became(self) -> str | None:
        """The value after the event, unless the words of the event include it."""
        return None if self._adopted else self.after

    @property
    def _adopted(self) -> bool:
        return self.event is LedgerEventKind.ADOPTED


COLUMNS = {
    name: Edition.version if name == "edition" else getattr(LedgerEntry, name)
    for name in LedgerLine.model_fields
    if name != "text"
}
"""The database column of each field of a line."""


def ledger(session: Session, known_at: datetime, *, rows_until: int = EVERY_ROW) -> tuple[LedgerLine, ...]:
    """Return the events up to the moment, in their order; `edition` is None for an event that a statement caused.

    Events caused by a row of the log after `rows_until` are left out.
    """
    written = recorded_lines(session, known_at, rows_until)
    # Earlier releases wrote the day on which an initiative leaves when the edition was loaded, in one row.
    announced = {(line.initiative, line.effective_on) for line in written if line.party is None}
    derived = (
        line
        for line in _by_calendar(session, known_at, rows_until)
        if (line.initiative, line.effective_on) not in announced
    )
    return tuple(sorted([*written, *derived], key=lambda line: line.recorded_at))


def recorded_lines(session: Session, known_at: datetime, rows_until: int = EVERY_ROW) -> list[LedgerLine]:
    """Return the events that acts caused up to the moment, in their order; those by the calendar are not among them."""
    query = (
        select(*map(col, COLUMNS.values()))
        .outerjoin(Edition, col(Edition.id) == col(LedgerEntry.edition_id))
        .where(
            col(LedgerEntry.recorded_at) <= known_at,
            col(LedgerEntry.progress_id).is_(None) | (col(LedgerEntry.progress_id) <= rows_until),
        )
        .order_by(col(LedgerEntry.recorded_at), col(LedgerEntry.id))
    )
    return [LedgerLine.model_validate(dict(zip(COLUMNS, row, strict=True))) for row in session.execute(query)]


def _by_calendar(session: Session, known_at: datetime, rows_until: int) -> Iterator[LedgerLine]:
    """The changes by the calendar, each under the edition and the log at the beginning of its day."""
    editions = [edition for edition in list_editions(session) if edition.loaded_at <= known_at]
    ends = [*(edition.loaded_at for edition in editions[1:]), known_at]
    for edition, end in zip(editions, ends, strict=False):  # no edition is known before the first
        plan = plan_of(session, edition)
        for day in scope_days(plan, after=day_of(edition.loaded_at, plan), until=day_of(end, plan)):
            eve = day - timedelta(days=1)
            before = end_of_day(eve, plan)
            rows = min(rows_until, _rows_at(session, before))
            latest = latest_statements(session, View(eve, before, rows_until=rows))
            begins = before + timedelta(microseconds=1)
            for event in events_on(ScopeState(plan, latest, eve), day):
                yield LedgerLine(recorded_at=begins, edition=edition.version, **_facts(event, BY_CALENDAR))


def _rows_at(session: Session, moment: datetime) -> int:
    """The last row of the log at the moment; rows imported later may have earlier dates."""
    later = col(AuditEvent.at) > moment
    query = select(col(AuditEvent.after)).where(col(AuditEvent.action) == IMPORT, later).order_by(col(AuditEvent.id))
    first_import = session.execute(query.limit(1)).scalar()
    return json.loads(first_import)["first"] - 1 if first_import else EVERY_ROW
