"""The six states of the world in which every page, document and message must be right (design.md, idea 6).

Each is built from the files in plan/ through the commands that people use, with somebody of every role, once for each
process; what a test gets is a copy. A later state goes on from an earlier one, as a real database would.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
import streamlit
from sqlalchemy import Engine
from sqlmodel import Session

from models.amendments.load import LoadReason, load_edition
from models.core.text import RestrictedText, public_text
from models.core.vocabulary import DecisionKind, Request, Role, Wording
from models.demo.demo import TODAY, fill_demonstration
from models.meetings.cycles import circulate, note, open_cycle
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.directory import find_person
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.people.sign_in import ask_for_link
from models.plan.editions import plan_as_known
from models.plan.read import read_plan
from models.plan.schema import Commitment, Exit, Initiative, Plan
from models.progress.clearing import clear, return_to_author, withdraw
from models.progress.drafts import add_evidence, attach_file, commitment_id, newest_row, report_nothing, save_field
from models.progress.on_behalf import Received, record_on_behalf
from models.progress.submit import submit_drafts
from models.store.database import engine_for, migrate, open_engine, reading, writing

PLAN = Path(__file__).parents[2] / "plan"
P = ParamSpec("P")
T = TypeVar("T")


class State(StrEnum):
    """How much has happened in a database."""

    EMPTY = "empty"
    """The plan is loaded and nothing is reported."""
    FIRST_REPORT = "first report"
    """In the first cycle one statement is submitted and one is cleared."""
    PART_REPORTED = "part reported"
    """One meeting took note; statements in every step of their life; the second cycle is open."""
    ADOPTED = "adopted"
    """All titles are official with codes and dates of their own, nothing is assumed, nothing is reported."""
    AMENDED = "amended"
    """The adopted plan with progress, then an edition that withdraws, moves a date and lets a state join later."""
    DEMONSTRATION = "demonstration"
    """Two years of made-up progress."""


MOMENTS: Mapping[State, datetime] = {
    state: datetime.combine(day, time(12), UTC)
    for state, day in {
        State.EMPTY: date(2026, 1, 20),
        State.FIRST_REPORT: date(2026, 2, 12),
        State.PART_REPORTED: date(2026, 6, 20),
        State.ADOPTED: date(2026, 1, 31),
        State.AMENDED: date(2026, 7, 5),
        State.DEMONSTRATION: TODAY,
    }.items()
}
"""When each state is looked at."""

ROLES: Mapping[str, tuple[RoleAssignment, ...]] = {
    "visitor": (),
    "observer": (RoleAssignment(Role.OBSERVER),),
    "chair": (RoleAssignment(Role.CHAIR, "TMTF"),),
    "focal point": (RoleAssignment(Role.FOCAL_POINT, "KH"),),
    "AWGIPC chair": (RoleAssignment(Role.CHAIR, "AWGIPC"),),
    "secretariat": (RoleAssignment(Role.SECRETARIAT),),
}
"""Everybody who looks at a page; all but the visitor have an account in every state."""

SIGNED_IN = tuple(name for name, roles in ROLES.items() if roles)


def address_of(name: str) -> str:
    """The e-mail address of somebody's account."""
    return f"{name.replace(' ', '.').lower()}@example.org"


def user_of(session: Session, name: str) -> User:
    """Who somebody of `ROLES` is in this database."""
    known = find_person(session, address_of(name))
    return User(known.id, known.roles) if known else PUBLIC


@contextmanager
def database_in(state: State, folder: Path | None = None) -> Iterator[Engine]:
    """A copy of the state's database in the folder, or in one of its own that goes away with the block."""
    with TemporaryDirectory() as own:
        path = (folder or Path(own)) / f"{state.name.lower()}.db"
        path.write_bytes(bytes_of(state))
        engine = engine_for(f"sqlite:///{path}")
        try:
            yield engine
        finally:
            engine.dispose()


def enter(engine: Engine, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process use the database at the moment, with no page kept from before."""
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    for module in ("store.clock", "plan.cache_key"):
        monkeypatch.setattr(f"models.{module}.wall_clock", lambda: now)
    streamlit.cache_data.clear()


@cache
def bytes_of(state: State) -> bytes:
    """The SQLite file of a state."""
    earlier, build = STORIES[state]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        if earlier:
            path.write_bytes(bytes_of(earlier))
        engine = open_engine(f"sqlite:///{path}")
        migrate(engine)
        build(World(engine))
        engine.dispose()
        return path.read_bytes()


class World:
    """A database in which people act, one after the other, each act at a moment of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = datetime(2026, 1, 12, 4, tzinfo=UTC)

    def on(self, month: int, day: int) -> None:
        """What follows happens on this day of 2026."""
        self.now = datetime(2026, month, day, 4, tzinfo=UTC)

    def run(self, who: str, command: Callable[Concatenate[Context, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """Somebody of `ROLES` gives a command, in a transaction of its own."""
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            return command(Context.at(session, user_of(session, who), self.now), *arguments, **named)

    def load(self, plan: Plan, reason: str, decided_at: str | None = None) -> None:
        """Load an edition."""
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            load_edition(session, plan, why=LoadReason(public_text(reason), decided_at), now=self.now, file="plan")

    def plan(self) -> Plan:
        """The edition in force."""
        with reading(self.engine) as session:
            return plan_as_known(session, self.now).plan

    def write(self, who: str, commitment: Commitment, **fields: Any) -> None:
        """Write a draft, field by field as somebody types it."""
        for field, value in fields.items():
            self.run(who, save_field, commitment, field, value)

    def submit(self, who: str, commitment: Commitment, *, document: str = "", **fields: Any) -> int:
        """Write and submit a statement; returns its row in the log."""
        self.write(who, commitment, **fields)
        if document:
            self.run(who, add_evidence, commitment, document)
        self.run(who, submit_drafts, [commitment])
        with reading(self.engine) as session:
            row = newest_row(session, commitment_id(session, commitment))
            return (row and row.id) or 0

    def clear(self, *rows: int) -> None:
        """The secretariat finds statements complete."""
        for row in rows:
            self.run("secretariat", clear, row)

    def record(self, speaker: str, commitment: Commitment, **fields: Any) -> int:
        """The secretariat records and clears what came by e-mail, with a reason of its own for what that changes."""
        received = Received(speaker, commitment, fields, self.now.date(), "E-mail to the secretariat")
        reason = public_text("Found complete by the secretariat")
        return self.run("secretariat", record_on_behalf, received, cleared=True, reason=reason)


def _empty(world: World) -> None:
    plan = read_plan(PLAN)
    world.load(plan, "The plan files")
    people = [NewPerson(address_of(name), ROLES[name], f"{name.capitalize()} by name") for name in SIGNED_IN]
    with writing(world.engine) as session:
        add_people(Context(session, OPERATOR, plan, world.now), people)


def _first_report(world: World) -> None:
    world.on(1, 27)
    world.run("secretariat", open_cycle, "AWGIPC-78")
    world.on(2, 10)
    world.clear(world.submit("focal point", ("I08", "KH"), status="ongoing", percent=10, narrative="A plan is agreed."))
    world.submit("chair", ("I11", "ASEAN"), status="ongoing", percent=25, narrative="A first outline was discussed.")


def _part_reported(world: World) -> None:
    world.on(2, 16)
    _report_of_cambodia(world)
    for state in ("BN", "ID", "LA"):
        for key in ("I01", "I02", "I04"):
            world.record(state, (key, state), status="ongoing", percent=25, narrative=f"{state} began on {key}.")
    world.record("BN", ("I26", "BN"), status="not_applicable", narrative="It does not apply to Brunei Darussalam.")
    _meeting_takes_note(world)
    world.on(6, 1)
    world.run("secretariat", open_cycle, "AWGIPC-79")
    world.on(6, 12)
    world.write("focal point", ("I08", "KH"), status="ongoing", percent=50, narrative="The system runs in one office.")
    world.run("focal point", attach_file, ("I08", "KH"), "minutes.txt", b"Minutes of the office")
    world.submit("chair", ("I18", "ASEAN"), status="not_started", narrative="It begins next year.")
    with writing(world.engine) as session:
        ask_for_link(session, address_of("observer"), can_mail=False, now=world.now)


def _report_of_cambodia(world: World) -> None:
    """Statements in every step of their life."""
    world.clear(
        world.submit(
            "focal point", ("I01", "KH"), document="Prakas No. 7", status="completed", narrative="The law is in force."
        ),
        world.submit(
            "focal point",
            ("I04", "KH"),
            status="ongoing",
            percent=10,
            narrative="Consultations began.",
            obstacles="There are too few examiners.",
            obstacle_kind="staff",
            support_needed="Training of two examiners.",
            next_step="A second consultation.",
            proposed_due=date(2031, 6, 30),
            requested=Request.NOT_APPLICABLE,
            request_reason="The law changes.",
        ),
    )
    returned = world.submit("focal point", ("I02", "KH"), status="ongoing", percent=10, narrative="Some work.")
    world.run("secretariat", return_to_author, returned, note="Please name the office.")
    mistaken = world.submit("focal point", ("I07", "KH"), status="ongoing", percent=90, narrative="Nearly there.")
    world.clear(mistaken)
    world.run("secretariat", withdraw, mistaken, reason=public_text("It was about another initiative."))
    world.run("focal point", report_nothing, [("I20", "KH")])
    world.run("focal point", submit_drafts, [("I20", "KH")])


def _meeting_takes_note(world: World) -> None:
    """AWGIPC 78: the paper is circulated, one more statement cleared, and the meeting decides."""
    world.on(2, 27)
    world.run("secretariat", circulate, "AWGIPC-78", paper=Paper(agenda_item="5", document_number="AWGIPC/78/5"))
    world.record("VN", ("I01", "VN"), status="ongoing", percent=50, narrative="A decree is drafted.")
    world.on(3, 12)
    world.run("secretariat", note, "AWGIPC-78")
    agreed = Agreed(
        "AWGIPC-78", DecisionKind.ACTION_POINT, RestrictedText("Collect comments."), ("I11",), "TMTF", "AWGIPC-79"
    )
    world.run("secretariat", record_decision, agreed)
    done = world.run(
        "secretariat", record_decision, Agreed("AWGIPC-78", DecisionKind.DECISION, RestrictedText("Meet online."))
    )
    world.run("secretariat", close_decision, done, reason=RestrictedText("The meeting was held online."))


def official(initiative: Initiative) -> Initiative:
    """The initiative as the adopted document has it: nothing of it is our assumption."""
    number = int(initiative.key[1:])
    text = {"code": f"SI-{number}", "title": f"Official title of strategic initiative {number}"}
    source = {"wording": Wording.OFFICIAL, "source": "https://asean.org/plan", "source_quotes": (), "assumed": ()}
    dates = {"due": initiative.due + timedelta(days=90 * (number % 3)), "older_text": False}
    return initiative.model_copy(update=text | source | dates)


def _adopted(world: World) -> None:
    world.on(1, 26)
    plan = world.plan()
    activities = tuple(row.model_copy(update={"assumed": ()}) for row in plan.activities)
    initiatives = tuple(map(official, plan.initiatives))
    edition = {"version": "2.0", "activities": activities, "initiatives": initiatives}
    world.load(plan.model_copy(update=edition), "The adopted plan", "AWGIPC-77")
    world.on(1, 27)
    world.run("secretariat", open_cycle, "AWGIPC-78")


def _amended(world: World) -> None:
    world.on(2, 16)
    world.clear(
        world.submit("focal point", ("I08", "KH"), status="ongoing", percent=10, narrative="A plan is agreed."),
        world.submit("chair", ("I11", "ASEAN"), status="ongoing", percent=25, narrative="A first outline."),
        world.submit("AWGIPC chair", ("I43", "ASEAN"), status="ongoing", percent=10, narrative="A note is drafted."),
        world.submit("AWGIPC chair", ("I10", "ASEAN"), status="ongoing", percent=25, narrative="A study began."),
    )
    _meeting_takes_note(world)
    world.on(4, 10)
    world.load(_amendment(world.plan()), "Agreed at the meeting", "AWGIPC-78")
    world.on(6, 1)
    world.run("secretariat", open_cycle, "AWGIPC-79")
    world.submit("AWGIPC chair", ("I10", "ASEAN"), status="ongoing", percent=50, narrative="The study goes on.")
    world.record("TL", ("I20", "TL"), status="ongoing", percent=10, narrative="An office is being set up.")
    world.on(7, 1)
    world.run("secretariat", circulate, "AWGIPC-79", paper=Paper())


def _amendment(plan: Plan) -> Plan:
    """I43 is withdrawn, I10 gets another year, and Timor-Leste joins I21 in 2028."""
    left = Exit(on=date(2026, 4, 15), reason="Taken up by another programme", decided_at="AWGIPC-78")
    changes: Mapping[str, Mapping[str, Any]] = {
        "I43": {"withdrawn": left},
        "I10": {"due": date(2028, 12, 31)},
        "I21": {"joins": {"TL": date(2028, 1, 1)}},
    }
    initiatives = tuple(one.model_copy(update=changes.get(one.key, {})) for one in plan.initiatives)
    return plan.model_copy(update={"version": "2.1", "initiatives": initiatives})


def _demonstration(world: World) -> None:
    plan = read_plan(PLAN)
    with writing(world.engine) as session:
        fill_demonstration(session, plan)
    people = [NewPerson(address_of(name), ROLES[name], f"{name.capitalize()} by name") for name in SIGNED_IN]
    with writing(world.engine) as session:
        add_people(Context(session, OPERATOR, plan, MOMENTS[State.DEMONSTRATION]), people)


STORIES: Mapping[State, tuple[State | None, Callable[[World], None]]] = {
    State.EMPTY: (None, _empty),
    State.FIRST_REPORT: (State.EMPTY, _first_report),
    State.PART_REPORTED: (State.FIRST_REPORT, _part_reported),
    State.ADOPTED: (State.EMPTY, _adopted),
    State.AMENDED: (State.ADOPTED, _amended),
    State.DEMONSTRATION: (None, _demonstration),
}
"""From which state each goes on, and what happens then."""
