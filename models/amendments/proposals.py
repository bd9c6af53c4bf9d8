"""What a workbook proposes for the plan, and loading it: the official text adopted, or the plan amended.

Told and loaded by the same steps, so that what was seen is what is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.amendments.adoption import Decision, adopt
from models.amendments.diff import Difference
from models.amendments.load import LoadReason, difference, load_edition
from models.amendments.version import following
from models.core.errors import LoadRefused, NotFound, Problem
from models.people.permissions import Action, Reader, require
from models.plan.canonical import digest
from models.plan.editions import LoadedEdition
from models.plan.read import read_plan_workbook
from models.plan.schema import Plan
from models.progress.latest import logged_initiatives


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that came back, with why the plan changes and which meeting decided it, as far as that is said."""

    name: str
    content: bytes
    reason: str = ""
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan that would follow `against`, the edition in force; what that changes; how many slots still wait."""

    plan: Plan
    against: str
    difference: Difference
    waiting: int = 0


Propose = Callable[..., Proposal]


def propose_adoption(session: Session, filled: Filled, *, by: Reader, plan: Plan, now: datetime) -> Proposal:
    """What the filled adoption workbook would make of the plan; a `PlanError` names every cell that is wrong."""
    require(by, Action.LOAD_EDITION, plan=plan)
    # The spreadsheet library is slow to import, and nothing else here waits for it.
    from models.amendments.adoption_workbook import read_adoption

    # Until a meeting is chosen any will do: what a placeholder leaves by is not shown.
    decision = Decision(filled.reason.strip() or "-", filled.meeting or plan.meetings[-1].key)
    sheet = read_adoption(filled.content, filled.name, plan)
    adoption = adopt(plan, sheet, logged=logged_initiatives(session), decision=decision)
    return _proposal(session, adoption.plan, plan, now, waiting=adoption.waiting)


def propose_amendment(session: Session, filled: Filled, *, by: Reader, plan: Plan, now: datetime) -> Proposal:
    """What the whole plan as a workbook would change; a `PlanError` names every cell that is wrong."""
    require(by, Action.LOAD_EDITION, plan=plan)
    return _proposal(session, following(read_plan_workbook(filled.content, filled.name), plan), plan, now)


def adopt_official_text(
    session: Session, filled: Filled, *, against: str, by: Reader, plan: Plan, now: datetime
) -> LoadedEdition | None:
    """Load what the adoption workbook proposes; there is always a meeting that adopted the text."""
    missing = [] if filled.meeting else [("no deciding meeting is chosen", "choose the meeting that adopted the text")]
    _refuse(filled, missing)
    return _load(session, propose_adoption, filled, against=against, by=by, plan=plan, now=now)


def amend_plan(
    session: Session, filled: Filled, *, against: str, by: Reader, plan: Plan, now: datetime
) -> LoadedEdition | None:
    """Load what the plan workbook proposes; None when it is the plan in force."""
    _refuse(filled, [])
    return _load(session, propose_amendment, filled, against=against, by=by, plan=plan, now=now)


def _proposal(session: Session, proposed: Plan, plan: Plan, now: datetime, waiting: int = 0) -> Proposal:
    found = difference(session, proposed, now=now)
    if found is None:
        raise NotFound("No plan is loaded yet; start the server once, which loads the plan files.")
    return Proposal(proposed, digest(plan), found, waiting)


def _refuse(filled: Filled, missing: list[tuple[str, str]]) -> None:
    if not filled.reason.strip():
        missing = [("the reason is empty", "say in a sentence why the plan changes"), *missing]
    if missing:
        raise LoadRefused(Problem(filled.name, 0, what, remedy) for what, remedy in missing)


def _load(
    session: Session, propose: Propose, filled: Filled, *, against: str, by: Reader, plan: Plan, now: datetime
) -> LoadedEdition | None:
    if digest(plan) != against:
        what, remedy = "another edition was loaded meanwhile", "look at the difference again, then load"
        raise LoadRefused([Problem(filled.name, 0, what, remedy)])
    proposal = propose(session, filled, by=by, plan=plan, now=now)
    why = LoadReason(filled.reason.strip(), filled.meeting, by.person_id)
    return load_edition(session, proposal.plan, why=why, now=now, file=filled.name)
