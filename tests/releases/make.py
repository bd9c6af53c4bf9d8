"""Write the database that this release leaves to all later ones: `python -m tests.releases.make NAME`.

The demonstration with four people, a cleared, a submitted and a not applicable statement, drafts, evidence files, an
amended edition, decisions, and two cycles that were opened again after circulating or noting; and beside it its
figures.
"""

import json
import lzma
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Engine, text
from sqlmodel import Session

from models.amendments.load import LoadReason, load_edition
from models.core.text import RestrictedText, public_text
from models.core.vocabulary import Basis, DecisionKind, Grouping, Role
from models.demo.demo import fill_demonstration
from models.figures.assess import figures
from models.meetings.cycles import circulate, note, reopen
from models.meetings.decisions import Agreed, record_decision
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment, User
from models.plan.read import read_plan
from models.plan.schema import Plan
from models.progress.drafts import add_evidence, attach_file, report_nothing, save_field
from models.progress.latest import View
from models.progress.on_behalf import Received, record_on_behalf
from models.progress.submit import submit_drafts
from models.store.clock import current_moment
from models.store.database import migrate, open_engine, reading, writing

T = TypeVar("T")
FOLDER = Path(__file__).parent
ROLES = {
    "secretariat@release.example": RoleAssignment(Role.SECRETARIAT),
    "chair@release.example": RoleAssignment(Role.CHAIR, "AWGIPC"),
    "kh@release.example": RoleAssignment(Role.FOCAL_POINT, "KH"),
    "observer@release.example": RoleAssignment(Role.OBSERVER),
}


def fill(engine: Engine) -> None:
    """One of everything that a release can write."""
    with writing(engine) as session:
        fill_demonstration(session, read_plan(FOLDER.parents[1] / "plan"))
    _do(engine, OPERATOR, lambda context: add_people(context, [NewPerson(one, (ROLES[one],)) for one in ROLES]))
    with reading(engine) as session:
        keys = session.execute(text("SELECT id, email FROM person WHERE email LIKE '%@release.example'")).all()
    people = {email: User(key, (ROLES[email],)) for key, email in keys}
    _report(engine, people["chair@release.example"])
    _act(engine, people["secretariat@release.example"])


def _do(engine: Engine, user: User, command: Callable[[Context], T]) -> T:
    with writing(engine) as session:
        return command(Context.at(session, user))


def _report(engine: Engine, chair: User) -> None:
    with reading(engine) as session:
        led = [item for item in Context.at(session, chair).plan.initiatives if item.lead == "AWGIPC"]
    draft, submitted, unchanged = [(item.key, "ASEAN") for item in led if item.parties == ("ASEAN",)][:3]
    for field, value in {"status": "ongoing", "percent": 50, "narrative": "A draft.", "obstacles": "Staff."}.items():
        _do(engine, chair, partial(save_field, commitment=draft, field=field, value=value))
    for field, value in {"status": "completed", "narrative": "Done."}.items():
        _do(engine, chair, partial(save_field, commitment=submitted, field=field, value=value))
    _do(engine, chair, lambda context: attach_file(context, submitted, "Record.txt", b"The summary record.\n"))
    _do(engine, chair, lambda context: add_evidence(context, submitted, "AWGIPC 83 Summary Record, para 12"))
    _do(engine, chair, lambda context: submit_drafts(context, [submitted]))
    _do(engine, chair, lambda context: report_nothing(context, [unchanged]))
    _do(engine, chair, lambda context: attach_file(context, draft, "Draft.txt", b"Evidence of a draft.\n"))


def _act(engine: Engine, officer: User) -> None:
    fields = {"status": "not_applicable", "narrative": "Does not apply."}
    reason = public_text("The law does not provide for it.")
    with reading(engine) as session:
        national = next(item.key for item in Context.at(session, officer).plan.initiatives if "KH" in item.parties)
    received = Received("KH", (national, "KH"), fields, date(2027, 11, 1), "E-mail of 1 November 2027")
    _do(engine, officer, lambda context: record_on_behalf(context, received, cleared=True, reason=reason))
    _do(engine, officer, lambda context: _amend(context.session, context.plan))
    agreed = Agreed(
        "AWGIPC-83", DecisionKind.DECISION, RestrictedText("A decision of the release."), ("I03",), "TMTF", "AWGIPC-84"
    )
    _do(engine, officer, lambda context: record_decision(context, agreed))
    _do(engine, officer, lambda context: reopen(context, "AWGIPC-83", reason="A figure was typed wrong."))
    _do(engine, officer, lambda context: circulate(context, "AWGIPC-83", paper=Paper(agenda_item="5")))
    _do(engine, officer, lambda context: note(context, "AWGIPC-83"))
    _do(engine, officer, lambda context: circulate(context, "AWGIPC-84", paper=Paper(agenda_item="4")))
    _do(engine, officer, lambda context: reopen(context, "AWGIPC-84", reason="A late report."))


def _amend(session: Session, plan: Plan) -> None:
    dated = {"due": date(2029, 3, 31), "assumed": ()}
    initiatives = tuple(item.model_copy(update=dated) if item.key == "I20" else item for item in plan.initiatives)
    amended = plan.model_copy(update={"version": "1.3", "initiatives": initiatives})
    why = LoadReason(public_text("One date set"), "AWGIPC-83")
    load_edition(session, amended, why=why, now=current_moment(session), file="release")


def computed(engine: Engine) -> dict[str, dict[str, list[object]]]:
    """The figures of every grouping, as `rollup --format json` prints them."""
    with reading(engine) as session:
        context = Context.at(session, OPERATOR)
        day = context.now.date()
        return {
            by.value: {
                basis.value: [row.to_json() for row in figures(session, View(day, context.now, basis), by)]
                for basis in Basis
            }
            for by in Grouping
        }


def main(name: str) -> None:
    """Write both files into this folder."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "release.db"
        engine = open_engine(f"sqlite:///{path}")
        migrate(engine)
        fill(engine)
        rows = json.dumps(computed(engine), separators=(",", ":"))
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        engine.dispose()
        (FOLDER / f"{name}.db.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    (FOLDER / f"{name}.rollup.json").write_text(f"{rows}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
