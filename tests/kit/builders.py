"""Small builders that keep a test at arrange, act, assert."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlmodel import Session, func, select

from models.admin.verify import faults
from models.amendments.load import LoadReason, load_edition
from models.core.errors import UpdateRefused
from models.core.text import public_text
from models.core.vocabulary import Role, Status
from models.figures.changes import NO_REASONS
from models.meetings.past import Past
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.directory import Account, find_person, list_people
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.visibility_rules import Display
from models.plan.editions import LoadedEdition
from models.plan.read import read_plan
from models.plan.schema import Plan
from models.progress.entry import Entry, errors_of
from models.progress.ledger import IMPORTED, scope_changes
from models.progress.log import add_rows, rows_by_ref, wrong_replacement
from models.progress.statement import Statement
from models.store.audit import person_id_of, record_act
from models.store.base import Base, Numbered, table_of
from models.store.clock import DEMONSTRATION_TODAY
from models.store.database import reading, writing
from models.store.tables import Person, Progress, Setting

T = TypeVar("T", bound=Base)
TINY_PLAN = Path(__file__).parents[1] / "plan" / "tiny_plan"
LOADED = datetime(2026, 1, 5, tzinfo=UTC)
NOW = datetime(2027, 6, 30, 12, tzinfo=UTC)
TODAY = NOW.date()
CHAIR, OFFICER = "chair@example.org", "officer@example.org"
NO_PAST = Past(None, None, NO_REASONS, {})
"""The past of a view before which nothing was reported at a meeting."""


def tiny_plan() -> Plan:
    """Regional I01 with deliverables, national I02 (official) and I03; states BN, KH, TL."""
    return read_plan(TINY_PLAN)


def changed(plan: Plan, key: str, **fields: Any) -> Plan:
    """The plan with some fields of one initiative changed."""
    initiatives = tuple(one.model_copy(update=fields) if one.key == key else one for one in plan.initiatives)
    return plan.model_copy(update={"initiatives": initiatives})


def load(
    engine: Engine, plan: Plan, *, now: datetime = LOADED, reason: str = "test", decided_at: str | None = None
) -> LoadedEdition | None:
    """Load an edition in a transaction of its own."""
    with writing(engine) as session:
        return load_edition(session, plan, why=LoadReason(public_text(reason), decided_at), now=now, file="plan")


def entry(initiative: str = "I02", party: str = "KH", **fields: Any) -> Entry:
    """An ongoing update at 40 percent, submitted and not yet cleared, unless said otherwise."""
    facts: dict[str, Any] = {
        "initiative": initiative,
        "party": party,
        "status": "ongoing",
        "valid_on": "2027-03-01",
        "narrative": "Work goes on.",
        "author": CHAIR,
        "entered_at": "2027-03-02T09:00:00Z",
        "submitted_at": "2027-03-02T09:00:00Z",
    }
    if fields.get("status", "ongoing") in {"ongoing", "suspended"}:
        facts["percent"] = 40
    if "evidence" in fields:
        facts["evidence"] = None
        fields = fields | {"evidence": tuple({"public": True} | item for item in fields["evidence"])}
    return Entry.model_validate({name: value for name, value in (facts | fields).items() if value is not None})


def cleared(**fields: Any) -> Entry:
    """An update that the secretariat cleared."""
    return entry(**({"cleared_at": "2027-03-05T09:00:00Z", "cleared_by": OFFICER} | fields))


def write(engine: Engine, *entries: Entry, plan: Plan | None = None, now: datetime = NOW) -> list[int]:
    """Record entries, each in a transaction of its own; returns their keys in the log."""
    keys = []
    for one in entries:
        with writing(engine) as session:
            keys.append(record(session, one, plan=plan or tiny_plan(), now=now))
    return keys


def rows_of(engine: Engine, table: type[T]) -> Sequence[T]:
    """Every row of a table, in the order of its key."""
    with reading(engine) as session:
        return session.exec(select(table).order_by(*table_of(table).primary_key)).all()


def statement(percent: int = 40, status: Status = Status.ONGOING) -> Statement:
    """What somebody said on 1 February 2027, as the figures read it."""
    return Statement(row=7, status=status, percent=percent, valid_on=date(2027, 2, 1))


def today_is(engine: Engine, day: date = TODAY) -> None:
    """Let it always be this day in the database, as in a demonstration."""
    with writing(engine) as session:
        arrange(session, Setting(key=DEMONSTRATION_TODAY, value=day.isoformat()))


def arrange(session: Session, *rows: Base) -> None:
    """Put rows in place that no act of the program writes so; an event of the test's own seals them."""
    session.add_all(rows)
    record_act(session, action="arrange", subject="rows of a test", now=LOADED)


def faults_of(engine: Engine) -> list[str]:
    """What `verify` finds wrong with the database."""
    with reading(engine) as session:
        return faults(session)


def people_of(engine: Engine) -> dict[str | None, Account]:
    """Everybody in the list of people, by address."""
    with reading(engine) as session:
        return {account.email: account for account in list_people(Context.at(session, OPERATOR))}


def newest_key(session: Session, table: type[Numbered | Progress]) -> int:
    """The key of the row that was added last to a table."""
    key = session.exec(select(func.max(table.id))).one()
    assert key is not None, f"{table.__name__} holds no row"
    return key


def record(session: Session, entry: Entry, *, plan: Plan, now: datetime) -> int:
    """Add one row with whatever moments of its life it carries already, unless something speaks against it."""
    against = [f"{field}: {what}; {remedy}" for field, what, remedy in errors_of(entry, plan, now=now)]
    against += wrong_replacement(entry, rows_by_ref(session, {entry.replaces}))
    if against:
        raise UpdateRefused("\n".join(against))
    with scope_changes(session, now, reason=IMPORTED):
        row = add_rows(session, [entry]).start
    author = person_id_of(session, entry.author)
    record_act(session, action="record", subject=f"progress {row}", now=now, person_id=author)
    return row


def officer(session: Session) -> User:
    """The officer of the secretariat, as whoever resolves a session's token finds them."""
    return User(_known(session, OFFICER), (RoleAssignment(Role.SECRETARIAT),))


def writer(session: Session) -> User:
    """Who wrote the entries above: the focal point of Cambodia."""
    return User(_known(session, CHAIR), (RoleAssignment(Role.FOCAL_POINT, "KH"),))


def _known(session: Session, email: str) -> int:
    """The key of the person with the address, who was there before whatever they do now."""
    if find_person(session, email) is None:
        arrange(session, Person(email=email))
    return person_id_of(session, email)


def act(
    engine: Engine,
    function: Callable[..., Any],
    *arguments: Any,
    by: Callable[[Session], User] = officer,
    plan: Plan | None = None,
    now: datetime = NOW,
    **named: Any,
) -> Any:
    """One act in a transaction of its own: by the officer, on the tiny plan, unless said otherwise."""
    with writing(engine) as session:
        return function(Context(session, by(session), plan or tiny_plan(), now), *arguments, **named)


USERS = {
    Display.SECRETARIAT: User(roles=(RoleAssignment(Role.SECRETARIAT),)),
    Display.MEETING: User(roles=(RoleAssignment(Role.OBSERVER),)),
    Display.PUBLIC: PUBLIC,
}
"""Somebody of each audience."""


@contextmanager
def statements_sent(engine: Engine) -> Iterator[list[str]]:
    """The SQL that is sent to the database meanwhile, for tests of work that must not grow with the rows."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
