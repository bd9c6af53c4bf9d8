"""Everything that people and the server do to a database, one step each, in any order and by a clock that may go back.

A step that is refused changes nothing; that is as good as any other step.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.access.visibility import let_visitors_see
from models.admin.restore import end_all_access
from models.amendments.load import LoadReason, load_edition
from models.core.errors import TrackerError
from models.core.text import RestrictedText, public_text
from models.core.vocabulary import DecisionKind, Role, VisitorsSee
from models.meetings.cycles import change_days, circulate, note, open_cycle, reopen
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.snapshot import Paper
from models.people.accounts import (
    OPERATOR,
    add_people,
    add_role,
    change_person,
    end_role,
    remove_person,
    sign_out_everywhere,
)
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment, User
from models.people.sign_in import ask_for_link, count_attempt, make_link, sign_out, use_link
from models.plan.editions import plan_as_known
from models.progress.clearing import clear, clear_many, return_to_author, withdraw
from models.progress.drafts import add_evidence, attach_file, discard, remove_evidence, report_nothing, save_field
from models.progress.import_jsonl import import_progress
from models.progress.on_behalf import Received, record_on_behalf
from models.progress.submit import submit_drafts
from models.reporting.reminders import _is_first
from models.store.backup import back_up, restore, scratch_copy
from models.store.clock import current_moment
from models.store.database import reading, writing
from models.store.reporting_tables import DraftEvidence
from models.store.tables import Progress, Seal
from tests.kit.builders import NOW, OFFICER, entry, rows_of
from tests.kit.reporters import (
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    MEETING,
    REGIONAL,
    SECRETARIAT_ROLE,
    add_user,
    load_with_cycle,
)

T = TypeVar("T")
REASON = public_text("Because of what was found")
START = NOW


class People:
    """A chair, a focal point and an officer on one database; `now` is what the clock of the server shows."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.engine, self.now, self.count = engine, START, 0
        monkeypatch.setattr("models.store.clock.wall_clock", lambda: self.now)
        load_with_cycle(engine)
        self.chair = add_user(engine, "tmtf@example.org", CHAIR_ROLE)
        self.cambodia = add_user(engine, "kh@example.org", CAMBODIA_ROLE)
        self.officer = add_user(engine, OFFICER, SECRETARIAT_ROLE)
        self.token: str | None = None

    def new(self, word: str) -> str:
        """A word that nobody has used yet."""
        self.count += 1
        return f"{word}{self.count}"

    def step(self, name: str, moved: timedelta = timedelta(minutes=1)) -> None:
        """Do one step after the clock has moved, forward or back."""
        self.now += moved
        with suppress(TrackerError):
            STEPS[name](self)

    def act(self, user: User, command: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Run a command as the pages do: in its own transaction, at the moment of the database."""
        with writing(self.engine) as session:
            return command(Context.at(session, user), *arguments, **named)

    def rows(self, *unset: str) -> Sequence[int]:
        """The rows of the log in which none of these moments is set, the newest first."""
        with reading(self.engine) as session:
            query = select(col(Progress.id)).order_by(col(Progress.id).desc())
            rows = session.exec(query.where(*(getattr(Progress, name).is_(None) for name in unset))).all()
        return [row for row in rows if row is not None]


def _draft(people: People) -> None:
    said = {"status": "ongoing", "percent": 50, "narrative": people.new("Work went on "), "next_step": "Go on."}
    for field, value in said.items():
        people.act(people.cambodia, save_field, CAMBODIA, field, value)


def _submit(people: People) -> None:
    _draft(people)
    people.act(people.cambodia, attach_file, CAMBODIA, "Record.txt", people.new("What was agreed ").encode())
    people.act(people.cambodia, add_evidence, CAMBODIA, "AWGIPC 80 Summary Record")
    people.act(people.cambodia, submit_drafts, [CAMBODIA])


def _submit_not_applicable(people: People) -> None:
    people.act(people.cambodia, save_field, CAMBODIA, "status", "not_applicable")
    people.act(people.cambodia, save_field, CAMBODIA, "narrative", "There is no such office.")
    people.act(people.cambodia, submit_drafts, [CAMBODIA])


def _nothing_to_report(people: People) -> None:
    people.act(people.chair, report_nothing, [REGIONAL])
    people.act(people.chair, submit_drafts, [REGIONAL])


def _attach_and_remove(people: People) -> None:
    people.act(people.cambodia, attach_file, CAMBODIA, "Draft.txt", people.new("Draft ").encode())
    with reading(people.engine) as session:
        item = session.exec(select(DraftEvidence.id).order_by(col(DraftEvidence.id).desc())).first()
    people.act(people.cambodia, remove_evidence, CAMBODIA, item)


def _first(rows: Sequence[int]) -> int:
    return rows[0] if rows else 0


def _waiting(people: People) -> int:
    return _first(people.rows("cleared_at", "returned_at", "withdrawn_at"))


def _record(people: People) -> None:
    said = {"status": "ongoing", "percent": 25, "narrative": people.new("By e-mail ")}
    received = Received("KH", CAMBODIA, said, date(2027, 6, 1), "E-mail of 1 June 2027")
    upload = ("Mail.txt", people.new("Dear secretariat ").encode())
    people.act(people.officer, record_on_behalf, received, file=upload, cleared=True, reason=REASON)


def _import(people: People) -> None:
    line = entry(
        ref=people.new("imported-"),
        narrative=people.new("Imported "),
        evidence=({"document": "AWGIPC 80 Summary Record"},),
    )
    no_page = {"evidence": {"__all__": {"public", "file_id", "id", "size"}}}
    lines = [json.dumps(line.model_dump(mode="json", exclude=no_page)).encode()]
    with writing(people.engine) as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        import_progress(session, lines, file="log.jsonl", plan=plan, now=now)


def _load(people: People) -> None:
    with writing(people.engine) as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        amended = tuple(
            item.model_copy(update={"due": item.due + timedelta(days=1)}) if item.key == "I03" else item
            for item in plan.initiatives
        )
        plan = plan.model_copy(update={"version": people.new("2."), "initiatives": amended})
        load_edition(session, plan, why=LoadReason(public_text("One day later")), now=now, file="plan")


def _close(people: People) -> None:
    agreed = Agreed(
        "AWGIPC-80", DecisionKind.ACTION_POINT, RestrictedText(people.new("Send the comments ")), ("I02",), "TMTF"
    )
    number = people.act(people.officer, record_decision, agreed)
    people.act(people.officer, close_decision, number, reason="They were sent.")


def _people_come_and_go(people: People) -> None:
    address = f"{people.new('person')}@example.org"
    (key,) = people.act(OPERATOR, add_people, [NewPerson(address, (RoleAssignment(Role.OBSERVER),), "A. Person")])
    people.act(OPERATOR, add_role, key, CHAIR_ROLE)
    people.act(OPERATOR, end_role, key, CHAIR_ROLE)
    people.act(OPERATOR, change_person, key, email=f"new-{address}", name="B. Person")
    people.act(OPERATOR, make_link, key)
    people.act(OPERATOR, remove_person, key)


def _sign_in(people: People) -> None:
    token = people.act(OPERATOR, make_link, people.cambodia.person_id)
    with writing(people.engine) as session:
        count_attempt(session, network_address="192.0.2.1", now=people.now)
    with writing(people.engine) as session:
        people.token = use_link(session, token.text, now=people.now).text


def _sign_out(people: People) -> None:
    with writing(people.engine) as session:
        sign_out(session, people.token, now=people.now)
    people.act(people.cambodia, sign_out_everywhere, people.cambodia.person_id)


def _ask_for_link(people: People) -> None:
    with writing(people.engine) as session:
        ask_for_link(session, "kh@example.org", can_mail=people.count % 2 == 0, now=people.now)


def _restore(people: People) -> None:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        back_up(people.engine, copy)
        _submit(people)
        with scratch_copy(copy) as scratch:
            with writing(scratch) as session:
                end_all_access(session, file=copy.name, now=people.now)
            restore(people.engine, scratch, now=people.now)


STEPS = {
    "draft": _draft,
    "discard": lambda people: people.act(people.cambodia, discard, CAMBODIA),
    "attach and remove a file": _attach_and_remove,
    "submit": _submit,
    "submit as not applicable": _submit_not_applicable,
    "nothing to report": _nothing_to_report,
    "clear": lambda people: people.act(people.officer, clear, _waiting(people), reason=REASON),
    "clear many": lambda people: people.act(people.officer, clear_many, people.rows("cleared_at", "returned_at")),
    "return": lambda people: people.act(people.officer, return_to_author, _waiting(people), note="Name the office."),
    "take back": lambda people: people.act(people.cambodia, withdraw, _waiting(people)),
    "withdraw": lambda people: people.act(people.officer, withdraw, _first(people.rows("withdrawn_at")), reason=REASON),
    "record on behalf": _record,
    "import": _import,
    "load": _load,
    "open": lambda people: people.act(people.officer, open_cycle, MEETING.key),
    "change days": lambda people: people.act(people.officer, change_days, MEETING.key, opens_days=50, due_days=7),
    "circulate": lambda people: people.act(people.officer, circulate, MEETING.key, paper=Paper(agenda_item="5")),
    "note": lambda people: people.act(people.officer, note, MEETING.key),
    "reopen": lambda people: people.act(people.officer, reopen, MEETING.key, reason="A figure was typed wrong."),
    "decide": _close,
    "people come and go": _people_come_and_go,
    "sign in": _sign_in,
    "sign out": _sign_out,
    "ask for a link": _ask_for_link,
    "visitors see the latest": lambda people: people.act(people.officer, let_visitors_see, VisitorsSee.LATEST),
    "visitors see what was noted": lambda people: people.act(people.officer, let_visitors_see, VisitorsSee.NOTED),
    "look after reminders": lambda people: _is_first(people.engine, people.now),
    "restore": _restore,
    "wait for the meeting": lambda people: setattr(people, "now", people.now + timedelta(days=27)),
}
"""What can happen, by name."""

EVERYTHING = (
    *("draft", "discard", "attach and remove a file", "submit", "clear", "sign in", "sign out", "sign in"),
    *("submit", "return", "submit", "take back", "submit as not applicable", "clear", "record on behalf", "withdraw"),
    *("import", "import", "load", "nothing to report", "change days", "circulate", "reopen", "circulate"),
    *("wait for the meeting", "note", "decide", "decide", "people come and go", "ask for a link"),
    *("visitors see the latest", "look after reminders", "submit", "draft"),
)
"""A sequence after which every table holds rows."""


def rows_sealed(engine: Engine) -> dict[str, dict[str, str]]:
    """The last hash of each row by table and key, as the seals have it, without rows that were deleted."""
    last: dict[str, dict[str, str | None]] = {}
    for seal in rows_of(engine, Seal):
        for table, rows in json.loads(seal.wrote).items():
            last.setdefault(table, {}).update(rows)
    return {table: {key: found for key, found in rows.items() if found} for table, rows in last.items()}
